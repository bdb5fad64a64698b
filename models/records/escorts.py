"""Leaders asked to attend a visit, and what they answered (R4.5)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import InvitationState


class Invitation(SQLModel, table=True):
    """One leader asked to attend. `rank` is the key of the policy's ladder under which they are
    asked; `instead_of` the invitation whose leader cannot, `substitute_id` whom that one named.

    `turn` counts what was asked and answered: a button carries the one that it is about. A leader
    who has accepted is asked again when the visit moves (`asked_again_at`, until they answer); they
    attend unless they say that they cannot.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("visit_id", "user_id"),
        Index("ix_invitation_of", "user_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    user_id: str = Field(max_length=32)
    rank: str | None = Field(default=None, max_length=64)
    state: str = Field(default=InvitationState.ASKED, max_length=16)
    asked_by: str = Field(max_length=32)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str | None = None
    instead_of: int | None = Field(default=None, foreign_key="invitation.id")
    substitute_id: str | None = Field(default=None, max_length=32)
    turn: int = 1
    asked_again_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_waiting(self) -> bool:
        """Whether the leader's answer is owed."""
        return self.state == InvitationState.ASKED or (
            self.state == InvitationState.ACCEPTED and self.asked_again_at is not None
        )
