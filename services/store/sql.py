"""Statements that are written another way for SQLite than for PostgreSQL, and what they name."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import ARRAY, ColumnElement, Table, and_, bindparam, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

T = TypeVar("T")


def among(session: Session, column: ColumnElement[T], values: Collection[T]) -> ColumnElement[bool]:
    """Whether a column holds one of these values. PostgreSQL takes them as one array, so that a
    thousand cost no more to write down than one."""
    if kind_of(session) == "postgresql":
        return column == func.any(literal(list(values), ARRAY(column.type)))
    return column.in_(values)


def kind_of(session: Session) -> str:
    """The kind of database: by it, statements are kept that are written once and executed often.
    (To write one anew costs as much as to execute it.)"""
    return session.get_bind().dialect.name


def one_of(kind: str, column: ColumnElement[T], name: str) -> ColumnElement[bool]:
    """`among`, for a statement that is kept: the values are given by this name whenever it is
    executed, as a list."""
    if kind == "postgresql":
        return column == func.any(bindparam(name, type_=ARRAY(column.type)))
    return column.in_(bindparam(name, expanding=True))


def begins(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a column that is compared sign by sign begins with the words: by its index."""
    return and_(column >= words, column < f"{words}\U0010ffff")


def column_of(table: type[SQLModel], name: str) -> ColumnElement[Any]:
    """A column of a table, for what takes no attribute of a model."""
    return SQLModel.metadata.tables[str(table.__tablename__)].c[name]


def insert_once(session: Session, table: Table, rows: Sequence[dict[str, Any]], key: str) -> None:
    """Store rows whose keys are not there, be it that another bot adds them at this moment."""
    connection = session.connection()
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(insert(table).on_conflict_do_nothing(index_elements=[key]), rows)
