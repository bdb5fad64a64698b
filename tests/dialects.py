"""What SQLAlchemy learns about a kind of database and compiles for it is kept from one engine to
the next, as in a bot that has been at work for a while. A test opens several engines; each would
begin at nothing."""

import contextlib
from operator import itemgetter
from typing import Any, ClassVar, Self
from weakref import WeakKeyDictionary

from psycopg import Error
from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_COMPILED = 5000


class _Shared(DefaultDialect):
    """One for all engines of this process that ask for the same, with what it compiled."""

    made: ClassVar[dict[tuple[Any, ...], Any]]
    compiled: ClassVar[LRUCache[Any, Any]]
    is_initialized = False

    def __init_subclass__(cls) -> None:
        cls.made, cls.compiled = {}, LRUCache(_COMPILED)

    def __new__(cls, **options: Any) -> Self:
        asked = tuple(sorted(options.items(), key=itemgetter(0)))
        if asked not in cls.made:
            one = super().__new__(cls)
            super().__init__(one, **options)
            cls.made[asked] = one
        made: Self = cls.made[asked]
        return made

    def __init__(self, **options: Any) -> None:
        """It is made but once."""

    def initialize(self, connection: Connection) -> None:
        """What the server can do is asked once."""
        if not self.is_initialized:
            super().initialize(connection)
            self.is_initialized = True

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Have the engine look among all that is compiled."""
        engine.update_execution_options(compiled_cache=cls.compiled)


class SharedSqlite(_Shared, SQLiteDialect_pysqlite):
    """SQLite, by the standard library."""

    supports_statement_cache = True


class SharedPostgres(_Shared, PGDialect_psycopg):
    """PostgreSQL, by psycopg. Connections to the workers' own databases (`usher_...`) go from one
    engine to the next, as new: to start one costs the server as much as a test's statements."""

    supports_statement_cache = True
    idle: ClassVar[dict[tuple[object, ...], list[Any]]] = {}

    def connect(self, *args: Any, **options: Any) -> Any:
        """One that another engine has closed, or a new one."""
        wanted = (args, *sorted(options.items()))
        waiting = self.idle.setdefault(wanted, [])
        while waiting:
            found = waiting.pop()
            if _is_as_new(found):
                return found
        made = super().connect(*args, **options)
        _wanted[made] = wanted
        return made

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Something is wrong with it."""
        dbapi_connection.close()

    def do_close(self, dbapi_connection: Any) -> None:
        """It waits for the next engine."""
        is_ours = dbapi_connection in _wanted and dbapi_connection.info.dbname.startswith("usher_")
        if is_ours and not dbapi_connection.closed:
            with contextlib.suppress(Error):
                dbapi_connection.rollback()
                self.idle[_wanted[dbapi_connection]].append(dbapi_connection)
                return
        dbapi_connection.close()


_wanted: WeakKeyDictionary[Any, tuple[object, ...]] = WeakKeyDictionary()


def _is_as_new(connection: Any) -> bool:
    """Whether it is alive; nothing of who had it before is left."""
    try:
        connection.autocommit = True
        connection.execute("SELECT pg_advisory_unlock_all()")
        connection.execute("RESET ALL")
        connection.autocommit = False
        connection.isolation_level = connection.read_only = connection.deferrable = None
    except Error:
        return False
    return True


def share() -> None:
    """From here on, every engine of this process shares them."""
    for name, dialect in (("sqlite", SharedSqlite), ("postgresql.psycopg", SharedPostgres)):
        registry.register(name, __name__, dialect.__name__)
