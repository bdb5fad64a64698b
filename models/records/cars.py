"""The ways of cars for a visit."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import TripState


class Trip(SQLModel, table=True):
    """One car's way for a visit: the pickup or the drop-off (R6)."""

    __tablename__ = "trip"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind"),
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
