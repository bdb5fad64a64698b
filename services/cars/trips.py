"""Cars: assigned by the dispatcher, accepted by the driver, reported on the way (R6)."""

from datetime import datetime

from sqlmodel import col, select, update

from models.base.errors import (
    Fault,
    InvalidForm,
    Outdated,
    TooEarly,
    VisitOver,
)
from models.base.permissions import Ability
from models.base.times import local
from models.base.words import (
    OFF_STATUSES,
    TripKind,
    TripState,
    VisitStatus,
)
from models.cars.drivers import Driver, reported_from
from models.reading.dispatch import assigns_cars
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.people import Person
from models.records.visit import Visit
from services.aftercare.follow_up import guests_left
from services.cars.drivers import busy_with, drivers_for
from services.preparation.checklist import settle_cars
from services.reading.desk import Desk
from services.reading.looks import get_visit, picture
from services.reading.people import able, holders_of
from services.reading.versions import policy_of
from services.saying import audit, outbox
from services.store.hold import hold, hold_by

CAR_LIMIT = 100
DRIVER_BUSY = "driver_busy"
REASON_LIMIT = 1000
BEFORE_START = (TripState.WANTED, TripState.DECLINED, TripState.ASSIGNED, TripState.ACCEPTED)
TAKEN = (TripState.ASSIGNED, TripState.ACCEPTED)
REPORTS = (TripState.HERE, TripState.ABOARD, TripState.DONE)


def assign_car(
    desk: Desk, trip_id: int, driver_id: str, car: str, *, even_if_busy: bool = False
) -> Trip:
    """Give a trip a driver and a car; the driver is asked, an earlier one is told.

    Raises InvalidForm for nobody, somebody who is no driver, or a missing car, and for a driver
    who has another drive at that time (R4.3), unless that is meant; Outdated once the car has been
    reported at the pickup point.
    """
    faults = {}
    trip, visit = held_trip(desk, trip_id)
    policy = policy_of(desk.session, visit, desk.site)
    if driver_id not in able(holders_of(desk.session, visit, policy), policy, Ability.DRIVES):
        faults["driver"] = Fault("not_a_driver" if driver_id else "required")
    car = car.strip()
    if not car:
        faults["car"] = Fault("required")
    elif len(car) > CAR_LIMIT:
        faults["car"] = Fault("too_long", {"limit": CAR_LIMIT, "length": len(car)})
    if faults:
        raise InvalidForm(faults)
    if trip.state not in BEFORE_START:
        raise Outdated
    if (trip.driver_id, trip.car) == (driver_id, car) and trip.state in TAKEN:
        return trip
    other = busy_with(desk.session, driver_id, trip, visit)
    if other is not None and not even_if_busy:
        raise InvalidForm({"driver": Fault(DRIVER_BUSY, {"number": other.number})})
    release_driver(desk, visit, trip, keep=driver_id)
    trip.driver_id, trip.car, trip.state = driver_id, car, TripState.ASSIGNED
    trip.assignment += 1
    trip.declined_reason = None
    desk.session.add(trip)
    audit.note(desk, visit, "assign_car", trip=trip.id, kind=trip.kind, driver=driver_id, car=car)
    settle_cars(desk, visit)
    outbox.changed(desk, visit)
    return trip


def accept_trip(desk: Desk, trip_id: int, assignment: int) -> Trip:
    """The driver takes the trip. Raises Outdated where it has been given on meanwhile."""
    return _advance(desk, trip_id, assignment, (TripState.ASSIGNED,), TripState.ACCEPTED)


def decline_trip(desk: Desk, trip_id: int, assignment: int, reason: str | None) -> Trip:
    """The driver cannot; the dispatcher is told at once. Raises Outdated."""
    reason = (reason or "").strip() or None
    if reason is not None and len(reason) > REASON_LIMIT:
        facts: dict[str, str | int] = {"limit": REASON_LIMIT, "length": len(reason)}
        raise InvalidForm({"reason": Fault("too_long", facts)})
    trip, visit = held_trip(desk, trip_id)
    if trip.assignment != assignment or trip.state not in TAKEN:
        raise Outdated
    audit.note(desk, visit, "decline_trip", trip=trip.id, kind=trip.kind, reason=reason)
    give_back(desk, visit, trip, reason)
    return trip


def take_back(desk: Desk, visit_id: int, driver_id: str) -> None:
    """Take a visit's trips from a driver who has left the workspace; whoever assigns cars is told
    at once."""
    person = desk.session.get(Person, driver_id)
    if person is None or person.is_active:
        return
    visit = hold(desk.session, visit_id)
    for trip in picture(desk.session, visit_id, desk.site).trips:
        if trip.driver_id == driver_id and trip.state in TAKEN:
            audit.record(desk, "take_back_trip", visit_id, trip=trip.id, driver=driver_id)
            give_back(desk, visit, trip, None)


def give_back(desk: Desk, visit: Visit, trip: Trip, reason: str | None) -> None:
    """Take a trip from its driver; whoever assigns cars is told at once."""
    driver = trip.driver_id
    trip.state, trip.declined_reason, trip.driver_id = TripState.DECLINED, reason, None
    trip.for_id = None
    desk.session.add(trip)
    view = picture(desk.session, visit.id or 0, desk.site)
    for person in assigns_cars(view.policy, view.holders) or [visit.host_id]:
        key = f"v{visit.id}:declined:{trip.id}:{trip.assignment}:{person}"
        args = {"trip": trip.id, "driver": driver, "reason": reason}
        outbox.owe(desk, "trip_declined", person, key, visit.id, **args)
    settle_cars(desk, visit)
    outbox.changed(desk, visit)


