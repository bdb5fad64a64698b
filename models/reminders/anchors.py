"""Where the anchors of a policy's times stand for one visit. Pure."""

from collections.abc import Iterator
from datetime import datetime

from models.base.times import local
from models.base.words import TripKind
from models.policy.moment import Anchor, Moment
from models.reading.picture import VisitPicture
from models.records.cars import Trip


def anchors(picture: VisitPicture, anchor: Anchor) -> Iterator[tuple[datetime, Trip | None]]:
    """The moments that an anchor names, with the trip where it is one: none while the visit has
    no such thing (a meeting, feedback, an outcome), several for several cars."""
    visit = picture.visit
    match anchor:
        case Anchor.PICKUP | Anchor.DROPOFF:
            for trip in picture.trips:
                if trip.kind == TripKind(anchor.value):
                    yield trip.at, trip
            return
        case Anchor.REQUEST:
            moment: datetime | None = visit.created_at
        case Anchor.APPROVAL:
            moment = visit.approved_at
        case Anchor.ARRIVAL:
            moment = visit.arrival
        case Anchor.MEETING:
            moment = visit.meeting_at
        case Anchor.SEND_OFF:
            moment = _send_off(picture)
        case Anchor.DEPARTURE:
            moment = visit.departure
        case Anchor.LEFT:
            moment = visit.left_at
        case Anchor.HOME:
            moment = _home(picture)
        case Anchor.FEEDBACK:
            moment = picture.feedback.given_at if picture.feedback else None
        case Anchor.OUTCOME:
            moment = visit.outcome_at
    if moment is not None:
        yield moment, None


def _send_off(picture: VisitPicture) -> datetime:
    """When the guests set off: by the first of the cars that take them on the last day, else at
    the departure."""
    zone = picture.visit.timezone
    cars = [trip.at for trip in picture.trips if trip.kind == TripKind.DROPOFF]
    if not cars:
        return picture.visit.departure
    last = local(max(cars), zone).date()
    return min(at for at in cars if local(at, zone).date() == last)


def _home(picture: VisitPicture) -> datetime | None:
    """When the guests should be home (R8.5): their way begins when they have left us, or with
    their flight or train where that goes later; None until they have left."""
    visit = picture.visit
    if visit.left_at is None:
        return None
    way = picture.policy.follow_up.home_after
    start = max(visit.left_at, visit.departure)
    return way.from_(start, visit.timezone, picture.policy.work_days)


def start_of(picture: VisitPicture, anchor: Anchor) -> datetime | None:
    """When an anchor first stands; None while it does not."""
    return next((at for at, _ in anchors(picture, anchor)), None)


def moment_of(picture: VisitPicture, moment: Moment) -> datetime | None:
    """When a moment of the policy falls for the visit; None while its anchor is not there."""
    start = start_of(picture, moment.anchor)
    return None if start is None else from_start(picture, moment, start)


def from_start(picture: VisitPicture, moment: Moment, start: datetime) -> datetime:
    """When a moment falls whose anchor stands at `start`."""
    return moment.offset.from_(start, picture.visit.timezone, picture.policy.work_days)
