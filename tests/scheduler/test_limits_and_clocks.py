"""One message a second in a conversation; downtime and wrong clocks each have a stated outcome."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler.claim import LEASE, Skip, claim, next_due
from scheduler.dispatcher import PACE
from scheduler.limits import Limits
from services.store.database import Database
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

SECOND = timedelta(seconds=1)


async def test_a_conversation_gets_one_message_a_second(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    for number in range(4):
        outbox.owe(LIN, text=str(number), due=NOW - timedelta(seconds=9 - number))
    outbox.owe(SAM, text="for Sam")
    dispatcher = dispatch(pace=PACE)
    seen = []
    for _ in range(5):
        await dispatcher.drain()
        seen.append(texts(sandbox, LIN))
        time.advance(seconds=1)
    assert seen == [list("0123")[:count] for count in (1, 2, 3, 4, 4)]
    assert texts(sandbox, SAM) == ["for Sam"]


async def test_an_alert_overtakes_what_waits_for_its_turn(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    for number in range(3):
        outbox.owe(LIN, "feedback_nudge", text=f"digest {number}")
    dispatcher = dispatch(pace=PACE)
    await dispatcher.drain()
    outbox.owe(LIN, "car_ready", text="alert")
    for _ in range(3):
        time.advance(seconds=1)
        await dispatcher.drain()
    assert texts(sandbox, LIN)[1] == "alert"
    assert len(texts(sandbox, LIN)) == 4


async def test_updates_do_not_wait_for_the_pace(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    card = outbox.owe(CHANNEL, "visit_card", text="old")
    dispatcher = dispatch(pace=PACE)
    await dispatcher.drain()
    outbox.touch(card, NOW, text="new")
    await dispatcher.drain()
    assert texts(sandbox, VISITS) == ["new"]


async def test_the_workspaces_own_limit_is_kept(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    sandbox.rate_limit = True
    for number in range(3):
        outbox.owe(LIN, text=str(number))
    dispatcher = dispatch(pace=PACE)
    for _ in range(3):
        await dispatcher.drain()
        time.advance(seconds=1)
    assert (len(posted(sandbox, LIN)), calls(sandbox, "chat.postMessage")) == (3, 3)


async def test_paused_updates_do_not_hold_up_messages(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    cards = [outbox.owe(LIN, "approval", text=f"{n}") for n in range(5)]
    dispatcher = dispatch()
    await dispatcher.drain()
    for card in cards:
        outbox.touch(card, NOW, text="new")
    sandbox.faults.add("chat.update", "429", retry_after=10)
    await dispatcher.drain()
    assert calls(sandbox, "chat.update") == 1, "the others wait without asking"
    outbox.owe(SAM, text="message")
    await dispatcher.drain(time.advance(seconds=9))
    assert texts(sandbox, SAM) == ["message"]
    await dispatcher.drain(time.advance(seconds=1))
    assert texts(sandbox, LIN) == ["new"] * 5


@pytest.mark.parametrize(
    "away",
    [{"minutes": 1}, {"minutes": 10}, {"hours": 1}, {"days": 1}, {"days": 6}],
    ids=["a minute", "minutes", "an hour", "a day", "days"],
)
async def test_after_downtime_what_still_helps_is_said_and_says_that_it_is_late(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, away: dict[str, float]
) -> None:
    owed = outbox.owe(LIN, "feedback_nudge", text="give feedback")
    helps = outbox.owe(LIN, "approval", text="decide", expires_at=NOW + timedelta(days=5))
    time.advance(**away)
    await dispatch().drain()
    assert outbox.state(owed) == DeliveryState.SENT
    assert ("late" in posted(sandbox)[0].text) == (away != {"minutes": 1})
    expected = DeliveryState.EXPIRED if away == {"days": 6} else DeliveryState.SENT
    assert outbox.state(helps) == expected


async def test_a_clock_that_jumps_ahead_sends_early_and_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """What is due by the clock is sent; when the clock is set right it is not sent again."""
    outbox.owe(LIN, text="reminder", due=NOW + timedelta(hours=2))
    dispatcher = dispatch()
    time.advance(hours=2)
    await dispatcher.drain()
    time.advance(hours=-2)
    await dispatcher.drain()
    time.advance(hours=2)
    await dispatcher.drain()
    assert texts(sandbox) == ["reminder"]


async def test_a_clock_set_back_does_not_strand_what_was_due(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, database: Database
) -> None:
    sandbox.faults.add("chat.postMessage", "500")
    sandbox.faults.add("chat.postMessage", "429", retry_after=30)
    retried = outbox.owe(LIN, text="retried", due=NOW - timedelta(hours=3))
    limited = outbox.owe(SAM, text="limited", due=NOW - timedelta(hours=3))
    dispatcher = dispatch()
    time.advance(hours=1)
    await dispatcher.drain()
    held = outbox.owe(LIN, text="held", due=NOW - timedelta(hours=3))
    with database.session() as session:
        assert [row.id for row in claim(session, time.now)] == [held]  # by a bot that died
    time.advance(hours=-1)
    await dispatcher.drain()
    states = [outbox.state(row) for row in (retried, limited, held)]
    assert states == [DeliveryState.SENT, DeliveryState.SENT, DeliveryState.CLAIMED]
    time.advance(seconds=LEASE.total_seconds())
    await dispatcher.drain()
    assert sorted(text.split()[0] for text in texts(sandbox)) == ["held", "limited", "retried"]


async def test_what_a_wrong_clock_put_off_is_said_when_it_is_due(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    row = outbox.owe(LIN, due=NOW + timedelta(hours=2))
    dispatcher = dispatch()
    await dispatcher.drain()
    sandbox.faults.add("chat.postMessage", "500")
    await dispatcher.drain(time.advance(days=1))
    assert outbox.row(row).is_uncertain
    for hours in (0, 2):
        time.now = NOW + timedelta(hours=hours)
        await dispatcher.drain()
        assert len(posted(sandbox)) == (hours == 2)
    assert outbox.state(row) == DeliveryState.SENT


async def test_what_expired_by_a_wrong_clock_is_said_all_the_same(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    due = NOW + timedelta(hours=2)
    row = outbox.owe(LIN, due=due, expires_at=due + timedelta(hours=1))
    dispatcher = dispatch()
    await dispatcher.drain()
    await dispatcher.drain(time.advance(days=1))
    assert outbox.state(row) == DeliveryState.EXPIRED
    for time.now in (NOW, due):
        await dispatcher.drain()
    assert (outbox.state(row), len(posted(sandbox))) == (DeliveryState.SENT, 1)


async def test_a_clock_that_jumps_while_nothing_is_due_is_seen_to_come_back(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    dispatcher = dispatch(lease=timedelta(days=2))
    await dispatcher.drain()
    deliver = dispatcher._deliverer.deliver

    async def ahead(*args: Any) -> Any:
        time.advance(days=1)
        return await deliver(*args)

    outbox.owe(LIN, text="said")
    sandbox.faults.add("chat.postMessage", "500")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatcher._deliverer, "deliver", ahead)
        await dispatcher.drain()
    await dispatcher.drain()
    time.now = NOW + timedelta(minutes=1)
    await dispatcher.drain()
    assert texts(sandbox) == ["said"]


def test_a_fault_of_another_day_is_not_the_same_outage() -> None:
    limits, night = Limits(PACE), NOW + timedelta(hours=10)
    for minutes in (0, 10, 20):
        limits.failed(NOW + timedelta(minutes=minutes))
    assert limits.failing_since == NOW
    limits.failed(night)
    assert limits.failing_since == night
    limits.failed(NOW)
    assert limits.failing_since == NOW, "the clock was set back"


def test_pauses_end_when_the_clock_is_set_back() -> None:
    limits = Limits(PACE)
    limits.posted(LIN, NOW)
    limits.pause("chat.update", LIN, NOW, 600)
    limits.went_down(NOW)
    assert limits.may_post_at(LIN, NOW) == NOW + PACE
    assert limits.may_call_at("chat.update", NOW) == NOW + timedelta(seconds=600)
    assert limits.is_down(NOW)
    before = NOW - timedelta(hours=1)
    assert limits.may_post_at(LIN, before) == before
    assert limits.may_call_at("chat.update", before) == before
    assert not limits.is_down(before)


def test_the_network_is_tried_less_and_less_often_a_minute_at_most() -> None:
    limits, now, waits = Limits(None), NOW, []
    for _ in range(8):
        limits.went_down(now)
        begun = now
        while limits.is_down(now):
            now += SECOND
        waits.append((now - begun).total_seconds())
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_many_conversations_that_were_written_to_are_forgotten_again() -> None:
    limits = Limits(PACE)
    for number in range(20_000):
        limits.posted(f"U{number}", NOW + number * SECOND)
    assert len(limits._posted) < 6_000


def plan_of(database: Database, statement: str) -> str:
    with database.reading() as session:
        how = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
        if not database.is_sqlite:
            session.connection().execute(text("SET LOCAL enable_seqscan = off"))
        rows = session.connection().execute(text(how + statement)).all()
        return "\n".join(str(row[-1]) for row in rows)


def test_looking_for_what_is_due_reads_the_small_index(database: Database) -> None:
    statement = (
        "SELECT seq FROM outbox WHERE urgency = 1 AND state = 'pending'"
        " AND next_try_at <= '2026-12-01' ORDER BY next_try_at, seq LIMIT 20"
    )
    plan = plan_of(database, statement)
    assert "outbox_due" in plan
    assert "SORT" not in plan.upper()
    assert "TEMP B-TREE" not in plan


def test_a_claim_writes_no_index_on_postgresql(outbox: Outbox, database: Database) -> None:
    for _ in range(10):
        outbox.owe(LIN)
    with database.session() as session:
        assert len(claim(session, NOW)) == 10
        if not database.is_sqlite:
            heap_only = text("SELECT pg_stat_get_xact_tuples_hot_updated('outbox'::regclass)")
            assert session.connection().execute(heap_only).scalar_one() == 10


def test_claims_respect_what_is_to_be_skipped(outbox: Outbox, database: Database) -> None:
    outbox.owe(LIN)
    update = outbox.owe(SAM, "approval", channel="D1", ts="1.1")
    unsure = outbox.owe(SAM, is_uncertain=True)
    plain = outbox.owe(SAM)
    skip = Skip(recipients=[LIN], updates=True, look_ups=True)
    with database.session() as session:
        assert [row.id for row in claim(session, NOW, skip=skip)] == [plain]
        assert not next_due(session, NOW, skip)
        assert {row.id for row in claim(session, NOW, skip=Skip([LIN]))} == {update, unsure}
