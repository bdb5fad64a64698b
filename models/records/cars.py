"""The ways of cars for a visit."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, false
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import TripState


class Trip(SQLModel, table=True):
    """One car's way for a visit: a pickup, a drop-off, a ride (R6).

    `place` is where the guests get in, of a drop-off where they are brought to; `other_end` the
    other end of the way. The first pickup and drop-off (by id) are those of the visit's form.
    """

    __tablename__ = "trip"
    __table_args__ = (
        Index("ix_trip_of", "driver_id", "state"),
        Index("ix_trip_state", "state", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    kind: str = Field(max_length=16)
    place: str = Field(max_length=300)
    at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=TripState.WANTED, max_length=16)
    assignment: int = 0  # counts assignments; a driver's card carries the one it is about
    driver_id: str | None = Field(default=None, max_length=32)
    for_id: str | None = Field(default=None, max_length=32)  # whose it is, who is away
    car: str | None = Field(default=None, max_length=100)
    declined_reason: str | None = None
    here_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    aboard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    # What a car request says besides (P14).
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # None: with the visit
    other_end: str | None = Field(default=None, max_length=300)
    days: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    purpose: str | None = None  # what the car is used for in town
    name_sign: str | None = Field(default=None, max_length=200)
    flowers: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    banner: str | None = Field(default=None, max_length=200)
    special_vehicle: str | None = Field(default=None, max_length=200)
    luggage: str | None = Field(default=None, max_length=200)
    escorts: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    department: str | None = Field(default=None, max_length=200)
    note: str | None = None
