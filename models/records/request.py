"""Half-filled requests, and the series of visit numbers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class Draft(SQLModel, table=True):
    """A half-filled form that its owner can take up again: what was entered, by field."""

    __tablename__ = "draft"

    user_id: str = Field(primary_key=True, max_length=32)
    form_key: str = Field(primary_key=True, max_length=64)
    values: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    updated_at: datetime = Field(sa_type=UtcDateTime)


class NumberSeries(SQLModel, table=True):
    """The last visit number given out in a year of the site's calendar."""

    __tablename__ = "number_series"

    year: int = Field(primary_key=True)
    last: int
