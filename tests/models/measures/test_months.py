"""Months by the site's clock, and the first working day after them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.calendar import WorkCalendar
from models.measures.months import bounds, latest_told, month_after, month_before, told_at

SHANGHAI = "Asia/Shanghai"
NINE = time(9, 0)
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("month", "zone", "begins", "ends"),
    [
        (NOVEMBER, SHANGHAI, (2026, 10, 31, 16), (2026, 11, 30, 16)),
        (DECEMBER, "America/New_York", (2026, 12, 1, 5), (2027, 1, 1, 5)),
        (date(2026, 3, 1), "Europe/Berlin", (2026, 2, 28, 23), (2026, 3, 31, 22)),  # clocks go on
        (date(2028, 2, 1), "UTC", (2028, 2, 1, 0), (2028, 3, 1, 0)),
    ],
)
def test_a_month_begins_and_ends_by_the_clock_of_the_zone(
    month: date, zone: str, begins: tuple[int, ...], ends: tuple[int, ...]
) -> None:
    assert bounds(month, zone) == (
        datetime(*begins, tzinfo=UTC),  # type: ignore[arg-type, misc]
        datetime(*ends, tzinfo=UTC),  # type: ignore[arg-type, misc]
    )


@pytest.mark.parametrize(
    ("month", "zone", "country", "day"),
    [
        (NOVEMBER, SHANGHAI, "CN", date(2026, 12, 1)),  # a Tuesday
        (DECEMBER, SHANGHAI, "CN", date(2027, 1, 4)),  # New Year, then a weekend
        (date(2025, 12, 1), SHANGHAI, "CN", date(2026, 1, 4)),  # a Sunday worked for New Year
        (date(2023, 9, 1), SHANGHAI, "CN", date(2023, 10, 7)),  # a Saturday after National Day
        (date(2026, 10, 1), "Europe/Berlin", "DE", date(2026, 11, 2)),
        (date(2026, 4, 1), "Europe/Berlin", "DE", date(2026, 5, 4)),  # Labour Day, a weekend
    ],
)
def test_it_is_told_on_the_first_working_day_after_it(
    month: date, zone: str, country: str, day: date
) -> None:
    told = told_at(month, NINE, zone, WorkCalendar(country))
    hours = 8 if zone == SHANGHAI else 1 if day.month == 11 else 2
    assert told == datetime.combine(day, NINE, UTC) - timedelta(hours=hours)


def test_the_latest_month_changes_at_the_moment_it_is_told() -> None:
    told = told_at(NOVEMBER, NINE, SHANGHAI, WorkCalendar("CN"))
    second = timedelta(seconds=1)
    assert latest_told(told - second, NINE, SHANGHAI, WorkCalendar("CN")) == date(2026, 10, 1)
    assert latest_told(told, NINE, SHANGHAI, WorkCalendar("CN")) == NOVEMBER
    # In New York it is still November then.
    assert latest_told(told, NINE, "America/New_York", WorkCalendar("US")) == date(2026, 10, 1)
    new_year = datetime(2026, 12, 31, 17, tzinfo=UTC)  # 01:00 in Shanghai, nobody works
    assert latest_told(new_year, NINE, SHANGHAI, WorkCalendar("CN")) == NOVEMBER


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.sampled_from([(SHANGHAI, "CN"), ("America/New_York", "US"), ("Pacific/Apia", "WS")]),
    st.times(),
)
def test_the_latest_is_told_and_the_next_is_not(
    minutes: int, site: tuple[str, str], at: time
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    when = (at, site[0], WorkCalendar(site[1]))
    latest = latest_told(now, *when)
    assert told_at(latest, *when) <= now < told_at(month_after(latest), *when)
    assert month_before(month_after(latest)) == latest
    begins, ends = bounds(month_after(latest), site[0])
    assert begins <= told_at(latest, *when) < ends


def test_a_working_day_of_the_country() -> None:
    assert WorkCalendar("CN").is_working(date(2026, 1, 4))
    assert not WorkCalendar("DE").is_working(date(2026, 1, 4))
