"""Who waits for their second in a conversation: the more urgent first, then in the order in which
they were due, however the rows come to be claimed.

Kept in the process: a line that is forgotten costs order, no message.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.reminders.outbox import urgency_of
from scheduler.rows import Claimed

_PATIENCE = timedelta(seconds=2)
"""Who does not come so long after their turn holds up nobody: the row was cancelled, or another
bot sends it. Short, since bots that share a long line would wait for each other's rows."""
_KEPT = 5000
_Line = list[tuple[datetime, int, datetime]]  # due_at, seq, the turn that was given; sorted


@dataclass(slots=True)
class Turns:
    """The lines of all recipients, one for each urgency."""

    _lines: dict[str, dict[int, _Line]] = field(default_factory=dict)
    _resumed: dict[str, datetime] = field(default_factory=dict)  # by recipient; "": all
    _latest: datetime | None = None
    _most: int = _KEPT  # lines, until those are looked for to which nobody comes

    def ahead(self, row: Claimed, now: datetime) -> int:
        """How many messages to the recipient go before this one."""
        if self._latest is not None and now < self._latest:
            self._lines.clear()  # the clock was set back
            self._resumed.clear()
        self._latest = now
        urgency, number = urgency_of(row.kind), 0
        for each, line in self._lines.get(row.recipient, {}).items():
            if each <= urgency:
                self._drop_absent(row.recipient, line, now)
                number += len(line) if each < urgency else bisect_left(line, (row.due_at, row.seq))
        return number

    def joins(self, row: Claimed, turn: datetime) -> None:
        """The row waits in line, until it is its turn."""
        if len(self._lines) + len(self._resumed) > self._most:
            self._forget(self._latest or turn)
        line = self._lines.setdefault(row.recipient, {}).setdefault(urgency_of(row.kind), [])
        place = bisect_left(line, (row.due_at, row.seq))
        line[place : place + _is_at(line, place, row)] = [(row.due_at, row.seq, turn)]

    def leaves(self, row: Claimed) -> None:
        """The row waits in line no more."""
        line = self._lines.get(row.recipient, {}).get(urgency_of(row.kind), [])
        place = bisect_left(line, (row.due_at, row.seq))
        if _is_at(line, place, row):
            del line[place]
            if not any(self._lines[row.recipient].values()):
                del self._lines[row.recipient]

    def given(self) -> Iterator[datetime]:
        """The turns of all who wait."""
        for lines in self._lines.values():
            for line in lines.values():
                yield from (turn for _, _, turn in line)

    def pause(self, until: datetime, recipient: str = "") -> None:
        """Nothing can be said to the recipient, or to anybody, until then: nobody is absent for
        that."""
        self._resumed[recipient] = until

    def _drop_absent(self, recipient: str, line: _Line, now: datetime) -> None:
        present = now - _PATIENCE
        if any(self._resumed.get(who, present) > present for who in ("", recipient)):
            return
        absent = 0
        while absent < len(line) and line[absent][2] < present:
            absent += 1
        del line[:absent]

    def _forget(self, now: datetime) -> None:
        self._resumed = {who: at for who, at in self._resumed.items() if at > now - _PATIENCE}
        for recipient, lines in list(self._lines.items()):
            for line in lines.values():
                self._drop_absent(recipient, line, now)
            if not any(lines.values()):
                del self._lines[recipient]
        self._most = max(_KEPT, 2 * (len(self._lines) + len(self._resumed)))


def _is_at(line: _Line, place: int, row: Claimed) -> bool:
    return place < len(line) and line[place][:2] == (row.due_at, row.seq)
