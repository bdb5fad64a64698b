"""A date left open, and a request that lapses undecided (R3.1, R3.2)."""

from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, VisitOver
from models.base.words import StepState, TripState, VisitStatus
from models.records.visit import Visit
from services.cars import trips
from services.reading import home
from services.request import changes, resting
from services.signoff import decisions
from tests.services.conftest import CHEN, LIN, LIU, MA, MEI, START, XU, ZHAO, Office

ARRIVAL = START + timedelta(days=9)


def reschedule(office: Office, visit_id: int, to: Any) -> Visit:
    revision = office.look(visit_id).visit.revision
    later = to + timedelta(hours=8)
    kept = {trip.kind: trip.at for trip in office.look(visit_id).trips}
    cars = (kept.get("pickup"), kept.get("dropoff"))
    args = (visit_id, revision, to, later, *cars)
    return office.do(LIN, changes.reschedule_visit, *args).visit  # type: ignore[no-any-return]


def test_the_requester_hears_that_it_is_undecided_and_it_lapses(office: Office) -> None:
    visit_id = office.submit()
    ahead = [(ARRIVAL - timedelta(days=1), LIN), (ARRIVAL - timedelta(hours=2), LIN)]
    assert office.waiting("undecided") == ahead
    assert office.waiting("do:lapse") == [(ARRIVAL, "")]
    step = office.look(visit_id).pending_step
    assert step is not None
    office.send()
    office.now = ARRIVAL

    office.do(None, resting.lapse_visit, visit_id)

    view = office.look(visit_id)
    assert view.status == VisitStatus.LAPSED
    assert sorted(who for _, who in office.waiting("lapsed")) == sorted([XU, MEI, LIN])
    with pytest.raises(VisitOver):
        office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    kinds = {row.kind for row in office.rows("feedback_request")}
    assert (view.preparation, kinds, office.waiting("do:escalate")) == ([], set(), [])
    office.do(None, resting.lapse_visit, visit_id)
    assert len(office.rows("lapsed")) == 3


def test_what_is_decided_in_time_never_lapses(office: Office) -> None:
    visit_id = office.approved()
    assert office.waiting("do:lapse") == office.waiting("undecided") == []
    office.now = ARRIVAL
    office.do(None, resting.lapse_visit, visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_a_request_at_short_notice_is_not_told_of_what_has_passed(office: Office) -> None:
    office.submit(arrival=START + timedelta(hours=5), pickup_time=None)
    assert office.waiting("undecided") == [(START + timedelta(hours=3), LIN)]


def test_new_dates_open_a_lapsed_request_again(office: Office) -> None:
    visit_id = office.submit()
    office.now = ARRIVAL
    office.do(None, resting.lapse_visit, visit_id)
    with pytest.raises(InvalidForm):
        reschedule(office, visit_id, ARRIVAL)

    reschedule(office, visit_id, ARRIVAL + timedelta(days=7))

    view = office.look(visit_id)
    assert (view.status, view.visit.approval_round) == (VisitStatus.REQUESTED, 2)
    assert (office.now, CHEN) in office.waiting("approval")
    office.approve(visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_a_date_left_open_rests_and_comes_back(office: Office) -> None:
    visit_id = office.approved()
    trip = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, trip.id, MA, "B 1234")
    office.send()
    before = {task.key: task.id for task in office.look(visit_id).preparation}

    office.do(LIN, resting.postpone_visit, visit_id, "Their board meets")

    view = office.look(visit_id)
    assert (view.status, view.is_prepared) == (VisitStatus.POSTPONED, False)
    assert {(each.state, each.driver_id) for each in view.trips} == {(TripState.WANTED, None)}
    assert {row.recipient for row in office.rows("postponed")} >= {CHEN, ZHAO, MEI, MA}
    assert [who for _, who in office.waiting("trip_cancelled")] == [MA]
    assert office.waiting("preparation_check") == office.waiting("do:left") == []
    assert visit_id in [v.visit.id for v in office.do(LIN, home.home_agenda).my_visits]
    assert office.do(MEI, home.home_agenda).waiting == []

    reschedule(office, visit_id, ARRIVAL + timedelta(days=30))

    view = office.look(visit_id)
    assert (view.status, view.visit.approval_round) == (VisitStatus.REQUESTED, 2)
    assert {task.key: task.id for task in view.preparation} == before
    assert office.waiting("do:left")
    office.approve(visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_a_request_that_waits_may_be_postponed_too(office: Office) -> None:
    visit_id = office.submit()
    step = office.look(visit_id).pending_step
    assert step is not None
    with pytest.raises(InvalidForm):
        office.do(LIN, resting.postpone_visit, visit_id, " ")
    office.do(LIN, resting.postpone_visit, visit_id, "Typhoon")
    assert office.waiting("approval") == office.waiting("do:lapse") == []
    office.now = ARRIVAL + timedelta(days=1)
    office.do(None, resting.lapse_visit, visit_id)
    assert office.look(visit_id).status == VisitStatus.POSTPONED
    with pytest.raises(VisitOver):
        office.do(LIN, resting.postpone_visit, visit_id, "Again")
    office.do(LIN, changes.cancel_visit, visit_id, "Not at all")
    assert office.look(visit_id).status == VisitStatus.CANCELLED
    with pytest.raises((VisitOver, AlreadyDecided)):
        office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
