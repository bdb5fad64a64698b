"""Blocks that Slack refuses, be it because the plan has no tables, go out once more as plain text
with the same id: once, whatever becomes of the answers."""

import logging
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.base.words import DeliveryState
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.reminders.outbox import CHANNEL, LIVE_KINDS
from sandbox.server import Sandbox
from scheduler.rows import Outcome, Said
from templates.slack.message import Message
from tests.scheduler.conftest import (
    LIN,
    NOW,
    VISITS,
    Dispatch,
    Outbox,
    Time,
    calls,
    posted,
    texts,
)

POST, UPDATE = "chat.postMessage", "chat.update"
SECRET = "Harbour Instruments pays 120,000"


def table(
    kind: str,
    picture: VisitPicture | None,
    args: dict[str, Any],
    reader: Reader,
    now: datetime,
    late: timedelta | None,
) -> Message:
    """Whatever is said, as a table."""
    words = str(args["text"])
    cell = {"type": "raw_text", "text": words}
    blocks = [{"type": "table", "rows": [[cell]]}]
    in_thread = bool(args.get("thread"))
    return Message(words, blocks, in_thread=in_thread, is_live=kind in LIVE_KINDS)


class Watch:
    """Keeps the outcomes."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def turn(self) -> nullcontext[None]:
        return nullcontext()

    def landed(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    @property
    def plain(self) -> list[bool]:
        return [each.is_plain for each in self.outcomes if isinstance(each, Said)]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def said(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that is said to people stands in the log, whatever happens."""
    caplog.set_level(logging.DEBUG)
    yield
    ours = [each for each in caplog.records if each.name.startswith("usher")]
    assert not [each for each in ours if "Harbour" in each.getMessage()]


async def test_a_plan_without_tables_is_told_in_words(
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    watch: Watch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sandbox.faults.add(kind="data_blocks", share=1)
    row = outbox.owe(LIN, text=SECRET)
    counts = await dispatch(render=table, watch=watch).drain(NOW)
    [message] = posted(sandbox, LIN)
    assert (counts.sent, message.text, message.blocks) == (1, SECRET, [])
    assert message.metadata == {"event_type": "usher_delivery", "event_payload": {"id": row}}
    assert (outbox.state(row), outbox.row(row).ts) == (DeliveryState.SENT, message.ts)
    assert watch.plain == [True]
    assert f"call_guest {row} goes out as plain text: {POST}: invalid_blocks" in caplog.messages


async def test_a_plan_with_tables_gets_them(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, watch: Watch
) -> None:
    outbox.owe(LIN, text=SECRET)
    await dispatch(render=table, watch=watch).drain(NOW)
    assert [block["type"] for block in posted(sandbox, LIN)[0].blocks] == ["table"]
    assert (watch.plain, calls(sandbox, POST)) == ([False], 1)


async def test_a_card_is_brought_up_to_date_in_words_and_tried_whole_when_it_changes(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, watch: Watch
) -> None:
    card = outbox.owe(LIN, "approval", text="Approve?")
    dispatcher = dispatch(render=table, watch=watch)
    await dispatcher.drain(NOW)
    refusal = sandbox.faults.add(kind="data_blocks", share=1)
    outbox.touch(card, NOW, text="Approved")
    counts = await dispatcher.drain(NOW)
    [message] = posted(sandbox, LIN)
    assert (counts.updated, message.text, message.blocks) == (1, "Approved", [])
    assert message.metadata == {"event_type": "usher_delivery", "event_payload": {"id": card}}
    outbox.touch(card, NOW)
    counts = await dispatcher.drain(NOW)
    assert (counts.unchanged, calls(sandbox, UPDATE)) == (1, 2), "it says the same: let be"
    refusal.share = 0.0
    outbox.touch(card, NOW, text="Postponed")
    await dispatcher.drain(NOW)
    assert posted(sandbox, LIN)[0].blocks
    assert watch.plain == [False, True, False, False]


async def test_a_lost_answer_to_the_plain_text_is_looked_up(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """Exactly once: the words bear the row's id as the blocks would have."""
    row = outbox.owe(LIN, text="once")
    sandbox.faults.add(POST, "error", error="invalid_blocks")
    sandbox.faults.add(POST, "drop_answer", times=2)  # the refused call counts as well
    dispatcher = dispatch(render=table)
    counts = await dispatcher.drain(NOW)
    assert (counts.put_back, outbox.row(row).is_uncertain) == (1, True)
    while not (counts := await dispatcher.drain(time.advance(seconds=5))).found:
        assert counts.sent == 0
    assert texts(sandbox) == ["once"]
    assert outbox.state(row) == DeliveryState.SENT


async def test_an_answer_in_a_thread_stays_there(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int
) -> None:
    sandbox.faults.add(kind="data_blocks", share=1)
    outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit)
    dispatcher = dispatch(render=table)
    await dispatcher.drain(NOW)
    outbox.owe(CHANNEL, "history", text="line", thread=True, visit_id=visit)
    await dispatcher.drain(NOW)
    parent, reply = posted(sandbox, VISITS)
    assert (reply.text, reply.thread_ts) == ("line", parent.ts)


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
async def test_words_that_are_refused_as_well_end_the_row(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, code: str
) -> None:
    sandbox.faults.add(POST, "error", error=code, times=2)
    row = outbox.owe(LIN, text="no")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(days=1))
    assert (outbox.state(row), outbox.row(row).reason) == (DeliveryState.FAILED, f"{POST}:{code}")
    assert calls(sandbox, POST) == 2


async def test_too_slow_to_try_again_within_the_claim(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """Another bot may have taken the row over by then."""
    refusal = sandbox.faults.add(kind="data_blocks")
    row = outbox.owe(LIN, text="later")

    def clock() -> datetime:
        return NOW + timedelta(seconds=50 if refusal.struck else 0)

    counts = await dispatch(render=table, clock=clock).drain()
    assert (counts.sent, outbox.row(row).reason) == (0, "out_of_time")
    await dispatch(render=table).drain(time.advance(minutes=2))
    assert len(posted(sandbox, LIN)) == 1
