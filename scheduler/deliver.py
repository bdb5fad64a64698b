"""One row's way to its conversation: look, post or update, and say what became of it."""

import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from models.base.words import DeliveryState
from models.reminders.outbox import LIVE_KINDS
from scheduler.compose import Composed, Rendered, Thread
from scheduler.faults import SlackFault, Trouble, backoff, consequence
from scheduler.limits import Limits
from scheduler.rows import Claimed, How, Outcome, Over, PutBack, Said
from scheduler.send import Slack

logger = logging.getLogger("usher.delivery")

Clock = Callable[[], datetime]
"""Tells the present moment, aware."""
T = TypeVar("T")
_SOON = timedelta(seconds=1)
_CARDS_KEPT = 1000


class _OutOfTime(Exception):
    """The claim may end before another call does: somebody else may be sending the row then."""


class Deliverer:
    """Sends what was composed, within Slack's limits. A claim must last `call_time` more."""

    def __init__(self, slack: Slack, limits: Limits, call_time: timedelta) -> None:
        self._call_time = call_time
        self._slack = slack
        self._limits = limits
        self._cards: dict[int, Thread] = {}  # visit cards posted lately, by visit

    async def deliver(self, work: Composed, clock: Clock) -> Outcome:
        """Send one row."""
        row, now = work.row, clock()
        if self._limits.is_down(now) or now + self._call_time > row.lease_until:
            return as_it_was(row, now)
        last_call = row.lease_until - self._call_time
        attempt = _Attempt(self._slack, self._limits, work, self._thread(work), clock, last_call)
        try:
            outcome = await attempt.run()
        except _OutOfTime:
            again = clock() + backoff(row.attempts)
            back = as_it_was(attempt.row, again, "out_of_time", is_uncertain=attempt.is_uncertain)
            return replace(back, was_tried=True)
        except SlackFault as fault:
            return self._after(fault, attempt, clock())
        finally:
            if not attempt.waits_in_line:
                self._limits.came_to_turn(row)
        if isinstance(outcome, Said) and outcome.how != "unchanged":
            self._limits.came_up()
            self._remember(outcome)
        return outcome

    def _thread(self, work: Composed) -> Thread | None:
        thread = work.thread
        if thread is not None and thread.ts is None and work.row.visit_id in self._cards:
            return self._cards[work.row.visit_id]
        return thread

    def _remember(self, said: Said) -> None:
        row = said.row
        if row.kind == "visit_card" and row.visit_id is not None:
            if len(self._cards) >= _CARDS_KEPT:
                self._cards.clear()
            self._cards[row.visit_id] = Thread(said.channel, said.ts, is_coming=False)
        if said.channel is not None and row.ts is None:
            self._slack.met(row.recipient, said.channel)

    def _after(self, fault: SlackFault, attempt: "_Attempt", now: datetime) -> Outcome:
        row = attempt.row
        outcome = consequence(row, fault, now, attempt.revision, is_uncertain=attempt.is_uncertain)
        if fault.trouble in {Trouble.DOWN, Trouble.UNCERTAIN}:
            self._limits.failed(now)
        else:
            self._limits.failing_since = None
        if fault.trouble == Trouble.LIMITED:
            until = self._limits.pause(fault.method, row.recipient, now, fault.retry_after)
            attempt.keep_place(until)
            return _until(outcome, until)
        if fault.trouble == Trouble.DOWN:
            self._limits.went_down(now)
            attempt.keep_place(now)
        level = logging.ERROR if isinstance(outcome, Over) else logging.WARNING
        logger.log(level, "%s %s to %s: %s", row.kind, row.id, row.recipient, fault)
        return outcome


