"""Every kind of refusal of Slack's has one outcome for the row, stated here code by code."""

import pytest

from models.base.words import DeliveryState
from models.records.people import RoleHolder
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler.faults import GIVE_UP, SLOW
from services.store.database import Database
from tests.scheduler.conftest import (
    LIN,
    NOW,
    RUTH,
    SAM,
    VISITS,
    Dispatch,
    Outbox,
    Time,
    calls,
    texts,
)

POST = "chat.postMessage"


def coordinator(database: Database, user_id: str) -> None:
    with database.session() as session:
        session.add(RoleHolder(role="coordinator", user_id=user_id, position=0))


@pytest.mark.parametrize("is_done", [False, True], ids=["nothing done", "done all the same"])
@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable"])
async def test_an_error_that_says_nothing_is_looked_into(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, code: str, is_done: bool
) -> None:
    sandbox.faults.add(POST, "error", error=code, is_done=is_done)
    row = outbox.owe(LIN, text="once")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    waiting = outbox.row(row)
    assert (waiting.state, waiting.is_uncertain) == (DeliveryState.PENDING, True)
    assert waiting.reason == f"{POST}:{code}"
    counts = await dispatcher.drain(time.advance(seconds=2))
    assert (counts.found, counts.sent) == ((1, 0) if is_done else (0, 1))
    assert texts(sandbox) == ["once"]
    assert calls(sandbox, "conversations.history") == 1


async def test_an_error_that_never_ends_is_given_up_and_told_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, database: Database
) -> None:
    coordinator(database, SAM)
    fault = sandbox.faults.add(POST, "error", share=1.0, error="fatal_error")
    rows = [outbox.owe(RUTH, text=str(number)) for number in range(2)]
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    time.advance(seconds=GIVE_UP.total_seconds() + 1)
    await dispatcher.drain()
    assert {outbox.row(row).reason for row in rows} == {f"gave_up:{POST}:fatal_error"}
    assert {outbox.state(row) for row in rows} == {DeliveryState.FAILED}
    fault.share = 0.0
    await dispatcher.drain(time.advance(minutes=11))
    await dispatcher.drain(time.advance(days=1))
    assert texts(sandbox, SAM) == ["delivery_failed late 0:11:00"]
    assert texts(sandbox, RUTH) == []


@pytest.mark.parametrize(
    "code",
    [
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "user_disabled",
        "user_not_found",
        "cannot_dm_bot",
        "restricted_action",
    ],
)
async def test_who_cannot_be_written_to_ends_the_row_and_is_told_once(
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
    database: Database,
    code: str,
) -> None:
    coordinator(database, SAM)
    sandbox.faults.add(POST, "error", times=2, error=code)
    rows = [outbox.owe(RUTH, text=str(number)) for number in range(2)]
    dispatcher = dispatch()
    counts = await dispatcher.drain(NOW)
    assert counts.failed == 2
    assert {outbox.row(row).reason for row in rows} == {f"{POST}:{code}"}
    await dispatcher.drain(time.advance(days=1))
    assert texts(sandbox) == ["delivery_failed"], "nothing is tried again, the coordinator knows"
    assert texts(sandbox, SAM) == ["delivery_failed"]


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "channel_not_found"])
async def test_a_closed_visits_channel_keeps_its_rows_until_it_is_mended(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, code: str
) -> None:
    sandbox.faults.add(POST, "error", share=1.0, error=code)
    card = outbox.owe(CHANNEL, "visit_card", text="Acme")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(days=2))
    assert outbox.state(card) == DeliveryState.PENDING
    sandbox.faults.clear()
    await dispatcher.drain(time.advance(seconds=SLOW.total_seconds()))
    assert texts(sandbox, VISITS) == ["Acme late 2 days, 0:05:00"]


@pytest.mark.parametrize("code", ["missing_scope", "no_permission", "messages_tab_disabled"])
async def test_an_app_that_lacks_something_waits_for_who_installs_it(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, code: str
) -> None:
    sandbox.faults.add(POST, "error", error=code)
    row = outbox.owe(LIN, text="after all")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    assert (outbox.state(row), outbox.row(row).reason) == (DeliveryState.PENDING, f"{POST}:{code}")
    await dispatcher.drain(time.advance(seconds=SLOW.total_seconds() - 1))
    assert texts(sandbox) == []
    await dispatcher.drain(time.advance(seconds=1))
    assert texts(sandbox) == ["after all late 0:05:00"]
    assert calls(sandbox, "conversations.history") == 0, "a refusal is certain"


@pytest.mark.parametrize("code", ["msg_too_long", "a_code_of_tomorrow"])
async def test_a_message_that_is_refused_is_not_tried_again(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, code: str
) -> None:
    sandbox.faults.add(POST, "error", error=code)
    row = outbox.owe(LIN)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(days=1))
    assert (outbox.state(row), outbox.row(row).reason) == (DeliveryState.FAILED, f"{POST}:{code}")
    assert texts(sandbox) == []
