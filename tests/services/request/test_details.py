"""Details after the sending: a part of the request until somebody has decided (A01, R3.2)."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from models.base.errors import InvalidForm, Outdated
from models.base.words import StepState, TripKind, VisitStatus
from models.reading.picture import VisitPicture
from models.request.forms import AS_PROPOSED, DETAILS, VisitDetails
from services.reading.desk import Desk
from services.request import changes, drafts
from services.signoff import decisions
from tests.services.conftest import CHEN, CHEN2, LIN, MEI, PARK, START, XU, ZHAO, Office

ARRIVAL = START + timedelta(days=9)
BARE: dict[str, Any] = dict.fromkeys(DETAILS)
CARS: dict[str, Any] = {
    "travel_by": "flight",
    "pickup_place": "PVG T2",
    "pickup_time": ARRIVAL - timedelta(hours=1),
    "dropoff_time": ARRIVAL + timedelta(hours=8),
    "dropoff_place": "Hongqiao station",
}


def bare(office: Office, **more: Any) -> int:
    """A request with the ten inputs alone."""
    return office.submit(**(BARE | {"level": AS_PROPOSED, "lead_guest_title": "Buyer"} | more))


def add(office: Office, visit_id: int, person: str = LIN, **details: Any) -> changes.Changed:
    """Add these details to what the visit says."""
    view = office.look(visit_id)
    changed: changes.Changed = office.do(
        person, changes.add_details, visit_id, view.visit.revision, VisitDetails(**details)
    )
    return changed


def chain(view: VisitPicture) -> list[tuple[str, str]]:
    return [(step.role, step.state) for step in view.approvals]


def test_details_are_a_part_of_a_request_that_nobody_has_decided(office: Office) -> None:
    visit_id = bare(office)
    office.send()
    before = office.look(visit_id)
    changed = add(office, visit_id, **CARS, guests="Ann, Buyer", notes="Tea", second_host=MEI)
    view = office.look(visit_id)
    assert not changed.asked_again
    assert (view.visit.notes, view.visit.second_host_id) == ("Tea", MEI)
    assert [guest.name for guest in view.guests] == ["Ann"]
    places = {trip.kind: trip.place for trip in view.trips}
    assert places == {TripKind.PICKUP: "PVG T2", TripKind.DROPOFF: "Hongqiao station"}
    assert [step.id for step in view.approvals] == [step.id for step in before.approvals]
    assert view.visit.approval_round == 1
    # the card that stands is brought up to date; no other goes out, and no line in the thread
    waiting = [row for row in office.rows("approval") if row.recipient == CHEN]
    assert [(row.sent_revision, row.revision) for row in waiting] == [(1, 2)]
    verbs = [entry.verb for entry in view.history]
    assert verbs.count("add_details") == 1
    assert len(office.rows("history")) == verbs.count("submit")


def test_all_else_of_the_request_stays(office: Office) -> None:
    visit_id = bare(office, host=MEI, contact_phone="138 1234 5678", customer_kind="key_account")
    before = office.look(visit_id).visit
    add(office, visit_id, **CARS)
    after = office.look(visit_id).visit
    for name in ("host_id", "party_size", "arrival", "departure", "contact_phone", "customer_kind"):
        assert getattr(after, name) == getattr(before, name)
    assert after.contact_phone == "+8613812345678"


def test_a_guest_who_raises_the_level_brings_the_leaders_of_it_by_the_same_card(
    office: Office,
) -> None:
    visit_id = bare(office)
    office.send()
    first = office.look(visit_id)
    assert (first.visit.level, [role for role, _ in chain(first)]) == ("c", ["department_manager"])
    changed = add(office, visit_id, guests="Ada Byron, Chairman")
    view = office.look(visit_id)
    assert view.visit.level == "a"
    assert chain(view) == [
        ("department_manager", StepState.PENDING),
        ("vice_president", StepState.WAITING),
        ("general_manager", StepState.WAITING),
    ]
    assert view.approvals[0].id == first.approvals[0].id
    assert not changed.asked_again
    add(office, visit_id)  # and back again
    view = office.look(visit_id)
    assert view.visit.level == "c"
    assert [step.role for step in view.approvals if step.state != StepState.VOID] == [
        "department_manager"
    ]
    office.approve(visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED
    assert {row.recipient for row in office.rows("approval")} == {CHEN, CHEN2}


def test_a_level_that_was_chosen_stays_whatever_the_guests_would_have_proposed(
    office: Office,
) -> None:
    visit_id = bare(office, lead_guest_title="Poet", level="c")
    add(office, visit_id, guests="Ada Byron, Chairman")
    assert office.look(visit_id).visit.level == "c"


def test_once_somebody_has_decided_the_ordinary_rules_hold(office: Office) -> None:
    visit_id = bare(office, lead_guest_title="Director")
    office.send()
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    assert not add(office, visit_id, notes="Tea").asked_again
    assert add(office, visit_id, budget=Decimal(900)).asked_again
    view = office.look(visit_id)
    assert chain(view)[0] == ("department_manager", StepState.PENDING)
    assert [e.verb for e in view.history].count("add_details") == 2
    assert len(office.rows("history")) == 4  # sent, approved, twice details: now it is news


def test_a_budget_above_the_caps_is_told_before_it_is_sent(office: Office) -> None:
    visit_id = bare(office)
    details = VisitDetails(budget=Decimal(90000))
    with pytest.raises(InvalidForm) as refused:
        office.do(LIN, partial(changes.add_details, knows_caps=False), visit_id, 1, details)
    assert {field: fault.code for field, fault in refused.value.faults.items()} == {
        "exception_reason": "above_allowed"
    }
    assert office.look(visit_id).visit.budget is None
    add(office, visit_id, budget=Decimal(90000), exception_reason="The signing dinner")
    assert office.look(visit_id).visit.exception_reason == "The signing dinner"
    assert all(("exception", "any") in step.reasons for step in office.look(visit_id).approvals)


def test_details_of_somebody_who_was_slower_are_outdated(office: Office) -> None:
    visit_id = bare(office)
    add(office, visit_id, notes="Tea")
    with pytest.raises(Outdated):
        office.do(XU, changes.add_details, visit_id, 1, VisitDetails(notes="Coffee"))
    assert office.look(visit_id).visit.notes == "Tea"


def test_the_host_who_knows_nothing_of_the_visit_yet_hears_no_news_of_it(office: Office) -> None:
    visit_id = bare(office, host=MEI)
    office.send()
    add(office, visit_id, **CARS)
    assert office.waiting("changed") == []
    office.approve(visit_id)
    office.send()
    add(office, visit_id, **CARS, notes="Tea")
    assert [who for _, who in office.waiting("changed")] == [MEI]


def test_what_was_begun_of_details_is_no_draft_of_a_request(office: Office) -> None:
    visit_id = bare(office)
    key = drafts.details_key(visit_id, 1)
    office.do(LIN, drafts.keep_draft, key, {"notes": "Tea"})
    for number in range(3):
        office.now += timedelta(minutes=1)
        office.do(LIN, drafts.keep_draft, f"form-{number}", {"customer": "Acme"})

    def found(desk: Desk) -> list[str]:
        drawn = (drafts.find_draft(desk), drafts.find_draft(desk, key))
        return [each.form_key for each in drawn if each is not None]

    assert office.do(LIN, found) == ["form-2", key]
    assert office.do(ZHAO, found) == office.do(PARK, found) == []
