"""Times: stored in UTC, aware everywhere, shown in somebody's zone."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A column of aware datetimes, in UTC, the same on SQLite and PostgreSQL.

    SQLite forgets the offset, so the value goes in as UTC and gets its zone back on the way out.
    Raises ValueError for a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the wall clock of an IANA zone."""
    return moment.astimezone(ZoneInfo(zone))


_YEARS = range(2026, 2038)  # as far as the zones' rules are written down


@lru_cache(maxsize=256)
def same_clock(one: str, other: str) -> bool:
    """Whether the clocks of two IANA zones always show the same (Chongqing, Shanghai)."""
    if one == other:
        return True
    moments = [datetime(year, month, 15, tzinfo=UTC) for year in _YEARS for month in range(1, 13)]
    return all(local(at, one).utcoffset() == local(at, other).utcoffset() for at in moments)


def on_clock(day: date, clock: time, zone: str) -> datetime | None:
    """The moment (UTC) at which the clock of an IANA zone shows that day and time: the first where
    it comes twice, None where the clocks skip it."""
    wall = datetime.combine(day, clock)
    try:
        moment = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        shown = local(moment, zone).replace(tzinfo=None)
    except OverflowError:
        return None
    return moment if shown == wall else None
