"""Exceptions: going beyond the policy, asked for with a reason before money is spent (R2.2)."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Numeric
from sqlmodel import Field, SQLModel

from models.times import UtcDateTime
from models.words import StepState


class ExceptionRequest(SQLModel, table=True):
    """One point in which a visit is to go beyond its level. Its decisions are approval steps.

    `what` is a kind of `models.policy.conditions.Beyond`, `item` the meal where it is one.
    `amount` is what is to be spent in the policy's currency, for the whole party; None for what is
    no money, which `planned` then names (a rank, a vehicle).
    """

    __tablename__ = "exception_request"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    what: str = Field(max_length=16)
    item: str | None = Field(default=None, max_length=16)
    planned: str | None = Field(default=None, max_length=200)
    amount: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2), nullable=True))
    reason: str
    state: str = Field(default=StepState.PENDING, max_length=16)
    asked_by: str = Field(max_length=32)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
