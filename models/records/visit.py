"""The visit and what belongs to it: customer, guests, trips, tasks, feedback, drafts."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Index, Numeric, false
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import VisitStatus

TRIALS = "V-0000-"
AFTER_TRIALS = "V-0001"
"""What the numbers of trial visits begin with: no year has them."""


class Visit(SQLModel, table=True):
    """One hosted stay of a customer's party, from notice to archive."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_open", "status", "arrival"),
        Index("ix_visit_of_customer", "customer_id", "left_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    form_key: str | None = Field(default=None, max_length=64, unique=True)  # one form, one visit
    status: str = Field(default=VisitStatus.REQUESTED, max_length=16)
    revision: int = 1  # counts changes of the agreed facts; old cards carry an older one

    customer_id: int = Field(foreign_key="customer.id")
    purpose: str = Field(max_length=32)
    level: str = Field(max_length=32)
    lead_guest: str = Field(max_length=200)
    lead_guest_title: str = Field(max_length=200)
    contact_phone: str | None = Field(default=None, max_length=64)  # see models.customers.phones
    party_size: int
    arrival: datetime = Field(sa_type=UtcDateTime)
    departure: datetime = Field(sa_type=UtcDateTime)
    timezone: str = Field(max_length=64)  # of the site
    meeting_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the first talks
    meeting_place: str | None = Field(default=None, max_length=300)
    requester_id: str = Field(max_length=32, index=True)
    host_id: str = Field(max_length=32, index=True)
    second_host_id: str | None = Field(default=None, max_length=32)
    account_owner_id: str | None = Field(default=None, max_length=32, index=True)
    # Whose part it is, who is away: the stand-in has it meanwhile.
    host_for_id: str | None = Field(default=None, max_length=32)
    second_host_for_id: str | None = Field(default=None, max_length=32)
    account_owner_for_id: str | None = Field(default=None, max_length=32)
    travel_by: str | None = Field(default=None, max_length=16)
    travel_number: str | None = Field(default=None, max_length=32)
    budget: Decimal | None = Field(default=None, sa_column=Column(Numeric(14, 2), nullable=True))
    notes: str | None = None

    # What rules ask about the customer, as it was known when the request was made.
    customer_kind: str | None = Field(default=None, max_length=64)  # a key of the policy
    capital: Decimal | None = Field(default=None, sa_column=Column(Numeric(20, 2), nullable=True))
    capital_currency: str | None = Field(default=None, max_length=3)
    is_overseas: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_important: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    trial_of: str | None = Field(default=None, max_length=32)  # an admin tries it: all is theirs

    policy_name: str = Field(max_length=64)
    policy_digest: str = Field(max_length=64)  # the version that the visit keeps
    level_reason: str | None = None  # why another level than the proposed one (R2.1)
    exception_reason: str | None = None  # why the request goes beyond the policy (R2.2)
    is_urgent: bool = False  # inside the policy's lead time (R1.5)
    # From when, and to which arrival, the lead time was measured: at the sending, or when the day
    # of the arrival was changed last.
    notice_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    notice_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approval_round: int = 1
    notice_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    notice_ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rating_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rating_ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rated_by: str | None = Field(default=None, max_length=32)  # None at its end: nobody rated it
    rated: str | None = Field(default=None, max_length=64)  # the level that says how important
    discretion: str | None = Field(default=None, max_length=16)  # see models.reading.discretion
    discretion_by: str | None = Field(default=None, max_length=32)

    created_at: datetime = Field(sa_type=UtcDateTime)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = Field(default=None, max_length=16)  # what came of it (R8.4)
    outcome_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome_by: str | None = Field(default=None, max_length=32)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancel_reason: str | None = None

    @property
    def awaits_notice(self) -> bool:
        """Whether something of its notice is waited for, before anybody is asked (P02)."""
        return self.notice_asked_at is not None and self.notice_ended_at is None

    @property
    def is_held_back(self) -> bool:
        """Whether its approvers are not asked yet."""
        return self.awaits_notice or self.awaits_rating

    @property
    def awaits_rating(self) -> bool:
        """Whether somebody is asked how important it is, before its approvers are (P18)."""
        return self.rating_asked_at is not None and self.rating_ended_at is None
