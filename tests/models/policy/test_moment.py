"""Anchors and offsets of policy files."""

from datetime import UTC, datetime, timedelta

import pytest

from models.base.calendar import WorkCalendar
from models.policy import Moment, Offset
from models.policy.moment import Anchor

SHANGHAI = "Asia/Shanghai"
ARRIVAL = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Thursday


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("-24h", datetime(2026, 12, 9, 2, 0, tzinfo=UTC)),
        ("-15m", datetime(2026, 12, 10, 1, 45, tzinfo=UTC)),
        ("+2d", datetime(2026, 12, 12, 2, 0, tzinfo=UTC)),
        ("+1d 09:00", datetime(2026, 12, 11, 1, 0, tzinfo=UTC)),
        ("-2d 17:00", datetime(2026, 12, 8, 9, 0, tzinfo=UTC)),
        ("+2wd", datetime(2026, 12, 14, 2, 0, tzinfo=UTC)),
        ("-3wd 09:00", datetime(2026, 12, 7, 1, 0, tzinfo=UTC)),
    ],
)
def test_offsets_are_counted_in_the_sites_zone(written: str, expected: datetime) -> None:
    assert Offset.parse(written).from_(ARRIVAL, SHANGHAI, WorkCalendar("CN")) == expected


def test_a_day_keeps_the_wall_clock_over_a_change_of_summer_time_and_hours_do_not() -> None:
    before = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)  # 10:00 in Berlin, summer time
    assert Offset.parse("+1d").from_(
        before, "Europe/Berlin", WorkCalendar("DE")
    ) == before + timedelta(hours=25)
    assert Offset.parse("+24h").from_(
        before, "Europe/Berlin", WorkCalendar("DE")
    ) == before + timedelta(hours=24)


def test_a_time_of_day_that_the_clocks_skip_is_still_a_moment() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    skipped = Offset.parse("+1d 02:30").from_(before, "Europe/Berlin", WorkCalendar("DE"))
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("written", ["24h", "-24", "-24 h", "-1h 09:00", "soon", "-1w", "+1d 9:00"])
def test_what_is_no_offset_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"offset|time of day"):
        Offset.parse(written)


def test_a_moment_names_its_anchor() -> None:
    assert Moment.parse("arrival -24h") == Moment(Anchor.ARRIVAL, Offset(-24, "h"))
    assert Moment.parse("left") == Moment(Anchor.LEFT, Offset())
    with pytest.raises(ValueError, match="'arival' is not an anchor"):
        Moment.parse("arival -24h")
