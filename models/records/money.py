"""What was spent on a visit, and who bears what went over a cap without an exception (R2.3)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Numeric
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class Cost(SQLModel, table=True):
    """One sum spent, in the policy's currency.

    `what` is a CostKind, `item` the meal where it is one, eaten on `day`. `guests` ate it; of
    lodging it counts rooms by nights. `allowed` is the cap or the approved exception that it was
    held against, with what was noted before of the same (None: no cap), `held_by` says which of
    the two, and `shares` who bears what lies above it: party and amount, as written in the policy.
    """

    __tablename__ = "cost"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    form_key: str | None = Field(default=None, max_length=64, unique=True)  # one form, one of it
    what: str = Field(max_length=16)
    item: str | None = Field(default=None, max_length=16)
    day: date | None = None
    amount: Decimal = Field(sa_column=Column(Numeric(14, 2), nullable=False))
    guests: int | None = None
    allowed: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2), nullable=True))
    held_by: str | None = Field(default=None, max_length=16)  # cap, exception, budget
    shares: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    note: str | None = None
    spent_by: str = Field(max_length=32)
    noted_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def over(self) -> Decimal:
        """What lies above the cap without an approved exception: what the shares make."""
        return sum((Decimal(part) for part in self.shares.values()), Decimal(0))

    @property
    def kept(self) -> Decimal:
        """What counts against the cap: the rest is borne by those who share it."""
        return self.amount - self.over
