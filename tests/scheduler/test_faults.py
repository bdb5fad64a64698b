"""Whatever Slack and the network do, a message stands once in its conversation or its row says why
it does not."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from models.base.words import DeliveryState
from models.records.people import RoleHolder
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler.faults import GIVE_UP, SLOW
from scheduler.send import delivery_client
from services.store.database import Database
from tests.models.visits import make_visit
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
    posted,
    texts,
)


async def test_a_lost_answer_is_looked_up_not_sent_again(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.faults.add("chat.postMessage", "drop_answer")
    row = outbox.owe(LIN, text="once")
    dispatcher = dispatch()
    counts = await dispatcher.drain(NOW)
    assert (counts.put_back, outbox.row(row).is_uncertain) == (1, True)
    assert (await dispatcher.drain(NOW)).found == 0, "it waits before it looks"
    counts = await dispatcher.drain(time.advance(seconds=2))
    assert (counts.found, counts.sent) == (1, 0)
    assert texts(sandbox) == ["once"]
    done = outbox.row(row)
    assert (done.state, done.ts, done.is_uncertain) == (
        DeliveryState.SENT,
        posted(sandbox)[0].ts,
        False,
    )


async def test_a_lost_answer_in_a_thread_is_looked_up_there(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, visit: int
) -> None:
    outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    sandbox.faults.add("chat.postMessage", "drop_answer")
    line = outbox.owe(CHANNEL, "history", text="line", thread=True, visit_id=visit)
    await dispatcher.drain(NOW)
    counts = await dispatch().drain(time.advance(seconds=2))
    assert (counts.found, outbox.state(line)) == (1, DeliveryState.SENT)
    assert texts(sandbox, VISITS) == ["Acme", "line"]


async def test_a_card_found_again_is_brought_up_to_date(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.faults.add("chat.postMessage", "drop_answer")
    card = outbox.owe(LIN, "approval", text="old")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    outbox.touch(card, NOW, text="new")
    sandbox.faults.add("chat.update", "429", retry_after=3)
    await dispatcher.drain(time.advance(seconds=2))
    assert (outbox.row(card).is_uncertain, outbox.row(card).ts) == (False, posted(sandbox)[0].ts)
    await dispatcher.drain(time.advance(seconds=3))
    assert texts(sandbox) == ["new"]
    assert outbox.state(card) == DeliveryState.SENT


async def test_an_update_whose_answer_is_lost_is_done_again(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    card = outbox.owe(LIN, "approval", text="old")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    outbox.touch(card, NOW, text="new")
    sandbox.faults.add("chat.update", "drop_answer")
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(seconds=2))
    assert (texts(sandbox), calls(sandbox, "conversations.history")) == (["new"], 0)
    assert outbox.state(card) == DeliveryState.SENT


async def test_an_error_of_slack_is_tried_again_later_and_later(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.faults.add("chat.postMessage", "500", times=3)
    row = outbox.owe(LIN, text="at last")
    dispatcher = dispatch()
    for wait in (0, 2, 4):
        await dispatcher.drain(time.advance(seconds=wait))
        assert outbox.row(row).reason == "chat.postMessage:status_500"
    assert (await dispatcher.drain(time.advance(seconds=7))).sent == 0
    assert (await dispatcher.drain(time.advance(seconds=1))).sent == 1
    assert texts(sandbox) == ["at last"]
    assert calls(sandbox, "conversations.history") == 3


async def test_too_many_requests_hold_up_that_conversation_alone(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.faults.add("chat.postMessage", "429", times=1, retry_after=30)
    first = outbox.owe(LIN, text="first")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    outbox.owe(LIN, text="second")
    outbox.owe(SAM, text="for Sam")
    await dispatcher.drain(time.advance(seconds=29))
    assert texts(sandbox) == ["for Sam"]
    row = outbox.row(first)
    assert (row.attempts, row.is_uncertain, row.next_try_at) == (
        0,
        False,
        NOW + timedelta(seconds=30),
    )
    await dispatcher.drain(time.advance(seconds=1))
    assert sorted(texts(sandbox, LIN)) == ["first", "second"]
    assert calls(sandbox, "conversations.history") == 0


async def test_without_network_nothing_is_burned_and_all_goes_out_afterwards(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    async with delivery_client("xoxb-sandbox", "http://127.0.0.1:9/api/") as nowhere:
        rows = [outbox.owe(LIN, text=str(number)) for number in range(50)]
        dispatcher = dispatch(client=nowhere)
        for wait in (0, 1, 2, 4):
            counts = await dispatcher.drain(time.advance(seconds=wait))
            assert 0 < counts.put_back <= 20, "one look at a time"
    assert {outbox.row(row).attempts for row in rows} == {0}
    assert not any(outbox.row(row).is_uncertain for row in rows)
    assert (await dispatch().drain(time.now)).sent == 50


async def test_a_bad_token_burns_nothing(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, client: AsyncWebClient, time: Time
) -> None:
    row = outbox.owe(LIN)
    client.token = "xoxb-revoked"
    await dispatch().drain(NOW)
    assert outbox.row(row).reason == "chat.postMessage:invalid_auth"
    assert outbox.row(row).attempts == 0
    client.token = sandbox.bot_token
    assert (await dispatch().drain(time.advance(seconds=1))).sent == 1


@pytest.mark.parametrize("person", ["U99NOBODY", RUTH])
async def test_a_person_who_cannot_be_reached_ends_the_row_with_the_reason(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, person: str
) -> None:
    if person == RUTH:
        sandbox.workspace.users[RUTH].deleted = True
    row = outbox.owe(person)
    counts = await dispatch().drain(NOW)
    assert counts.failed == 1
    assert (outbox.state(row), outbox.row(row).reason) == (
        DeliveryState.FAILED,
        "chat.postMessage:channel_not_found",
    )


async def test_a_message_that_slack_refuses_ends_with_the_reason(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    row = outbox.owe(LIN, text="x" * 40_001)
    other = outbox.owe(LIN, text="fine")
    await dispatch().drain(NOW)
    assert outbox.state(row) == DeliveryState.FAILED
    assert (outbox.row(row).reason or "").startswith("chat.postMessage:msg_too_long")
    assert outbox.state(other) == DeliveryState.SENT


async def test_a_message_that_cannot_be_rendered_does_not_hold_up_the_others(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    def render(kind: str, *rest: object) -> None:
        raise KeyError(kind)

    row = outbox.owe(LIN)
    await dispatch(render=render).drain(NOW)
    assert outbox.row(row).reason == "error:KeyError"
    counts = await dispatch().drain(time.advance(seconds=2))
    assert (counts.sent, texts(sandbox)) == (1, ["call_guest"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_visit_that_cannot_be_read_does_not_hold_up_the_others(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database
) -> None:
    with database.session() as session:
        session.add(make_visit(id=8, number="V-2026-0008"))
        session.flush()
        session.connection().exec_driver_sql("UPDATE visit SET arrival = 'soon' WHERE id = 8")
    broken = outbox.owe(LIN, visit_id=8)
    outbox.owe(LIN, visit_id=visit, text="sound")
    await dispatch().drain(NOW)
    assert texts(sandbox) == ["sound"]
    assert outbox.row(broken).reason == "error:ValueError"


async def test_the_bot_joins_a_public_channel(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    channel = sandbox.workspace.channels[VISITS]
    channel.members.remove(sandbox.workspace.app.bot_user)
    outbox.owe(CHANNEL, "visit_card", text="Acme")
    assert (await dispatch().drain(NOW)).sent == 1
    assert texts(sandbox, VISITS) == ["Acme"]


async def test_a_closed_channel_keeps_the_rows_and_admins_are_told_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, visit: int, database: Database
) -> None:
    with database.session() as session:
        session.add(RoleHolder(role="admin", user_id=SAM, position=0))
    sandbox.workspace.channels[VISITS].archived = True
    rows = [outbox.owe(CHANNEL, "visit_card", text=f"{n}", visit_id=visit) for n in range(3)]
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(seconds=SLOW.total_seconds()))
    assert {outbox.state(row) for row in rows} == {DeliveryState.PENDING}
    notices = [row for row in outbox.rows() if row.kind == "channel_missing"]
    assert sorted(row.recipient for row in notices) == [LIN, SAM]
    assert {row.args["fault"] for row in notices} == {"is_archived"}
    assert (texts(sandbox, SAM), texts(sandbox, LIN)) == (["channel_missing"], ["channel_missing"])
    sandbox.workspace.channels[VISITS].archived = False
    await dispatcher.drain(time.advance(seconds=SLOW.total_seconds()))
    assert sorted(text[0] for text in texts(sandbox, VISITS)) == ["0", "1", "2"]


async def test_answers_to_a_card_wait_as_long_as_the_card(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, visit: int
) -> None:
    sandbox.workspace.channels[VISITS].archived = True
    outbox.owe(CHANNEL, "visit_card", visit_id=visit)
    outbox.owe(CHANNEL, "history", thread=True, visit_id=visit)
    dispatcher = dispatch()
    await dispatcher.drain()
    await dispatcher.drain(time.advance(seconds=1))
    for _ in range(5):
        assert (await dispatcher.drain(time.advance(seconds=2))).put_back == 0
    sandbox.workspace.channels[VISITS].archived = False
    for seconds in (SLOW.total_seconds(), 1):
        await dispatcher.drain(time.advance(seconds=seconds))
    assert len(texts(sandbox, VISITS)) == 2


async def test_without_any_channel_admins_are_told(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int
) -> None:
    async def none() -> None:
        return None

    card = outbox.owe(CHANNEL, "visit_card", visit_id=visit)
    await dispatch(channel_of=none).drain(NOW)
    assert outbox.row(card).reason == "conversations.list:channel_not_found"
    assert texts(sandbox, LIN) == ["channel_missing"]


async def test_a_card_that_somebody_deleted_is_posted_anew_when_it_changes(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    card = outbox.owe(LIN, "approval", text="old")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    sandbox.workspace.delete(posted(sandbox)[0])
    outbox.touch(card, NOW, text="new")
    await dispatcher.drain(NOW)
    assert (texts(sandbox), outbox.state(card)) == (["new"], DeliveryState.SENT)
    sandbox.workspace.delete(posted(sandbox)[0])
    outbox.touch(card, NOW, text="newest")
    await dispatcher.drain(time.advance(days=3))
    assert texts(sandbox) == ["newest"], "which is not late"


async def test_a_card_of_an_archived_channel_is_posted_anew_once_there_is_another(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, visit: int
) -> None:
    found = [VISITS]

    async def channel() -> str:
        return found[0]

    card = outbox.owe(CHANNEL, "visit_card", text="old", visit_id=visit)
    dispatcher = dispatch(channel_of=channel)
    await dispatcher.drain()
    sandbox.workspace.channels[VISITS].archived = True
    outbox.touch(card, NOW, text="new")
    await dispatcher.drain()
    assert outbox.state(card) == DeliveryState.PENDING, "there is no other channel yet"
    found[0] = "C02GENERAL"
    await dispatcher.drain(time.advance(seconds=SLOW.total_seconds()))
    assert (texts(sandbox, found[0]), texts(sandbox, VISITS)) == (["new"], ["old"])
    assert (outbox.state(card), outbox.row(card).channel) == (DeliveryState.SENT, found[0])


async def test_an_answer_to_a_deleted_card_goes_into_the_channel(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int
) -> None:
    outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit)
    await dispatch().drain(NOW)
    sandbox.workspace.delete(posted(sandbox)[0])
    line = outbox.owe(CHANNEL, "history", text="line", thread=True, visit_id=visit)
    await dispatch().drain(NOW)
    assert (texts(sandbox), outbox.state(line)) == (["line"], DeliveryState.SENT)


async def test_a_row_without_an_end_is_given_up_after_days(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.faults.add("chat.postMessage", "500", share=1.0)
    row = outbox.owe(LIN)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(seconds=GIVE_UP.total_seconds() + 1))
    assert outbox.state(row) == DeliveryState.FAILED
    assert outbox.row(row).reason == "gave_up:chat.postMessage:status_500"


async def test_days_of_downtime_are_not_days_of_trying(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.faults.add("chat.postMessage", "500", times=2)
    row = outbox.owe(LIN, "feedback_nudge")
    time.advance(seconds=2 * GIVE_UP.total_seconds())
    dispatcher = dispatch()
    for wait in (0, 2, 4):
        await dispatcher.drain(time.advance(seconds=wait))
    assert outbox.state(row) == DeliveryState.SENT
    assert len(posted(sandbox, LIN)) == 1


async def test_after_days_of_downtime_a_message_that_cannot_be_rendered_is_tried_again(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    def render(kind: str, *rest: object) -> None:
        raise KeyError(kind)

    row = outbox.owe(LIN)
    await dispatch(render=render).drain(time.advance(seconds=2 * GIVE_UP.total_seconds()))
    assert outbox.state(row) == DeliveryState.PENDING
    assert (await dispatch().drain(time.advance(seconds=2))).sent == 1


async def test_a_slow_conversation_does_not_hold_up_the_others(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    async def slow_channel() -> str:
        await sandbox.wait_for(lambda: len(posted(sandbox)) == 60, 15)
        return VISITS

    slow = outbox.owe(CHANNEL, "visit_card", text="slow", due=NOW - timedelta(seconds=1))
    for number in range(60):
        outbox.owe(SAM if number % 2 else RUTH, text=str(number))
    counts = await dispatch(channel_of=slow_channel).drain(NOW)
    assert (counts.sent, texts(sandbox)[60]) == (61, "slow")
    assert outbox.state(slow) == DeliveryState.SENT


async def test_the_library_must_not_repeat_calls(dispatch: Dispatch, sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="retry_handlers"):
        dispatch(client=AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url))
