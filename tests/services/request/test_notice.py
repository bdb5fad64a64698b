"""Lead time is measured at the sending, and anew only when the arrival's day changes (R1.5)."""

from datetime import timedelta
from typing import Any

from models.base.words import StepState
from services.request import changes
from services.request.stored import form_of
from services.signoff import decisions
from tests.services.conftest import CHEN, LIN, START, Office
from tests.services.request.test_changes import move

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONDAY = START + 6 * DAY  # START is a Tuesday; three working days lie between


def asked_for_monday(office: Office, **more: Any) -> int:
    return office.submit(
        arrival=MONDAY, departure=MONDAY + HOUR, pickup_time=None, dropoff_time=None, **more
    )


def edit(office: Office, visit_id: int, **fields: Any) -> changes.Changed:
    form = form_of(office.look(visit_id)).model_copy(update=fields)
    revision = office.look(visit_id).visit.revision
    done: changes.Changed = office.do(LIN, changes.change_visit, visit_id, revision, form)
    return done


def test_what_was_in_time_does_not_become_late_by_another_edit(office: Office) -> None:
    visit_id = asked_for_monday(office)
    office.now = MONDAY - 20 * HOUR  # inside the 24 hours that make a request urgent (A26)
    for fields in (
        {"notes": "Two vegetarians"},
        {"guests": "Bo, Buyer, halal"},
        {"travel_by": "flight", "travel_number": "CA1234"},
        {"arrival": MONDAY + HOUR, "departure": MONDAY + 2 * HOUR},  # the same day
        {"party_size": 9},
    ):
        changed = edit(office, visit_id, **fields)
        assert changed.fields
        assert not changed.asked_again
        view = office.look(visit_id)
        assert not view.visit.is_urgent
        assert (view.visit.notice_from, view.visit.notice_until) == (START, MONDAY)


def test_another_level_with_a_longer_lead_time_does_not_make_it_late(office: Office) -> None:
    visit_id = asked_for_monday(office)
    office.now = MONDAY - 20 * HOUR
    edit(office, visit_id, level="a", level_reason="They are to sign")
    assert not office.look(visit_id).visit.is_urgent


def test_another_day_is_measured_from_the_change_on(office: Office) -> None:
    visit_id = asked_for_monday(office)
    office.now = MONDAY - 20 * HOUR
    move(office, visit_id, DAY)
    view = office.look(visit_id)
    assert view.visit.is_urgent
    assert (view.visit.notice_from, view.visit.notice_until) == (office.now, MONDAY + DAY)
    changed_at = office.now
    office.now += HOUR
    edit(office, visit_id, notes="By the way")
    assert office.look(visit_id).visit.notice_from == changed_at
    move(office, visit_id, 14 * DAY)
    assert not office.look(visit_id).visit.is_urgent


def test_a_late_request_stays_late_by_another_edit(office: Office) -> None:
    arrival = START + 2 * DAY
    visit_id = office.submit(
        arrival=arrival, departure=arrival + HOUR, pickup_time=None, dropoff_time=None
    )
    edit(office, visit_id, notes="By the way")
    assert office.look(visit_id).visit.is_urgent


def test_what_was_asked_for_in_time_is_in_time_when_sent_again(office: Office) -> None:
    visit_id = asked_for_monday(office)
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.CHANGES_ASKED, "How many?")
    office.now = MONDAY - 20 * HOUR
    edit(office, visit_id, notes="Four")
    view = office.look(visit_id)
    assert (view.visit.is_urgent, view.visit.notice_from) == (False, START)
