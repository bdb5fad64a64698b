"""Run by Alembic: the same migrations for SQLite (tables rebuilt in batches) and PostgreSQL."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString

from migrations import metadata
from models.base.times import UtcDateTime


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:  # noqa: ARG001
    """Column types as plain SQLAlchemy, so that an old migration does not follow the models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return False


_connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=_connection,
    target_metadata=metadata(),
    render_as_batch=_connection.dialect.name == "sqlite",
    render_item=_render,
    compare_type=True,
    compare_server_default=True,
)
context.run_migrations()
