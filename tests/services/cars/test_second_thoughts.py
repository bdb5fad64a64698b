"""Nothing of a drive is reported long before it, and what was a slip is taken back (F03, R6.3)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import GoneOn, InvalidForm, NotAllowed, Outdated, TooEarly
from models.base.permissions import Verb
from models.base.words import DeliveryState, Outcome, StepState, TaskState, TripState, VisitStatus
from models.records.cars import Trip
from services.aftercare import outcome
from services.cars import second_thoughts, trips
from services.preparation import checklist
from services.reading import standing
from services.request import changes
from services.request.stored import form_of
from tests.services.conftest import LIN, LIU, MA, TOM, Office

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def accepted(office: Office) -> tuple[int, Trip, Trip]:
    """An approved visit whose trips MA has accepted: its id, pickup and drop-off."""
    visit_id = office.approved()
    for trip in office.look(visit_id).trips:
        office.do(LIU, trips.assign_car, trip.id, MA, "GL8")
        office.do(MA, trips.accept_trip, trip.id, 1)
    pickup, dropoff = office.look(visit_id).trips
    return visit_id, pickup, dropoff


def state_of(office: Office, trip: Trip) -> TripState:
    found = office.look(trip.visit_id).trip(trip.id or 0)
    assert found is not None
    return TripState(found.state)


def back(office: Office, trip: Trip) -> None:
    office.do(MA, second_thoughts.take_back_report, trip.id, 1)


@pytest.mark.parametrize(
    "report", [trips.report_car_here, trips.report_guests_aboard, trips.report_dropped_off]
)
def test_nothing_is_reported_days_ahead(office: Office, report: Callable[..., Any]) -> None:
    visit_id, _, dropoff = accepted(office)
    office.now = dropoff.at - 8 * timedelta(days=1)
    with pytest.raises(TooEarly) as caught:
        office.do(MA, report, dropoff.id, 1)
    assert caught.value.facts == {"at": dropoff.at, "since": dropoff.at - 12 * HOUR}
    assert office.look(visit_id).status == VisitStatus.APPROVED
    office.now = dropoff.at - 12 * HOUR
    office.do(MA, report, dropoff.id, 1)


def test_reports_are_taken_back_one_by_one(office: Office) -> None:
    _, pickup, _ = accepted(office)
    office.now = pickup.at
    office.do(MA, trips.report_car_here, pickup.id, 1)
    office.do(MA, trips.report_guests_aboard, pickup.id, 1)
    office.do(MA, trips.report_dropped_off, pickup.id, 1)
    for expected in (TripState.ABOARD, TripState.HERE, TripState.ACCEPTED):
        back(office, pickup)
        assert state_of(office, pickup) == expected
    with pytest.raises(Outdated):
        back(office, pickup)


def test_a_car_that_is_not_there_after_all_is_missed_again(office: Office) -> None:
    _, pickup, _ = accepted(office)
    office.now = pickup.at - 20 * MINUTE
    office.do(MA, trips.report_car_here, pickup.id, 1)
    back(office, pickup)
    due = pickup.at - 10 * MINUTE
    assert [(due, LIN), (due, LIU)] == [
        row for row in office.waiting("car_missing") if row[0] == due
    ]


def end(office: Office, dropoff: Trip) -> None:
    """Have the last drop-off reported an hour before its time."""
    office.now = dropoff.at - HOUR
    office.do(MA, trips.report_dropped_off, dropoff.id, 1)
    assert office.look(dropoff.visit_id).status == VisitStatus.FOLLOW_UP


def test_a_visit_that_ended_by_a_slip_goes_on(office: Office) -> None:
    visit_id, _, dropoff = accepted(office)
    end(office, dropoff)
    office.now += 29 * MINUTE
    back(office, dropoff)
    view = office.look(visit_id)
    assert (view.status, view.visit.left_at, view.follow_up) == (VisitStatus.APPROVED, None, [])
    assert office.waiting("feedback_request") == []
    assert [row.state for row in office.rows("do:left")] == [DeliveryState.PENDING]
    assert state_of(office, dropoff) == TripState.ACCEPTED
    office.now = dropoff.at
    office.do(MA, trips.report_dropped_off, dropoff.id, 1)
    assert office.look(visit_id).status == VisitStatus.FOLLOW_UP
    assert [who for _, who in office.waiting("feedback_request")] != []


def test_what_leaders_were_deciding_waits_again(office: Office) -> None:
    visit_id, _, dropoff = accepted(office)
    view = office.look(visit_id)
    form = form_of(view).model_copy(update={"budget": 900})
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)
    step = office.look(visit_id).pending_step
    end(office, dropoff)
    assert office.look(visit_id).pending_step is None
    back(office, dropoff)
    view = office.look(visit_id)
    assert view.status == VisitStatus.REQUESTED
    assert step is not None
    assert view.pending_step is not None
    assert (view.pending_step.id, view.pending_step.state) == (step.id, StepState.PENDING)


def test_it_stands_after_half_an_hour(office: Office) -> None:
    _, _, dropoff = accepted(office)
    end(office, dropoff)
    office.now += 31 * MINUTE
    with pytest.raises(GoneOn):
        back(office, dropoff)


def test_it_stands_once_somebody_has_gone_by_it(office: Office) -> None:
    visit_id, pickup, dropoff = accepted(office)
    office.now = pickup.at
    office.do(MA, trips.report_dropped_off, pickup.id, 1)
    end(office, dropoff)
    with pytest.raises(GoneOn):
        back(office, pickup)  # it was not this one that ended the visit
    letter = next(task for task in office.look(visit_id).follow_up if task.key != "feedback")
    office.do(LIN, checklist.finish_task, letter.id)
    with pytest.raises(GoneOn):
        back(office, dropoff)
    assert office.look(visit_id).status == VisitStatus.FOLLOW_UP


def test_it_stands_once_the_outcome_is_known(office: Office) -> None:
    visit_id, _, dropoff = accepted(office)
    end(office, dropoff)
    office.do(LIN, outcome.record_outcome, visit_id, Outcome.LANDED)
    with pytest.raises(GoneOn):
        back(office, dropoff)


# I can after all


def test_a_driver_can_after_all(office: Office) -> None:
    visit_id, pickup, _ = accepted(office)
    office.do(MA, trips.decline_trip, pickup.id, 1, "Ill")
    office.do(MA, may_drive, pickup.id)
    with pytest.raises(NotAllowed):
        office.do(TOM, may_drive, pickup.id)
    office.do(MA, second_thoughts.drive_after_all, pickup.id, 1)
    view = office.look(visit_id)
    trip = view.trip(pickup.id or 0)
    assert trip is not None
    assert (trip.state, trip.driver_id, trip.declined_reason) == (TripState.ACCEPTED, MA, None)
    task = view.task("car")
    assert task is not None
    assert task.state == TaskState.DONE


def test_not_once_somebody_else_was_asked(office: Office) -> None:
    _, pickup, _ = accepted(office)
    office.do(MA, trips.decline_trip, pickup.id, 1, None)
    office.do(LIU, trips.assign_car, pickup.id, TOM, "A6")
    with pytest.raises(Outdated):
        office.do(MA, second_thoughts.drive_after_all, pickup.id, 1)
    office.do(TOM, trips.decline_trip, pickup.id, 2, None)
    with pytest.raises(Outdated):
        office.do(MA, second_thoughts.drive_after_all, pickup.id, 1)


def test_not_with_another_drive_at_that_time(office: Office) -> None:
    _, pickup, _ = accepted(office)
    office.do(MA, trips.decline_trip, pickup.id, 1, None)
    other = office.look(office.approved()).trips[0]
    office.do(LIU, trips.assign_car, other.id, MA, "A6")
    with pytest.raises(InvalidForm):
        office.do(MA, second_thoughts.drive_after_all, pickup.id, 1)


def may_drive(desk: Any, trip_id: int) -> None:
    standing.check(desk, Verb.DRIVE, standing.subject(desk.session, trip=trip_id))
