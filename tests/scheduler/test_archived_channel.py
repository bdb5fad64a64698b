"""The visits channel was archived and there is another one: what belongs to a card that stands in
the old one."""

import pytest

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler.faults import SLOW
from tests.scheduler.conftest import VISITS, Dispatch, Outbox, Time, posted, texts


async def test_an_answer_to_a_card_of_an_archived_channel_goes_into_the_present_one(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, visit: int
) -> None:
    found = [VISITS]

    async def channel() -> str:
        return found[0]

    card = outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit)
    dispatcher = dispatch(channel_of=channel)
    await dispatcher.drain()
    sandbox.workspace.channels[VISITS].archived = True
    line = outbox.owe(CHANNEL, "history", text="line", thread=True, visit_id=visit)
    await dispatcher.drain()
    assert outbox.state(line) == DeliveryState.PENDING, "there is no other channel yet"
    found[0] = "C02GENERAL"
    await dispatcher.drain(time.advance(seconds=SLOW.total_seconds()))
    assert [text.split()[0] for text in texts(sandbox, found[0])] == ["line"]
    assert (outbox.state(line), outbox.row(line).channel) == (DeliveryState.SENT, found[0])
    outbox.touch(card, time.now, text="changed")
    await dispatcher.drain()
    second = outbox.owe(CHANNEL, "history", text="second", thread=True, visit_id=visit)
    await dispatcher.drain()
    message = next(m for m in posted(sandbox, found[0]) if m.ts == outbox.row(second).ts)
    assert message.thread_ts == outbox.row(card).ts, "the card stands here now"
    assert texts(sandbox, VISITS) == ["Acme"]


@pytest.mark.parametrize("is_closed_before", [True, False], ids=["here", "in the old thread"])
async def test_an_answer_of_unknown_end_is_looked_for_in_the_old_and_in_the_present_channel(
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
    visit: int,
    is_closed_before: bool,
) -> None:
    general, found = "C02GENERAL", [VISITS]
    bot = sandbox.workspace.app.bot_user
    sandbox.workspace.channels[general].members.append(bot)

    async def channel() -> str:
        if found == [general]:  # asked for before the old one is tried
            found.append("tried")
        elif found == [general, "tried"]:  # and once it has refused
            sandbox.faults.add("chat.postMessage", "drop_answer")
            found.append("refused")
        return found[0]

    outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit)
    dispatcher = dispatch(channel_of=channel)
    await dispatcher.drain()
    line = outbox.owe(CHANNEL, "history", text="line", thread=True, visit_id=visit)
    if is_closed_before:
        sandbox.workspace.channels[VISITS].archived, found[:] = True, [general]
    else:
        sandbox.faults.add("chat.postMessage", "drop_answer")
    await dispatcher.drain()
    assert outbox.row(line).is_uncertain
    assert "line" in texts(sandbox, general if is_closed_before else VISITS)
    sandbox.workspace.channels[VISITS].archived, found[:] = True, [general, general]
    counts = await dispatcher.drain(time.advance(seconds=2))
    assert (counts.found, counts.sent) == (1, 0)
    assert texts(sandbox).count("line") == 1
