"""The tick with nothing due: over a million pending rows beside a thousand, turn about.

To be run alone, too: `python -m benchmarks.tick`.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from benchmarks.databases import migrated, on_each
from benchmarks.figures import at_most, median, spread
from benchmarks.outbox_rows import NOW, NoOpClient, bot
from scheduler.claim import next_due
from scheduler.dispatcher import Dispatcher
from services.store.database import Database

FEW, MANY = 1_000, 1_000_000
TURNS = 400
_WARM_UP = 40
GOAL = 1.2
T = TypeVar("T")

_ROW = (
    "INSERT INTO outbox (id, key, kind, recipient, args, urgency, is_planned, due_at, next_try_at,"
    " state, revision, sent_revision, attempts, is_uncertain)"
)
_VALUES = (
    "SELECT 'row' || n, 'key' || n, 'call_guest', 'U' || (n % 1000), '{{}}', n % 3, {yes}, {at},"
    " {at}, 'pending', 1, 0, 0, {no} FROM {numbers}"
)
_SQLITE = _VALUES.format(
    yes=1,
    no=0,
    at="strftime('%Y-%m-%d %H:%M:%S.000000', '2026-12-02', '+' || (n * 7 % 7776000) || ' seconds')",
    numbers="(WITH RECURSIVE numbers(n) AS"
    " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) SELECT n FROM numbers)",
)
_POSTGRES = _VALUES.format(
    yes="true",
    no="false",
    at="timestamptz '2026-12-02 00:00+00' + n * 7 % 7776000 * interval '1 second'",
    numbers="generate_series(1, {count}) AS n",
)


def measure() -> None:
    """Print the medians and their ratio beside the goal, for each kind of database."""
    print(f"The tick with nothing due, {MANY} pending rows beside {FEW}, {TURNS} turns")
    on_each(_measure)


def _measure(name: str, address: str | None) -> None:
    with ExitStack() as stack:
        few = stack.enter_context(migrated(address))
        many = stack.enter_context(migrated(address))
        fill(few, FEW)
        fill(many, MANY)
        begun = time.perf_counter()
        asyncio.run(bot(many, NoOpClient()).drain())
        first = time.perf_counter() - begun
        ticks = asyncio.run(_ticks(bot(few, NoOpClient()), bot(many, NoOpClient())))
        looks = _turn_about(lambda: _look(few), lambda: _look(many))
    _show(f"{name}, whole tick", *ticks)
    _show(f"{name}, query alone", *looks)
    print(f"  {name}, first tick after the start   {first * 1000:.0f} ms")


def fill(database: Database, count: int) -> None:
    """So many rows due in the next three months, none of them now."""
    values = _SQLITE if database.is_sqlite else _POSTGRES.replace("%", "%%")
    with database.session() as session:
        session.connection().exec_driver_sql(_ROW + " " + values.replace("{count}", str(count)))
    if not database.is_sqlite:  # as autovacuum does after a while
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
            admin.exec_driver_sql("VACUUM ANALYZE outbox")
            admin.exec_driver_sql("CHECKPOINT")  # what was just written is not the tick's matter


async def _ticks(few: Dispatcher, many: Dispatcher) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(TURNS + _WARM_UP):
        order = (0, 1) if turn % 2 else (1, 0)
        for place in order:
            begun = time.perf_counter()
            counts = await (few, many)[place].drain()
            if turn >= _WARM_UP:
                times[place].append((time.perf_counter() - begun) * 1000)
            assert counts.sent == 0
    return times


def _turn_about(
    few: Callable[[], object], many: Callable[[], object]
) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(TURNS + _WARM_UP):
        order = (0, 1) if turn % 2 else (1, 0)
        for place in order:
            begun = time.perf_counter()
            (few, many)[place]()
            if turn >= _WARM_UP:
                times[place].append((time.perf_counter() - begun) * 1000)
    return times


def _look(database: Database) -> None:
    with database.reading() as session:
        assert not next_due(session, NOW)


def _show(name: str, few: list[float], many: list[float]) -> None:
    ratio = median(many) / median(few)
    print(
        f"  {name:<26} {MANY}: {median(many):5.2f} ms ({spread(many)})   "
        f"{FEW}: {median(few):5.2f} ms ({spread(few)})   {ratio:.2f}   {at_most(ratio, GOAL)}"
    )


if __name__ == "__main__":
    measure()
