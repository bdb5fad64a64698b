"""The one dispatcher: claims what is due, renders it from the present state, sends it, marks it.

Rows of one recipient go out one after the other, those of different recipients side by side. What
became of them is written down while more is claimed. A crash anywhere leaves rows claimed: when the
claim runs out they are looked for in their conversation before they are sent.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from models.base.words import DeliveryState
from models.reminders.outbox import QUIET, URGENCIES, urgency_of
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
from scheduler.faults import SLOW, backoff, is_hopeless
from scheduler.guard import ClockGuard
from scheduler.lanes import GATHER_SECONDS, Lanes
from scheduler.limits import Limits
from scheduler.rows import Claimed, Counts, Outcome, Over, PutBack
from scheduler.send import CALL_SECONDS, ChannelOf, Read, Slack
from scheduler.settle import Settled, settle
from services.reading.desk import Site
from services.store.database import Database, DatabaseTrouble

logger = logging.getLogger("usher.delivery")

_FEW_UNDER_WAY = 20
"""More is claimed when fewer conversations than this, or than half of the last claim, are still
to be written to; what is most urgent, when fewer than this of its own kind are."""
_MOST_CLAIMED = 2000
_QUICK = timedelta(seconds=0.25)
"""While a claim of a backlog goes out quicker than this, the next one is larger; when it takes
twice as long, smaller. So what is urgent never waits long behind a claim that is being rendered."""
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


def no_store(place: str) -> bytes:
    """Reads nothing: for a dispatcher without a store of files. Raises FileNotFoundError."""
    raise FileNotFoundError(place)


class Dispatcher:
    """Delivers the outbox of one site.

    `clock` tells the time (aware), `channel_of` finds the visits channel, `render` is
    `templates.messages.render`. `pace` None lifts our own limit of one message a second. `watch`
    keeps figures, `read` reads the store of files, `guard` tells of a clock that jumps.
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
        read: Read = no_store,
        guard: ClockGuard | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._lease = lease
        self._claim_size = claim_size
        self._verbs = verbs
        self._watch = watch or Unwatched()
        self._guard = guard
        self._composer = Composer(site, render)
        self._limits = Limits(pace)
        call_time = min(timedelta(seconds=CALL_SECONDS), lease / 3)
        self._deliverer = Deliverer(Slack(client, channel_of, read), self._limits, call_time)
        self._lanes = Lanes()
        self._landed: list[Outcome] = []
        self._drains = asyncio.Lock()
        self._latest: datetime | None = None
        self._size = claim_size
        self._full_at: datetime | None = None
        self._claimed = 0
        self.is_closing = False

    @property
    def failing_since(self) -> datetime | None:
        """Since when Slack has taken nothing that was tried; None while it does."""
        return self._limits.failing_since

    def rest(self) -> timedelta | None:
        """How long until somebody may be told more who waits for that; None: nobody does."""
        turn = self._limits.next_turn(self._latest) if self._latest is not None else None
        return turn - self._clock() if turn is not None else None

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
                while await self._round(clock, counts) or self._lanes or self._landed:
                    if self._lanes:
                        await self._lanes.some_landed(lambda: bool(self._landed), wakes)
            finally:
                await self._lanes.all_landed()
            return counts

    async def _round(self, clock: Clock, counts: Counts) -> bool:
        """Mark what landed and claim what is due, side by side; set that going. Whether there was
        anything."""
        now = clock()
        landed, self._landed = self._landed, []
        try:
            settled, turn = await asyncio.gather(
                self._settle(landed, now),
                asyncio.to_thread(self._look, *self._claimable(now), now),
                return_exceptions=True,
            )
        except BaseException:
            self._landed = landed + self._landed
            raise
        if isinstance(turn, _Turn):
            self._landed += turn.ended
            for urgency, recipient, rows in _by_recipient(turn.work):
                self._lanes.add(urgency, recipient, partial(self._fly, rows, clock))
        if not isinstance(settled, Settled):
            self._landed = landed + self._landed
            raise settled
        self._landed += settled.unmarked
        for outcome in settled.marked:
            counts.add(outcome)
            self._watch.landed(outcome)
        if not isinstance(turn, _Turn):
            raise turn
        if settled.unmarked and not self._lanes:
            await asyncio.sleep(GATHER_SECONDS)
        return bool(landed or turn.work or turn.ended)

    async def _settle(self, landed: list[Outcome], now: datetime) -> Settled:
        if not landed:
            return Settled()

        def marked() -> Settled:
            with self._watch.turn():
                return settle(self._database, self._site, landed, now)

        return await asyncio.to_thread(marked)

    def _claimable(self, now: datetime) -> tuple[Sequence[int], Skip, Skip]:
        """What may be claimed now: the classes of urgency, and what to leave out of the first and
        of the others. An alert does not wait for what else its reader is to be told."""
        urgencies: Sequence[int] = ()
        if not self.is_closing and not self._limits.is_down(now):
            if len(self._lanes) < max(_FEW_UNDER_WAY, self._claimed // 2):
                urgencies = URGENCIES
            elif self._lanes.urgent < _FEW_UNDER_WAY:
                urgencies = URGENCIES[:1]
        held = transitions.BROUGHT_BY_TIME if self._is_unsure(now) else frozenset()
        urgent = self._limits.skip(now, self._lanes.spoken_to)
        others = self._limits.skip(now, self._lanes.recipients)
        return urgencies, replace(urgent, kinds=held), replace(others, kinds=held)

    def _is_unsure(self, now: datetime) -> bool:
        """Whether the clock has just jumped."""
        return self._guard is not None and self._guard.is_unsure(now)

    def _look(self, urgencies: Sequence[int], urgent: Skip, skip: Skip, now: datetime) -> "_Turn":
        """In a thread: claim what is due, in one transaction; render it in another."""
        is_set_back = self._latest is None or now < self._latest - SLOW
        if not is_set_back:
            self._latest = now  # also where nothing is claimed: what lands is put back by it
            if not urgencies:
                return _Turn()
            if self._full_at is None or urgencies != URGENCIES:
                with self._database.reading() as session:
                    if not _is_due(session, now, urgencies, urgent, skip):
                        return _Turn()
        with self._watch.turn():
            turn = self._claim(urgencies, (urgent, skip), now, is_set_back=is_set_back)
        self._latest = now
        return turn

    def _claim(
        self,
        urgencies: Sequence[int],
        skips: tuple[Skip, Skip],
        now: datetime,
        *,
        is_set_back: bool,
    ) -> "_Turn":
        is_whole = urgencies == URGENCIES
        limit = self._size if is_whole else _FEW_UNDER_WAY
        with self._database.session() as session:
            if is_set_back:
                mend_waits(session, now, 2 * SLOW, self._lease)
            rows = claim(session, now, limit, self._lease, skips[0], urgencies[:1])
            rows += claim(session, now, limit - len(rows), self._lease, skips[1], urgencies[1:])
        if is_whole:
            self._adapt(len(rows), now)
        turn = _Turn()
        said: list[Claimed] = []
        for row in rows:
            if row.kind.startswith(transitions.PREFIX):
                turn.work.append(row)
            elif is_too_late(row, now):
                turn.ended.append(too_late(row, row.revision))
            else:
                said.append(row)
        if said:
            with self._database.reading() as session:
                composed = self._composer.compose(session, said, now)
            for each in composed:
                if isinstance(each, Waits):
                    turn.ended.append(as_it_was(each.row, each.until, QUIET))
                else:
                    turn.work.append(each)
        return turn

    def _adapt(self, claimed: int, now: datetime) -> None:
        """How many to claim next time."""
        self._claimed = claimed
        if claimed < self._size:
            self._size, self._full_at = self._claim_size, None
            return
        taken = now - self._full_at if self._full_at is not None else timedelta(0)
        self._full_at = now
        if taken < _QUICK:
            factor = 4 if timedelta(0) < taken < _QUICK / 4 else 2
            self._size = min(self._size * factor, _MOST_CLAIMED)
        elif taken > 2 * _QUICK:
            self._size = max(self._size // 2, self._claim_size)

    async def _fly(self, rows: list[Work], clock: Clock) -> None:
        for work in rows:
            row = work if isinstance(work, Claimed) else work.row
            try:
                outcome = await self._one(work, clock)
            except DatabaseTrouble as trouble:
                logger.warning("%s %s: %s", row.kind, row.id, trouble)
                outcome = as_it_was(row, clock() + backoff(row.attempts), trouble.code)
            except Exception as error:  # noqa: BLE001 - outermost edge of a row: the others go on
                outcome = self._failed(row, error, clock())
            if outcome is not None:
                self._landed.append(outcome)

    async def _one(self, work: Work, clock: Clock) -> Outcome | None:
        if self.is_closing:  # not begun yet: another bot, or the next start, may do it at once
            return as_it_was(work if isinstance(work, Claimed) else work.row, clock())
        if isinstance(work, Composed):
            return await self._deliverer.deliver(work, clock)
        if isinstance(work, Unreadable):
            raise work.error
        if work.kind in transitions.BROUGHT_BY_TIME and self._is_unsure(clock()):
            return as_it_was(work, clock())
        return await asyncio.to_thread(
            transitions.run, self._database, self._site, work, clock(), self._verbs
        )

    def _failed(self, row: Claimed, error: Exception, now: datetime) -> Outcome:
        logger.error("%s %s could not be delivered", row.kind, row.id, exc_info=error)
        reason = f"error:{type(error).__name__}"
        if is_hopeless(row, now):
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is to be sent, and what ended without being sent."""

    work: list[Work] = field(default_factory=list)
    ended: list[Outcome] = field(default_factory=list)


def _is_due(
    session: Session, now: datetime, urgencies: Sequence[int], urgent: Skip, skip: Skip
) -> bool:
    """Whether anything of these classes may be claimed."""
    if urgent == skip:
        return next_due(session, now, skip, urgencies)
    first, others = urgencies[:1], urgencies[1:]
    is_due = next_due(session, now, urgent, first)
    return is_due or (bool(others) and next_due(session, now, skip, others))


def _by_recipient(work: Iterable[Work]) -> list[tuple[int, str, list[Work]]]:
    """Rows that must go one after the other, with the urgency of the first; each verb of the clock
    goes by itself."""
    groups: dict[str, list[Work]] = {}
    alone: list[tuple[int, str, list[Work]]] = []
    for each in work:
        if isinstance(each, Claimed):
            alone.append((urgency_of(each.kind), "", [each]))
        else:
            groups.setdefault(each.row.recipient, []).append(each)
    return [*alone, *((_urgency(rows[0]), who, rows) for who, rows in groups.items())]


def _urgency(work: Work) -> int:
    return urgency_of(work.kind if isinstance(work, Claimed) else work.row.kind)
