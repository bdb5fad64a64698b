"""A clock that jumps: what time brings and nobody can undo waits for a second look at it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

JUMP = timedelta(hours=1)
logger = logging.getLogger("usher.delivery")


class ClockGuard:
    """Holds the clock against one that only runs (`monotonic`, in seconds).

    When they have parted by more than an hour between two looks, nobody is sure of the clock for
    `seconds`; 0 switches this off.
    """

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self.seconds = seconds
        self._monotonic = monotonic
        self._last: tuple[datetime, float] | None = None
        self._sure_at = float("-inf")

    def is_unsure(self, now: datetime) -> bool:
        """Look at the clock, which says `now`: whether it has just jumped."""
        if self.seconds <= 0:
            return False
        run = self._monotonic()
        if self._last is not None:
            then, ran = self._last
            moved = now - then - timedelta(seconds=run - ran)
            if abs(moved) > JUMP:
                self._sure_at = run + self.seconds
                logger.warning(
                    "the clock moved by %s at once: what time brings waits for a second look",
                    moved,
                    extra={"seconds": self.seconds},
                )
        self._last = (now, run)
        return run < self._sure_at
