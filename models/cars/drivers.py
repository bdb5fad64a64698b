"""Who can drive a trip, and when a drive takes its driver: nobody is in two places (R4.3). Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.base.words import TripKind
from models.records.cars import Trip
from models.records.visit import Visit

_AHEAD = timedelta(minutes=15)  # the car stands at the pickup point that much earlier (R6.3)
_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(hours=3)


@dataclass(frozen=True)
class Drive:
    """The time for which a trip takes its driver, and the visit it is for."""

    start: datetime
    end: datetime
    number: str

    def meets(self, other: "Drive") -> bool:
        """Whether one person cannot do both."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Driver:
    """Somebody who holds the role of driver. `busy` is the first other drive at that time."""

    user_id: str
    name: str
    busy: Drive | None = None


def drive_of(trip: Trip, visit: Visit) -> Drive:
    """How long a trip takes its driver: from 15 minutes before it for an hour; a pickup until the
    guests arrive, three hours at most."""
    end = trip.at + _SHORTEST
    if trip.kind == TripKind.PICKUP:
        end = max(end, min(visit.arrival, trip.at + _LONGEST))
    return Drive(trip.at - _AHEAD, end, visit.number)


def furthest(drive: Drive) -> tuple[datetime, datetime]:
    """Between which times another trip must start to meet this drive."""
    return drive.start - _LONGEST, drive.end + _AHEAD
