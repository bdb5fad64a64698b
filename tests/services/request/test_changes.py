"""Changes: reminders move in the same transaction, who knew the old time learns the new (R3.2)."""

from datetime import timedelta

import pytest

from models.base.errors import InvalidForm, Outdated, VisitOver
from models.base.words import DeliveryState, StepState, TaskState, TripState, VisitStatus
from services.cars import trips
from services.preparation import checklist
from services.request import changes
from services.request.stored import form_of
from services.signoff import decisions
from tests.services.conftest import CHEN, DEV, LIN, LIU, MA, MEI, RUTH, XU, ZHAO, Office


def move(office: Office, visit_id: int, by: timedelta, person: str = LIN) -> changes.Changed:
    form = form_of(office.look(visit_id))
    assert form.arrival
    assert form.departure
    revision = office.look(visit_id).visit.revision
    result: changes.Changed = office.do(
        person,
        changes.reschedule_visit,
        visit_id,
        revision,
        form.arrival + by,
        form.departure + by,
        form.pickup_time,
        form.dropoff_time,
    )
    return result


def test_reminders_move_with_the_visit(office: Office) -> None:
    visit_id = office.approved()
    before = office.waiting("preparation_check")
    move(office, visit_id, timedelta(days=2))
    assert office.waiting("preparation_check") == [
        (due + timedelta(days=2), who) for due, who in before
    ]
    cancelled = office.rows("preparation_check", DeliveryState.CANCELLED)
    assert {row.reason for row in cancelled} == {"no_longer_owed"}
    moved = [trip.at for trip in office.look(visit_id).trips]
    arrival, departure = office.look(visit_id).visit.arrival, office.look(visit_id).visit.departure
    assert moved == [arrival - timedelta(hours=1), departure]


def test_moved_back_the_first_reminders_stand_again(office: Office) -> None:
    visit_id = office.approved()
    before = office.waiting("preparation_check")
    move(office, visit_id, timedelta(days=2))
    move(office, visit_id, timedelta(days=-2))
    assert office.waiting("preparation_check") == before
    assert len(office.rows("preparation_check")) == 4


