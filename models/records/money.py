"""The ledger of a visit: what was spent, who bears what went over a cap without an exception
(R2.3), and what was put right. A line is never changed: a correction is another line."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Numeric
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import LedgerKind


class LedgerLine(SQLModel, table=True):
    """One sum, in the policy's currency: an expense, or a correction that takes one back.

    `kind` is a LedgerKind. A correction has the corrected line's amount with the other sign,
    `corrects_id` names that line, and `note` says why. `what` is a CostKind, `item` the meal where
    it is one, eaten on `day`. `guests` ate it; of lodging it counts rooms by nights. `allowed` is
    the cap or the approved exception that it was held against, with what was noted before of the
    same (None: no cap), `held_by` says which of the two, and `shares` who bears what lies above it:
    party and amount, as written in the policy.
    """

    __tablename__ = "ledger_line"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    form_key: str | None = Field(default=None, max_length=64, unique=True)  # one form, one of it
    kind: str = Field(default=LedgerKind.EXPENSE, max_length=16)
    corrects_id: int | None = Field(default=None, foreign_key="ledger_line.id", unique=True)
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
