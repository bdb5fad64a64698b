"""The outbox: everything that the bot says on its own initiative, written before it is said."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, SmallInteger, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import DeliveryState, Matter

CHANNEL = "#"
"""Recipient of what goes to the visits channel, whichever channel that is when it is sent."""

TOPIC = "topic"
"""In a row's args: what it reminds its recipient of. The first of a visit that is said to somebody
about it is a message of its own; the others answer it in its thread, and bring it up to date."""

CARDS = {Matter.REQUEST: "approval", Matter.EXCEPTION: "exception"}
"""The kind of the card by which a decision on a matter is asked for."""

LIVE_KINDS = frozenset(
    {
        "visit_card",
        *CARDS.values(),
        "rating",
        "notice_missing",
        "spoken_word",
        "invitation",
        "cars",
        "trip",
        "tasks",
        "chase",
        "preparation_check",
        "please_confirm",
        "open_items",
        "car_ready",
        "car_missing",
        "meets_guests",
        "escort_plan",
        "route_missing",
        "feedback_request",
        "feedback_nudge",
        "follow_up_task",
        "departure_items",
        "outcome_asked",
        "entry",
    }
)
"""Cards: they are brought up to date in place. All other kinds are said once and stay."""

_DAY_OF_KINDS = frozenset(
    {
        "call_guest",
        "car_ready",
        "car_missing",
        "departure_items",
        "trip_declined",
        "trip_cancelled",
        "escort_left",
        "withdrawn",
        "rescheduled",
        "changed",
        "cancelled",
        "postponed",
        "lapsed",
    }
)
_DIGEST_KINDS = frozenset(
    {"history", "feedback_nudge", "follow_up_task", "closed", "monthly_figures"}
)
ASKS_OUTCOME = "outcome_asked"
"""The kind of a reminder that goes on until somebody says what came of the visit (R8.4)."""
ASKS_OWNER = "please_confirm"
"""The kind of the message that asks an owner for what does not stand yet (R5.2)."""
QUIET = "quiet_hours"
"""The reason of a row that waits until its reader's quiet hours or days have ended."""
DISMISSED = "dismissed"
"""The reason of a failed row that somebody saw to: it is never owed again."""
URGENCIES = (0, 1, 2)
"""Classes of rows due at the same time, the first served first."""


def urgency_of(kind: str) -> int:
    """0: alerts of the day and what time brings; 1: cards and answers; 2: digests and history."""
    if kind in _DAY_OF_KINDS or kind.startswith("do:"):
        return 0
    return 2 if kind in _DIGEST_KINDS else 1


def _urgency(context: DefaultExecutionContext) -> int:
    values: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return urgency_of(values["kind"])


_OPEN = text("next_try_at IS NOT NULL")
_CARDS = text("kind = 'visit_card'")


class Delivery(SQLModel, table=True):
    """One message owed to one conversation, or one verb owed to the clock.

    `key` is unique: whatever recomputes the rows finds the one that is there. `revision` rises
    with each change of what a sent card shows; a card whose `sent_revision` is behind is updated
    in place. `next_try_at` is None when nothing is left to do. A claim is a lease (`lease_token`
    until `lease_until`). `is_uncertain` says that an attempt began whose end nobody knows: the
    conversation is searched for `id` before it is sent again.

    A claim changes nothing that an index holds, and pages are half empty at first: so PostgreSQL
    writes a claimed row beside the old one and no index (a heap-only update).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "outbox_due",
            "urgency",
            "next_try_at",
            "seq",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(  # whose thread is it?
            "outbox_cards", "channel", "ts", sqlite_where=_CARDS, postgresql_where=_CARDS
        ),
        {"postgresql_with": {"fillfactor": 50}},
    )

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(max_length=32)  # opaque: it travels as Slack message metadata
    key: str = Field(max_length=160, unique=True)
    kind: str = Field(max_length=48)
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    recipient: str = Field(max_length=32)  # a Slack user id, or CHANNEL
    args: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    urgency: int | None = Field(  # of the kind: set when the row is stored
        default=None, sa_column=Column(SmallInteger, nullable=False, default=_urgency)
    )
    is_planned: bool = False  # recomputed from the visit's state after every change

    due_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_try_at: datetime | None = Field(sa_type=UtcDateTime)
    state: str = Field(default=DeliveryState.PENDING, max_length=16)
    reason: str | None = None
    revision: int = 1
    sent_revision: int = 0
    attempts: int = 0
    is_uncertain: bool = False
    lease_token: str | None = Field(default=None, max_length=32)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)

    first_tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel: str | None = Field(default=None, max_length=32)
    ts: str | None = Field(default=None, max_length=32)
    digest: str | None = Field(default=None, max_length=64)  # of what was last sent
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
