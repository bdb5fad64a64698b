"""What Slack allows now: one message a second in each conversation, and the pauses it asked for.

Kept in the process: a limit that is forgotten costs one refused call, nothing more. All moments
are those of the caller's clock; a clock set back ends every pause.
"""

from datetime import datetime, timedelta

from scheduler.claim import Skip
from scheduler.rows import Claimed
from scheduler.turns import Turns

POST = "chat.postMessage"
UPDATE = "chat.update"
_LOOK_UPS = ("conversations.history", "conversations.replies", "conversations.open")
_KEPT = 5000
_CALM = timedelta(minutes=20)
"""A fault so long after the last one, longer than a row waits to be tried again, is another."""


class Limits:
    """`pace` is the time between two messages in one conversation; None: no limit of our own."""

    def __init__(self, pace: timedelta | None) -> None:
        self.pace = pace
        self._posted: dict[str, datetime] = {}  # by recipient
        self._waiting: dict[str, datetime] = {}  # recipients with more to be said, until
        self._turns = Turns()
        self._pauses: dict[str, tuple[datetime, datetime]] = {}  # by call: set at, until
        self._down: tuple[datetime, datetime] | None = None
        self._troubles = 0
        self._failed_at: datetime | None = None
        self.failing_since: datetime | None = None
        """Since when Slack has taken nothing that was tried; None while it does."""

    def may_post_at(self, recipient: str, now: datetime) -> datetime:
        """When the next message to a recipient may be posted; not after `now`: at once."""
        pause = self._paused_until(f"{POST} {recipient}", now)
        last = self._posted.get(recipient)
        if self.pace is None or last is None or last > now:
            return pause
        return max(pause, last + self.pace)

    def turn_of(self, row: Claimed, now: datetime) -> datetime:
        """When a row may be posted, after those that wait in line before it; not after `now`: at
        once. Else it stands in line itself until then."""
        free = turn = self.may_post_at(row.recipient, now)
        if free > now:
            self.waits(row.recipient, free)
        if self.pace is not None:
            turn = max(free, now) + self._turns.ahead(row, now) * self.pace
            if turn > now:
                self._turns.joins(row, turn)
        return turn

    def keeps_place(self, row: Claimed, until: datetime) -> None:
        """It was the row's turn, and Slack did not take it: it goes first when Slack does."""
        if self.pace is not None:
            self._turns.joins(row, until)

    def came_to_turn(self, row: Claimed) -> None:
        """The row waits for no turn any more."""
        if self.pace is not None:
            self._turns.leaves(row)

    def may_call_at(self, method: str, now: datetime) -> datetime:
        """When a method other than posting may be called; not after `now`: at once."""
        return self._paused_until(method, now)

    def posted(self, recipient: str, now: datetime) -> None:
        """A message to the recipient is being posted."""
        if self.pace is not None:
            if len(self._posted) > _KEPT:
                self._posted = {
                    who: at for who, at in self._posted.items() if now - self.pace < at <= now
                }
            self._posted[recipient] = now

    def waits(self, recipient: str, until: datetime) -> None:
        """More is owed to the recipient than may be said: not to be claimed until then."""
        self._waiting[recipient] = until

    def next_turn(self, after: datetime) -> datetime | None:
        """When somebody who waits in line, or for a pause to end, is next; None: nobody waits."""
        turns = [*self._turns.given(), *self._waiting.values()]
        return min((turn for turn in turns if turn > after), default=None)

    def pause(self, method: str, recipient: str, now: datetime, seconds: float) -> datetime:
        """Slack asked to wait: for posting, in this conversation; else for the method. Returns
        until when."""
        until = now + timedelta(seconds=seconds)
        if method == POST:
            self._pauses[f"{POST} {recipient}"] = (now, until)
            self._turns.pause(until, recipient)
            self.waits(recipient, until)
        else:
            self._pauses[method] = (now, until)
        return until

    def went_down(self, now: datetime) -> None:
        """Slack cannot be reached at all: wait a while before anything is tried, longer each
        time, a minute at most."""
        if self.is_down(now):
            return
        self._troubles += 1
        until = now + timedelta(seconds=min(2 ** (self._troubles - 1), 60))
        self._down = (now, until)
        self._turns.pause(until)

    def came_up(self) -> None:
        """Slack answered."""
        self._down, self._troubles, self.failing_since = None, 0, None

    def failed(self, now: datetime) -> None:
        """Slack could not be reached, or did not say what became of a call."""
        failed_at, self._failed_at = self._failed_at, now
        if self.failing_since is None or not failed_at or not failed_at <= now < failed_at + _CALM:
            self.failing_since = now

    def is_down(self, now: datetime) -> bool:
        """Whether nothing should be tried now."""
        return self._down is not None and self._down[0] <= now < self._down[1]

    def skip(self, now: datetime, busy: set[str]) -> Skip:
        """What a claim leaves out now."""
        self._waiting = {
            who: until
            for who, until in self._waiting.items()
            if now < until and self.may_post_at(who, now) > now
        }
        return Skip(
            recipients=[*busy, *(who for who in self._waiting if who not in busy)],
            updates=self.may_call_at(UPDATE, now) > now,
            look_ups=any(self.may_call_at(method, now) > now for method in _LOOK_UPS),
        )

    def _paused_until(self, key: str, now: datetime) -> datetime:
        began, until = self._pauses.get(key, (now, now))
        if not began <= now < until:
            self._pauses.pop(key, None)
            return now
        return until
