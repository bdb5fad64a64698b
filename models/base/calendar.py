"""Working days of the site's country, with China's make-up working days (R1.5)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=32)
def _calendar(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country)


def is_working_day(day: date, country: str) -> bool:
    """Whether offices of the country (ISO code) work on that day."""
    return bool(_calendar(country).is_working_day(day))


def add_working_days(day: date, number: int, country: str) -> date:
    """The working day `number` working days after (before, if negative) a day."""
    step = timedelta(days=1 if number >= 0 else -1)
    left = abs(number)
    while left:
        day += step
        if is_working_day(day, country):
            left -= 1
    return day


def working_days_between(start: date, end: date, country: str) -> int:
    """How many working days lie after `start` up to and including the day before `end`.

    Both days themselves do not count: a request on Monday for Thursday leaves two.
    """
    count, day = 0, start + timedelta(days=1)
    while day < end and count < 400:
        count += is_working_day(day, country)
        day += timedelta(days=1)
    return count


def knows_country(country: str) -> bool:
    """Whether the holiday calendar has the country (ISO code)."""
    return country in holidays.list_supported_countries()
