"""Files of a visit: what stands in the store, and who put it there."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class VisitFile(SQLModel, table=True):
    """One file, copied out of Slack. A row stands only for what the store has: it is written after.

    `name` is safe to show and to store, `kind` what the content says (a FileKind), `use` what it is
    to the visit (a FileUse), `place` where the store has it.
    """

    __tablename__ = "visit_file"
    __table_args__ = (UniqueConstraint("visit_id", "slack_file_id"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    name: str = Field(max_length=200)
    kind: str = Field(max_length=16)
    use: str = Field(max_length=16)
    size: int
    sha256: str = Field(max_length=64)
    slack_file_id: str = Field(max_length=32)
    place: str = Field(max_length=400)
    added_by: str = Field(max_length=32)
    added_at: datetime = Field(sa_type=UtcDateTime)
