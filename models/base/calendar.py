"""Working days of the site's country, with China's make-up working days and the company's own
days (R1.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import holidays

_DECREED = frozenset({"CN", "CHN"})
"""Countries whose make-up working days are laid down anew for each year, shortly before it."""
_NEAR = timedelta(days=10)
"""What is decreed for a holiday, days off and make-up days, lies within so many days of it."""
_FARTHEST = 400


@lru_cache(maxsize=32)
def _calendar(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


@lru_cache(maxsize=256)
def is_published(year: int, country: str) -> bool:
    """Whether the official calendar of a year is known: for a country (ISO code) whose make-up
    working days are decreed each year, whether those of that year are."""
    if country not in _DECREED:
        return True
    decreed = holidays.country_holidays(country, years=year).weekend_workdays
    return any(day.year == year for day in decreed)


def knows_country(country: str) -> bool:
    """Whether the holiday calendar has the country (ISO code)."""
    return country in holidays.list_supported_countries()


@dataclass(frozen=True)
class WorkCalendar:
    """The days on which a company works: those of its country, but for its own `holidays` and its
    own make-up days (`working`)."""

    country: str
    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the company works on that day."""
        if day in self.working:
            return True
        return day not in self.holidays and bool(_calendar(self.country).is_working_day(day))

    def add(self, day: date, number: int) -> date:
        """The working day `number` working days after (before, if negative) a day."""
        for each in self._walked(day, number):
            day = each
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including the day before `end`.

        Both days themselves do not count: a request on Monday for Thursday leaves two. What lies
        more than 400 days ahead is not counted any more.
        """
        return sum(self.is_working(day) for day in _inside(start, end))

    def unsure_of(self, start: date, end: date, wanted: int) -> int | None:
        """The first year between two days (as in `between`) whose official calendar is not
        published yet, where it may decide whether `wanted` working days lie between them."""
        least, most, year = 0, 0, None
        for day in _inside(start, end):
            if self._is_unsure(day):
                most, year = most + 1, year or day.year
            elif self.is_working(day):
                least, most = least + 1, most + 1
        return year if least < wanted <= most else None

    def unsure_to(self, day: date, number: int) -> int | None:
        """The first year whose official calendar is not published yet, where it may move the
        working day `number` working days from a day."""
        return next((e.year for e in self._walked(day, number) if self._is_unsure(e)), None)

    def _walked(self, day: date, number: int) -> Iterator[date]:
        step = timedelta(days=1 if number >= 0 else -1)
        left = abs(number)
        while left:
            day += step
            left -= self.is_working(day)
            yield day

    def _is_unsure(self, day: date) -> bool:
        """Whether a decree to come may turn the day into a day off or a make-up day. A company
        that names make-up days of a year knows that year's calendar; a public holiday stays one."""
        is_known = day in self.holidays or day.year in self._own_years
        if is_known or is_published(day.year, self.country) or day in _calendar(self.country):
            return False
        near = (day + timedelta(days=n) for n in range(-_NEAR.days, _NEAR.days + 1))
        return any(each in _calendar(self.country) for each in near)

    @cached_property
    def _own_years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.working)


def _inside(start: date, end: date) -> Iterator[date]:
    days = min((end - start).days, _FARTHEST)
    return (start + timedelta(days=n) for n in range(1, days))
