"""How long before the arrival a request comes, in the unit that a procedure names (R1.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from models.base.calendar import WorkCalendar

Unit = Literal["days", "working_days", "hours"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_HOURS = {"days": 24.0, "working_days": 33.6, "hours": 1.0}  # five working days in seven


@dataclass(frozen=True)
class Span:
    """A number of days, working days or hours."""

    number: int
    unit: Unit

    @property
    def length(self) -> float:
        """About how many hours it is: to tell the longer of two in different units."""
        return self.number * _HOURS[self.unit]

    def __str__(self) -> str:
        words = self.unit.replace("_", " ")
        return f"{self.number} {words.removesuffix('s') if self.number == 1 else words}"


@dataclass(frozen=True)
class Ahead:
    """How far ahead of the arrival a request came: days of the calendar (tomorrow is one), whole
    working days that lie between, elapsed hours."""

    days: int
    working_days: int
    hours: float

    def in_(self, unit: Unit) -> Span:
        """In a unit, whole ones; nothing is less than none."""
        return Span(max(int(getattr(self, unit)), 0), unit)

    def reaches(self, wanted: Span) -> bool:
        """Whether it is at least as much as wanted."""
        given: float = getattr(self, wanted.unit)
        return given >= wanted.number


def ahead(asked: datetime, arrival: datetime, zone: str, calendar: WorkCalendar) -> Ahead:
    """How far an arrival lies ahead of a moment of asking (both aware), by the site's zone."""
    start, end = _days(asked, arrival, zone)
    hours = (arrival.timestamp() - asked.timestamp()) / 3600  # elapsed, in whatever zones
    return Ahead((end - start).days, calendar.between(start, end), hours)


def unsure_year(
    asked: datetime, arrival: datetime, zone: str, calendar: WorkCalendar, wanted: Span
) -> int | None:
    """The year whose official calendar is not published yet, where it may decide whether a request
    comes as early as wanted; None where nothing hangs on it."""
    if wanted.unit != "working_days":
        return None
    return calendar.unsure_of(*_days(asked, arrival, zone), wanted.number)


def _days(asked: datetime, arrival: datetime, zone: str) -> tuple[date, date]:
    start, end = (each.astimezone(ZoneInfo(zone)).date() for each in (asked, arrival))
    return start, end
