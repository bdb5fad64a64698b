"""What of a visit was edited since somebody decided on it, old beside new (R3.2). Pure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from models.base.words import Matter, StepState
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep

COLUMNS = {
    "arrival": "arrival",
    "departure": "departure",
    "level": "level",
    "budget": "budget",
    "host": "host_id",
    "party_size": "party_size",
    "lead_guest": "lead_guest",
    "lead_guest_title": "lead_guest_title",
    "second_host": "second_host_id",
    "purpose": "purpose",
    "meeting_time": "meeting_at",
    "meeting_place": "meeting_place",
}
"""Fields of the form that are shown old beside new, what matters most first, by the column that
holds what they are now. The audit trail keeps what they were, as JSON, under `was`."""
_TIMES = {"arrival", "departure", "meeting_time"}
_DECIDED = {StepState.APPROVED, StepState.DECLINED, StepState.CHANGES_ASKED}


@dataclass(frozen=True)
class Edited:
    """One field as it was and as it is; of a field that is not among COLUMNS only its name."""

    name: str
    old: Any = None
    new: Any = None

    @property
    def is_shown(self) -> bool:
        """Whether it is shown old beside new."""
        return self.name in COLUMNS and (self.old, self.new) != (None, None)


def has_decided(picture: VisitPicture, role: str) -> bool:
    """Whether a role has decided on the request before, be it in an earlier round."""
    return _last_decision(picture, role, None) is not None


def edits_since_decided(picture: VisitPicture, step: ApprovalStep) -> list[Edited]:
    """What is other than when the step's role decided last; where it never did, than when others
    did before this round. What was put back is left out, what matters most comes first."""
    chain = picture.chain_of(step.id)
    opened = chain.sign_off.opened_at if chain is not None else None
    since = _last_decision(picture, step.role, None) or _last_decision(picture, None, opened)
    if since is None:
        return []
    old: dict[str, Any] = {}
    others: dict[str, None] = {}
    for entry in picture.edits:
        if entry.at < since:
            continue
        was = entry.detail.get("was") or {}
        for name in entry.detail.get("fields", ()):
            if name in COLUMNS and name in was:
                old.setdefault(name, _typed(name, was[name]))
            else:
                others[name] = None
    now = {name: getattr(picture.visit, COLUMNS[name]) for name in old}
    found = [Edited(name, old[name], now[name]) for name in COLUMNS if name in old]
    return [each for each in found if each.old != each.new] + [Edited(name) for name in others]


def _last_decision(
    picture: VisitPicture, role: str | None, until: datetime | None
) -> datetime | None:
    """When the request was decided on last: by a role, or by anybody up to a moment."""
    moments = [
        step.decided_at
        for chain in picture.chains
        if chain.sign_off.matter == Matter.REQUEST
        for step in chain.steps
        if step.decided_at is not None and step.state in _DECIDED
        if role in {None, step.role} and (until is None or step.decided_at <= until)
    ]
    return max(moments, default=None)


def _typed(name: str, value: Any) -> Any:
    """What the audit trail keeps of a field, as the visit has it."""
    if value is None:
        return None
    if name in _TIMES:
        return datetime.fromisoformat(value)
    return Decimal(value) if name == "budget" else value
