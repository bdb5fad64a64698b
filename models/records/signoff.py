"""Approval steps: who was asked, in order, and what they decided (R3)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import StepState


class ApprovalStep(SQLModel, table=True):
    """One decision by one role. Any holder of the role may decide; the first click wins.

    `round` counts the rounds of the request; the steps of an exception asked for later (R2.2)
    have the negative id of that exception.
    """

    __tablename__ = "approval_step"
    __table_args__ = (UniqueConstraint("visit_id", "round", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    round: int
    position: int
    role: str = Field(max_length=32)
    state: str = Field(default=StepState.WAITING, max_length=16)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    escalated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    escalate_to: str | None = Field(default=None, max_length=32)
    decided_by: str | None = Field(default=None, max_length=32)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    comment: str | None = None
    reason: str | None = None  # why the role is asked: `reasons` reads it

    @property
    def exception_id(self) -> int | None:
        """The exception that is decided; None where it is the request itself."""
        return -self.round if self.round < 0 else None

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why the role is asked, each with the key of its rule: `("level", "b")`, `("rule", …)`,
        `("exception", …)`, `("attending", "approval")`."""
        pairs = [part.partition(":") for part in (self.reason or "").split()]
        return [(why, key) for why, _, key in pairs]
