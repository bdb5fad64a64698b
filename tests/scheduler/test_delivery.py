"""Every row that is due is said once, from the state at that moment, and marked."""

from datetime import timedelta

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from tests.scheduler.conftest import (
    LIN,
    NOW,
    SAM,
    VISITS,
    Dispatch,
    Outbox,
    Time,
    calls,
    posted,
    texts,
)


async def test_what_is_due_is_sent_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    first = outbox.owe(LIN, text="Call the guest")
    later = outbox.owe(SAM, text="Not yet", due=NOW + timedelta(seconds=1))
    dispatcher = dispatch()
    counts = await dispatcher.drain(NOW)
    assert (counts.sent, counts.put_back) == (1, 0)
    assert texts(sandbox) == ["Call the guest"]
    row = outbox.row(first)
    message = posted(sandbox, LIN)[0]
    assert (row.state, row.channel, row.ts) == (DeliveryState.SENT, message.channel, message.ts)
    assert (row.sent_at, row.sent_revision, row.lease_token) == (NOW, 1, None)
    assert message.metadata == {"event_type": "usher_delivery", "event_payload": {"id": row.id}}
    assert outbox.state(later) == DeliveryState.PENDING
    assert (await dispatcher.drain(NOW)).sent == 0
    assert (await dispatcher.drain(NOW + timedelta(seconds=1))).sent == 1
    assert texts(sandbox, SAM) == ["Not yet"]


async def test_a_hundred_rows_of_many_people_each_in_order(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    people = list(sandbox.workspace.users)[1:11]
    for number in range(100):
        outbox.owe(people[number % 10], text=f"{number}", due=NOW - timedelta(seconds=100 - number))
    counts = await dispatch().drain(NOW)
    assert counts.sent == 100
    for place, person in enumerate(people):
        assert texts(sandbox, person) == [str(n) for n in range(place, 100, 10)]
    assert calls(sandbox, "chat.postMessage") == 100
    assert calls(sandbox, "conversations.history") == 0


async def test_alerts_of_the_day_go_before_cards_and_those_before_digests(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    for number in range(30):
        outbox.owe(LIN, "feedback_nudge", text=f"digest {number}", due=NOW - timedelta(hours=1))
    outbox.owe(LIN, "approval", text="card")
    outbox.owe(LIN, "car_ready", text="alert")
    await dispatch().drain(NOW)
    assert texts(sandbox, LIN)[:2] == ["alert", "card"]
    assert len(posted(sandbox, LIN)) == 32


async def test_late_says_so_and_too_late_is_not_said(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    outbox.owe(LIN, text="on time", due=NOW - timedelta(minutes=2))
    outbox.owe(LIN, text="after downtime", due=NOW - timedelta(hours=3))
    gone = outbox.owe(LIN, text="over", due=NOW - timedelta(hours=3), expires_at=NOW)
    counts = await dispatch().drain(NOW)
    assert texts(sandbox) == ["after downtime late 3:00:00", "on time"]
    assert (counts.sent, counts.expired) == (2, 1)
    row = outbox.row(gone)
    assert (row.state, row.reason) == (DeliveryState.EXPIRED, "too_late")


async def test_a_row_with_nothing_to_say_is_cancelled(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    silent = outbox.owe(LIN, text=None)
    await dispatch().drain(NOW)
    row = outbox.row(silent)
    assert (row.state, row.reason) == (DeliveryState.CANCELLED, "nothing_to_say")
    assert posted(sandbox) == []


async def test_a_card_is_updated_in_place_only_when_it_shows_something_else(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    card = outbox.owe(LIN, "approval", text="Approve?")
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    before = posted(sandbox, LIN)[0]
    outbox.touch(card, NOW)
    counts = await dispatcher.drain(NOW)
    assert (counts.unchanged, calls(sandbox, "chat.update")) == (1, 0)
    outbox.touch(card, NOW, text="Approved")
    counts = await dispatcher.drain(NOW)
    assert (counts.updated, calls(sandbox, "chat.update")) == (1, 1)
    message = posted(sandbox, LIN)[0]
    assert (message.ts, message.text, len(posted(sandbox))) == (before.ts, "Approved", 1)
    assert message.metadata == {"event_type": "usher_delivery", "event_payload": {"id": card}}
    row = outbox.row(card)
    assert (row.state, row.sent_revision, row.sent_at) == (DeliveryState.SENT, 3, NOW)


async def test_what_belongs_in_the_thread_waits_for_the_visit_card(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, time: Time
) -> None:
    line = outbox.owe(CHANNEL, "history", text="Lin asked", thread=True, visit_id=visit,
                      due=NOW - timedelta(minutes=1))  # fmt: skip
    card = outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit, due=NOW)
    check = outbox.owe(CHANNEL, "preparation_check", text="check", thread=True, broadcast=True,
                       visit_id=visit)  # fmt: skip
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    await dispatcher.drain(time.advance(seconds=1))
    parent, *replies = posted(sandbox, VISITS)
    assert parent.ts == outbox.row(card).ts
    assert sorted((m.text, m.thread_ts, m.broadcast) for m in replies) == [
        ("Lin asked", parent.ts, False),
        ("check", parent.ts, True),
    ]
    assert {outbox.state(each) for each in (line, card, check)} == {DeliveryState.SENT}


async def test_a_verb_of_the_clock_runs_once(outbox: Outbox, dispatch: Dispatch) -> None:
    done: list[tuple[object, ...]] = []
    row = outbox.owe("", "do:left", args={"a": 1})
    verbs = {"do:left": lambda desk, row: done.append((desk.now, desk.source, row.args))}
    dispatcher = dispatch(verbs=verbs)
    counts = await dispatcher.drain(NOW)
    await dispatcher.drain(NOW)
    assert done == [(NOW, "tick", {"a": 1})]
    assert (counts.done, outbox.state(row)) == (1, DeliveryState.SENT)


async def test_what_is_for_a_person_is_said_to_them_alone(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int
) -> None:
    """Even where the same is said to others in a thread."""
    outbox.owe(CHANNEL, "visit_card", text="Acme", visit_id=visit)
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    outbox.owe(LIN, "preparation_check", text="check", thread=True, visit_id=visit)
    await dispatcher.drain(NOW)
    outbox.owe(LIN, text="private")
    await dispatcher.drain(NOW)
    assert (texts(sandbox, LIN), texts(sandbox, VISITS)) == (["check", "private"], ["Acme"])