class _Attempt:
    """One attempt at one row. `row` and `is_uncertain` hold what is known of it at any moment."""

    def __init__(
        self,
        slack: Slack,
        limits: Limits,
        work: Composed,
        thread: Thread | None,
        clock: Clock,
        last_call: datetime,
    ) -> None:
        self._last_call = last_call
        self._slack = slack
        self._limits = limits
        self._work = work
        self.row = work.row
        self.revision = work.revision
        self._thread = thread
        self._clock = clock
        self.is_uncertain = work.row.is_uncertain and work.row.ts is None
        self.has_begun = False
        self.waits_in_line = False
        self._is_plain = False

    async def run(self) -> Outcome:
        row, message = self.row, self._work.message
        if message is None:
            if row.ts is not None:
                return self._said("unchanged", row.channel, row.ts, row.digest)
            return Over(row, DeliveryState.CANCELLED, "nothing_to_say", self.revision)
        if self._thread is not None and self._thread.ts is None and self._thread.is_coming:
            again = max(self._thread.again or row.due_at, self._clock() + _SOON)
            return as_it_was(row, again, "waits_for_card")
        if self.is_uncertain:
            channel, ts = await self._look()
            self.is_uncertain = False
            if ts is not None:
                self.row = replace(row, channel=channel, ts=ts)
        if self.row.channel is None or self.row.ts is None:
            return await self._post(message)
        return await self._stands(self.row.channel, self.row.ts, message)

    def keep_place(self, until: datetime) -> None:
        """Slack takes nothing at this moment: what is due later does not overtake the row."""
        self.waits_in_line = self.has_begun
        if self.has_begun:
            self._limits.keeps_place(self.row, until)

    async def _post(self, message: Rendered) -> Outcome:
        row, now = self.row, self._clock()
        if row.expires_at is not None and row.expires_at <= now:
            return too_late(row, self.revision)
        turn = self._limits.turn_of(row, now)
        if turn > now:
            self.waits_in_line = True
            return as_it_was(row, turn, "rate", is_uncertain=False)
        self.has_begun = True
        document: str | None = None
        if message.attachment is not None:
            self._check_time()
            try:
                document, address = await self._slack.upload(message.attachment)
            except FileNotFoundError:
                return Over(row, DeliveryState.FAILED, "file_gone", self.revision)
            message = message.sharing(address)
        try:
            where = await self._put_into_place(message)
        except (SlackFault, _OutOfTime) as fault:
            is_out = isinstance(fault, SlackFault) and fault.trouble == Trouble.UNCERTAIN
            if document is not None and not is_out:
                await self._forget(document)
            raise
        return self._said("sent", *where, self._work.digest)

    async def _forget(self, document: str) -> None:
        """What no message shares is of no use; that it stays is no harm, nobody sees it."""
        with contextlib.suppress(SlackFault):
            await self._slack.discard(document)

    async def _put_into_place(self, message: Rendered) -> tuple[str, str]:
        """Post, where the row belongs now; returns the conversation and the ts."""
        row = self.row
        thread = self._thread if self._thread is not None and self._thread.ts else None
        channel = (thread.channel if thread else None) or await self._slack.target(row.recipient)
        self._limits.posted(row.recipient, self._clock())

        def post(into: str, thread_ts: str | None) -> Awaitable[tuple[str, str]]:
            return self._with_or_without_blocks(
                lambda is_plain: self._slack.post(
                    into, row.id, message, thread_ts, is_plain=is_plain
                )
            )

        try:
            answered = thread.ts if thread else None
            return await self._as_member(channel, lambda: post(channel, answered))
        except SlackFault as fault:
            if thread is not None and await self._slack.has_left(channel, fault):
                present = await self._slack.target(row.recipient)
                return await self._as_member(present, lambda: post(present, None))
            if fault.trouble == Trouble.THREAD_GONE:
                return await post(channel, None)
            raise

    async def _stands(self, channel: str, ts: str, message: Rendered) -> Outcome:
        """The message is there: a card is brought up to date, others stay as they are."""
        how: How = "found" if self._work.row.ts is None else "updated"
        if self.row.kind not in LIVE_KINDS:
            return self._said("found", channel, ts, self._work.digest)
        if self._work.digest == self.row.digest:
            return self._said("unchanged", channel, ts, self.row.digest)
        free = self._limits.may_call_at("chat.update", self._clock())
        if free > self._clock():
            return as_it_was(self.row, free, "rate", is_uncertain=False)
        await self._with_or_without_blocks(
            lambda is_plain: self._slack.update(channel, ts, message, is_plain=is_plain)
        )
        return self._said(how, channel, ts, self._work.digest)

    async def _with_or_without_blocks(self, call: Callable[[bool], Awaitable[T]]) -> T:
        """Call; where Slack refuses the blocks, once more with the words alone."""
        self._check_time()
        try:
            return await call(False)
        except SlackFault as fault:
            if fault.trouble != Trouble.BLOCKS:
                raise
            row = self.row
            logger.warning("%s %s goes out as plain text: %s", row.kind, row.id, fault)
        self._check_time()
        answer = await call(True)
        self._is_plain = True
        return answer

    def _check_time(self) -> None:
        if self._clock() > self._last_call:
            raise _OutOfTime

    async def _look(self) -> tuple[str, str | None]:
        """The conversation, and where in it an earlier attempt left the message, if it did."""
        row, thread = self.row, self._thread
        since = row.first_tried_at or row.due_at
        answered = thread.ts if thread else None
        channel = (thread.channel if thread and thread.ts else None) or (
            await self._slack.conversation(row.recipient)
        )
        try:
            found = await self._as_member(
                channel, lambda: self._slack.find(channel, row.id, since, answered)
            )
        except SlackFault as fault:
            has_left = answered is not None and await self._slack.has_left(channel, fault)
            if fault.trouble != Trouble.THREAD_GONE and not has_left:
                raise
            found = None if has_left else await self._slack.find(channel, row.id, since, None)
        if found is None and answered is not None:
            present = await self._slack.conversation(row.recipient)
            if present != channel:  # an answer whose thread was closed went there
                channel = present
                found = await self._as_member(
                    present, lambda: self._slack.find(present, row.id, since, None)
                )
        logger.info("%s %s: %s", row.kind, row.id, "found" if found else "not there yet")
        return channel, found

    async def _as_member(self, channel: str, call: Callable[[], Awaitable[T]]) -> T:
        """Call; where the bot is not in the public channel, join it and call once more."""
        try:
            return await call()
        except SlackFault as fault:
            if fault.reason != "not_in_channel":
                raise
            try:
                await self._slack.join(channel)
            except SlackFault as refused:
                if refused.trouble in {Trouble.LIMITED, Trouble.DOWN}:
                    raise
                raise fault from refused
            return await call()

    def _said(self, how: How, channel: str | None, ts: str | None, digest: str | None) -> Said:
        now, is_plain = self._clock(), self._is_plain
        answered = self._thread if how in {"sent", "found"} else None
        root = answered.root if answered is not None else None
        return Said(self.row, how, self.revision, channel, ts, digest, now, is_plain, root)


def as_it_was(
    row: Claimed, again: datetime, reason: str | None = None, *, is_uncertain: bool | None = None
) -> PutBack:
    """Put a row back that was not tried."""
    uncertain = row.is_uncertain if is_uncertain is None else is_uncertain
    return PutBack(
        row,
        next_try_at=again,
        reason=reason,
        was_tried=False,
        is_uncertain=uncertain,
        channel=row.channel,
        ts=row.ts,
    )


def is_too_late(row: Claimed, now: datetime) -> bool:
    """Whether a message that is surely not out yet would not help any more."""
    is_out = row.ts is not None or row.is_uncertain
    return not is_out and row.expires_at is not None and row.expires_at <= now


def too_late(row: Claimed, revision: int) -> Over:
    """It would not help any more."""
    return Over(row, DeliveryState.EXPIRED, "too_late", revision)


def _until(outcome: Outcome, until: datetime) -> Outcome:
    return replace(outcome, next_try_at=until) if isinstance(outcome, PutBack) else outcome
