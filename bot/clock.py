"""The wall clock: the one place of the product that reads it."""

from datetime import UTC, datetime


def wall_clock() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC)
