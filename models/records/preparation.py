"""The items of a visit's checklists."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import TaskState


class Task(SQLModel, table=True):
    """One item of the checklist (R5.1) or of the follow-up (R8), with an owner and a due time."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("visit_id", "key"), Index("ix_task_of", "owner_id", "state"))

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    phase: str = Field(max_length=16)
    key: str = Field(max_length=64)
    owner_role: str = Field(max_length=32)
    owner_id: str | None = Field(default=None, max_length=32)
    for_id: str | None = Field(default=None, max_length=32)  # whose it is, who is away
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=TaskState.OPEN, max_length=16)
    needs_recheck: bool = False  # people, places and cars are confirmed again (R5.2)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str | None = Field(default=None, max_length=32)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by: str | None = Field(default=None, max_length=32)
    problem: str | None = None
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
