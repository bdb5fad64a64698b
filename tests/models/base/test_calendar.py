"""Working days (R1.5), with China's holidays and make-up working days."""

from datetime import date

import holidays
import pytest

from models.base.calendar import WorkCalendar, is_published

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


def test_the_companys_own_days_count_before_the_countrys() -> None:
    own = WorkCalendar("CN", frozenset({date(2026, 11, 25)}), frozenset({date(2026, 11, 28)}))
    assert not own.is_working(date(2026, 11, 25))  # a Wednesday
    assert own.is_working(date(2026, 11, 28))  # a Saturday
    assert own.add(date(2026, 11, 24), 1) == date(2026, 11, 26)
    assert own.between(date(2026, 11, 24), date(2026, 11, 30)) == 3
    assert WorkCalendar("CN").between(date(2026, 11, 24), date(2026, 11, 30)) == 3


@pytest.mark.parametrize(
    ("year", "country", "expected"),
    [(2025, "CN", True), (2026, "CN", True), (2027, "CN", False), (2040, "DE", True)],
)
def test_whether_the_calendar_of_a_year_is_published(
    year: int, country: str, expected: bool
) -> None:
    assert is_published(year, country) is expected


def test_what_a_decree_moves_lies_within_ten_days_of_a_holiday() -> None:
    for year in range(2010, 2027):
        known = holidays.country_holidays("CN", years=range(year - 1, year + 2))
        moved = [day for day in known.weekend_workdays if day.year == year]
        fixed: list[date] = []
        for day, name in known.items():
            (moved if name.startswith("Day off") and day.year == year else fixed).append(day)
        assert moved
        assert all(min(abs((day - other).days) for other in fixed) <= 10 for day in moved)


@pytest.mark.parametrize(
    ("start", "end", "wanted", "expected"),
    [
        # Spring Festival of 2027 is from 5 to 8 February; days about it may be moved.
        (date(2027, 1, 28), date(2027, 2, 3), 3, 2027),  # the Saturday may be worked, a Tuesday off
        (date(2027, 1, 28), date(2027, 2, 3), 6, None),  # not even with the weekend
        (date(2027, 3, 1), date(2027, 3, 5), 3, None),  # no holiday is near
        (date(2026, 9, 28), date(2026, 10, 9), 3, None),  # that year is known
        (date(2026, 12, 28), date(2027, 1, 8), 3, None),  # three lie before the year's end
        (date(2026, 12, 30), date(2027, 1, 6), 3, 2027),
    ],
)
def test_where_an_unpublished_calendar_may_decide(
    start: date, end: date, wanted: int, expected: int | None
) -> None:
    assert CHINA.unsure_of(start, end, wanted) == expected
    assert WorkCalendar("DE").unsure_of(start, end, wanted) is None
    taken_up = WorkCalendar("CN", working=frozenset({date(2027, 9, 18)}))
    assert taken_up.unsure_of(start, end, wanted) is None


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2027, 2, 2), 2, 2027),
        (date(2027, 3, 2), 2, None),
        (date(2026, 12, 29), 1, None),
        (date(2026, 12, 30), 2, 2027),  # over New Year, whose Saturday may be worked
        (date(2027, 1, 5), -2, 2027),
    ],
)
def test_where_an_unpublished_calendar_may_move_a_due_day(
    day: date, number: int, expected: int | None
) -> None:
    assert CHINA.unsure_to(day, number) == expected