def test_approved_dates_that_change_go_back_to_the_approvers(office: Office) -> None:
    visit_id = office.approved()
    assert move(office, visit_id, timedelta(days=1)).asked_again
    visit = office.look(visit_id)
    assert (visit.status, visit.visit.approval_round) == (VisitStatus.REQUESTED, 2)
    assert visit.is_prepared
    office.approve(visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_everybody_who_was_told_the_old_time_is_told_the_new_one_once(office: Office) -> None:
    visit_id = office.approved()
    pickup = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    office.do(MA, trips.accept_trip, pickup.id, 1)
    office.send()
    move(office, visit_id, timedelta(days=1))
    told = {who for _, who in office.waiting("rescheduled")}
    assert told == {LIU, MEI, DEV, XU, ZHAO, RUTH}  # RUTH has the customer, and was told so
    # the driver and the first approvers get fresh cards instead; the host changed it herself
    assert [who for _, who in office.waiting("trip")] == [MA]
    assert CHEN in {who for _, who in office.waiting("approval")}
    assert office.look(visit_id).trips[0].state == TripState.ASSIGNED


def test_what_was_booked_for_the_old_time_is_open_again(office: Office) -> None:
    visit_id = office.approved()
    for key in ("hotel", "gifts"):
        office.do(MEI, checklist.finish_task, office.look(visit_id).task(key).id)  # type: ignore[union-attr]
    move(office, visit_id, timedelta(days=1))
    states = {task.key: task.state for task in office.look(visit_id).preparation}
    assert (states["hotel"], states["gifts"]) == (TaskState.OPEN, TaskState.DONE)


def test_an_edit_that_concerns_no_approver_asks_nobody(office: Office) -> None:
    visit_id = office.approved()
    form = form_of(office.look(visit_id)).model_copy(update={"notes": "Bring umbrellas"})
    changed = office.do(LIN, changes.change_visit, visit_id, 1, form)
    assert (changed.fields, changed.asked_again) == (["notes"], False)
    assert office.look(visit_id).status == VisitStatus.APPROVED


@pytest.mark.parametrize(("budget", "again"), [("900", False), ("1100", True)])
def test_a_higher_budget_is_approved_again_and_a_lower_one_is_not(
    office: Office, budget: str, again: bool
) -> None:
    visit_id = office.approved(budget="1000")
    form = form_of(office.look(visit_id))
    form = type(form).model_validate(form.model_dump() | {"budget": budget})
    assert office.do(LIN, changes.change_visit, visit_id, 1, form).asked_again is again


def test_of_two_edits_of_one_card_the_second_is_outdated(office: Office) -> None:
    visit_id = office.approved()
    form = form_of(office.look(visit_id))
    first = form.model_copy(update={"notes": "a"})
    second = form.model_copy(update={"notes": "b"})
    office.do(LIN, changes.change_visit, visit_id, 1, first)
    with pytest.raises(Outdated):
        office.do(LIN, changes.change_visit, visit_id, 1, second)
    assert office.look(visit_id).visit.notes == "a"


def test_the_same_form_again_changes_nothing(office: Office) -> None:
    visit_id = office.approved()
    form = form_of(office.look(visit_id))
    assert office.do(LIN, changes.change_visit, visit_id, 1, form).fields == []
    assert office.look(visit_id).visit.revision == 1


def test_a_cancelled_visit_stops_everything_and_tells_everybody(office: Office) -> None:
    visit_id = office.approved()
    office.send()
    office.do(LIN, changes.cancel_visit, visit_id, "Strike")
    visit = office.look(visit_id)
    assert (visit.status, visit.visit.cancel_reason) == (VisitStatus.CANCELLED, "Strike")
    told = {who for _, who in office.waiting("cancelled")}
    assert told >= {LIU, MEI, DEV, XU, ZHAO, CHEN}
    assert LIN not in told
    for kind in ("preparation_check", "car_ready", "car_missing", "call_guest", "do:left"):
        assert office.waiting(kind) == []
    with pytest.raises(VisitOver):
        office.do(LIN, changes.cancel_visit, visit_id, "again")
    with pytest.raises(VisitOver):
        move(office, visit_id, timedelta(days=1))


def test_a_cancellation_needs_a_reason(office: Office) -> None:
    with pytest.raises(InvalidForm):
        office.do(LIN, changes.cancel_visit, office.submit(), " ")


def test_a_pickup_that_is_dropped_releases_its_driver(office: Office) -> None:
    visit_id = office.approved()
    pickup = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    form = form_of(office.look(visit_id))
    form = form.model_copy(update={"pickup_time": None, "pickup_place": None, "dropoff_time": None})
    office.do(LIN, changes.change_visit, visit_id, 1, form)
    assert [who for _, who in office.waiting("trip_cancelled")] == [MA]
    assert office.waiting("car_ready") == []
    assert office.look(visit_id).task("car") is None


def test_a_declined_change_calls_the_visit_off_for_everybody(office: Office) -> None:
    visit_id = office.approved()
    office.send()
    move(office, visit_id, timedelta(days=1))
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "Not that day")
    assert {who for _, who in office.waiting("cancelled")} >= {LIN, LIU, MEI, DEV, XU, ZHAO}
    assert office.waiting("preparation_check") == []
    assert office.waiting("decision") == []


def test_a_trip_added_later_asks_the_dispatcher_anew(office: Office) -> None:
    visit_id = office.approved(dropoff_time=None)
    office.send()
    assert office.waiting("cars") == []
    form = form_of(office.look(visit_id))
    form = form.model_copy(update={"dropoff_time": form.departure})
    office.do(LIN, changes.change_visit, visit_id, 1, form)
    assert [who for _, who in office.waiting("cars")] == [LIU]


def test_a_new_host_is_told_and_so_is_the_old_one(office: Office) -> None:
    visit_id = office.approved(host=DEV)
    office.send()
    view = office.look(visit_id)
    form = form_of(view).model_copy(update={"host": XU})
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)
    assert {who for _, who in office.waiting("changed")} == {DEV, XU}
