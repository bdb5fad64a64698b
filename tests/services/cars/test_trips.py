"""Cars: assigned, accepted, reported; the last drop-off ends the visit (R6)."""

from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import InvalidForm, Outdated
from models.base.words import TripState, VisitStatus
from models.records.people import Person
from services.cars import trips
from tests.services.conftest import LIN, LIU, MA, START, TOM, Office


def test_the_dispatcher_gets_one_card_and_the_driver_one_for_each_trip(office: Office) -> None:
    visit_id = office.approved()
    assert [who for _, who in office.waiting("cars")] == [LIU]
    office.send()
    pickup, dropoff = office.look(visit_id).trips
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    office.do(LIU, trips.assign_car, dropoff.id, TOM, "Audi A6")
    assert {who for _, who in office.waiting("trip")} == {MA, TOM}


@pytest.mark.parametrize(
    ("driver", "car", "fields"),
    [("", "", {"driver", "car"}), (LIN, "Buick", {"driver"}), (MA, "x" * 101, {"car"})],
)
def test_a_car_needs_a_driver_and_a_name(
    office: Office, driver: str, car: str, fields: set[str]
) -> None:
    trip = office.look(office.approved()).trips[0]
    with pytest.raises(InvalidForm) as caught:
        office.do(LIU, trips.assign_car, trip.id, driver, car)
    assert set(caught.value.faults) == fields


def test_the_alert_goes_to_whoever_drives_now(office: Office) -> None:  # R6.3
    visit_id = office.approved()
    pickup = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    office.send()
    office.do(LIU, trips.assign_car, pickup.id, TOM, "Buick GL8")
    due = pickup.at - timedelta(minutes=15)
    assert office.waiting("car_ready") == [(due, TOM)]
    assert [who for _, who in office.waiting("trip_cancelled")] == [MA]
    with pytest.raises(Outdated):
        office.do(MA, trips.accept_trip, pickup.id, 1)
    office.do(TOM, trips.accept_trip, pickup.id, 2)


def test_a_driver_who_cannot_hands_the_trip_back(office: Office) -> None:
    visit_id = office.approved()
    pickup = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    office.do(MA, trips.decline_trip, pickup.id, 1, "Ill")
    assert [who for _, who in office.waiting("trip_declined")] == [LIU]
    assert office.waiting("car_ready") == []
    assert office.look(visit_id).trips_without_driver() != []


def test_a_car_that_is_there_is_not_missed(office: Office) -> None:
    visit_id = office.approved()
    pickup = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    assert {who for due, who in office.waiting("car_missing") if due < pickup.at} == {LIN, LIU}
    office.now = pickup.at - timedelta(minutes=20)
    office.do(MA, trips.report_car_here, pickup.id, 1)
    assert [due for due, _ in office.waiting("car_missing") if due < pickup.at] == []


def test_a_phone_that_replays_a_click_changes_nothing(office: Office) -> None:
    visit_id = office.approved()
    pickup = office.look(visit_id).trips[0]
    office.do(LIU, trips.assign_car, pickup.id, MA, "Buick GL8")
    office.now = pickup.at - timedelta(minutes=20)
    office.do(MA, trips.report_car_here, pickup.id, 1)
    first = office.look(visit_id).trips[0].here_at
    office.now += timedelta(minutes=3)
    office.do(MA, trips.report_car_here, pickup.id, 1)
    assert office.look(visit_id).trips[0].here_at == first
    office.do(MA, trips.report_guests_aboard, pickup.id, 1)
    with pytest.raises(Outdated):
        office.do(MA, trips.report_car_here, pickup.id, 1)


def test_the_last_drop_off_starts_the_follow_up(office: Office) -> None:
    visit_id = office.approved()
    office.now = office.look(visit_id).visit.departure - timedelta(hours=1)
    pickup, dropoff = office.look(visit_id).trips
    for trip in (pickup, dropoff):
        office.do(LIU, trips.assign_car, trip.id, MA, "Buick GL8")
    office.do(MA, trips.report_dropped_off, pickup.id, 1)
    assert office.look(visit_id).status == VisitStatus.APPROVED
    office.do(MA, trips.report_dropped_off, dropoff.id, 1)
    visit = office.look(visit_id)
    assert (visit.status, visit.visit.left_at) == (VisitStatus.FOLLOW_UP, office.now)
    assert office.waiting("do:left") == []
    assert visit.trips[1].state == TripState.DONE


def test_a_driver_is_not_in_two_places(office: Office) -> None:  # R4.3
    first, second = office.look(office.approved()).trips[0], office.look(office.approved()).trips[0]
    office.do(LIU, trips.assign_car, first.id, MA, "Buick GL8")
    offered = office.do(LIU, lambda desk: trips.without_car(desk, second.id or 0)[2])
    assert [(driver.user_id, driver.busy is not None) for driver in offered] == [
        (TOM, False),
        (MA, True),
    ]
    assert offered[1].busy.start == first.at - timedelta(minutes=15)

    with pytest.raises(InvalidForm) as caught:
        office.do(LIU, trips.assign_car, second.id, MA, "Audi A6")
    assert caught.value.faults["driver"].facts == {"number": "V-2026-0001"}

    office.do(LIU, lambda desk: trips.assign_car(desk, second.id or 0, MA, "A6", even_if_busy=True))
    assert office.look(second.visit_id).trips[0].driver_id == MA


def test_a_drive_that_is_over_or_given_back_takes_nobody(office: Office) -> None:
    first, second = office.look(office.approved()).trips[0], office.look(office.approved()).trips[0]
    office.do(LIU, trips.assign_car, first.id, MA, "Buick GL8")
    office.do(LIU, trips.assign_car, first.id, MA, "Audi A6")  # the same drive is no other one
    office.do(MA, trips.decline_trip, first.id, 2, None)
    office.do(LIU, trips.assign_car, second.id, MA, "Audi A6")
    office.now = second.at
    office.do(MA, trips.report_dropped_off, second.id, 1)
    office.do(LIU, trips.assign_car, first.id, MA, "Audi A6")


def test_who_has_left_the_workspace_is_not_offered(office: Office) -> None:
    trip = office.look(office.approved()).trips[0]
    gone = Person(
        user_id=MA, name="马龙", locale="zh-CN", timezone="UTC", is_active=False, refreshed_at=START
    )
    office.do(None, lambda desk: desk.session.add(gone))
    offered = office.do(LIU, lambda desk: trips.without_car(desk, trip.id or 0)[2])
    assert [driver.user_id for driver in offered] == [TOM]


def test_two_drivers_of_one_name_are_told_apart(office: Office) -> None:
    trip = office.look(office.approved()).trips[0]
    facts: dict[str, Any] = {"name": "马龙", "locale": "zh-CN", "timezone": "UTC"}
    for who, handle in ((MA, "ma.long"), (TOM, "ma.long.2")):
        twin = Person(user_id=who, handle=handle, refreshed_at=START, **facts)
        office.do(None, lambda desk, twin=twin: desk.session.add(twin))
    offered = office.do(LIU, lambda desk: trips.without_car(desk, trip.id or 0)[2])
    assert [driver.name for driver in offered] == ["马龙 (@ma.long)", "马龙 (@ma.long.2)"]
