"""The drivers that a trip can be given to, and who of them drives elsewhere at that time (R4.3)."""

from collections import Counter
from collections.abc import Mapping

from sqlmodel import Session, col, select

from models.base.permissions import Ability
from models.base.words import OPEN_STATUSES, TripState
from models.cars.drivers import Drive, Driver, drive_of, furthest
from models.customers.names import fold
from models.policy import Policy
from models.records.cars import Trip
from models.records.people import Person
from models.records.visit import Visit
from services.reading.people import able, holders_of

_DRIVING = (TripState.ASSIGNED, TripState.ACCEPTED, TripState.HERE, TripState.ABOARD)


def drivers_for(session: Session, trip: Trip, visit: Visit, policy: Policy) -> list[Driver]:
    """Who drives by their role, with what they are doing then: the free ones first, each part
    in the order of the role. People who have left the workspace are left out."""
    user_ids = able(holders_of(session, visit, policy), policy, Ability.DRIVES)
    people = {
        person.user_id: person
        for person in session.exec(select(Person).where(col(Person.user_id).in_(user_ids)))
    }
    busy = _busy(session, trip, visit)
    present = [who for who in user_ids if who not in people or people[who].is_active]
    names = _told_apart({who: people.get(who) for who in present})
    found = [Driver(who, names[who], busy.get(who)) for who in present]
    return sorted(found, key=lambda driver: driver.busy is not None)


def _told_apart(people: Mapping[str, Person | None]) -> dict[str, str]:
    """The name of each, with the handle where another has the same; the id of who is not known."""
    names = {who: person.name if person else who for who, person in people.items()}
    often = Counter(fold(name) for name in names.values())
    for who, person in people.items():
        if person is not None and often[fold(person.name)] > 1:
            names[who] = f"{person.name} (@{person.handle or who})"
    return names


def busy_with(session: Session, driver_id: str, trip: Trip, visit: Visit) -> Drive | None:
    """The drive that a driver has already at the time of another trip; None where they are free."""
    return _busy(session, trip, visit).get(driver_id)


def _busy(session: Session, trip: Trip, visit: Visit) -> dict[str, Drive]:
    """By driver, the first drive that meets the trip's own."""
    own = drive_of(trip, visit)
    earliest, latest = furthest(own)
    others = session.exec(
        select(Trip, Visit)
        .join(Visit, col(Visit.id) == Trip.visit_id)
        .where(
            Trip.id != trip.id,
            col(Trip.driver_id).is_not(None),
            col(Trip.state).in_([str(state) for state in _DRIVING]),
            col(Trip.at) > earliest,
            col(Trip.at) < latest,
            col(Visit.status).in_([str(status) for status in OPEN_STATUSES]),
        )
        .order_by(col(Trip.at), col(Trip.id))
    )
    found: dict[str, Drive] = {}
    for other, its_visit in others.all():
        drive = drive_of(other, its_visit)
        if drive.meets(own) and other.driver_id is not None:
            found.setdefault(other.driver_id, drive)
    return found
