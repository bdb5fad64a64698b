"""What a driver takes back: a report, or that they cannot (R6)."""

from models.base.errors import Fault, GoneOn, InvalidForm, Outdated
from models.base.words import TripState
from models.cars.drivers import may_take_back, state_before
from models.records.cars import Trip
from services.aftercare.follow_up import guests_back
from services.cars.drivers import busy_with
from services.cars.trips import DRIVER_BUSY, held_trip
from services.preparation.checklist import settle_cars
from services.reading.desk import Desk
from services.saying import audit, outbox

_STAMPS = {TripState.HERE: "here_at", TripState.ABOARD: "aboard_at", TripState.DONE: "done_at"}


def take_back_report(desk: Desk, trip_id: int, assignment: int) -> Trip:
    """Have a drive stand as before its last report. Where that ended the visit, it goes on.

    Raises Outdated where nothing is reported, GoneOn where it is too late or somebody has gone by
    the end of the visit, VisitOver.
    """
    trip, visit = held_trip(desk, trip_id)
    before, state = state_before(trip), TripState(trip.state)
    if trip.assignment != assignment or before is None:
        raise Outdated
    if not may_take_back(trip, desk.now):
        raise GoneOn
    if visit.left_at is not None:
        if visit.left_at != trip.done_at:
            raise GoneOn
        guests_back(desk, visit)
    trip.state = before
    setattr(trip, _STAMPS[state], None)
    desk.session.add(trip)
    audit.note(desk, visit, "trip_back", trip=trip.id, kind=trip.kind)
    settle_cars(desk, visit)
    outbox.changed(desk, visit)
    return trip


def drive_after_all(desk: Desk, trip_id: int, assignment: int) -> Trip:
    """Who said that they cannot drive takes the trip nevertheless, while nobody else has it.

    Raises Outdated once it was given on, InvalidForm where they have another drive meanwhile.
    """
    trip, visit = held_trip(desk, trip_id)
    if trip.assignment != assignment or trip.state != TripState.DECLINED:
        raise Outdated
    other = busy_with(desk.session, desk.person, trip, visit)
    if other is not None:
        raise InvalidForm({"driver": Fault(DRIVER_BUSY, {"number": other.number})})
    trip.driver_id, trip.state, trip.declined_reason = desk.person, TripState.ACCEPTED, None
    desk.session.add(trip)
    audit.note(desk, visit, "trip_accepted", trip=trip.id, kind=trip.kind)
    settle_cars(desk, visit)
    outbox.changed(desk, visit)
    return trip
