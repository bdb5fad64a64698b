"""I am away: what is open goes along and comes back; all of somebody handed over (C02)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm, Outdated
from models.base.words import DeliveryState, EntryKind, EntrySource, StepState, TripState
from models.keeping.forms import EntryForm
from models.records.audit import AuditEntry
from models.records.customers import Customer
from models.records.entries import Entry
from models.records.people import Absence, Person
from models.records.preparation import Task
from models.records.signoff import ApprovalStep
from models.reminders.outbox import Delivery
from scheduler.transitions import VERBS
from services.cars import trips
from services.keeping import entries
from services.people import absence
from services.people.roles import set_role
from services.preparation import checklist
from services.reading.desk import Desk
from services.signoff import decisions
from tests.services.conftest import (
    CHEN,
    CHEN2,
    LIN,
    LIU,
    MA,
    MEI,
    PARK,
    RUTH,
    TOM,
    ZHAO,
    Office,
)

OTHER, ADMIN = "U01OTHER", "U01ADMIN"
TODAY = date(2026, 12, 1)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def away(office: Office, who: str, to: str | None, first: int = 0, last: int = 4) -> int:
    made = office.do(who, absence.go_away, days(first), days(last), to)
    tick(office)
    return int(made.absence.id)


def back(office: Office, who: str, number: int) -> None:
    office.do(who, absence.come_back, number)
    tick(office)


def tick(office: Office) -> None:
    """What time brings, until nothing is left that is due."""
    while True:
        due = [
            row
            for kind in (absence.BEGIN, absence.BACK, "do:hand")
            for row in office.rows(kind, DeliveryState.PENDING)
            if row.due_at <= office.now
        ]
        for row in due:
            office.do(None, VERBS[row.kind], row)
            office.do(None, done, row.id)
        if not due:
            return


def done(desk: Desk, row_id: str) -> None:
    row = desk.session.exec(select(Delivery).where(Delivery.id == row_id)).one()
    row.state, row.next_try_at = DeliveryState.SENT, None
    desk.session.add(row)


def refused(office: Office, who: str, to: str | None, first: int, last: int) -> dict[str, str]:
    with pytest.raises(InvalidForm) as wrong:
        away(office, who, to, first, last)
    return {field: fault.code for field, fault in wrong.value.faults.items()}


def asked(office: Office, visit_id: int) -> ApprovalStep:
    step = office.look(visit_id).pending_step
    assert step is not None
    return step


def owns(office: Office, visit_id: int, who: str) -> set[str]:
    return {task.key for task in office.look(visit_id).tasks if task.owner_id == who}


def item(office: Office, visit_id: int, key: str) -> Task:
    task = office.look(visit_id).task(key)
    assert task is not None
    return task


def knows(office: Office, user_id: str, *, is_active: bool) -> None:
    def keep(desk: Desk) -> None:
        when = datetime(2026, 12, 1, tzinfo=UTC)
        person = Person(
            user_id=user_id, name=user_id, locale="en-US", timezone="UTC", refreshed_at=when
        )
        person.is_active = is_active
        desk.session.merge(person)

    office.do(None, keep)


def promise(office: Office, visit_id: int, owner: str) -> int:
    form = EntryForm(kind=EntryKind.PROMISE, text="A sample", owner_id=owner)
    made = office.do(LIN, entries.add, visit_id, form, f"entry{owner}", EntrySource.FORM)
    return int(made.entry.id)


def all_of(office: Office, kind: Any) -> list[Any]:
    with office.database.reading() as session:
        return list(session.exec(select(kind)).all())


def test_an_approvers_decision_goes_along_as_a_delegation(office: Office) -> None:
    visit_id = office.submit()
    office.send()
    office.now += timedelta(hours=3)
    away(office, CHEN, CHEN2)
    step = asked(office, visit_id)
    assert (step.delegated_by, step.delegate_id, step.delegated_until) == (CHEN, CHEN2, days(4))
    assert [due for due, _ in office.waiting("do:escalate")] == [office.now + timedelta(hours=4)]
    office.do(CHEN2, decisions.decide, step.id, StepState.APPROVED, None)
    made = office.look(visit_id).approvals[0]
    assert (made.decided_by, made.on_behalf_of) == (CHEN2, CHEN)
    verbs = {each.verb: each.detail for each in office.look(visit_id).history}
    assert (verbs["stand_in"]["other"], verbs["stand_in"]["to"]) == (CHEN, CHEN2)


def test_what_falls_on_the_person_within_these_days_goes_to_the_stand_in(office: Office) -> None:
    away(office, CHEN, CHEN2)
    visit_id = office.submit()
    tick(office)
    assert asked(office, visit_id).delegate_id == CHEN2
    hosted = office.submit(customer="Beta", host=LIN)
    away(office, LIN, RUTH)
    later = office.submit(customer="Gamma", host=LIN)
    tick(office)
    for each in (hosted, later):
        visit = office.look(each).visit
        assert (visit.host_id, visit.host_for_id) == (RUTH, LIN)
    office.now += timedelta(days=6)  # over: what falls now is theirs, what went along stays
    after = office.submit(
        customer="Delta",
        host=LIN,
        arrival=office.now + timedelta(days=9),
        departure=office.now + timedelta(days=10),
        pickup_place=None,
        pickup_time=None,
        dropoff_time=None,
    )
    tick(office)
    assert office.look(after).visit.host_id == LIN
    assert office.look(hosted).visit.host_id == RUTH


def test_items_of_a_coordinator_go_along_and_come_back_untouched(office: Office) -> None:
    visit_id = office.approved()
    before = owns(office, visit_id, MEI)
    assert len(before) > 1
    number = away(office, MEI, OTHER)
    assert owns(office, visit_id, OTHER) >= before
    assert not owns(office, visit_id, MEI)
    first, second = sorted(before)[:2]
    office.do(OTHER, checklist.finish_task, item(office, visit_id, first).id)
    back(office, MEI, number)
    assert owns(office, visit_id, MEI) == before - {first}
    kept = item(office, visit_id, second)
    assert (kept.owner_id, kept.for_id) == (MEI, None)
    assert item(office, visit_id, first).owner_id == OTHER
    back(office, MEI, number)  # pressed twice: nothing more
    assert owns(office, visit_id, MEI) == before - {first}


def test_an_absence_to_come_begins_by_itself_at_the_first_day_of_the_site(office: Office) -> None:
    visit_id = office.approved()
    before = owns(office, visit_id, MEI)
    away(office, MEI, OTHER, 2, 3)
    assert owns(office, visit_id, MEI) == before
    midnight = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)  # 00:00 in Shanghai
    assert [due for due, _ in office.waiting(absence.BEGIN)] == [midnight]
    office.now = midnight
    tick(office)
    assert owns(office, visit_id, OTHER) >= before


def test_who_is_back_before_it_began_was_never_away(office: Office) -> None:
    visit_id = office.approved()
    before = owns(office, visit_id, MEI)
    number = away(office, MEI, OTHER, 2, 3)
    back(office, MEI, number)
    office.now += timedelta(days=3)
    tick(office)
    assert owns(office, visit_id, MEI) == before


def test_a_drivers_trips_go_along_and_the_busy_ones_to_the_dispatcher(office: Office) -> None:
    visit_id, other = office.approved(), office.approved(customer="Beta")
    mine, theirs = office.look(visit_id).trips[0], office.look(other).trips[0]
    drop = office.look(visit_id).trips[1]
    for trip, driver in ((mine, MA), (drop, MA), (theirs, TOM)):
        office.do(LIU, trips.assign_car, trip.id, driver, "GL8")
    number = away(office, MA, TOM)  # Tom drives elsewhere at the time of the pickup
    view = office.look(visit_id)
    assert (view.trips[0].state, view.trips[0].driver_id) == (TripState.DECLINED, None)
    drive = view.trips[1]
    assert (drive.state, drive.driver_id, drive.for_id) == (TripState.ASSIGNED, TOM, MA)
    assert [row.recipient for row in office.rows("trip_declined")] == [LIU]
    back(office, MA, number)
    drive = office.look(visit_id).trips[1]
    assert (drive.state, drive.driver_id, drive.for_id) == (TripState.ASSIGNED, MA, None)


def test_promises_and_undecided_decisions_come_back(office: Office) -> None:
    visit_id = office.submit()
    promise(office, visit_id, CHEN)
    number = away(office, CHEN, CHEN2)
    assert [(e.owner_id, e.for_id) for e in all_of(office, Entry)] == [(CHEN2, CHEN)]
    back(office, CHEN, number)
    assert [(e.owner_id, e.for_id) for e in all_of(office, Entry)] == [(CHEN, None)]
    step = asked(office, visit_id)
    assert (step.delegate_id, step.delegated_by, step.delegated_until) == (None, None, None)


def test_whose_own_request_it_is_does_not_decide_it_as_a_stand_in(office: Office) -> None:
    policy = office.site.policy
    approval = policy.approval.model_copy(update={"delegation": [LIN]})
    office.site = replace(office.site, policy=policy.model_copy(update={"approval": approval}))
    visit_id = office.submit()  # Lin asks
    away(office, CHEN, LIN)
    assert asked(office, visit_id).delegate_id is None


@pytest.mark.parametrize(
    ("who", "to", "first", "last", "faults"),
    [
        (MEI, OTHER, -1, 3, {"away_from": "day_past"}),
        (MEI, OTHER, 3, 2, {"away_to": "to_before_from"}),
        (MEI, OTHER, 0, 400, {"away_to": "away_too_long"}),
        (MEI, MEI, 0, 1, {"stand_in": "same_person"}),
        (MEI, None, 0, 1, {"stand_in": "required"}),
        (MEI, "U01LEFT", 0, 1, {"stand_in": "not_here"}),
        (CHEN, LIN, 0, 1, {"stand_in": "no_stand_in"}),
        (MA, LIN, 0, 1, {"stand_in": "not_a_driver"}),
    ],
)
def test_bad_input(
    office: Office, who: str, to: str | None, first: int, last: int, faults: dict[str, str]
) -> None:
    knows(office, "U01LEFT", is_active=False)
    assert refused(office, who, to, first, last) == faults
    assert all_of(office, Absence) == []


def test_no_overlap_no_circle_and_nobody_who_is_away(office: Office) -> None:
    away(office, MEI, OTHER, 1, 5)
    assert refused(office, MEI, RUTH, 5, 8) == {"away_from": "away_already"}
    assert refused(office, RUTH, MEI, 0, 1) == {"stand_in": "stand_in_away"}
    away(office, OTHER, RUTH, 3, 6)  # who stands in may be away: then theirs goes on
    assert refused(office, RUTH, MEI, 4, 4) == {"stand_in": "stand_in_away"}  # the circle
    away(office, MEI, RUTH, 6, 8)


def test_the_stand_in_of_a_stand_in(office: Office) -> None:
    visit_id = office.approved()
    before = owns(office, visit_id, MEI)
    away(office, MEI, OTHER)
    away(office, OTHER, RUTH, 0, 2)
    assert owns(office, visit_id, RUTH) >= before


def test_a_form_that_a_phone_sends_twice_is_one_absence(office: Office) -> None:
    first = away(office, MEI, OTHER)
    assert away(office, MEI, OTHER) == first
    assert len(all_of(office, Absence)) == 1
    assert len(office.rows("stands_in")) == 1


def test_only_ones_own_absence_is_ended(office: Office) -> None:
    number = away(office, MEI, OTHER)
    with pytest.raises(Outdated):
        office.do(OTHER, absence.come_back, number)


def test_all_of_somebody_is_handed_over_once(office: Office) -> None:
    office.do(ADMIN, set_role, "coordinator", [MEI, OTHER])
    visit_id = office.approved(second_host=OTHER)
    waits = office.submit(customer="Beta", host=RUTH)
    promise(office, waits, LIN)
    before = owns(office, visit_id, LIN)
    for _ in range(2):  # a phone's replay
        office.do(ADMIN, absence.hand_over_all, LIN, PARK)
        tick(office)
    visit = office.look(visit_id).visit
    assert (visit.host_id, visit.host_for_id) == (PARK, None)
    assert owns(office, visit_id, PARK) >= before
    assert [entry.owner_id for entry in all_of(office, Entry)] == [PARK]
    assert sorted(row.recipient for row in office.rows("handed_all")) == sorted([LIN, PARK])
    kept = [each for each in all_of(office, AuditEntry) if each.verb == "hand_over_all"]
    assert [(each.actor_id, each.detail["other"], each.detail["to"]) for each in kept] == [
        (ADMIN, LIN, PARK)
    ]


def test_customers_and_waiting_decisions_are_handed_over(office: Office) -> None:
    visit_id = office.submit()

    def own(desk: Desk) -> None:
        for customer in desk.session.exec(select(Customer)).all():
            customer.account_owner_id = CHEN
            desk.session.add(customer)

    office.do(None, own)
    office.do(ADMIN, absence.hand_over_all, CHEN, CHEN2)
    tick(office)
    assert [customer.account_owner_id for customer in all_of(office, Customer)] == [CHEN2]
    step = asked(office, visit_id)
    assert (step.delegated_by, step.delegate_id, step.delegated_until) == (CHEN, CHEN2, None)
    office.do(CHEN2, decisions.decide, step.id, StepState.APPROVED, None)
    assert office.look(visit_id).deciders(asked(office, visit_id)) == [ZHAO]


def test_handing_over_all_wants_two_people_who_are_here(office: Office) -> None:
    knows(office, "U01LEFT", is_active=False)
    for who, to, field, code in (
        (None, MEI, "handed_from", "required"),
        (LIN, None, "handed_to", "required"),
        (LIN, LIN, "handed_to", "same_person"),
        (LIN, "U01LEFT", "handed_to", "not_here"),
    ):
        with pytest.raises(InvalidForm) as wrong:
            office.do(ADMIN, absence.hand_over_all, who, to)
        assert wrong.value.faults[field].code == code
