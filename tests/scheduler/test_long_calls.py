"""Calls that take longer than a claim lasts, and a stop in the middle of a backlog."""

import asyncio
from datetime import datetime

import pytest

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler.claim import LEASE
from scheduler.lanes import LANES
from tests.scheduler.conftest import LIN, VISITS, Dispatch, Outbox, Time, calls, posted


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_way_to_the_channel_that_outlasts_the_claim_leaves_the_row_to_others(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    card = outbox.owe(CHANNEL, "visit_card")
    rival = dispatch()

    async def slow() -> str:
        time.advance(seconds=LEASE.total_seconds())
        await rival.drain()
        return VISITS

    await dispatch(channel_of=slow).drain()
    assert (len(posted(sandbox, VISITS)), outbox.state(card)) == (1, DeliveryState.SENT)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_look_that_outlasts_the_claim_leaves_the_row_to_others(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    row = outbox.owe(LIN, is_uncertain=True)
    rival, first = dispatch(), dispatch()
    find = first._deliverer._slack.find

    async def slow(channel: str, row_id: str, since: datetime, thread: str | None) -> str | None:
        found = await find(channel, row_id, since, thread)
        time.advance(seconds=LEASE.total_seconds())
        await rival.drain()
        return found

    first._deliverer._slack.find = slow  # type: ignore[assignment, method-assign]
    await first.drain()
    assert (len(posted(sandbox, LIN)), outbox.state(row)) == (1, DeliveryState.SENT)


async def test_stopping_gives_back_what_has_not_begun(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    """A stop lasts as long as the calls under way, whatever was claimed."""
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def slow_channel() -> str:
        reached.set()
        await go_on.wait()
        return VISITS

    rows = [outbox.owe(CHANNEL, "call_guest", text=str(number)) for number in range(2 * LANES)]
    dispatcher = dispatch(channel_of=slow_channel, claim_size=len(rows))
    draining = asyncio.create_task(dispatcher.drain())
    await reached.wait()
    dispatcher.is_closing = True
    go_on.set()
    await draining
    assert len(posted(sandbox)) == 1
    assert [outbox.state(row) for row in rows].count(DeliveryState.PENDING) == len(rows) - 1
    assert not any(outbox.row(row).is_uncertain for row in rows)
    await dispatch().drain()
    assert len(posted(sandbox)) == len(rows)
    assert calls(sandbox, "conversations.history") == 0
