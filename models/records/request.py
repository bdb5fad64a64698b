"""Half-filled requests, what a visit notice knows beyond the request, and the visit numbers."""

from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.json_text import JsonText
from models.base.times import UtcDateTime


class Draft(SQLModel, table=True):
    """A half-filled form that its owner can take up again: what was entered, by field."""

    __tablename__ = "draft"

    user_id: str = Field(primary_key=True, max_length=32)
    form_key: str = Field(primary_key=True, max_length=64)
    values: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    updated_at: datetime = Field(sa_type=UtcDateTime)


NoticeValue: TypeAlias = str | int | list[str]
"""What is kept of a field: words, a code, an amount or a moment as text (ISO, UTC), a number, or
several codes or user ids."""


class NoticeFact(SQLModel, table=True):
    """One field of a visit's notice that is known: by whom, and when."""

    __tablename__ = "notice_fact"
    __table_args__ = (UniqueConstraint("visit_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    key: str = Field(max_length=40)
    value: Any = Field(sa_type=JsonText)  # a NoticeValue
    said_by: str = Field(max_length=32)
    said_at: datetime = Field(sa_type=UtcDateTime)


class Confirmation(SQLModel, table=True):
    """A key fact of a visit that the customer has confirmed, by a mark of what it then said."""

    __tablename__ = "confirmation"
    __table_args__ = (UniqueConstraint("visit_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    key: str = Field(max_length=40)
    mark: str = Field(max_length=16)
    said_by: str = Field(max_length=32)
    said_at: datetime = Field(sa_type=UtcDateTime)


class NumberSeries(SQLModel, table=True):
    """The last visit number given out in a year of the site's calendar."""

    __tablename__ = "number_series"

    year: int = Field(primary_key=True)
    last: int
