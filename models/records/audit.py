"""The audit trail: who, when, what, from where. One entry for every change of state."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class AuditEntry(SQLModel, table=True):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_of", "actor_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: str | None = Field(default=None, max_length=32)  # None: time brought it
    source: str = Field(max_length=16)  # slack, tick or command
    verb: str = Field(max_length=32)
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
