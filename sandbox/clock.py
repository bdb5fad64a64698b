"""The workspace's clock: real time plus an offset that people may change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _real_time() -> datetime:
    return datetime.now(tz=UTC)


class Clock:
    """Tells the time in the workspace.

    It runs at the speed of real time, from wherever it was last set. What Slack measures on its
    own servers (trigger ids, acknowledgements) does not follow this clock.
    """

    def __init__(
        self, start: datetime | None = None, *, source: Callable[[], datetime] = _real_time
    ) -> None:
        self._source = source
        self._offset = timedelta()
        self._listeners: list[Callable[[], None]] = []
        if start is not None:
            self.set(start)

    @property
    def offset(self) -> timedelta:
        """How far the workspace's time is ahead of real time."""
        return self._offset

    def now(self) -> datetime:
        """The workspace's time, aware, in UTC."""
        return self._source() + self._offset

    def set(self, moment: datetime) -> None:
        """Go to a moment. Raises ValueError when it has no time zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._offset = moment.astimezone(UTC) - self._source()
        for listener in self._listeners:
            listener()

    def advance(self, step: timedelta) -> None:
        """Go forwards (or back, with a negative step) from now."""
        self.set(self.now() + step)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Have a function called after each jump of the clock."""
        self._listeners.append(listener)
