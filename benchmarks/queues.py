"""The outbox beside job queues: 10,000 reminders, durable commits, a sender that does nothing.

* add: to be due in nine days; rows of the outbox as a visit's are added, 20 in a transaction.
* move: to be due now; as a visit's rows are brought in line after a change, 20 in a transaction.
  The policy is not worked out, and nobody's words are rendered, since the queues do neither.
* drain: all due at one second. Ours by the bot's own dispatcher: claimed, composed, sent, marked,
  claims and marks committed. The rows belong to no visit and say the same to everybody, since the
  queues read and render nothing. `with words`: real visits read, real messages rendered.

One job of APScheduler's SQLAlchemyJobStore (on SQLite as it comes, and with our write-ahead log),
and one of procrastinate's, for each reminder; see `rivals.py`. Ours and theirs take turns; medians,
in brackets the lowest and the highest. To be run alone: `python -m benchmarks.queues`.
"""

import asyncio
import gc
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, func, select

from benchmarks.databases import empty_database, migrated, server
from benchmarks.figures import goal, median
from benchmarks.outbox_rows import (
    NOW,
    PEOPLE,
    VISIT_ROWS,
    NoOpClient,
    add_visits,
    bot,
    owed,
    store,
)
from benchmarks.rivals import JobStore, Procrastinate, timed
from benchmarks.visits import know, make_visits, messages
from bot.run import spare_the_collector
from models.reminders.outbox import Delivery
from services.saying.outbox import add_once, bring_in_line
from services.store.database import Database
from templates.messages import render
from tests.postgres import NoPostgres

ROWS = 10_000
OUR_RUNS, THEIR_RUNS = 3, 2
WARM_UP = 100
WORDY_ROWS, WORDY_VISITS = 2_000, 50
ADD_GOAL, MOVE_GOAL = 5.0, 2.0
STORE_DRAIN_GOAL, QUEUE_DRAIN_GOAL = 10.0, 2.0
NAMES = ("add", "move", "drain")
Rates = tuple[float, float, float]


def measure() -> None:
    """Print the rates and their ratios beside the goals."""
    spare_the_collector()  # as `usher run` does; for theirs too
    print(f"The outbox beside job queues: {ROWS} reminders, durable commits, a no-op sender")
    _beside_job_store("SQLite", None)
    try:
        with server() as address:
            ours = _beside_job_store("PostgreSQL", address)
            theirs = [
                asyncio.run(Procrastinate(empty_database(address)).measure(ROWS, VISIT_ROWS))
                for _ in range(THEIR_RUNS)
            ]
            _print("PostgreSQL", ours, "procrastinate", theirs, (None, None, QUEUE_DRAIN_GOAL))
    except NoPostgres as reason:
        print(f"  PostgreSQL cannot run here: {reason}")


def _beside_job_store(name: str, address: str | None) -> list[Rates]:
    ours: list[Rates] = []
    theirs: list[Rates] = []
    tuned: list[Rates] = []
    for run in range(max(OUR_RUNS, THEIR_RUNS)):
        gc.collect()
        if run < OUR_RUNS:
            ours.append(asyncio.run(_outbox(address)))
        if run < THEIR_RUNS:
            theirs.append(_job_store(address))
            if address is None:
                tuned.append(_job_store(None, writes_ahead=True))
    goals = (ADD_GOAL, MOVE_GOAL, STORE_DRAIN_GOAL)
    _print(name, ours, "job store", theirs, goals)
    if tuned:
        _print(name, ours, "with our WAL", tuned, goals)
    print(f"  {name:<10}  drain  outbox {asyncio.run(_with_words(address)):6.0f}/s with words")
    return ours


def _print(
    name: str,
    ours: list[Rates],
    rival: str,
    theirs: list[Rates],
    goals: tuple[float | None, float | None, float],
) -> None:
    for place, what in enumerate(NAMES):
        mine, others = [run[place] for run in ours], [run[place] for run in theirs]
        ratio, least = median(mine) / median(others), goals[place]
        print(
            f"  {name:<10}  {what:<5}  outbox {_spread(mine)}   {rival:<13} {_spread(others)}   "
            f"{ratio:5.1f} x" + (f"   {goal(ratio, least)}" if least is not None else "")
        )


def _spread(rates: list[float]) -> str:
    return f"{median(rates):6.0f}/s ({min(rates):.0f} to {max(rates):.0f})"


def _job_store(address: str | None, *, writes_ahead: bool = False) -> Rates:
    if address is not None:
        return JobStore(empty_database(address)).measure(ROWS)
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        place = f"sqlite:///{Path(folder) / 'jobs.db'}"
        return JobStore(place, writes_ahead=writes_ahead).measure(ROWS)


async def _outbox(address: str | None) -> Rates:
    with migrated(address) as database:
        added, moved = _add_and_move(database)
    with migrated(address) as database:
        return added, moved, await _drain(database)


def _add_and_move(database: Database) -> tuple[float, float]:
    visits = ROWS // VISIT_ROWS
    add_visits(database, visits)
    later = NOW + timedelta(days=9)
    with timed() as added:
        for visit_id in range(1, visits + 1):
            rows = owed(VISIT_ROWS, later, f"v{visit_id}:")
            with database.session() as session:
                add_once(session, rows, visit_id, NOW, is_planned=True)
    with timed() as moved:
        for visit_id in range(1, visits + 1):
            rows = owed(VISIT_ROWS, NOW, f"v{visit_id}:")
            with database.session() as session:
                bring_in_line(session, visit_id, rows, NOW)
    with database.reading() as session:
        query = select(func.count()).where(col(Delivery.due_at) == NOW)
        if session.exec(query).one() != ROWS:
            raise RuntimeError("not all were moved")
    return ROWS / added[0], ROWS / moved[0]


async def _drain(database: Database) -> float:
    client = NoOpClient()
    dispatcher = bot(database, client)
    store(database, owed(WARM_UP, name="warm"))
    await dispatcher.drain()
    store(database, owed(ROWS))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.exec_driver_sql("ANALYZE")
    with timed() as drained:
        counts = await dispatcher.drain()
    if not counts.sent == client.posted - WARM_UP == ROWS:
        raise RuntimeError(f"{counts.sent} of {ROWS} were sent")
    return ROWS / drained[0]


async def _with_words(address: str | None) -> float:
    """Drains messages of many kinds about real visits, in their readers' languages."""
    people = tuple(f"U{number:05d}" for number in range(PEOPLE))
    with migrated(address) as database:
        visits = make_visits(database, WORDY_VISITS)
        know(database, people)
        with database.session() as session:
            session.connection().exec_driver_sql("DELETE FROM outbox")
            session.add_all(messages(database, visits, people, WORDY_ROWS, NOW))
        dispatcher = bot(database, NoOpClient(), render)
        with timed() as drained:
            counts = await dispatcher.drain()
    if counts.sent != WORDY_ROWS:
        raise RuntimeError(f"{counts} instead of {ROWS} sent")
    return WORDY_ROWS / drained[0]


if __name__ == "__main__":
    measure()
