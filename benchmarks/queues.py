"""The outbox beside job queues on the same PostgreSQL, with a sender that does nothing.

One APScheduler job (SQLAlchemyJobStore) and one procrastinate job a reminder. Rows of the outbox
are written as the product writes them: those of one visit in one transaction.
"""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from benchmarks.databases import empty_database, migrated, server
from benchmarks.outbox_rows import NOW, VISIT_ROWS, NoOpClient, bot, in_parts, owed
from benchmarks.rivals import JobStore, Procrastinate, timed
from models.outbox import Delivery
from services.database import Database
from services.outbox import add_once

ROWS = 10_000
MOVED = 2_000
DRAINED_BY_PROCRASTINATE = 3_000
"""Fewer, since it takes a minute for 10,000; its rate does not fall with their number."""
DRAIN_GOALS = {"job store": 10.0, "procrastinate": 2.0}
ADD_GOAL, MOVE_GOAL = 5.0, 2.0


def measure() -> None:
    """Print the rates and their ratios beside the goals."""
    past = datetime.now(tz=UTC) - timedelta(seconds=1)
    later = past + timedelta(days=9)
    with server() as address:
        with migrated(address) as database:
            ours = _add(database), _move(database), _drain(database)
        store = JobStore(empty_database(address))
        added = store.add(ROWS, later)
        moved = store.move(MOVED, later + timedelta(hours=2))
        store.move(ROWS, past)
        theirs = added, moved, store.drain(ROWS)
        queue = Procrastinate(empty_database(address))
        others = asyncio.run(queue.measure(ROWS, VISIT_ROWS, DRAINED_BY_PROCRASTINATE, past))
        with migrated(address) as database:
            again = _add(database), _move(database), _drain(database)
    mean = [sum(pair) / 2 for pair in zip(ours, again, strict=True)]
    print(f"The outbox beside job queues, {ROWS} rows, PostgreSQL, durable commits; rows a second")
    names = ("add", "move", "drain, all due at one moment")
    for name, mine, store_rate, queue_rate in zip(names, mean, theirs, others, strict=True):
        print(
            f"  {name:<30} outbox {mine:7.0f}   job store {store_rate:6.0f} "
            f"({mine / store_rate:5.1f} x)   procrastinate {queue_rate:6.0f} "
            f"({mine / queue_rate:5.1f} x)"
        )
    print(
        f"  goals: add {ADD_GOAL:.0f} x and move {MOVE_GOAL:.0f} x the job store, drain "
        f"{DRAIN_GOALS['job store']:.0f} x the job store and {DRAIN_GOALS['procrastinate']:.0f} x "
        "procrastinate"
    )
    _check(mean, theirs, others)


def _check(ours: list[float], store: tuple[float, ...], queue: tuple[float, ...]) -> None:
    assert ours[0] >= ADD_GOAL * store[0], "adding"
    assert ours[1] >= MOVE_GOAL * store[1], "moving"
    assert ours[2] >= DRAIN_GOALS["job store"] * store[2], "draining"
    assert ours[2] >= DRAIN_GOALS["procrastinate"] * queue[2], "draining"


def _add(database: Database) -> float:
    with timed() as taken:
        for rows in in_parts(owed(ROWS, NOW + timedelta(days=9)), VISIT_ROWS):
            with database.session() as session:
                add_once(session, rows, None, NOW, is_planned=True)
    return ROWS / taken[0]


def _move(database: Database) -> float:
    """As a visit's rows are moved: read, kept from the dispatcher, changed, written."""
    with timed() as taken:
        for first in range(0, MOVED, VISIT_ROWS):
            keys = [f"row{number}" for number in range(first, first + VISIT_ROWS)]
            with database.session() as session:
                query = select(Delivery).where(col(Delivery.key).in_(keys))
                for row in session.exec(query.order_by(col(Delivery.seq)).with_for_update()):
                    row.due_at = row.next_try_at = NOW
                    session.add(row)
    return MOVED / taken[0]


def _drain(database: Database) -> float:
    client = NoOpClient()
    with database.session() as session:
        session.connection().exec_driver_sql(
            "UPDATE outbox SET due_at = '2026-12-01 02:00+00', next_try_at = '2026-12-01 02:00+00'"
        )
    dispatcher = bot(database, client)
    with timed() as taken:
        counts = asyncio.run(dispatcher.drain())
    assert counts.sent == client.posted == ROWS
    return ROWS / taken[0]
