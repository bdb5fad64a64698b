"""Which due times hang on an official calendar that is not published yet. Pure."""

from collections.abc import Iterable

from models.base.times import local
from models.policy.moment import Moment
from models.reading.picture import VisitPicture
from models.reminders.anchors import start_of


def unsure_due(picture: VisitPicture, moments: Iterable[Moment]) -> int | None:
    """The first year that is not published yet, where one of these moments of a visit is counted
    in working days that a decree for that year may move; None where nothing hangs on it."""
    zone, calendar = picture.visit.timezone, picture.policy.work_days
    for moment in moments:
        start = start_of(picture, moment.anchor) if moment.offset.unit == "wd" else None
        if start is not None:
            year = calendar.unsure_to(local(start, zone).date(), moment.offset.number)
            if year is not None:
                return year
    return None
