"""Databases for benchmarks: a PostgreSQL as it comes, every commit on the disk; SQLite files."""

import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from services.store.database import Database
from tests import postgres
from tests.conftest import create_database, sibling

_DURABLE = {"listen_addresses": "''", "max_connections": "100"}
_numbers = itertools.count(1)


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL of our own, with durable commits. Raises postgres.NoPostgres."""
    folder = postgres.new_folder()
    try:
        yield postgres.start(folder, _DURABLE)
    finally:
        postgres.stop(folder)


def empty_database(address: str) -> str:
    """The address of a new database on a server, without any tables."""
    name = f"bench{next(_numbers)}"
    create_database(address, name)
    return sibling(address, name)


@contextmanager
def migrated(address: str | None = None) -> Iterator[Database]:
    """A migrated, empty database: on that server, or an SQLite file."""
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        url = empty_database(address) if address else f"sqlite:///{Path(folder) / 'usher.db'}"
        with Database(url) as database:
            database.upgrade()
            yield database


def on_each(measure: Callable[[str, str | None], None]) -> None:
    """Measure on each kind of database, by its name and its server's address (None: SQLite)."""
    measure("SQLite", None)
    try:
        with server() as address:
            measure("PostgreSQL", address)
    except postgres.NoPostgres as reason:
        print(f"  PostgreSQL cannot run here: {reason}")
