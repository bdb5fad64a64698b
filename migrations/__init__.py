"""The schema's history: brings a database up to date, and tells one that is too new or too old."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlmodel import SQLModel

import models

_LOCK = 0x05AE2026  # the advisory lock under which one of several bots migrates


class NewerSchema(Exception):
    """The database has a revision that this version of Usher does not know: its argument."""


def metadata() -> MetaData:
    """All tables of the models."""
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    return SQLModel.metadata


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings: no file, the scripts of this package, the connection given."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration())


def newest() -> str:
    """The revision that this version of Usher needs."""
    return _scripts().get_current_head() or ""


def upgrade(connection: Connection) -> None:
    """Bring a database up to date within the connection's transaction.

    Several bots that start at once do it once: the others wait, and find it done. Raises
    NewerSchema.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if standing(connection) != newest():
        command.upgrade(configuration(connection), "head")


def standing(connection: Connection) -> str | None:
    """The revision that a database has; None for an empty one. Raises NewerSchema."""
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise NewerSchema(found)
    return found
