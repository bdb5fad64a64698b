"""Exceptions: going beyond the policy, asked for with a reason before money is spent (R2.2)."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Column, Numeric
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import StepState


class ExceptionRequest(SQLModel, table=True):
    """One point in which a visit is to go beyond its level. Its decisions are approval steps.

    `what` is a kind of `models.policy.conditions.Beyond`, `item` the meal where it is one, which
    is then eaten on `day`. `amount` is what is to be spent in the policy's currency, for the whole
    party (of a room, by night); None for what is no money, which `planned` then names (a rank, a
    vehicle, the stars of a hotel).
    """

    __tablename__ = "exception_request"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    form_key: str | None = Field(default=None, max_length=64, unique=True)  # one form, one of it
    what: str = Field(max_length=16)
    item: str | None = Field(default=None, max_length=16)
    day: date | None = None
    planned: str | None = Field(default=None, max_length=200)
    amount: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2), nullable=True))
    reason: str
    state: str = Field(default=StepState.PENDING, max_length=16)
    asked_by: str = Field(max_length=32)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
