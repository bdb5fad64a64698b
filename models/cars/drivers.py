"""Who can drive a trip, and when a drive takes its driver: nobody is in two places (R4.3). Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.base.times import local
from models.base.words import TripKind, TripState
from models.cars.asked import MOST_DAYS
from models.records.cars import Trip
from models.records.visit import Visit

_AHEAD = timedelta(minutes=15)  # the car stands at the pickup point that much earlier (R6.3)
_SHORTEST, _LONGEST = timedelta(hours=1), timedelta(hours=3)


_REPORTED_AHEAD = timedelta(hours=12)  # nothing of a drive is reported earlier than that
_SOON = timedelta(hours=3)
_EARLY = timedelta(hours=1)
TAKE_BACK = timedelta(minutes=30)
"""How long it may be taken back that guests were dropped off; what comes before that always."""


def reported_from(trip: Trip) -> datetime:
    """From when on what happens on a drive may be reported."""
    return trip.at - _REPORTED_AHEAD


def is_soon(trip: Trip, now: datetime) -> bool:
    """Whether it is near enough to the drive that its reports are offered beside all else."""
    return now >= trip.at - _SOON


def is_early(trip: Trip, next_state: TripState, now: datetime) -> bool:
    """Whether a report would be so early that it is likely a slip: it is asked about first."""
    ends = next_state == TripState.DONE and trip.kind == TripKind.DROPOFF
    return now < (trip.at if ends else trip.at - _EARLY)


def state_before(trip: Trip) -> TripState | None:
    """The state that a drive goes back to when its last report is taken back; None where nothing
    has been reported."""
    reached = [(TripState.HERE, trip.here_at), (TripState.ABOARD, trip.aboard_at)]
    match trip.state:
        case TripState.DONE | TripState.ABOARD:
            done = [s for s, at in reached if at is not None and s != trip.state]
            return done[-1] if done else TripState.ACCEPTED
        case TripState.HERE:
            return TripState.ACCEPTED
    return None


def may_take_back(trip: Trip, now: datetime) -> bool:
    """Whether the last report may be taken back."""
    is_old = trip.state == TripState.DONE and trip.done_at and now - trip.done_at > TAKE_BACK
    return state_before(trip) is not None and not is_old


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
    guests arrive, three hours at most; of several days until the last one ends."""
    end = trip.at + _SHORTEST
    if trip.kind == TripKind.PICKUP:
        end = max(end, min(visit.arrival, trip.at + _LONGEST))
    if trip.days > 1:
        last = local(trip.at, visit.timezone).date() + timedelta(days=trip.days)
        end = max(end, datetime.combine(last, time(), ZoneInfo(visit.timezone)))
    return Drive(trip.at - _AHEAD, end, visit.number)


def furthest(drive: Drive) -> tuple[datetime, datetime]:
    """Between which times another trip must start to meet this drive."""
    return drive.start - timedelta(days=MOST_DAYS + 1), drive.end + _AHEAD
