"""The migrated schema is the one that the models describe, on both databases."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from migrations import configuration, metadata, newest
from services.store.database import Database, DatabaseTrouble
from tests.conftest import KINDS, create_database, drop_database, sibling
from tests.migrations import at_once


@pytest.fixture(params=KINDS)
def new_url(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"new_{worker_id}"
    create_database(server, name)
    yield sibling(server, name)
    drop_database(server, name)


@pytest.fixture
def new_database(new_url: str) -> Iterator[Database]:
    with Database(new_url) as opened:
        yield opened


SQLITE_SHAPE = "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
POSTGRES_SHAPE = """
SELECT table_name || '.' || column_name, data_type || ' ' || is_nullable,
       coalesce(character_maximum_length, numeric_precision, 0)::text
         || ' ' || coalesce(numeric_scale, 0)::text || coalesce(column_default, '')
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""


def shape(database: Database) -> set[tuple[str, ...]]:
    """Every table, column, index and constraint as the database itself describes it."""
    with database.reading() as session:
        if not database.is_sqlite:
            rows = {tuple(row) for row in session.connection().execute(text(POSTGRES_SHAPE))}
            return {row for row in rows if "alembic_version" not in row[0]}
        found: set[tuple[str, ...]] = set()
        connection = session.connection()
        for kind, name, table in connection.execute(text(SQLITE_SHAPE)).all():
            found.add((kind, name, table))
            pragmas: tuple[str, ...] = ("table_info", "foreign_key_list", "index_list")
            if kind == "index":
                pragmas = ("index_xinfo",)
                sql = "SELECT sql FROM sqlite_master WHERE name = :name"
                words = connection.execute(text(sql), {"name": name}).scalar_one() or ""
                found.add((name, " ".join(words.replace('"', "").split())))
            for pragma in pragmas:
                # Where a column stands in its table depends on when it was added.
                told = 2 if pragma == "index_xinfo" else 1
                for row in connection.execute(text(f"PRAGMA {pragma}('{name}')")):
                    found.add((pragma, name, *map(str, row[told:])))
        return {row for row in found if "alembic_version" not in row}


def test_migrated_schema_is_that_of_the_models(new_database: Database) -> None:
    new_database.upgrade()
    migrated = shape(new_database)
    with new_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == []
    with new_database.engine.begin() as connection:
        metadata().drop_all(connection)
        metadata().create_all(connection)
    created = shape(new_database)
    assert len(migrated) > 100
    assert migrated == created


def test_upgrade_twice_changes_nothing(new_database: Database) -> None:
    new_database.upgrade()
    before = shape(new_database)
    new_database.upgrade()
    new_database.check_version()
    assert shape(new_database) == before


def test_a_database_from_a_newer_version_is_refused(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for step in (database.upgrade, database.check_version):
            with pytest.raises(
                DatabaseTrouble, match=r"newer version of Usher \(schema 9999\)"
            ) as refused:
                step()
            assert refused.value.code == "database_newer"
    finally:
        with database.engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :head"), {"head": newest()}
            )


def test_a_database_that_was_not_set_up_is_named(new_database: Database) -> None:
    with pytest.raises(DatabaseTrouble, match="usher db upgrade") as refused:
        new_database.check_version()
    assert refused.value.code == "database_outdated"


def test_revisions_follow_one_another() -> None:
    scripts = list(ScriptDirectory.from_config(configuration()).walk_revisions())
    numbers = [script.revision for script in reversed(scripts)]
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


def test_bots_that_start_at_once_migrate_once(new_url: str) -> None:
    forks = multiprocessing.get_context("forkserver")
    barrier = forks.Barrier(3)
    bots = [forks.Process(target=at_once.upgrade, args=(new_url, barrier)) for _ in range(3)]
    for bot in bots:
        bot.start()
    for bot in bots:
        bot.join()
    assert [bot.exitcode for bot in bots] == [0, 0, 0]


def test_a_failing_migration_leaves_the_database_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shape(database)

    def broken(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half_done (id INTEGER)"))
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    monkeypatch.setattr("migrations.upgrade", broken)
    with pytest.raises(DatabaseTrouble):
        database.upgrade()
    assert shape(database) == before


def test_rows_left_without_their_owner_stop_a_migration(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def orphaning(connection: Connection) -> None:
        connection.execute(text("INSERT INTO guest (visit_id, position, name) VALUES (9, 0, 'A')"))

    monkeypatch.setattr("migrations.upgrade", orphaning)
    with Database(sqlite_url) as database:
        with pytest.raises(DatabaseTrouble, match="point at rows that are gone"):
            database.upgrade()
        with database.reading() as session:
            assert session.connection().execute(text("SELECT count(*) FROM guest")).scalar() == 0
            assert session.connection().execute(text("PRAGMA foreign_keys")).scalar() == 1
