"""Several bots on one PostgreSQL that know nothing of each other."""

import asyncio
from datetime import timedelta

import pytest

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.rate_limit import RateLimit
from sandbox.server import Sandbox
from scheduler.claim import LEASE
from scheduler.dispatcher import PACE
from scheduler.send import CALL_SECONDS
from tests.scheduler.conftest import LIN, NOW, VISITS, Dispatch, Outbox, Time, calls, texts
from tests.scheduler.test_tick import NEVER, ticking

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


async def test_what_is_too_fast_together_is_held_up_by_slack_and_said_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """Each keeps one message a second; what two send beyond Slack's limit waits as it says."""

    def seconds() -> float:
        return (time.now - NOW).total_seconds()

    sandbox._api.rate_limit = RateLimit(seconds)
    meeting = asyncio.Barrier(2)
    rows: list[str] = []

    async def together() -> str:
        if len(rows) <= 8:
            await asyncio.wait_for(meeting.wait(), 20)
        return VISITS

    bots = [dispatch(pace=PACE, claim_size=1, channel_of=together) for _ in range(2)]
    refused = 0
    for turn in range(20):
        if turn < 6:
            rows += [outbox.owe(CHANNEL, "closed", text=f"{turn}.{n}") for n in range(2)]
        for counts in await asyncio.gather(*(bot.drain() for bot in bots)):
            refused += counts.by_reason.get("chat.postMessage:ratelimited", 0)
        time.advance(seconds=1)
    assert refused > 0
    assert sorted(texts(sandbox, VISITS)) == [f"{turn}.{n}" for turn in range(6) for n in range(2)]
    assert {outbox.state(row) for row in rows} == {DeliveryState.SENT}
    assert calls(sandbox, "conversations.history") == 0, "a 429 is certain: nothing is looked for"


async def test_what_one_writes_another_sends_at_its_next_look(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """The one that wrote it wakes itself; if it is gone, the other looks once a second anyway."""
    async with ticking(dispatch(), NEVER), ticking(dispatch(), 0.02):
        await sandbox.wait_for(lambda: True)
        outbox.owe(LIN, text="told by the other", due=NOW + timedelta(seconds=1))
        time.advance(seconds=1)
        await sandbox.wait_for(lambda: texts(sandbox) == ["told by the other"])


async def test_a_bot_whose_clock_is_ahead_leaves_what_another_is_sending(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    """A claim lasts a minute and a call twenty seconds at most: clocks may differ by the rest."""
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slow_channel() -> str:
        reached.set()
        await go_on.wait()
        return VISITS

    outbox.owe(CHANNEL, "visit_card", text="once")
    behind, ahead = dispatch(channel_of=slow_channel), dispatch()
    sending = asyncio.create_task(behind.drain(NOW))
    await reached.wait()
    counts = await ahead.drain(NOW + LEASE - timedelta(seconds=CALL_SECONDS + 1))
    assert (counts.sent, counts.put_back) == (0, 0)
    go_on.set()
    assert (await sending).sent == 1
    assert texts(sandbox, VISITS) == ["once"]
