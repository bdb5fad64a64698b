"""The visit and what belongs to it: customer, guests, trips, tasks, feedback, drafts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Column, Numeric, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import TaskState, TripState, VisitStatus


class Customer(SQLModel, table=True):
    """A visiting company. `name_key` is the folded name, so that one company is kept once."""

    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=400, unique=True)
    account_owner_id: str | None = Field(default=None, max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Visit(SQLModel, table=True):
    """One hosted stay of a customer's party, from notice to archive."""

    __tablename__ = "visit"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    form_key: str | None = Field(default=None, max_length=64, unique=True)  # one form, one visit
    status: str = Field(default=VisitStatus.REQUESTED, max_length=16, index=True)
    revision: int = 1  # counts changes of the agreed facts; old cards carry an older one

    customer_id: int = Field(foreign_key="customer.id", index=True)
    purpose: str = Field(max_length=32)
    level: str = Field(max_length=32)
    lead_guest: str = Field(max_length=200)
    lead_guest_title: str = Field(max_length=200)
    party_size: int
    arrival: datetime = Field(sa_type=UtcDateTime, index=True)
    departure: datetime = Field(sa_type=UtcDateTime)
    timezone: str = Field(max_length=64)  # of the site
    meeting_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the first talks
    meeting_place: str | None = Field(default=None, max_length=300)
    requester_id: str = Field(max_length=32, index=True)
    host_id: str = Field(max_length=32, index=True)
    second_host_id: str | None = Field(default=None, max_length=32)
    account_owner_id: str | None = Field(default=None, max_length=32, index=True)
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

    policy_name: str = Field(max_length=64)
    policy_digest: str = Field(max_length=64)  # the version that the visit keeps
    level_reason: str | None = None  # why another level than the proposed one (R2.1)
    exception_reason: str | None = None  # why the request goes beyond the policy (R2.2)
    is_urgent: bool = False  # inside the policy's lead time (R1.5)
    approval_round: int = 1

    created_at: datetime = Field(sa_type=UtcDateTime)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str | None = Field(default=None, max_length=16)  # what came of it (R8.4)
    outcome_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome_by: str | None = Field(default=None, max_length=32)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancel_reason: str | None = None


class Guest(SQLModel, table=True):
    """One person of the party, as pasted in the form: name, title, diet."""

    __tablename__ = "guest"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    position: int
    name: str = Field(max_length=200)
    title: str | None = Field(default=None, max_length=200)
    diet: str | None = Field(default=None, max_length=200)


class Trip(SQLModel, table=True):
    """One car's way for a visit: the pickup or the drop-off (R6)."""

    __tablename__ = "trip"
    __table_args__ = (UniqueConstraint("visit_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    kind: str = Field(max_length=16)
    place: str = Field(max_length=300)
    at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=TripState.WANTED, max_length=16)
    assignment: int = 0  # counts assignments; a driver's card carries the one it is about
    driver_id: str | None = Field(default=None, max_length=32, index=True)
    car: str | None = Field(default=None, max_length=100)
    declined_reason: str | None = None
    here_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    aboard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Task(SQLModel, table=True):
    """One item of the checklist (R5.1) or of the follow-up (R8), with an owner and a due time."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("visit_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    phase: str = Field(max_length=16)
    key: str = Field(max_length=64)
    owner_role: str = Field(max_length=32)
    owner_id: str | None = Field(default=None, max_length=32, index=True)
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=TaskState.OPEN, max_length=16)
    needs_recheck: bool = False  # people, places and cars are confirmed again (R5.2)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str | None = Field(default=None, max_length=32)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by: str | None = Field(default=None, max_length=32)
    problem: str | None = None
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


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


class Draft(SQLModel, table=True):
    """A half-filled form that its owner can take up again: what was entered, by field."""

    __tablename__ = "draft"

    user_id: str = Field(primary_key=True, max_length=32)
    form_key: str = Field(primary_key=True, max_length=64)
    values: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    updated_at: datetime = Field(sa_type=UtcDateTime)


class NumberSeries(SQLModel, table=True):
    """The last visit number given out in a year of the site's calendar."""

    __tablename__ = "number_series"

    year: int = Field(primary_key=True)
    last: int
