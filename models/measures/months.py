"""Months of the site's calendar, and when each is told of (R11.1): on the first working day after
it. A month is the date of its first day. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.base.calendar import WorkCalendar


def month_after(month: date) -> date:
    """The month that follows."""
    return (month + timedelta(days=31)).replace(day=1)


def month_before(month: date) -> date:
    """The month that goes before."""
    return (month - timedelta(days=1)).replace(day=1)


def bounds(month: date, zone: str) -> tuple[datetime, datetime]:
    """When a month begins, and when the next one does, by the clock of an IANA zone; in UTC."""
    return _moment(month, time.min, zone), _moment(month_after(month), time.min, zone)


def told_at(month: date, at: time, zone: str, calendar: WorkCalendar) -> datetime:
    """When a month is told of: the first working day after it, at that time of day; in UTC."""
    day = month_after(month)
    if not calendar.is_working(day):
        day = calendar.add(day, 1)
    return _moment(day, at, zone)


def latest_told(now: datetime, at: time, zone: str, calendar: WorkCalendar) -> date:
    """The last month whose time to be told of has come."""
    last = month_before(now.astimezone(ZoneInfo(zone)).date().replace(day=1))
    return last if told_at(last, at, zone, calendar) <= now else month_before(last)


def _moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)
