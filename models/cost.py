"""What was spent on a visit, and who bears what went over a cap without an exception (R2.3)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Numeric
from sqlmodel import Field, SQLModel

from models.times import UtcDateTime


class Cost(SQLModel, table=True):
    """One sum spent, in the policy's currency.

    `allowed` is the cap or the approved exception that it was held against (None: no cap), and
    `shares` who bears what lies above it: party and amount, as written in the policy.
    """

    __tablename__ = "cost"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    what: str = Field(max_length=16)
    item: str | None = Field(default=None, max_length=16)
    amount: Decimal = Field(sa_column=Column(Numeric(14, 2), nullable=False))
    guests: int | None = None
    allowed: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2), nullable=True))
    shares: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    note: str | None = None
    spent_by: str = Field(max_length=32)
    noted_at: datetime = Field(sa_type=UtcDateTime)
