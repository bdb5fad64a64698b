"""What is said in one conversation comes in the order in which it was due, a message a second,
however many claims it takes and whatever comes in between."""

from datetime import timedelta

import pytest

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler.dispatcher import PACE, Dispatcher
from tests.scheduler.conftest import LIN, NOW, VISITS, Dispatch, Outbox, Time, texts

MANY = 50
"""More than two claims."""


def owe_lines(outbox: Outbox, first: int = 0, number: int = MANY) -> list[str]:
    begin = NOW - timedelta(seconds=100)
    return [
        outbox.owe(LIN, "history", text=f"{n:03d}", due=begin + timedelta(seconds=n))
        for n in range(first, first + number)
    ]


async def seconds(dispatcher: Dispatcher, time: Time, number: int) -> int:
    """Let so many seconds go by; returns how often a row was put back."""
    put_back = 0
    for _ in range(number):
        put_back += (await dispatcher.drain()).put_back
        time.advance(seconds=1)
    return put_back


def said(sandbox: Sandbox, recipient: str = LIN) -> list[str]:
    return [text.split()[0] for text in texts(sandbox, recipient)]


async def test_more_than_one_claim_comes_in_order_and_each_row_waits_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    assert await seconds(dispatch(pace=PACE), time, MANY) == MANY - 1
    assert said(sandbox) == [f"{n:03d}" for n in range(MANY)]


async def test_what_was_due_at_one_moment_comes_in_the_order_in_which_it_was_written(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    for number in range(MANY):
        outbox.owe(CHANNEL, "history", text=f"{number:03d}")
    await seconds(dispatch(pace=PACE), time, MANY)
    assert said(sandbox, VISITS) == [f"{n:03d}" for n in range(MANY)]


async def test_what_falls_due_meanwhile_is_said_after_what_waits(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    dispatcher = dispatch(pace=PACE)
    await seconds(dispatcher, time, 5)
    owe_lines(outbox, first=MANY, number=3)
    await seconds(dispatcher, time, MANY)
    assert said(sandbox) == [f"{n:03d}" for n in range(MANY + 3)]


async def test_a_pause_that_slack_asks_for_scrambles_nothing(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    dispatcher = dispatch(pace=PACE)
    await seconds(dispatcher, time, 5)
    sandbox.faults.add("chat.postMessage", "429", retry_after=40)
    await seconds(dispatcher, time, 40 + MANY)
    assert said(sandbox) == [f"{n:03d}" for n in range(MANY)]


async def test_minutes_without_slack_scramble_nothing(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    dispatcher = dispatch(pace=PACE)
    await seconds(dispatcher, time, 5)
    sandbox.faults.add("chat.postMessage", "error", error="token_revoked", times=6)
    await seconds(dispatcher, time, 70 + MANY)
    assert said(sandbox) == [f"{n:03d}" for n in range(MANY)]


async def test_a_bot_that_looks_every_other_second_scrambles_nothing(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    dispatcher = dispatch(pace=PACE)
    for _ in range(MANY):
        await dispatcher.drain()
        time.advance(seconds=2)
    assert said(sandbox) == [f"{n:03d}" for n in range(MANY)]


async def test_a_restart_scrambles_nothing(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    await seconds(dispatch(pace=PACE), time, 5)
    owe_lines(outbox, first=MANY, number=3)
    await seconds(dispatch(pace=PACE), time, MANY)
    assert said(sandbox) == [f"{n:03d}" for n in range(MANY + 3)]


async def test_a_card_overtakes_a_line_of_digests(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    owe_lines(outbox)
    dispatcher = dispatch(pace=PACE)
    await seconds(dispatcher, time, 5)
    outbox.owe(LIN, "approval", text="decide", due=time.now)
    await seconds(dispatcher, time, MANY)
    assert said(sandbox).index("decide") == 5
    assert sorted(said(sandbox)) == said(sandbox)[:5] + said(sandbox)[6:] + ["decide"]


async def test_rows_that_were_cancelled_hold_up_nobody_for_longer_than_their_turns(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    lines = owe_lines(outbox)
    dispatcher = dispatch(pace=PACE)
    await seconds(dispatcher, time, 5)
    for line in lines[5:]:
        outbox.change(line, state=DeliveryState.CANCELLED, next_try_at=None)
    last = outbox.owe(LIN, "history", text="last", due=time.now)
    await seconds(dispatcher, time, MANY + 15)
    assert said(sandbox)[-1] == "last"
    assert outbox.state(last) == DeliveryState.SENT


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_bots_that_share_a_line_do_not_wait_long_for_each_other(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """Each looks every other second, and meets rows that waited in the other's line."""
    owe_lines(outbox, number=20)
    bots = [dispatch(pace=PACE) for _ in range(2)]
    for second in range(50):
        await bots[second % 2].drain()
        time.advance(seconds=1)
    assert sorted(said(sandbox)) == [f"{n:03d}" for n in range(20)]
