"""What SQLAlchemy learns about a kind of database and compiles for it is kept from one engine to
the next, as in a bot that has been at work for a while. A test opens several engines; each would
begin at nothing."""

from operator import itemgetter
from typing import Any, ClassVar, Self

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
    """PostgreSQL, by psycopg."""

    supports_statement_cache = True


def share() -> None:
    """From here on, every engine of this process shares them."""
    for name, dialect in (("sqlite", SharedSqlite), ("postgresql.psycopg", SharedPostgres)):
        registry.register(name, __name__, dialect.__name__)
