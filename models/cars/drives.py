"""The drives of a visit: which of them its form shows, where each goes, whether it was asked for
late (R6.1, P14). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.base.words import TripKind
from models.policy.moment import Offset
from models.policy.rules import Policy
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.visit import Visit


def first_of(trips: Iterable[Trip], kind: TripKind) -> Trip | None:
    """The pickup or drop-off that the visit's form shows: the one that was asked for first."""
    return min((t for t in trips if t.kind == kind), key=lambda t: t.id or 0, default=None)


def ends_of(trip: Trip) -> tuple[str | None, str | None]:
    """Where a drive begins, and where it goes."""
    ends = (trip.place or None, trip.other_end)
    return (ends[1], ends[0]) if trip.kind == TripKind.DROPOFF else ends


def is_late(trip: Trip, visit: Visit, policy: Policy) -> bool:
    """Whether a drive was asked for later than the policy wants (F02)."""
    limit = in_time_from(policy, trip.asked_at or visit.created_at, visit.timezone)
    return limit is not None and trip.at < limit


def in_time_from(policy: Policy, asked: datetime, zone: str) -> datetime | None:
    """The first moment for which a car asked for then comes in time; None without such a rule."""
    ahead = policy.cars.ahead
    if ahead is None:
        return None
    return Offset(-ahead.number, ahead.unit).from_(asked, zone, policy.work_days)


@dataclass(frozen=True)
class Greeting:
    """With what the guests of a drive are met, and in what."""

    name_sign: str | None
    flowers: bool
    banner: str | None
    special_vehicle: str | None


def greeting_of(picture: VisitPicture, trip: Trip) -> Greeting:
    """What the drive itself says; of the visit's own pickup else what the notice says."""
    first = first_of(picture.trips, TripKind.PICKUP)
    said = picture.notice if first is not None and first.id == trip.id else {}

    def words(own: str | None, key: str) -> str | None:
        return own or (str(said[key]) if key in said else None)

    return Greeting(
        words(trip.name_sign, "name_sign"),
        trip.flowers or said.get("welcome_flowers") == "yes",
        words(trip.banner, "banner"),
        words(trip.special_vehicle, "special_vehicle"),
    )
