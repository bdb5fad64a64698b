"""The database: one engine, short transactions, and clear words for what can be wrong with it.

SQLite: write-ahead log, every commit on the disk, writers one after the other (one lock in the
process, BEGIN IMMEDIATE between processes). PostgreSQL: psycopg, read committed for writers, one
snapshot for readers.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

import migrations
from models.base.errors import DomainError
from services.store.sqlite_file import SqliteFile, copy_whole

_BUSY_SECONDS = 10
_JSON: dict[str, Any] = {
    "json_serializer": lambda value: orjson.dumps(value).decode(),
    "json_deserializer": orjson.loads,
}
_ALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # ms
}
"""A server that is gone without a word is noticed within half a minute, not after hours."""
_READS = "usher_reads"


class DatabaseTrouble(DomainError):
    """The database cannot be used now. `code` says why, `str()` says what to do about it.

    Codes: database_url, database_unreachable, database_read_only, database_busy, database_full,
    database_broken, database_in_use, database_newer, database_outdated, database_gone,
    database_replaced, backup_refused.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message=message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


def parse_url(text: str) -> URL:
    """The address of a database as SQLAlchemy takes it: SQLite or PostgreSQL, by psycopg 3.

    `postgres://` and `postgresql://` are taken too. Raises DatabaseTrouble database_url.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseTrouble(
            "database_url",
            "DATABASE_URL is not an address of a database;"
            " it looks like sqlite:///usher.db or postgresql://user:password@host/name",
        ) from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if url.database in {None, "", ":memory:"}:
            raise DatabaseTrouble(
                "database_url", "DATABASE_URL names no file: a database in memory keeps no promise"
            )
        return url.set(drivername="sqlite")
    raise DatabaseTrouble(
        "database_url",
        f"DATABASE_URL names {url.drivername}; Usher runs on sqlite and on postgresql",
    )


class Database:
    """One database and its transactions. Safe to use from several threads.

    Raises DatabaseTrouble from the constructor for an address that is none, and from the
    transactions for a database that is unreachable, read-only, full, broken or kept busy.
    """

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.drivername == "sqlite"
        self._sqlite = SqliteFile(self.file) if self.file is not None else None
        self.engine = self._engine()
        self._reader = self.engine.execution_options(**self._reading_options())
        self._writing = threading.Lock()
        self._writer: int | None = None

    @property
    def place(self) -> str:
        """Where it is, without the password."""
        if self.file is not None:
            return str(self.file)
        secret = [name for name in self.url.query if "password" in name.lower()]
        return self.url.difference_update_query(secret).render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database; None for PostgreSQL."""
        name = (self.url.database or "").removeprefix("file:")
        return Path(name) if self.is_sqlite else None

    @contextlib.contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end, undone if anything raises.

        On SQLite one at a time; it must not be opened within another of the same thread.
        """
        with (
            self._turn(),
            self._troubles(),
            self._same_file(),
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # the turn of writers begins now, not at the first change
            yield session

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """One moment of the database, to be read. Does not wait for writers; cannot write."""
        with (
            self._troubles(),
            self._same_file(),
            Session(self._reader, autoflush=False) as session,
        ):
            try:
                yield session
            finally:
                session.expunge_all()  # what was read stays readable
                session.rollback()

    def upgrade(self) -> None:
        """Bring the schema up to date; several bots that start at once do it once.

        Raises DatabaseTrouble database_newer where a newer Usher has migrated it.
        """
        with self._migrating() as connection, self._versions():
            migrations.upgrade(connection)

    def check_version(self) -> None:
        """Raise DatabaseTrouble unless the schema is the one that this version needs:
        database_newer, database_outdated."""
        with self.reading() as session, self._versions():
            if migrations.standing(session.connection()) != migrations.newest():
                raise DatabaseTrouble(
                    "database_outdated",
                    f"the database {self.place} is not up to date: run `usher db upgrade`",
                )

    def try_writing(self) -> None:
        """Write something that changes nothing. Raises DatabaseTrouble where that cannot be done,
        and where what is written would be lost: database_gone, database_replaced."""
        with self.session() as session:
            same = "UPDATE alembic_version SET version_num = version_num"
            session.connection().exec_driver_sql(same)

    def backup(self, copy: Path) -> None:
        """Write an SQLite database as it is at one moment into a file of its own, also while a bot
        works on it; the copy is whole or is not there.

        Raises DatabaseTrouble backup_refused for a file that is there, a folder that cannot be
        written, and for PostgreSQL, which brings its own means.
        """
        if self.file is None:
            raise DatabaseTrouble("backup_refused", "use pg_dump: this database is PostgreSQL")
        if copy.exists():
            raise DatabaseTrouble("backup_refused", f"{copy} is there already")
        try:
            with self._troubles(), self.engine.connect() as connection:
                source = connection.connection.driver_connection
                if source is not None:
                    copy_whole(source, copy)
        except (OSError, sqlite3.Error) as error:
            raise DatabaseTrouble("backup_refused", f"cannot write {copy}: {error}") from error

    @contextlib.contextmanager
    def _versions(self) -> Iterator[None]:
        try:
            yield
        except migrations.NewerSchema as error:
            raise DatabaseTrouble(
                "database_newer",
                f"the database {self.place} was set up by a newer version of Usher"
                f" (schema {error}); start that version, or go back to a backup made before",
            ) from error

    @contextlib.contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """A transaction that may change tables. SQLite's foreign keys rest meanwhile, since it
        changes a table by building it anew; they are checked before the commit."""
        with self._turn(), self._troubles(), self.engine.connect() as connection:
            if not self.is_sqlite:
                with connection.begin():
                    yield connection
                return
            driver = connection.connection.driver_connection
            if driver is None:
                raise RuntimeError("there is no connection")
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                        raise DatabaseTrouble(
                            "database_broken", f"rows of {self.place} point at rows that are gone"
                        )
            finally:
                driver.execute("PRAGMA foreign_keys=ON")

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _engine(self) -> Engine:
        if self._sqlite is not None:
            folder = self._sqlite.path.parent
            if not folder.is_dir():
                raise DatabaseTrouble(
                    "database_unreachable", f"there is no folder {folder} for the database"
                )
            engine = create_engine(
                self.url,
                hide_parameters=True,
                connect_args={"timeout": _BUSY_SECONDS},
                **_JSON,
            )
            file = self._sqlite
            if self.url.query.get("mode") != "ro":
                event.listen(engine, "do_connect", lambda *_: file.prepare())
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        engine = create_engine(
            self.url,
            hide_parameters=True,  # customers' names stay out of the log
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            connect_args={
                "connect_timeout": _BUSY_SECONDS,
                "application_name": "usher",
                **_ALIVE,
            },
            **_JSON,
        )
        event.listen(engine, "connect", _set_up_postgresql)
        return engine

    def _reading_options(self) -> dict[str, Any]:
        if self.is_sqlite:
            return {_READS: True}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        me = threading.get_ident()
        if self._writer == me:
            raise RuntimeError("a transaction was opened within a transaction")
        if not self._writing.acquire(timeout=_BUSY_SECONDS):
            raise DatabaseTrouble("database_busy", f"the database {self.place} is kept busy")
        self._writer = me
        try:
            yield
        finally:
            self._writer = None
            self._writing.release()

    @contextlib.contextmanager
    def _same_file(self) -> Iterator[None]:
        fault = self._sqlite.fault() if self._sqlite is not None else None
        if fault is not None:
            raise DatabaseTrouble(*fault)
        yield

    @contextlib.contextmanager
    def _troubles(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeoutError as error:
            raise DatabaseTrouble(
                "database_busy", f"all connections to {self.place} are in use"
            ) from error
        except DBAPIError as error:
            trouble = trouble_of(error, self.place)
            if trouble is None:
                raise
            raise trouble from error


def trouble_of(error: DBAPIError, place: str) -> DatabaseTrouble | None:
    """What a driver's error says about the database; None where the statement is at fault."""
    words = f"{type(error.orig).__name__} {error.orig}".lower()
    for code, signs, message in _SIGNS:
        if any(sign in words for sign in signs):
            return DatabaseTrouble(code, message.format(place=place))
    if error.connection_invalidated or (isinstance(error, OperationalError) and _is_link(words)):
        reason = next(iter(str(error.orig).splitlines()), "")
        return DatabaseTrouble(
            "database_unreachable", f"the database {place} cannot be reached: {reason}"
        )
    return None


