"""A visit changes while its message is under way: each case has one stated outcome.

The changes are made at definite moments: while the message is rendered (claimed, not yet sent) and
while it is being sent (rendered, not yet marked).
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import VisitOver
from models.base.words import DeliveryState
from models.records.visit import Visit
from models.reminders.outbox import CHANNEL, Delivery
from sandbox.server import Sandbox
from scheduler.claim import LEASE, SETTLE, claim, holds, release_all
from scheduler.mark import mark
from scheduler.rows import Over, PutBack, Said
from services.reading.desk import Desk
from services.saying.outbox import replan, touch
from services.saying.outbox import told as told_of
from services.store.database import Database
from tests.scheduler.conftest import (
    LIN,
    MA,
    NOW,
    RUTH,
    SITE,
    VISITS,
    Dispatch,
    Outbox,
    Time,
    calls,
    posted,
    say,
    texts,
)

Change = Callable[[], object]


def while_rendered(change: Change) -> Any:
    """A renderer during which something changes, once."""
    changes = [change]

    def render(*args: Any) -> Any:
        if changes:
            changes.pop()()
        return say(*args)

    return render


def while_sent(change: Change) -> Callable[[], Awaitable[str]]:
    """A way to the channel on which something changes, once: what is sent is rendered already."""
    changes = [change]

    async def channel() -> str:
        if changes:
            await asyncio.to_thread(changes.pop())
        return VISITS

    return channel


async def test_a_card_touched_while_it_is_being_sent_is_brought_up_to_date(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    card = outbox.owe(CHANNEL, "visit_card", text="old")
    change = while_sent(lambda: outbox.touch(card, NOW, text="new"))
    counts = await dispatch(channel_of=change).drain(NOW)
    assert (counts.sent, counts.updated) == (1, 1)
    assert texts(sandbox) == ["new"]
    row = outbox.row(card)
    assert (row.state, row.revision, row.sent_revision) == (DeliveryState.SENT, 2, 2)


async def test_a_card_touched_while_it_is_rendered_is_brought_up_to_date(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    card = outbox.owe(LIN, "approval", text="old")
    render = while_rendered(lambda: outbox.touch(card, NOW, text="new"))
    await dispatch(render=render).drain(NOW)
    assert texts(sandbox) == ["new"]
    row = outbox.row(card)
    assert (row.state, row.sent_revision) == (DeliveryState.SENT, row.revision)


async def test_a_row_cancelled_between_claim_and_rendering_is_not_sent(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    outbox.owe(LIN, text="first", due=NOW - timedelta(seconds=2))
    cancelled = outbox.owe(LIN, text="second", due=NOW - timedelta(seconds=1))
    dispatcher = dispatch()
    compose = dispatcher._composer.compose

    def late_compose(*args: Any) -> Any:
        outbox.change(cancelled, state=DeliveryState.CANCELLED, lease_token=None)
        return compose(*args)

    dispatcher._composer.compose = late_compose  # type: ignore[assignment, method-assign]
    await dispatcher.drain(NOW)
    assert texts(sandbox) == ["first"]
    assert outbox.state(cancelled) == DeliveryState.CANCELLED


async def test_a_message_cancelled_while_it_is_being_sent_stays_cancelled_but_is_known(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    row_id = outbox.owe(CHANNEL, "call_guest", text="call at nine")
    change = while_sent(
        lambda: outbox.change(
            row_id, state=DeliveryState.CANCELLED, lease_token=None, lease_until=None
        )
    )
    dispatcher = dispatch(channel_of=change)
    await dispatcher.drain(NOW)
    await dispatcher.drain(NOW + 2 * LEASE)
    row = outbox.row(row_id)
    assert (row.state, row.sent_revision, row.sent_at) == (DeliveryState.CANCELLED, 1, NOW)
    assert row.ts == posted(sandbox)[0].ts
    assert len(posted(sandbox)) == 1


async def test_a_card_cancelled_while_it_is_being_sent_is_brought_up_to_date_in_place(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    card = outbox.owe(CHANNEL, "trip", text="Accept?")

    def cancel() -> None:
        outbox.change(
            card, state=DeliveryState.CANCELLED, lease_token=None, args={"text": "Reassigned"}
        )

    await dispatch(channel_of=while_sent(cancel)).drain(NOW)
    assert (texts(sandbox), calls(sandbox, "chat.postMessage")) == (["Reassigned"], 1)
    assert outbox.state(card) == DeliveryState.SENT


async def test_moved_and_moved_back_while_it_is_being_sent_is_said_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox
) -> None:
    row_id = outbox.owe(CHANNEL, "call_guest")

    def there_and_back() -> None:
        outbox.change(row_id, state=DeliveryState.CANCELLED, lease_token=None, lease_until=None)
        outbox.change(row_id, state=DeliveryState.PENDING, is_uncertain=True, next_try_at=NOW)

    counts = await dispatch(channel_of=while_sent(there_and_back)).drain(NOW)
    assert len(posted(sandbox)) == 1
    assert (counts.sent, counts.found) == (1, 1)
    assert outbox.state(row_id) == DeliveryState.SENT


async def test_a_verb_cancelled_between_claim_and_call_is_not_called(
    outbox: Outbox, dispatch: Dispatch
) -> None:
    done: list[object] = []
    row = outbox.owe("", "do:left")
    outbox.owe(LIN, text="also due")  # rendering comes before the verb
    render = while_rendered(
        lambda: outbox.change(row, state=DeliveryState.CANCELLED, lease_token=None)
    )
    verbs = {"do:left": lambda desk, row: done.append(row)}
    await dispatch(render=render, verbs=verbs).drain(NOW)
    assert done == []
    assert outbox.state(row) == DeliveryState.CANCELLED


async def test_a_verb_that_refuses_leaves_the_reason(outbox: Outbox, dispatch: Dispatch) -> None:
    def refuse(*_: object) -> None:
        raise VisitOver("cancelled")

    row = outbox.owe("", "do:escalate")
    counts = await dispatch(verbs={"do:escalate": refuse}).drain(NOW)
    assert (counts.cancelled, outbox.row(row).reason) == (1, "refused:visit_over")


def test_a_claim_is_a_lease(outbox: Outbox, database: Database) -> None:
    row_id = outbox.owe(LIN)
    with database.session() as session:
        (first,) = claim(session, NOW)
    with database.session() as session:
        assert claim(session, NOW + LEASE - timedelta(seconds=1)) == []
        (second,) = claim(session, NOW + LEASE)
    assert (first.is_uncertain, second.is_uncertain) == (False, True)
    with database.session() as session:
        said = Said(first, "sent", 1, "C1", "1.1", "d", NOW)
        mark(session, [said], NOW)
    row = outbox.row(row_id)
    assert (row.state, row.lease_token) == (DeliveryState.CLAIMED, second.lease_token)
    assert (row.ts, row.sent_revision) == ("1.1", 1), "but what it said is a fact"
    with database.session() as session:
        mark(session, [Over(first, DeliveryState.EXPIRED, "too_late", 1)], NOW)
        mark(session, [PutBack(first, NOW, "x", True, False, None, None)], NOW)
    assert outbox.state(row_id) == DeliveryState.CLAIMED


def test_the_only_bot_frees_the_claims_of_the_one_before(
    outbox: Outbox, database: Database
) -> None:
    row_id = outbox.owe(LIN)
    with database.session() as session:
        claim(session, NOW)
    with database.session() as session:
        assert release_all(session, NOW + SETTLE) == 1
    row = outbox.row(row_id)
    assert (row.state, row.is_uncertain) == (DeliveryState.PENDING, True)
    assert row.next_try_at == NOW + SETTLE


async def test_a_lease_that_runs_out_before_the_call_is_given_back(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    row = outbox.owe(LIN)
    render = while_rendered(lambda: time.advance(seconds=LEASE.total_seconds() - 10))
    counts = await dispatch(render=render).drain()
    assert counts.put_back >= 1
    assert (outbox.state(row), len(posted(sandbox))) == (DeliveryState.SENT, 1)
    assert calls(sandbox, "conversations.history") == 0


async def test_a_change_before_the_first_sending_is_in_the_card(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database
) -> None:
    outbox.owe(CHANNEL, "visit_card", text="party of", from_visit=True, visit_id=visit)
    with database.session() as session:
        session.get_one(Visit, visit).party_size = 9
        touch(Desk(session, NOW, SITE, LIN, "slack"), visit)
    counts = await dispatch().drain(NOW)
    assert (texts(sandbox), counts.sent, counts.updated) == (["party of 9"], 1, 0)


async def test_a_change_while_the_card_is_first_sent_is_in_the_card(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database
) -> None:
    outbox.owe(CHANNEL, "visit_card", text="party of", from_visit=True, visit_id=visit)

    def change() -> None:
        with database.session() as session:
            session.get_one(Visit, visit).party_size = 9
            touch(Desk(session, NOW, SITE, LIN, "slack"), visit)

    await dispatch(channel_of=while_sent(change)).drain(NOW)
    assert texts(sandbox) == ["party of 9"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_row_that_a_verb_is_changing_is_marked_when_the_verb_has_ended(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, database: Database
) -> None:
    """Neither waits for the other. (On SQLite writers take turns anyway.)"""
    row = outbox.owe(CHANNEL, "visit_card", due=NOW - timedelta(seconds=1))
    begun, go_on = threading.Event(), threading.Event()

    def verb() -> None:
        with database.session() as session:
            session.exec(select(Delivery).where(Delivery.id == row).with_for_update()).one()
            begun.set()
            assert go_on.wait(10)

    thread = threading.Thread(target=verb)

    async def channel() -> str:
        if not begun.is_set():  # it is asked for more than once
            thread.start()
        await asyncio.to_thread(begun.wait)
        return VISITS

    draining = asyncio.create_task(dispatch(channel_of=channel).drain(NOW))
    await sandbox.wait_for(lambda: posted(sandbox))
    outbox.owe(LIN)  # due when the outbox is looked at again, marked while the card cannot be
    await sandbox.wait_for(lambda: posted(sandbox, LIN))
    assert outbox.state(row) == DeliveryState.CLAIMED
    assert not draining.done()
    go_on.set()
    counts = await draining
    thread.join()
    assert (counts.sent, outbox.state(row)) == (2, DeliveryState.SENT)


async def test_a_change_while_an_update_is_being_sent_is_in_the_card(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database
) -> None:
    outbox.owe(CHANNEL, "visit_card", text="party of", from_visit=True, visit_id=visit)

    def change(size: int) -> None:
        with database.session() as session:
            session.get_one(Visit, visit).party_size = size
            touch(Desk(session, NOW, SITE, LIN, "slack"), visit)

    await dispatch().drain(NOW)
    change(5)
    # the first change is rendered; the second comes after that
    await dispatch(render=while_rendered(lambda: change(6))).drain(NOW)
    assert texts(sandbox) == ["party of 6"]


async def test_a_visit_moved_while_its_reminder_is_sent(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database, time: Time
) -> None:
    """The old reminder that was under way counts as told; the new one comes at the new time."""

    def plan() -> None:
        with database.session() as session:
            replan(Desk(session, time.now, SITE, None, "tick"), visit)

    def move() -> None:
        with database.session() as session:
            session.get_one(Visit, visit).arrival += timedelta(hours=2)
            replan(Desk(session, time.now, SITE, LIN, "slack"), visit)

    plan()
    call = next(row for row in outbox.rows() if row.kind == "call_guest")
    time.now = call.due_at
    render = while_rendered(move)  # after the claim, before the mark
    counts = await dispatch(render=render).drain()
    assert counts.sent >= 1
    old, new = sorted((r for r in outbox.rows() if r.kind == "call_guest"), key=lambda r: r.due_at)
    assert new.due_at == old.due_at + timedelta(hours=2)
    assert (old.state, new.state) == (DeliveryState.CANCELLED, DeliveryState.PENDING)
    assert old.sent_revision == 1
    with database.session() as session:
        assert LIN in told_of(Desk(session, time.now, SITE, None, "tick"), visit)
    time.now = new.due_at
    await dispatch().drain()
    assert texts(sandbox, LIN).count("call_guest") == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_row_revived_while_it_is_under_way_is_left_alone_by_other_bots(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database, time: Time
) -> None:
    """Cancelled and owed again while a bot is sending it: another bot that looks at once would not
    find it in the conversation yet."""

    def edit(**changes: Any) -> None:
        with database.session() as session:
            found = session.get_one(Visit, visit)
            for name, value in changes.items():
                setattr(found, name, value)
            replan(Desk(session, time.now, SITE, LIN, "slack"), visit)

    edit()
    call = next(row for row in outbox.rows() if row.kind == "call_guest")
    with database.session() as session:
        for row in session.exec(select(Delivery).where(Delivery.id != call.id)):
            session.delete(row)
    time.now = call.due_at
    rival = dispatch()
    found: list[int] = []

    async def there_and_back() -> str:
        await asyncio.to_thread(edit, status="cancelled")
        await asyncio.to_thread(edit, status="approved")
        counts = await rival.drain(time.now)
        found.append(counts.sent)
        return LIN

    first = dispatch()
    first._deliverer._slack.target = lambda _who: there_and_back()  # type: ignore[assignment, method-assign]
    await first.drain()
    assert texts(sandbox, LIN).count("call_guest") == 1
    row = outbox.row(call.id)
    assert (row.state, row.sent_revision) == (DeliveryState.PENDING, 1)
    assert row.next_try_at is not None
    assert row.next_try_at >= time.now + LEASE
    time.advance(seconds=LEASE.total_seconds())
    await rival.drain()
    assert outbox.state(call.id) == DeliveryState.SENT
    assert texts(sandbox, LIN).count("call_guest") == 1


async def test_who_is_being_told_counts_as_told(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database, time: Time
) -> None:
    outbox.owe(LIN, visit_id=visit)
    outbox.owe(RUTH, visit_id=visit, is_uncertain=True, next_try_at=NOW + timedelta(hours=1))
    outbox.owe(MA, visit_id=visit, due=NOW + timedelta(hours=1))
    with database.session() as session:
        claim(session, NOW)
        told = told_of(Desk(session, NOW, SITE, None, "tick"), visit)
    assert sorted(told) == [LIN, RUTH]


def test_what_expired_is_owed_again_when_the_visit_is_moved(
    outbox: Outbox, visit: int, database: Database, time: Time
) -> None:
    def move(days: int) -> None:
        with database.session() as session:
            found = session.get_one(Visit, visit)
            found.arrival += timedelta(days=days)
            found.departure += timedelta(days=days)
            replan(Desk(session, time.now, SITE, LIN, "slack"), visit)

    move(0)
    part = next(row.id for row in outbox.rows() if row.kind in {"etiquette", "takes_part"})
    outbox.change(part, state=DeliveryState.EXPIRED, reason="too_late", next_try_at=None)
    move(7)
    row = outbox.row(part)
    assert (row.state, row.reason, row.next_try_at) == (DeliveryState.PENDING, None, row.due_at)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_verb_without_a_visit_keeps_its_own_row_alone(outbox: Outbox, database: Database) -> None:
    outbox.owe("", "do:monthly_figures")
    other = outbox.owe(LIN, due=NOW + LEASE)
    with database.session() as session:
        (row,) = claim(session, NOW)
    with database.session() as verb, database.session() as session:
        assert holds(verb, row)
        free = select(Delivery.id).with_for_update(skip_locked=True)
        assert list(session.exec(free)) == [other]
