"""Periodic work, through the whole way: planned ahead once, done once, by whichever bot."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from models.base.words import DeliveryState
from models.records.people import RoleHolder
from sandbox.server import Sandbox
from scheduler.dispatcher import Dispatcher
from scheduler.periodic import Periodic
from scheduler.tick import Ticker
from services.measures import monthly
from services.reading.desk import Desk
from services.store.database import Database, DatabaseTrouble
from templates.messages import render
from tests.models.visits import DEPARTURE
from tests.scheduler.conftest import LIN, NOW, RUTH, SAM, SITE, Dispatch, Outbox, Time, texts
from tests.scheduler.conftest import add_visit as add

ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
JANUARY_4 = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)  # nine in Shanghai
SAID = "December 2026 in figures: 1 visit held"


@asynccontextmanager
async def ticking(dispatcher: Dispatcher, periodic: Periodic) -> AsyncIterator[Ticker]:
    ticker = Ticker(dispatcher, 0.02, periodic)
    ticker.start()
    try:
        yield ticker
    finally:
        await ticker.stop()


@pytest.fixture
def roles(database: Database) -> None:
    with database.session() as session:
        for position, (role, person) in enumerate(
            [("coordinator", LIN), ("coordinator", SAM), ("general_manager", SAM)]
        ):
            session.add(RoleHolder(role=role, user_id=person, position=position))


def keys(outbox: Outbox) -> list[str]:
    return sorted(row.key for row in outbox.rows())


def held(database: Database) -> None:
    add(database, left_at=DEPARTURE, status="follow_up")


async def test_a_month_passes_a_bot_that_runs(
    roles: None,
    database: Database,
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
) -> None:
    held(database)
    periodic = Periodic(database, time, SITE)
    await periodic.look()
    async with ticking(dispatch(render=render), periodic):
        time.now = JANUARY_4
        await sandbox.wait_for(lambda: len(texts(sandbox)) == 2)
    assert texts(sandbox, LIN) == texts(sandbox, SAM) == [SAID]
    assert keys(outbox) == [
        f"monthly_figures:2026-12:{LIN}",
        f"monthly_figures:2026-12:{SAM}",
        f"monthly_figures:2026-12:at:{int(JANUARY_4.timestamp())}",
        "monthly_figures:2027-01:at:1801443600",
    ]


async def test_a_bot_that_was_away_for_days_catches_up(
    roles: None,
    database: Database,
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
) -> None:
    held(database)
    await Periodic(database, time, SITE).look()
    time.now = JANUARY_4 + timedelta(days=5)
    async with ticking(dispatch(render=render), Periodic(database, time, SITE)):
        await sandbox.wait_for(lambda: len(texts(sandbox)) == 2)
    assert set(texts(sandbox)) == {SAID}


async def test_about_a_month_without_a_visit_nothing_is_said(
    roles: None,
    database: Database,
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
) -> None:
    add(database, status="cancelled")
    await Periodic(database, time, SITE).look()
    time.now = JANUARY_4
    await dispatch(render=render).drain()
    assert texts(sandbox) == []
    rows = [row for row in outbox.rows() if row.kind == monthly.KIND]
    assert {(row.state, row.reason) for row in rows} == {
        (DeliveryState.CANCELLED, "nothing_to_say")
    }


async def test_a_visit_that_ends_during_downtime_counts(
    roles: None,
    database: Database,
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
) -> None:
    """The guests left while no bot ran: that is caught up at the same time."""
    visit = add(database, account_owner_id=SAM)
    await Periodic(database, time, SITE).look()
    outbox.owe("", "do:left", visit_id=visit, due=DEPARTURE)
    time.now = JANUARY_4 + timedelta(days=1)
    await dispatch(render=render).drain()
    assert SAID in texts(sandbox, LIN)


@ON_POSTGRESQL
async def test_two_bots_at_once_plan_and_tell_it_once(
    roles: None,
    database: Database,
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
) -> None:
    held(database)
    bots = [dispatch(render=render) for _ in range(2)]
    meeting = threading.Barrier(2)

    def plan(desk: Desk) -> None:
        meeting.wait(20)
        monthly.plan_ahead(desk)

    plans = [Periodic(database, time, SITE, [plan]) for _ in range(2)]
    await asyncio.gather(*(each.look() for each in plans))
    assert len(keys(outbox)) == 1
    time.now = JANUARY_4
    await asyncio.gather(*(each.look() for each in plans), *(bot.drain() for bot in bots))
    await asyncio.gather(*(bot.drain() for bot in bots))
    assert sorted(texts(sandbox)) == [SAID, SAID]
    assert len(keys(outbox)) == 4


@ON_POSTGRESQL
async def test_two_verbs_at_once_owe_each_person_one_message(
    roles: None, database: Database, outbox: Outbox, time: Time
) -> None:
    """A claim that ran out is taken over: both bots may be telling the month."""
    time.now = JANUARY_4
    meeting = threading.Barrier(2)

    def tell() -> None:
        with database.session() as session:
            meeting.wait(20)
            monthly.tell(Desk(session, time(), SITE, None, "tick"), date(2026, 12, 1))

    await asyncio.gather(asyncio.to_thread(tell), asyncio.to_thread(tell))
    assert [key.rpartition(":")[2] for key in keys(outbox)][:2] == [LIN, SAM]
    assert len(keys(outbox)) == 3


async def test_it_looks_once_a_day_of_the_site(database: Database, time: Time) -> None:
    days: list[datetime] = []
    periodic = Periodic(database, time, SITE, [lambda desk: days.append(desk.now)])
    time.now = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    for _ in range(120):
        await periodic.look()
        time.advance(minutes=1)
    assert days == [
        datetime(2026, 12, 31, 15, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 16, 0, tzinfo=UTC),
    ]


async def test_what_cannot_be_planned_holds_nothing_up(
    database: Database, outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time
) -> None:
    """An error of ours is logged and tried tomorrow; a database that is away is tried again."""
    troubles: list[Exception] = [DatabaseTrouble("away", "gone"), KeyError("broken")]
    asked = 0

    def failing(_: Desk) -> None:
        nonlocal asked
        asked += 1
        raise troubles.pop(0)

    outbox.owe(RUTH, text="all the same", due=NOW)
    ticker = Ticker(dispatch(), 0.02, Periodic(database, time, SITE, [failing]))
    ticker._shortest_pause = 0.01
    ticker.start()
    await sandbox.wait_for(lambda: texts(sandbox) == ["all the same"])
    assert ticker.is_alive
    await ticker.stop()
    assert asked == 2
