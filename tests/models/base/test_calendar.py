"""Working days (R1.5), with China's holidays and make-up working days."""

from datetime import date

import pytest

from models.base.calendar import WorkCalendar

CHINA = WorkCalendar("CN")


@pytest.mark.parametrize(
    ("day", "country", "expected"),
    [
        (date(2026, 11, 23), "CN", True),  # a Monday
        (date(2026, 11, 22), "CN", False),  # a Sunday
        (date(2026, 10, 1), "CN", False),  # National Day
        (date(2026, 10, 10), "CN", True),  # a Saturday worked for the National Day week
        (date(2026, 10, 10), "DE", False),
        (date(2026, 12, 25), "DE", False),
        (date(2026, 12, 25), "CN", True),
    ],
)
def test_working_days_follow_the_country(day: date, country: str, expected: bool) -> None:
    assert WorkCalendar(country).is_working(day) is expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 24), 0),
        (date(2026, 11, 23), date(2026, 11, 26), 2),  # Tuesday and Wednesday
        (date(2026, 11, 20), date(2026, 11, 23), 0),  # a weekend
        (date(2026, 9, 30), date(2026, 10, 8), 0),  # the National Day week
        (date(2026, 10, 9), date(2026, 10, 11), 1),  # the worked Saturday
        (date(2026, 11, 26), date(2026, 11, 23), 0),
    ],
)
def test_whole_working_days_between(start: date, end: date, expected: int) -> None:
    assert CHINA.between(start, end) == expected


def test_working_days_are_added_and_taken_over_weekends() -> None:
    assert CHINA.add(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert CHINA.add(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert CHINA.add(date(2026, 11, 23), 0) == date(2026, 11, 23)
