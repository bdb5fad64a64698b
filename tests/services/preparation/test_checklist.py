"""The checklist: one message to each owner, done, problem, handed over, confirmed (R5)."""

from datetime import timedelta

import pytest

from models.base.errors import AlreadyDecided, CarsOpen, InvalidForm, VisitOver
from models.base.words import TaskState, TripState
from services.cars import trips
from services.people import roles
from services.preparation import checklist
from services.request import changes
from tests.services.conftest import DEV, LIN, LIU, MA, MEI, START, XU, Office


def task_id(office: Office, visit_id: int, key: str) -> int:
    task = office.look(visit_id).task(key)
    assert task is not None
    assert task.id is not None
    return task.id


def test_each_owner_gets_one_message(office: Office) -> None:
    office.approved()
    assert sorted(who for _, who in office.waiting("tasks")) == sorted([LIN, LIU, MEI, DEV, XU])


def test_an_item_is_done_once(office: Office) -> None:
    visit_id = office.approved()
    hotel = task_id(office, visit_id, "hotel")
    office.do(MEI, checklist.finish_task, hotel)
    with pytest.raises(AlreadyDecided):
        office.do(LIN, checklist.finish_task, hotel)
    task = office.look(visit_id).task("hotel")
    assert task is not None
    assert (task.state, task.done_by, task.done_at) == (TaskState.DONE, MEI, START)


def test_a_problem_tells_host_and_coordinator(office: Office) -> None:
    visit_id = office.approved()
    office.do(DEV, checklist.report_problem, task_id(office, visit_id, "meeting_room"), "No lamp")
    assert {who for _, who in office.waiting("task_problem")} == {LIN, MEI}
    with pytest.raises(InvalidForm):
        office.do(DEV, checklist.report_problem, task_id(office, visit_id, "meeting_room"), " ")


def test_a_problem_that_arrives_again_is_told_once(office: Office) -> None:
    room = task_id(office, office.approved(), "meeting_room")
    for _ in range(2):
        office.do(DEV, checklist.report_problem, room, "No lamp")
        office.now += timedelta(seconds=5)
    assert len(office.waiting("task_problem")) == 2, "host and coordinator"
    office.do(DEV, checklist.report_problem, room, "No lamp, no chairs")
    assert len(office.waiting("task_problem")) == 4


def test_what_is_handed_over_tells_the_new_owner_once(office: Office) -> None:
    visit_id = office.approved()
    office.send()
    office.do(MEI, checklist.hand_over, task_id(office, visit_id, "gifts"), XU)
    assert [who for _, who in office.waiting("handed_over")] == [XU]
    office.do(MEI, checklist.hand_over, task_id(office, visit_id, "hotel"), "U01NEW")
    assert [who for _, who in office.waiting("tasks")] == ["U01NEW"]
    assert [who for _, who in office.waiting("handed_over")] == [XU]


def drive(office: Office, visit_id: int) -> None:
    """Have a driver accept each trip."""
    for trip in office.look(visit_id).trips:
        office.do(LIU, trips.assign_car, trip.id, MA, "GL8")
        office.do(MA, trips.accept_trip, trip.id, 1)


def test_what_is_open_at_the_second_check_goes_to_host_and_approver(office: Office) -> None:  # R5.2
    visit_id = office.approved(level="c")
    half = office.look(visit_id).visit.arrival - timedelta(hours=12)
    assert office.waiting("open_items") == [(half, "U01CHEN"), (half, LIN)]
    office.now = office.look(visit_id).visit.arrival - timedelta(hours=23)
    drive(office, visit_id)
    for task in office.look(visit_id).unconfirmed():
        office.do(LIN, checklist.confirm_task, task.id)
    assert office.waiting("open_items") == []
    assert office.look(visit_id).unconfirmed() == []


def test_confirming_twice_changes_nothing(office: Office) -> None:
    visit_id = office.approved()
    office.now = office.look(visit_id).visit.arrival - timedelta(hours=23)
    office.do(MEI, checklist.confirm_task, task_id(office, visit_id, "hotel"))
    with pytest.raises(AlreadyDecided):
        office.do(MEI, checklist.confirm_task, task_id(office, visit_id, "hotel"))


def test_the_cars_item_follows_the_drivers(office: Office) -> None:
    visit_id = office.approved()
    for trip in office.look(visit_id).trips:
        office.do(LIU, trips.assign_car, trip.id, MA, "Buick GL8")
        office.do(MA, trips.accept_trip, trip.id, 1)
    car = office.look(visit_id).task("car")
    assert car is not None
    assert car.state == TaskState.DONE
    trip = office.look(visit_id).trips[0]
    office.do(MA, trips.decline_trip, trip.id, 1, "Flat tyre")
    car = office.look(visit_id).task("car")
    assert car is not None
    assert (car.state, office.look(visit_id).trips[0].state) == (TaskState.OPEN, TripState.DECLINED)


def test_a_role_given_later_takes_over_what_waited_for_it(office: Office) -> None:
    office.do("U01ADMIN", roles.set_role, "it", [])
    visit_id = office.approved()
    assert office.look(visit_id).task("meeting_room").owner_id is None  # type: ignore[union-attr]
    assert [row.args["roles"] for row in office.rows("missing_role")] == [["it"]]
    office.do("U01ADMIN", roles.set_role, "it", [DEV])
    assert office.look(visit_id).task("meeting_room").owner_id == DEV  # type: ignore[union-attr]
    assert DEV in [who for _, who in office.waiting("tasks")]


def test_nothing_is_prepared_for_a_cancelled_visit(office: Office) -> None:
    visit_id = office.approved()
    hotel = task_id(office, visit_id, "hotel")
    office.do(LIN, changes.cancel_visit, visit_id, "Strike")
    with pytest.raises(VisitOver):
        office.do(MEI, checklist.finish_task, hotel)


def test_cars_are_done_when_each_trip_has_its_driver_never_by_hand(
    office: Office,
) -> None:  # F03, R6.1
    visit_id = office.approved()
    car = task_id(office, visit_id, "car")

    def state() -> str:
        task = office.look(visit_id).task("car")
        assert task is not None
        return task.state

    pickup, dropoff = office.look(visit_id).trips
    for _ in range(2):  # nobody, then a driver who has not accepted
        for person in (LIU, LIN):
            for verb in (checklist.finish_task, checklist.confirm_task):
                with pytest.raises(CarsOpen):
                    office.do(person, verb, car)
        assert state() == TaskState.OPEN
        office.do(LIU, trips.assign_car, pickup.id, MA, "GL8")
    office.do(MA, trips.accept_trip, pickup.id, 1)
    assert state() == TaskState.OPEN  # the other trip has nobody
    office.do(LIU, trips.assign_car, dropoff.id, MA, "GL8")
    office.do(MA, trips.accept_trip, dropoff.id, 1)
    assert state() == TaskState.DONE
    office.now = pickup.at - timedelta(hours=20)
    office.do(LIU, checklist.confirm_task, car)  # it is confirmed again as everything else
    office.do(MA, trips.decline_trip, pickup.id, 1, "Ill")
    assert state() == TaskState.OPEN