def report_car_here(desk: Desk, trip_id: int, assignment: int) -> Trip:
    """The car stands at the pickup point (R6.3).

    This and the other reports raise Outdated for another driver's card, TooEarly long before it.
    """
    return _advance(desk, trip_id, assignment, TAKEN, TripState.HERE)


def report_guests_aboard(desk: Desk, trip_id: int, assignment: int) -> Trip:
    """The guests are in the car."""
    return _advance(desk, trip_id, assignment, (*TAKEN, TripState.HERE), TripState.ABOARD)


def report_dropped_off(desk: Desk, trip_id: int, assignment: int) -> Trip:
    """The guests have been brought where they wanted; after the last drop-off they have left."""
    before = (*TAKEN, TripState.HERE, TripState.ABOARD)
    trip = _advance(desk, trip_id, assignment, before, TripState.DONE)
    visit = get_visit(desk.session, trip.visit_id)
    dropoffs = desk.session.exec(
        select(Trip).where(Trip.visit_id == visit.id, Trip.kind == TripKind.DROPOFF)
    ).all()
    if trip.kind == TripKind.DROPOFF and all(t.state == TripState.DONE for t in dropoffs):
        guests_left(desk, trip.visit_id, desk.now)
    return trip


def release_driver(desk: Desk, visit: Visit, trip: Trip, keep: str | None = None) -> None:
    """Tell the trip's present driver that it is no longer theirs, unless they keep it."""
    driver = trip.driver_id
    if driver is None or driver == keep or trip.state == TripState.DONE:
        return
    key = f"v{visit.id}:released:{trip.id}:{trip.assignment}:{driver}"
    args = {"kind": trip.kind, "at": trip.at.isoformat(), "place": trip.place}
    outbox.owe(desk, "trip_cancelled", driver, key, visit.id, **args)


def move(desk: Desk, visit: Visit, trip: Trip, at: datetime, place: str) -> set[str]:
    """Put a drive to another time or place; its driver is asked anew whether they can. Returns who
    that is, none where nobody was asked yet. On another day it counts as asked for now (F02)."""
    zone = visit.timezone
    if local(at, zone).date() != local(trip.at, zone).date():
        trip.asked_at = desk.now
    trip.at, trip.place = at, place
    desk.session.add(trip)
    if trip.driver_id is None or trip.state not in TAKEN:
        return set()
    trip.state = TripState.ASSIGNED
    trip.assignment += 1
    return {trip.driver_id}


def _advance(
    desk: Desk,
    trip_id: int,
    assignment: int,
    before: tuple[TripState, ...],
    after: TripState,
) -> Trip:
    """Move a trip on by a conditional update; a phone that replays the click changes nothing."""
    trip, visit = held_trip(desk, trip_id)
    if after in REPORTS and desk.now < reported_from(trip):
        raise TooEarly(trip.at, reported_from(trip))
    stamp = {TripState.HERE: "here_at", TripState.ABOARD: "aboard_at", TripState.DONE: "done_at"}
    values: dict[str, object] = {"state": str(after)}
    if after in stamp:
        values[stamp[after]] = desk.now
    won = desk.session.exec(
        update(Trip)
        .where(
            col(Trip.id) == trip_id,
            col(Trip.assignment) == assignment,
            col(Trip.state).in_([str(state) for state in before]),
        )
        .values(**values)
    )
    desk.session.expire_all()
    if won.rowcount == 0:
        if trip.assignment == assignment and trip.state == after:
            return trip
        raise Outdated
    audit.note(desk, visit, f"trip_{after}", trip=trip.id, kind=trip.kind)
    settle_cars(desk, visit)
    outbox.changed(desk, visit)
    return trip


def held_trip(desk: Desk, trip_id: int) -> tuple[Trip, Visit]:
    """A trip that is to be changed, its visit held. Raises what `open_trip` raises."""
    hold_by(desk.session, Trip, trip_id)
    return open_trip(desk, trip_id)


def open_trip(desk: Desk, trip_id: int) -> tuple[Trip, Visit]:
    """A trip of a visit that takes place. Raises Outdated, VisitOver."""
    trip = desk.session.exec(select(Trip).where(Trip.id == trip_id)).first()
    if trip is None:
        raise Outdated
    visit = get_visit(desk.session, trip.visit_id)
    over = {*OFF_STATUSES, VisitStatus.CLOSED, VisitStatus.POSTPONED}
    if visit.status in over or visit.approved_at is None:
        raise VisitOver(visit.status)
    return trip, visit


def without_car(desk: Desk, trip_id: int) -> tuple[VisitPicture, Trip, list[Driver]]:
    """A trip whose driver and car may still be chosen, and the drivers there are."""
    trip, visit = open_trip(desk, trip_id)
    if trip.state not in BEFORE_START:
        raise Outdated
    view = picture(desk.session, visit.id or 0, desk.site)
    return view, trip, drivers_for(desk.session, trip, visit, view.policy)


def assigned(desk: Desk, trip_id: int, assignment: int) -> tuple[VisitPicture, Trip]:
    """A trip that its driver may still give back."""
    trip, visit = open_trip(desk, trip_id)
    if trip.assignment != assignment or trip.state not in TAKEN:
        raise Outdated
    return picture(desk.session, visit.id or 0, desk.site), trip
