"""App Home and `/visit list` with 100,000 closed visits stored beside 100 open ones, over the 100
alone, turn about; for a coordinator, who sees all, and for a host, who sees their own.

To be run alone, too: `python -m benchmarks.finding`.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack

from sqlalchemy import inspect

from benchmarks.databases import migrated, on_each
from benchmarks.figures import at_most, median, spread
from benchmarks.outbox_rows import NOW, SITE
from benchmarks.visits import make_visits
from models.reading.finding import Wanted
from services.reading import finding, home
from services.reading.desk import Desk
from services.store.database import Database

OPEN, CLOSED = 100, 100_000
TURNS = 60
_WARM_UP = 6
GOAL = 1.3
_COORDINATOR, _HOST, _DRIVER = "U09MEIFANG", "U01LINWEI", "U11MALONG"
_LOOKS: dict[str, Callable[[Desk], object]] = {
    "home": home.home_agenda,
    "list": lambda desk: finding.find(desk, Wanted()),
}

# A closed visit is a copy of an open one with all that belongs to it, numbered so much higher: what
# the product's own verbs made, many times over.
_HIGHER = 10_000
_MOVED = {"id", "visit_id", "matter_id", "sign_off_id"}
_CLOSED: dict[str, dict[str, str]] = {
    "visit": {
        "number": "'C-' || (o.id + n * {higher})",
        "form_key": "NULL",
        "status": "'closed'",
        "left_at": "o.departure",
        "closed_at": "o.departure",
    },
    "guest": {},
    "task": {"state": "'done'"},
    "trip": {"state": "'done'"},
    "sign_off": {},
    "approval_step": {"said_file": "NULL"},
}
_NUMBERS = {
    True: "(WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"
    " WHERE n < {count}) SELECT n FROM numbers)",
    False: "generate_series(1, {count}) AS n",
}


def measure() -> None:
    """Print the medians and their ratio beside the goal, for each kind of database."""
    print(f"Home and the list, {CLOSED} closed visits beside {OPEN} open ones, {TURNS} turns")
    on_each(_measure)


def _measure(name: str, address: str | None) -> None:
    with ExitStack() as stack:
        few = stack.enter_context(migrated(address))
        many = stack.enter_context(migrated(address))
        for database in (few, many):
            make_visits(database, OPEN)
        _close_many(many)
        for person in (_COORDINATOR, _HOST, _DRIVER):
            for what, look in _LOOKS.items():
                times = _turn_about(few, many, person, look)
                _show(f"{name}, {what} of {person}", *times)


def _close_many(database: Database) -> None:
    """Store the closed visits."""
    numbers = _NUMBERS[database.is_sqlite].format(count=CLOSED // OPEN)
    with database.engine.begin() as connection:
        for table, own in _CLOSED.items():
            columns = [each["name"] for each in inspect(connection).get_columns(table)]
            values = [_value(column, own) for column in columns]
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({', '.join(columns)}) "
                f"SELECT {', '.join(values)} FROM {table} AS o, {numbers}"
            )
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.exec_driver_sql("ANALYZE")


def _value(column: str, own: dict[str, str]) -> str:
    if column in own:
        return own[column].format(higher=_HIGHER)
    return f"o.{column} + n * {_HIGHER}" if column in _MOVED else f"o.{column}"


def _turn_about(
    few: Database, many: Database, person: str, look: Callable[[Desk], object]
) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(TURNS + _WARM_UP):
        order = (0, 1) if turn % 2 else (1, 0)
        for place in order:
            with (few, many)[place].reading() as session:
                begun = time.perf_counter()
                look(Desk(session, NOW, SITE, person, "slack"))
                if turn >= _WARM_UP:
                    times[place].append((time.perf_counter() - begun) * 1000)
    return times


def _show(name: str, few: list[float], many: list[float]) -> None:
    ratio = median(many) / median(few)
    print(
        f"  {name:<34} {CLOSED}: {median(many):6.2f} ms ({spread(many)})   "
        f"none: {median(few):6.2f} ms ({spread(few)})   {ratio:5.2f}   {at_most(ratio, GOAL)}"
    )


if __name__ == "__main__":
    measure()
