"""The lanes to Slack: so many calls at a time, what is urgent first, one recipient's rows in order.

Work waits in the order of its urgency for a lane to be free, so a long queue of digests, or a slow
Slack, does not hold up an alert of the day for longer than one call takes.
"""

import asyncio
import contextlib
import heapq
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable

from models.reminders.outbox import URGENCIES

LANES = 40
"""How many calls to Slack are under way at the same time."""
GATHER_SECONDS = 0.02
"""What ends within so long is marked together."""
Flight = Callable[[], Awaitable[None]]
"""Says what is owed to one recipient, one message after the other. Does not raise."""


class Lanes:
    """What is on its way to Slack. To be used within one event loop."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, str, Flight]] = []  # a heap
        self._numbers = itertools.count()
        self._recipients: Counter[str] = Counter()
        self._spoken_to: set[str] = set()
        self._urgent = 0
        self._open = 0
        self._lanes: set[asyncio.Task[None]] = set()
        self._at_work = 0  # a lane that finds no more work is off at once, its task a moment later
        self._landing = asyncio.Event()  # one has ended
        self._all_landed = asyncio.Event()

    def __len__(self) -> int:
        """How many flights wait or are under way."""
        return self._open

    @property
    def urgent(self) -> int:
        """How many of them are of the most urgent class."""
        return self._urgent

    @property
    def recipients(self) -> set[str]:
        """To whom something waits or is under way."""
        return set(self._recipients) - {""}

    @property
    def spoken_to(self) -> set[str]:
        """To whom something is under way."""
        return set(self._spoken_to)

    def add(self, urgency: int, recipient: str, flight: Flight) -> None:
        """Let a flight begin when a lane is free. Recipient "" is nobody."""
        heapq.heappush(self._waiting, (urgency, next(self._numbers), recipient, flight))
        self._recipients[recipient] += 1
        self._urgent += urgency == URGENCIES[0]
        self._open += 1
        if self._at_work < LANES:
            self._at_work += 1
            lane = asyncio.create_task(self._lane())
            self._lanes.add(lane)
            lane.add_done_callback(self._lanes.discard)

    async def some_landed(
        self, has_landed: Callable[[], bool], wakes: asyncio.Event | None
    ) -> None:
        """Wait until flights have ended, a few at a time; or until woken.

        `has_landed` says whether there is anything to be marked.
        """
        self._landing.clear()
        self._all_landed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._all_landed.wait(), GATHER_SECONDS)
        if has_landed() or not self._open:
            return
        events = [self._landing] if wakes is None else [self._landing, wakes]
        waits = [asyncio.create_task(event.wait()) for event in events]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
        if wakes is not None:
            wakes.clear()

    async def all_landed(self) -> None:
        """Wait until nothing waits and nothing is under way."""
        while self._lanes:
            await asyncio.wait(self._lanes)

    async def _lane(self) -> None:
        try:
            while (found := self._next()) is not None:
                urgency, _, recipient, flight = found
                self._spoken_to.add(recipient)
                try:
                    await flight()
                finally:
                    self._has_ended(urgency, recipient)
        finally:
            self._at_work -= 1

    def _next(self) -> tuple[int, int, str, Flight] | None:
        """The most urgent flight that waits, but none to whom another speaks at this moment: that
        lane comes back for it."""
        held, found = [], None
        while self._waiting and found is None:
            first = heapq.heappop(self._waiting)
            if first[2] and first[2] in self._spoken_to:
                held.append(first)
            else:
                found = first
        for each in held:
            heapq.heappush(self._waiting, each)
        return found

    def _has_ended(self, urgency: int, recipient: str) -> None:
        self._open -= 1
        self._urgent -= urgency == URGENCIES[0]
        self._spoken_to.discard(recipient)
        self._recipients[recipient] -= 1
        if not self._recipients[recipient]:
            del self._recipients[recipient]
        self._landing.set()
        if not self._open:
            self._all_landed.set()
