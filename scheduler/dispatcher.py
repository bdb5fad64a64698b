"""The one dispatcher: claims what is due, renders it from the present state, sends it, marks it.

Rows of one recipient go out one after the other, those of different recipients side by side. What
became of them is written down in the transaction of the next claim. A crash anywhere leaves rows
claimed: when the claim runs out they are looked for in their conversation before they are sent.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from models.outbox import QUIET
from models.words import DeliveryState
from scheduler import transitions
from scheduler.claim import (
    CLAIM_SIZE,
    LEASE,
    SETTLE,
    Skip,
    claim,
    mend_waits,
    next_due,
    release_all,
)
from scheduler.compose import Composed, Composer, Render, Unreadable, Waits
from scheduler.deliver import Clock, Deliverer, as_it_was, is_too_late, too_late
from scheduler.faults import GIVE_UP, SLOW, backoff
from scheduler.limits import Limits
from scheduler.mark import mark
from scheduler.notice import tell_of_faults
from scheduler.rows import Claimed, Counts, Outcome, Over, PutBack
from scheduler.send import CALL_SECONDS, ChannelOf, Slack
from services.database import Database, DatabaseTrouble
from services.desk import Site

logger = logging.getLogger("usher.delivery")

_GATHER_SECONDS = 0.02
_FEW_IN_FLIGHT = 20
"""More is claimed when fewer conversations than this, or than half of the last claim, are still
being written to."""
_CALLS = 40
"""How many calls to Slack are under way at the same time."""
_MOST_CLAIMED = 1000
_QUICK = timedelta(seconds=0.25)
"""While a claim of a backlog goes out quicker than this, the next one is larger; when it takes
twice as long, smaller. So what is urgent waits a second at most for what was claimed before it."""
PACE = timedelta(seconds=1)
"""Slack takes one message a second in a conversation."""

Work = Composed | Unreadable | Claimed


class Watch(Protocol):
    """Whoever keeps the dispatcher's figures. Called from its thread and from the event loop."""

    def turn(self) -> contextlib.AbstractContextManager[object]:
        """Around one turn at the outbox."""

    def landed(self, outcome: Outcome) -> None:
        """What became of a row, once it is written down."""


class Unwatched:
    """Keeps no figures."""

    def turn(self) -> contextlib.AbstractContextManager[object]:
        """Nothing is timed."""
        return contextlib.nullcontext()

    def landed(self, outcome: Outcome) -> None:
        """Nothing is counted."""


