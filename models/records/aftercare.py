"""What follows a visit: the feedback."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class Feedback(SQLModel, table=True):
    """The feedback form (R8.1), one a visit."""

    __tablename__ = "feedback"

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    satisfaction: int  # 0 to 100
    intention: str = Field(max_length=32)
    suggestions: str | None = None
    open_questions: str | None = None
    given_by: str = Field(max_length=32)
    given_at: datetime = Field(sa_type=UtcDateTime)