_SIGNS = (
    (
        "database_read_only",
        ("readonly database", "read-only transaction", "hot standby", "in recovery mode"),
        "the database {place} can only be read: give Usher the right to write it"
        " (an SQLite file needs its folder to be writable too)",
    ),
    (
        "database_busy",
        ("database is locked", "database table is locked", "lock timeout", "deadlock detected"),
        "the database {place} is kept busy by another program",
    ),
    (
        "database_full",
        ("database or disk is full", "no space left", "disk full"),
        "there is no room left for the database {place}",
    ),
    (
        "database_broken",
        ("file is not a database", "malformed"),
        "{place} is not a sound SQLite database",
    ),
    (
        "database_outdated",
        ("no such table", "undefinedtable"),
        "the database {place} has not been set up: run `usher db upgrade`",
    ),
)


def _is_link(words: str) -> bool:
    return any(sign in words for sign in _LINK_SIGNS)


_LINK_SIGNS = (
    "connect",
    "failed to resolve host",
    "unable to open",
    "terminating",
    "closed",
    "timeout",
    "shutting down",
    "starting up",
    "does not exist",
    "disk i/o",
)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours, see below
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "journal_mode=WAL"):
        with contextlib.suppress(connection.OperationalError):  # a read-only file stays as it is
            cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_up_postgresql(connection: Any, _record: object) -> None:
    """A bot that vanished within a transaction keeps its rows from the others for a minute only."""
    connection.autocommit = True
    connection.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.autocommit = False


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_READS):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
