"""The door to the database: transactions, and clear words for what is wrong with it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from models.records.people import RoleHolder
from services.store.database import Database, DatabaseTrouble, parse_url
from services.store.sole_bot import sole_bot

KEPT_ALIVE = ("idle", "interval", "count")


def hold(session: Session, user_id: str) -> None:
    session.add(RoleHolder(role="admin", user_id=user_id, position=0))


def write(database: Database) -> None:
    with database.session() as session:
        hold(session, "U1")


def take_alone(database: Database) -> None:
    with sole_bot(database):
        pass


def count(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(RoleHolder)).one()


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///usher.db", "sqlite"),
        ("sqlite:////var/lib/usher/usher.db", "sqlite"),
        ("postgres://usher:secret@db/usher", "postgresql+psycopg"),
        ("postgresql://usher:secret@db:5433/usher?sslmode=require", "postgresql+psycopg"),
        ("postgresql+psycopg://db/usher", "postgresql+psycopg"),
    ],
)
def test_addresses_in_all_their_forms(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


@pytest.mark.parametrize(
    "given", ["", "usher.db", "mysql://db/usher", "sqlite://", "sqlite:///:memory:"]
)
def test_what_is_no_address_is_named(given: str) -> None:
    with pytest.raises(DatabaseTrouble, match="DATABASE_URL") as refused:
        parse_url(given)
    assert refused.value.code == "database_url"


def test_the_password_is_not_shown() -> None:
    assert "secret" not in Database("postgresql://usher:secret@db/usher").place


@pytest.mark.parametrize("name", ["password", "sslpassword", "PASSWORD"])
def test_nor_one_in_the_query_of_the_address(name: str) -> None:
    place = Database(f"postgresql://db/usher?user=usher&{name}=se%26cret").place
    assert "cret" not in place
    assert "user=usher" in place


def test_a_transaction_is_whole_or_not_at_all(database: Database) -> None:
    with database.session() as session:
        hold(session, "U1")

    def fail() -> None:
        with database.session() as session:
            hold(session, "U2")
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert count(database) == 1


def test_a_reader_cannot_write(database: Database) -> None:
    def try_it() -> None:
        with database.reading() as session:
            hold(session, "U1")
            session.flush()

    with pytest.raises(DatabaseTrouble):
        try_it()
    assert count(database) == 0


def test_a_reader_sees_one_moment_and_does_not_wait(database: Database) -> None:
    query = select(func.count()).select_from(RoleHolder)
    with database.reading() as reader:
        assert reader.exec(query).one() == 0
        with database.session() as session:
            hold(session, "U1")
        assert reader.exec(query).one() == 0
    assert count(database) == 1


def test_foreign_keys_hold(database: Database) -> None:
    def orphan() -> None:
        with database.session() as session:
            statement = "INSERT INTO guest (visit_id, position, name) VALUES (99, 0, 'Ada')"
            session.connection().execute(text(statement))

    with pytest.raises(IntegrityError):
        orphan()


def test_writers_of_many_threads_take_turns(database: Database) -> None:
    with database.session() as session:
        hold(session, "U1")

    def add_one() -> None:
        for _ in range(10):
            with database.session() as session:
                row = session.exec(select(RoleHolder).with_for_update()).one()
                row.position += 1

    threads = [threading.Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.exec(select(RoleHolder.position)).one() == 40


def test_a_transaction_within_one_is_refused_at_once(sqlite_url: str) -> None:
    with (
        Database(sqlite_url) as database,
        database.session(),
        pytest.raises(RuntimeError, match="within a transaction"),
        database.session(),
    ):
        pass


def test_settings_of_sqlite(sqlite_url: str) -> None:
    with Database(sqlite_url) as database, database.session() as session:
        found = {
            name: session.connection().execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


@pytest.fixture
def read_only(sqlite_url: str, tmp_path: Path) -> Iterator[Database]:
    """A database that may only be read; root may write anything, so SQLite is asked for it."""
    with Database(f"sqlite:///file:{tmp_path / 'usher.db'}?mode=ro&uri=true") as database:
        yield database


def test_a_read_only_file_is_named_with_what_to_do(read_only: Database) -> None:
    with read_only.reading() as session:
        assert session.exec(select(RoleHolder)).all() == []
    with pytest.raises(DatabaseTrouble, match="right to write it") as refused:
        write(read_only)
    assert refused.value.code == "database_read_only"


def test_a_read_only_postgres_is_named(postgres_url: str) -> None:
    address = f"{postgres_url}&options=-c%20default_transaction_read_only%3Don"
    with Database(address) as database, pytest.raises(DatabaseTrouble) as refused:
        write(database)
    assert refused.value.code == "database_read_only"


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    database = Database(f"postgresql://usher:secret@/usher?host={tmp_path}")
    with pytest.raises(DatabaseTrouble, match="cannot be reached") as refused:
        database.upgrade()
    assert refused.value.code == "database_unreachable"
    assert "secret" not in str(refused.value)


def test_a_server_whose_name_nobody_knows_is_named_in_one_line() -> None:
    database = Database("postgresql://usher:secret@nowhere.invalid/usher")
    with pytest.raises(DatabaseTrouble, match="failed to resolve host") as refused:
        database.upgrade()
    assert refused.value.code == "database_unreachable"
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_database_that_is_not_there_is_named(postgres_server: str) -> None:
    from tests.conftest import sibling

    database = Database(sibling(postgres_server, "nothing_here"))
    with pytest.raises(DatabaseTrouble, match="nothing_here") as refused:
        database.check_version()
    assert refused.value.code == "database_unreachable"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="no folder") as refused:
        Database(f"sqlite:///{tmp_path / 'nowhere' / 'usher.db'}")
    assert refused.value.code == "database_unreachable"


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "usher.db").write_text("Dear diary, " * 100)
    with (
        Database(f"sqlite:///{tmp_path / 'usher.db'}") as database,
        pytest.raises(DatabaseTrouble, match="not a sound SQLite database") as refused,
    ):
        database.upgrade()
    assert refused.value.code == "database_broken"


def test_a_file_kept_busy_by_another_program_is_named(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.store.database._BUSY_SECONDS", 0.05)
    with (
        Database(sqlite_url) as other,
        Database(sqlite_url) as database,
        other.session(),
        pytest.raises(DatabaseTrouble) as refused,
    ):
        write(database)
    assert refused.value.code == "database_busy"


def test_a_second_bot_on_a_file_is_refused_and_the_command_line_is_not(sqlite_url: str) -> None:
    with Database(sqlite_url) as first, sole_bot(first), Database(sqlite_url) as second:
        with pytest.raises(DatabaseTrouble, match=f"process {os.getpid()}") as refused:
            take_alone(second)
        assert refused.value.code == "database_in_use"
        with second.session() as session:
            hold(session, "U1")
    with Database(sqlite_url) as third, sole_bot(third):
        assert count(third) == 1


def test_a_second_bot_on_a_link_to_the_file_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "usher.db")
    with Database(sqlite_url) as first, sole_bot(first), Database(f"sqlite:///{link}") as second:
        with pytest.raises(DatabaseTrouble, match="another Usher") as refused:
            take_alone(second)
        assert refused.value.code == "database_in_use"


def test_the_lock_of_a_bot_that_was_killed_is_free(sqlite_url: str) -> None:
    program = (
        "import os, signal\n"
        "from services.store.database import Database\n"
        "from services.store.sole_bot import sole_bot\n"
        f"with sole_bot(Database({sqlite_url!r})):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -9
    with Database(sqlite_url) as database:
        take_alone(database)


def test_a_server_that_falls_silent_is_noticed_soon(postgres_url: str) -> None:
    with Database(postgres_url) as database, database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        given = driver.info.get_parameters()
    idle, interval, count = (int(given[f"keepalives_{name}"]) for name in KEPT_ALIVE)
    assert idle + interval * count <= 30
    assert int(given["tcp_user_timeout"]) <= 30_000


def test_a_bot_that_vanished_does_not_keep_rows_for_ever(postgres_url: str) -> None:
    with Database(postgres_url) as database:
        for transaction in (database.session, database.reading):
            with transaction() as session:
                limit = session.connection().execute(
                    text("SHOW idle_in_transaction_session_timeout")
                )
                assert limit.scalar() == "1min"


def test_any_number_of_bots_on_postgres(postgres_url: str) -> None:
    with Database(postgres_url) as first, Database(postgres_url) as second, sole_bot(first):
        take_alone(second)
