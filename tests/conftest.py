"""What all tests share: databases of both kinds, migrated, empty, set up in milliseconds."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from services.store.database import Database, parse_url
from tests import dialects, postgres
from tests.untried import Untried

KINDS = ["sqlite", "postgresql"]


def pytest_configure(config: pytest.Config) -> None:
    dialects.share()
    config.pluginmanager.register(Untried())
    if not hasattr(config, "workerinput"):
        os.environ[postgres.FOLDER_VARIABLE] = str(postgres.new_folder())
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(postgres.quick_folder()))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.stop(Path(os.environ.pop(postgres.FOLDER_VARIABLE)))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nobody need look whether it is garbage, and
    tests make so little that it can lie for a while. (A tenth of the time.)"""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """A folder that all processes of this test run share."""
    return Path(os.environ[postgres.FOLDER_VARIABLE])


@pytest.fixture(scope="session")
def postgres_server(run_folder: Path) -> str:
    """The address of the run's PostgreSQL, with a migrated database `template_usher` in it."""
    with postgres.one_at_a_time(run_folder):
        try:
            address = postgres.start(run_folder)
        except postgres.NoPostgres as reason:
            pytest.skip(f"PostgreSQL cannot run here: {reason}")
        if not (run_folder / "template_usher").exists():
            create_database(address, "template_usher")
            with Database(sibling(address, "template_usher")) as template:
                template.upgrade()
            (run_folder / "template_usher").touch()
    return address


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path) -> Path:
    """A migrated SQLite file to copy."""
    path = run_folder / "template.db"
    with postgres.one_at_a_time(run_folder):
        if not path.exists():
            making = run_folder / "making.db"
            with Database(f"sqlite:///{making}") as template:
                template.upgrade()
            making.rename(path)
    return path


@pytest.fixture(scope="session")
def worker_database(postgres_server: str, worker_id: str) -> str:
    """This worker's own PostgreSQL database, migrated; emptied before each test."""
    name = f"usher_{worker_id}"
    create_database(postgres_server, name, template="template_usher")
    return sibling(postgres_server, name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database of this test."""
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'usher.db')}"


@pytest.fixture(scope="session")
def cleaner(worker_database: str) -> Iterator[Engine]:
    """What empties this worker's PostgreSQL database: one connection for all tests."""
    engine = create_engine(parse_url(worker_database), pool_pre_ping=True)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_url(worker_database: str, cleaner: Engine) -> str:
    """A migrated, empty PostgreSQL database of this test."""
    empty(cleaner)
    return worker_database


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database, once of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database, once of each kind."""
    with Database(database_url) as opened:
        yield opened


def sibling(address: str, name: str) -> str:
    """Another database of the same server."""
    return parse_url(address).set(database=name).render_as_string(hide_password=False)


def create_database(address: str, name: str, template: str = "template0") -> None:
    """Make a database on a PostgreSQL server."""
    _outside(address, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(address: str, name: str) -> None:
    """Remove a database, whoever is connected to it."""
    _outside(address, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def empty(engine: Engine) -> None:
    """Remove all rows of a PostgreSQL database; numbers begin at 1 again. (DELETE takes 5 ms here,
    TRUNCATE 80; it is for tables in which many deleted rows are left.)"""
    tables = """
        SELECT relname, pg_relation_size(oid) > 500000 FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname <> 'alembic_version'
    """
    with engine.begin() as connection:
        found = connection.execute(text(tables)).all()
        steps = [
            "SET LOCAL session_replication_role = replica",
            *(f"TRUNCATE {name} CASCADE" for name, is_large in found if is_large),
            *(f"DELETE FROM {name}" for name, is_large in found if not is_large),
            "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'",
        ]
        connection.exec_driver_sql("; ".join(steps))


def _outside(address: str, statement: str) -> None:
    engine = create_engine(parse_url(address), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
