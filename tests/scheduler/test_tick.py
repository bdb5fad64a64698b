"""The heartbeat: at once when woken, by itself otherwise, through troubles, to an orderly end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from models.base.words import DeliveryState
from sandbox.server import Sandbox
from scheduler import tick
from scheduler.dispatcher import Dispatcher
from scheduler.tick import Ticker
from services.store.database import Database
from tests.scheduler.conftest import LIN, NOW, VISITS, Dispatch, Outbox, Time, posted, texts

NEVER = 3600.0


@asynccontextmanager
async def ticking(dispatcher: Dispatcher, every: float) -> AsyncIterator[Ticker]:
    ticker = Ticker(dispatcher, every)
    ticker.start()
    try:
        yield ticker
    finally:
        await ticker.stop()


async def test_a_change_is_said_at_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    loop = asyncio.get_running_loop()
    async with ticking(dispatch(), NEVER) as ticker:
        outbox.owe(LIN, text="zero")
        await asyncio.to_thread(ticker.wake)
        await sandbox.wait_for(lambda: len(posted(sandbox)) == 1)
        begun = loop.time()
        outbox.owe(LIN, text="one")
        ticker.wake()
        await sandbox.wait_for(lambda: len(posted(sandbox)) == 2)
        assert loop.time() - begun < 1.0
    assert texts(sandbox) == ["zero", "one"]


async def test_what_falls_due_is_said_without_being_woken(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    outbox.owe(LIN, text="reminder", due=NOW + timedelta(minutes=1))
    async with ticking(dispatch(), 0.02):
        time.advance(minutes=1)
        await sandbox.wait_for(lambda: texts(sandbox) == ["reminder"])


async def test_a_conversation_gets_its_next_message_when_its_pace_allows_not_at_the_next_beat(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    for number in range(4):
        outbox.owe(LIN, text=str(number))
    loop = asyncio.get_running_loop()
    begun = loop.time()
    dispatcher = dispatch(pace=timedelta(seconds=0.1), clock=lambda: NOW + elapsed(loop, begun))
    async with ticking(dispatcher, NEVER):
        await sandbox.wait_for(lambda: len(posted(sandbox)) == 4)
        assert 0.3 <= loop.time() - begun < 5.0
    assert texts(sandbox) == ["0", "1", "2", "3"]


def elapsed(loop: asyncio.AbstractEventLoop, begun: float) -> timedelta:
    return timedelta(seconds=loop.time() - begun)


async def test_after_a_burst_and_only_then_memory_is_given_back(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tick, "BURST", 3)
    bursts = asyncio.Queue[int]()
    loop = asyncio.get_running_loop()

    def after_burst() -> None:
        loop.call_soon_threadsafe(bursts.put_nowait, len(posted(sandbox)))

    ticker = Ticker(dispatch(), NEVER, after_burst=after_burst)
    for number in range(2):
        outbox.owe(LIN, text=str(number))
    ticker.start()
    await sandbox.wait_for(lambda: len(posted(sandbox)) == 2)
    for number in range(3):
        outbox.owe(LIN, text=str(number))
    ticker.wake()
    assert await asyncio.wait_for(bursts.get(), 5.0) == 5
    await ticker.stop()
    assert bursts.empty()


async def test_a_new_row_does_not_wait_for_a_slow_call(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    async def slow_channel() -> str:
        await sandbox.wait_for(lambda: len(posted(sandbox)) == 1)
        return VISITS

    outbox.owe("#", "visit_card", text="slow")
    async with ticking(dispatch(channel_of=slow_channel), 0.02):
        outbox.owe(LIN, text="quick")
        await sandbox.wait_for(lambda: len(posted(sandbox)) == 2)
    assert texts(sandbox) == ["quick", "slow"]


async def test_it_outlives_a_database_that_is_away(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, database: Database
) -> None:
    dispatcher = dispatch()
    turn, failures = dispatcher._look, [RuntimeError("broken"), RuntimeError("again")]

    def failing(*args: object) -> object:
        if failures:
            raise failures.pop()
        return turn(*args)  # type: ignore[arg-type]

    dispatcher._look = failing  # type: ignore[assignment, method-assign]
    async with ticking(dispatcher, 0.02) as ticker:
        ticker._shortest_pause = 0.01
        outbox.owe(LIN, text="after all")
        await sandbox.wait_for(lambda: texts(sandbox) == ["after all"])
        assert ticker.is_alive


async def test_stopping_finishes_what_is_in_hand_and_claims_no_more(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slow_channel() -> str:
        reached.set()
        await go_on.wait()
        return VISITS

    first = outbox.owe("#", "visit_card", text="in hand")
    ticker = Ticker(dispatch(channel_of=slow_channel), NEVER)
    ticker.start()
    await reached.wait()
    second = outbox.owe(LIN, text="too late for this process")
    stopping = asyncio.create_task(ticker.stop())
    go_on.set()
    await stopping
    assert texts(sandbox) == ["in hand"]
    assert (outbox.state(first), outbox.state(second)) == (
        DeliveryState.SENT,
        DeliveryState.PENDING,
    )
    assert not ticker.is_alive
