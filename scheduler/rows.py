"""A claimed row of the outbox, and what became of it: plain values that pass between threads."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from models.base.words import DeliveryState


@dataclass(slots=True)
class Claimed:
    """A row as its claim found it; nothing changes it. (Not frozen: making so many frozen ones
    takes a sixth of the time of a claim.) Only the holder of `lease_token` may say what became of
    the row."""

    lease_token: str
    lease_until: datetime
    seq: int
    id: str
    kind: str
    visit_id: int | None
    recipient: str
    args: dict[str, Any]
    due_at: datetime
    expires_at: datetime | None
    revision: int
    attempts: int
    is_uncertain: bool
    first_tried_at: datetime | None
    channel: str | None
    ts: str | None
    digest: str | None


_OF_THE_CLAIM = 2
CLAIMED_COLUMNS = tuple(each.name for each in fields(Claimed))[_OF_THE_CLAIM:]
"""What is read of a row: all but the claim itself, which is known."""


How = Literal["sent", "updated", "unchanged", "found", "done"]


@dataclass(frozen=True, slots=True)
class Said:
    """The message stands in the conversation, as of `revision`; `is_plain`: its words alone, since
    Slack refused its blocks."""

    row: Claimed
    how: How
    revision: int
    channel: str | None
    ts: str | None
    digest: str | None
    at: datetime
    is_plain: bool = False
    root: int | None = None  # the row that it answers in a thread, to be brought up to date


@dataclass(frozen=True, slots=True)
class PutBack:
    """Not now: due again at `next_try_at`.

    `was_tried` says that an attempt was made and counts; `is_uncertain`, that nobody knows how it
    ended. `channel` and `ts` are what is known of the message: none where it has to be posted anew.
    """

    row: Claimed
    next_try_at: datetime
    reason: str | None
    was_tried: bool
    is_uncertain: bool
    channel: str | None
    ts: str | None
    notice: str | None = None  # the fault to tell the admins about, once


@dataclass(frozen=True, slots=True)
class Over:
    """The row ends here without (another) message: expired, cancelled, failed, with the reason."""

    row: Claimed
    state: DeliveryState
    reason: str
    revision: int


Outcome = Said | PutBack | Over


@dataclass(slots=True)
class Counts:
    """What a drain did. `put_back` rows are still owed."""

    sent: int = 0
    updated: int = 0
    unchanged: int = 0
    found: int = 0
    done: int = 0
    put_back: int = 0
    expired: int = 0
    cancelled: int = 0
    failed: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one row's outcome."""
        name: str
        match outcome:
            case Said():
                name = outcome.how
            case PutBack():
                name = "put_back"
            case Over():
                name = outcome.state.value
        setattr(self, name, getattr(self, name) + 1)
        if isinstance(outcome, PutBack | Over) and outcome.reason:
            self.by_reason[outcome.reason] = self.by_reason.get(outcome.reason, 0) + 1
