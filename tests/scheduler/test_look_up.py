"""A message that may be there is found however much was said since and whatever the clocks say."""

from datetime import timedelta

import pytest

from models.base.words import DeliveryState
from models.records.people import RoleHolder
from sandbox.server import Sandbox
from sandbox.workspace import Draft
from services.reading.desk import Desk
from services.saying.backlog import doubt, retry
from services.store.database import Database
from tests.scheduler.conftest import (
    LIN,
    NOW,
    SAM,
    SITE,
    Dispatch,
    Outbox,
    Time,
    calls,
    posted,
    texts,
)


def lost(outbox: Outbox, sandbox: Sandbox) -> str:
    sandbox.faults.add("chat.postMessage", "drop_answer")
    return outbox.owe(LIN, text="once")


async def test_among_many_later_ones(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    row = lost(outbox, sandbox)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    workspace = sandbox.workspace
    for number in range(450):
        workspace.post(workspace.app_dm(LIN), LIN, Draft(text=f"chatter {number}"))
    counts = await dispatcher.drain(time.advance(seconds=2))
    assert (counts.found, counts.sent) == (1, 0)
    assert calls(sandbox, "conversations.history") == 3, "pages of 200"
    assert (texts(sandbox), outbox.state(row)) == (["once"], DeliveryState.SENT)


@pytest.mark.parametrize("hours", [-23, 23], ids=["Slack is behind", "Slack is ahead"])
async def test_where_the_clocks_differ_by_hours(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, hours: int
) -> None:
    sandbox.clock.advance(timedelta(hours=hours))
    lost(outbox, sandbox)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    counts = await dispatcher.drain(time.advance(seconds=2))
    assert (counts.found, texts(sandbox)) == (1, ["once"])


async def test_after_days_of_downtime(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """Who starts days later looks as far back as the row was first tried."""
    row = lost(outbox, sandbox)
    await dispatch().drain(NOW)
    found = (await dispatch().drain(time.advance(days=10))).found
    assert (found, len(posted(sandbox)), outbox.state(row)) == (1, 1, DeliveryState.SENT)


async def test_after_going_back_to_a_backup_of_days_ago(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, database: Database
) -> None:
    """What the backup holds as owed may have gone out right after it was made."""
    row = outbox.owe(LIN, text="once")
    before = outbox.row(row)
    await dispatch().drain()
    outbox.change(row, **before.model_dump(exclude={"seq"}))
    time.advance(days=5)
    with database.session() as session:
        assert doubt(Desk(session, time.now, SITE, None, "command")) == 1
    counts = await dispatch().drain()
    assert (counts.found, counts.sent, texts(sandbox)) == (1, 0, ["once"])
    assert outbox.state(row) == DeliveryState.SENT


async def test_a_look_that_fails_is_repeated_before_anything_is_sent(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    lost(outbox, sandbox)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    sandbox.faults.add("conversations.history", "500")
    sandbox.faults.add("conversations.history", "429", retry_after=30)
    await dispatcher.drain(time.advance(seconds=2))
    assert calls(sandbox, "chat.postMessage") == 1
    for _ in range(4):
        await dispatcher.drain(time.advance(seconds=31))
    assert (texts(sandbox), calls(sandbox, "chat.postMessage")) == (["once"], 1)


async def test_what_cannot_be_looked_for_is_not_sent_again_and_somebody_is_told(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, database: Database
) -> None:
    with database.session() as session:
        session.add(RoleHolder(role="coordinator", user_id=SAM, position=0))
    row = lost(outbox, sandbox)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    workspace = sandbox.workspace
    for number in range(2_001):
        workspace.post(workspace.app_dm(LIN), LIN, Draft(text=f"chatter {number}"))
    await dispatcher.drain(time.advance(seconds=2))
    assert (calls(sandbox, "conversations.history"), texts(sandbox, LIN)) == (10, ["once"])
    found = outbox.row(row)
    assert (found.state, found.reason) == (
        DeliveryState.FAILED,
        "conversations.history:too_much_said",
    )
    (notice,) = [each for each in outbox.rows() if each.kind == "delivery_failed"]
    assert (notice.recipient, notice.args["person"]) == (SAM, LIN)
    with database.session() as session:
        assert retry(Desk(session, time.now, SITE, None, "command"), None) == 1
    await dispatcher.drain()
    assert (texts(sandbox, LIN), outbox.state(row)) == (["once"], DeliveryState.FAILED)
