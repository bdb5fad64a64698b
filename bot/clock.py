"""The clocks: the one place of the product that reads them."""

import time
from datetime import UTC, datetime


def wall_clock() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC)


def running_clock() -> float:
    """Seconds since some moment, by a clock that only runs and is never set."""
    return time.monotonic()
