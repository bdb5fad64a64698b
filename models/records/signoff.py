"""The sign-off: one chain for whatever is decided, its steps, and what each decider saw (R3)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import StepState


class SignOff(SQLModel, table=True):
    """One matter that is decided by a chain of steps.

    `matter` is a `Matter`, `matter_id` the id of the request's visit, of the exception …; of a
    request `version` is the round of its approval. `asked_by` is whose own matter it is: they do
    not decide it themselves. `state` is that of the whole: pending, how it was decided, or void.
    """

    __tablename__ = "sign_off"
    __table_args__ = (UniqueConstraint("matter", "matter_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    matter: str = Field(max_length=16)
    matter_id: int
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    version: int = 1
    state: str = Field(default=StepState.PENDING, max_length=16)
    asked_by: str = Field(max_length=32)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ApprovalStep(SQLModel, table=True):
    """One decision by one role. Any holder of the role may decide; the first click wins.

    `levels` are the roles that have been asked so far, by their keys, the first one first: the
    role itself, or whoever decides in its place, and one more for each time that silence went on
    (R3.1). None of them loses the right to decide.
    """

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("sign_off_id", "position"),
        Index("ix_approval_step_state", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    sign_off_id: int = Field(foreign_key="sign_off.id", index=True)
    position: int
    role: str = Field(max_length=32)
    reason: str | None = None  # why the role is asked: `reasons` reads it
    state: str = Field(default=StepState.WAITING, max_length=16)
    levels: str = Field(default="", sa_column_kwargs={"server_default": ""})  # see `asked_roles`
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    escalated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # last reached a level
    delegate_id: str | None = Field(default=None, max_length=32)  # may decide in one's place
    delegated_by: str | None = Field(default=None, max_length=32)
    delegated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delegated_why: str | None = None
    delegated_until: date | None = None  # they are away until then
    turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # asked anew so often
    decided_by: str | None = Field(default=None, max_length=32)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    on_behalf_of: str | None = Field(default=None, max_length=32)  # whose decision it stands for
    comment: str | None = None

    # Approved by phone: who recorded it, when it was said, in which words, whether that is so.
    recorded_by: str | None = Field(default=None, max_length=32)
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said: str | None = None
    said_file: int | None = Field(default=None, foreign_key="visit_file.id")  # a picture of it
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    denied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it was approved by phone, and the leader has not said yet that it is so."""
        return self.recorded_by is not None and not (self.confirmed_at or self.denied_at)

    @property
    def silent_since(self) -> datetime | None:
        """Since when whoever was asked last has not answered; None before anybody is asked."""
        if self.asked_at is None:
            return None
        moments = (self.asked_at, self.escalated_at, self.delegated_at)
        return max(at for at in moments if at is not None)

    @property
    def asked_roles(self) -> list[str]:
        """The roles that have been asked so far, in order."""
        return self.levels.split()

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why the role is asked, each with the key of its rule: `("level", "b")`, `("rule", …)`,
        `("exception", …)`, `("attending", "approval")`."""
        pairs = [part.partition(":") for part in (self.reason or "").split()]
        return [(why, key) for why, _, key in pairs]


class SeenCard(SQLModel, table=True):
    """What stood before the decider of a step when they decided it, as Slack's blocks without the
    buttons (C05). Never changed, whatever becomes of the matter."""

    __tablename__ = "seen_card"

    step_id: int = Field(primary_key=True, foreign_key="approval_step.id")
    blocks: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