class Dispatcher:
    """Delivers the outbox of one site.

    `clock` tells the time (aware), `channel_of` finds the visits channel, `render` is
    `templates.messages.render`. `pace` None lifts our own limit of one message a second. `watch`
    keeps figures.
    """

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        clock: Clock,
        site: Site,
        channel_of: ChannelOf,
        render: Render,
        *,
        pace: timedelta | None = PACE,
        lease: timedelta = LEASE,
        claim_size: int = CLAIM_SIZE,
        verbs: Mapping[str, transitions.Verb] = transitions.VERBS,
        watch: Watch | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._lease = lease
        self._claim_size = claim_size
        self._verbs = verbs
        self._watch = watch or Unwatched()
        self._composer = Composer(site, render)
        self._limits = Limits(pace)
        call_time = min(timedelta(seconds=CALL_SECONDS), lease / 3)
        self._deliverer = Deliverer(Slack(client, channel_of), self._limits, call_time)
        self._flights: dict[asyncio.Task[None], str] = {}  # recipient by task
        self._landing = asyncio.Event()  # one has ended
        self._all_landed = asyncio.Event()
        self._landed: list[Outcome] = []
        self._drains = asyncio.Lock()
        self._latest: datetime | None = None
        self._slots = asyncio.Semaphore(_CALLS)
        self._size = claim_size
        self._full_at: datetime | None = None
        self._claimed = 0
        self.is_closing = False

    def take_over(self, settle: timedelta = SETTLE) -> int:
        """At the start of the only bot on a database: free the claims of the one that is gone.

        They are looked for in their conversations after `settle`. Returns how many there were.
        Not to be called where several bots share the database.
        """
        with self._database.session() as session:
            return release_all(session, self._clock() + settle)

    async def drain(
        self, now: datetime | None = None, wakes: asyncio.Event | None = None
    ) -> Counts:
        """Process all that is due, as of `now` or of the clock; returns what was done.

        Returns when nothing is left that can be done at that time and everything sent is marked.
        `wakes`, when set meanwhile, has the outbox looked at again without waiting for slow calls.
        Raises DatabaseTrouble; what was sent before is marked by the next drain.
        """
        clock: Clock = self._clock if now is None else lambda: now
        counts = Counts()
        async with self._drains:
            self._size, self._full_at = self._claim_size, None
            try:
                while await self._round(clock, counts) or self._flights or self._landed:
                    if self._flights:
                        await self._wait(wakes)
            finally:
                while self._flights:
                    await asyncio.wait(self._flights)
            return counts

    async def _round(self, clock: Clock, counts: Counts) -> bool:
        """Mark what landed, claim what is due, set it going. Whether there was anything."""
        now = clock()
        landed, self._landed = self._landed, []
        is_free = len(self._flights) < max(_FEW_IN_FLIGHT, self._claimed // 2)
        may_claim = is_free and not self.is_closing and not self._limits.is_down(now)
        busy = set(self._flights.values()) - {""}
        skip = self._limits.skip(now, busy) if may_claim else None
        try:
            turn = await asyncio.to_thread(self._turn, landed, skip, now)
        except BaseException:
            self._landed = landed + self._landed
            raise
        self._landed += turn.ended + turn.unmarked
        unmarked = {id(outcome) for outcome in turn.unmarked}
        for outcome in landed:
            if id(outcome) not in unmarked:
                counts.add(outcome)
                self._watch.landed(outcome)
        for recipient, rows in _by_recipient(turn.work):
            task = asyncio.create_task(self._fly(rows, clock))
            self._flights[task] = recipient
            task.add_done_callback(self._has_ended)
        if turn.unmarked and not self._flights:
            await asyncio.sleep(_GATHER_SECONDS)
        return bool(landed or turn.work or turn.ended)

    def _turn(self, landed: list[Outcome], skip: Skip | None, now: datetime) -> "_Turn":
        """In a thread: one transaction that marks and claims, one that reads and renders."""
        is_set_back = self._latest is None or now < self._latest - SLOW
        self._latest = now
        if not landed and not is_set_back:
            if skip is None:
                return _Turn([], [], [])
            with self._database.reading() as session:
                if not next_due(session, now, skip):
                    return _Turn([], [], [])
        with self._watch.turn():
            return self._mark_and_claim(landed, skip, now, is_set_back=is_set_back)

    def _mark_and_claim(
        self, landed: list[Outcome], skip: Skip | None, now: datetime, *, is_set_back: bool
    ) -> "_Turn":
        with self._database.session() as session:
            unmarked = mark(session, landed, now)
            tell_of_faults(session, landed, now, self._site)
            if is_set_back:
                mend_waits(session, now, 2 * SLOW, self._lease)
            rows = [] if skip is None else claim(session, now, self._size, self._lease, skip)
        if skip is not None:
            self._adapt(len(rows), now)
        timed: list[Work] = []
        said: list[Claimed] = []
        ended: list[Outcome] = []
        for row in rows:
            if row.kind.startswith(transitions.PREFIX):
                timed.append(row)
            elif is_too_late(row, now):
                ended.append(too_late(row, row.revision))
            else:
                said.append(row)
        if said:
            with self._database.reading() as session:
                composed = self._composer.compose(session, said, now)
            for each in composed:
                if isinstance(each, Waits):
                    ended.append(as_it_was(each.row, each.until, QUIET))
                else:
                    timed.append(each)
        return _Turn(timed, ended, unmarked)

    def _adapt(self, claimed: int, now: datetime) -> None:
        """How many to claim next time."""
        self._claimed = claimed
        if claimed < self._size:
            self._size, self._full_at = self._claim_size, None
            return
        taken = now - self._full_at if self._full_at is not None else timedelta(0)
        self._full_at = now
        if taken < _QUICK:
            self._size = min(self._size * 2, _MOST_CLAIMED)
        elif taken > 2 * _QUICK:
            self._size = max(self._size // 2, self._claim_size)

    async def _fly(self, rows: list[Work], clock: Clock) -> None:
        for place, work in enumerate(rows):
            row = work if isinstance(work, Claimed) else work.row
            try:
                outcome = await self._one(work, clock, place)
            except DatabaseTrouble as trouble:
                logger.warning("%s %s: %s", row.kind, row.id, trouble)
                outcome = as_it_was(row, clock() + backoff(row.attempts), trouble.code)
            except Exception as error:  # noqa: BLE001 - outermost edge of a row: the others go on
                outcome = self._failed(row, error, clock())
            if outcome is not None:
                self._landed.append(outcome)

    async def _one(self, work: Work, clock: Clock, place: int) -> Outcome | None:
        now = clock()
        if isinstance(work, Unreadable):
            raise work.error
        if isinstance(work, Composed):
            async with self._slots:
                return await self._deliverer.deliver(work, clock, place)
        return await asyncio.to_thread(
            transitions.run, self._database, self._site, work, now, self._verbs
        )

    def _failed(self, row: Claimed, error: Exception, now: datetime) -> Outcome:
        logger.error("%s %s could not be delivered", row.kind, row.id, exc_info=error)
        reason = f"error:{type(error).__name__}"
        if now - row.due_at > GIVE_UP:
            return Over(row, DeliveryState.FAILED, f"gave_up:{reason}", row.revision)
        return PutBack(
            row,
            next_try_at=now + backoff(row.attempts),
            reason=reason,
            was_tried=True,
            is_uncertain=row.ts is None,
            channel=row.channel,
            ts=row.ts,
        )

    def _has_ended(self, flight: asyncio.Task[None]) -> None:
        del self._flights[flight]
        self._landing.set()
        if not self._flights:
            self._all_landed.set()

    async def _wait(self, wakes: asyncio.Event | None) -> None:
        """Until calls have ended, a few at a time; or until woken."""
        self._landing.clear()
        self._all_landed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._all_landed.wait(), _GATHER_SECONDS)
        if self._landed or not self._flights:
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is to be sent, what ended without being sent, and what could not be marked yet."""

    work: list[Work]
    ended: list[Outcome]
    unmarked: list[Outcome]


def _by_recipient(work: Iterable[Work]) -> list[tuple[str, list[Work]]]:
    """Rows that must go one after the other; each verb of the clock goes by itself."""
    groups: dict[str, list[Work]] = {}
    alone: list[tuple[str, list[Work]]] = []
    for each in work:
        if isinstance(each, Claimed):
            alone.append(("", [each]))
        else:
            groups.setdefault(each.row.recipient, []).append(each)
    return [*alone, *groups.items()]
