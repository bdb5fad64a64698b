"""What a change of policy means for one visit: its stand before and after, side by side. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from models.base.words import StepState, TaskState, VisitStatus
from models.policy.diff import diff
from models.policy.leadtime import lead_needed
from models.policy.span import Span
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.preparation import Task

Sign = Literal["+", "-", "~"]
_OPEN = frozenset({StepState.PENDING, StepState.WAITING})
_NOT_SPENT = frozenset({"approvers", "qualifies", "name", "over", "tier", "sets_standard"})
"""Keys of a level that say nothing of what may be spent or who greets."""


ESCALATION = "escalation"
"""What passing on a leader's silence is called, which is no step of the file."""


@dataclass(frozen=True)
class Reminder:
    """One message or verb that time will bring. `due` None: at once."""

    what: str  # the key of its step, ESCALATION, or the kind of another message
    recipient: str
    due: datetime | None
    step: int | None = None  # the approval step whose silence is passed on


@dataclass(frozen=True)
class Stand:
    """A visit and the reminders still to come, by their keys, at one moment."""

    picture: VisitPicture
    reminders: Mapping[str, Reminder]


@dataclass(frozen=True)
class Shift:
    """One item or reminder that is added, dropped or moved. Times are None where there is none on
    that side, or where it comes at once."""

    sign: Sign
    what: str
    who: str
    old: datetime | None = None
    new: datetime | None = None


@dataclass(frozen=True)
class PolicyChange:
    """What changes for one visit. `lost_level` names a level that the new version no longer has:
    then the visit is left as it is, and nothing else is said."""

    visit_id: int
    number: str
    customer: str
    status: VisitStatus
    zone: str
    old: tuple[str, str]  # name and digest
    new: tuple[str, str]
    lost_level: str | None = None
    approvers: list[tuple[Sign, str]] = field(default_factory=list)
    asked_again: bool = False
    caps: list[str] = field(default_factory=list)
    lead: tuple[Span, Span] | None = None
    urgent: tuple[bool, bool] | None = None
    exceptions: list[tuple[str, str]] = field(default_factory=list)  # of what, and what became
    items: list[Shift] = field(default_factory=list)
    reminders: list[Shift] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        """Only the version changes: nothing that anybody would notice."""
        told = (self.approvers, self.caps, self.items, self.reminders, self.exceptions)
        asked = self.asked_again or self.lead or self.urgent or self.lost_level
        return not asked and not any(told)


def without_level(before: Stand, new: tuple[str, str]) -> PolicyChange:
    """A visit whose level the new version no longer has."""
    picture = before.picture
    return replace(_about(picture, new), lost_level=picture.visit.level)


def compare(before: Stand, after: Stand) -> PolicyChange:
    """What differs between a visit under its old version of the policy and under another."""
    one, other = before.picture, after.picture
    was, now = facts_of(one), facts_of(other)
    leads = lead_needed(one.policy, was).span, lead_needed(other.policy, now).span
    urgent = one.visit.is_urgent, other.visit.is_urgent
    asked_again = one.visit.approval_round != other.visit.approval_round
    return replace(
        _about(one, (other.policy.name, other.policy.digest)),
        approvers=list(_approvers(one, other)) if asked_again else [],
        asked_again=asked_again,
        caps=list(_caps(one, other)),
        lead=leads if leads[0] != leads[1] else None,
        urgent=urgent if urgent[0] != urgent[1] else None,
        items=list(_items(one.tasks, other.tasks)),
        exceptions=list(_exceptions(one, other)),
        reminders=list(_reminders(_still_open(before, after), _still_open(after, before))),
    )


def chain_of(picture: VisitPicture) -> list[str]:
    """The roles of the present round, in the order in which they are asked."""
    return [step.role for step in picture.approvals]


def _about(picture: VisitPicture, new: tuple[str, str]) -> PolicyChange:
    visit = picture.visit
    return PolicyChange(
        visit_id=visit.id or 0,
        number=visit.number,
        customer=picture.customer.name,
        status=picture.status,
        zone=visit.timezone,
        old=(visit.policy_name, visit.policy_digest),
        new=new,
    )


def _approvers(one: VisitPicture, other: VisitPicture) -> Iterator[tuple[Sign, str]]:
    was, now = chain_of(one), chain_of(other)
    yield from (("+", role) for role in now if role not in was)
    yield from (("-", role) for role in was if role not in now)


def _caps(one: VisitPicture, other: VisitPicture) -> Iterator[str]:
    """What the visit's level allows and asks for, key by key, as `usher policy diff` writes it."""
    if one.policy.currency != other.policy.currency:
        yield f"currency: {one.policy.currency} → {other.policy.currency}"
    for each in diff(one.policy, other.policy):
        if each.table != "level" or each.entry != one.visit.level or each.key is None:
            continue
        if each.key.partition(" ")[0] not in _NOT_SPENT:
            yield f"{each.key}: {each.old or 'nothing'} → {each.new or 'nothing'}"


def _exceptions(one: VisitPicture, other: VisitPicture) -> Iterator[tuple[str, str]]:
    """The exceptions that waited for a decision and are void or approved now, or decided by
    others."""
    now = {each.id: each for each in other.exceptions}
    for each in one.exceptions:
        found = now.get(each.id)
        if each.state != StepState.PENDING or found is None:
            continue
        what = f"{each.what} {each.item}" if each.item else each.what
        if found.state != each.state:
            yield what, found.state
        elif _asked(one, each.id) != _asked(other, each.id):
            yield what, "asked anew"


def _asked(picture: VisitPicture, exception: int | None) -> list[str]:
    return [s.role for s in picture.exception_steps(exception) if s.state in _OPEN]


def _still_open(stand: Stand, beside: Stand) -> dict[str, Reminder]:
    """The reminders without the escalation of steps that are open on one side only: they begin and
    end with the question itself."""
    open_steps = _open_steps(stand.picture) & _open_steps(beside.picture)
    return {
        key: each
        for key, each in stand.reminders.items()
        if each.step is None or each.step in open_steps
    }


def _open_steps(picture: VisitPicture) -> set[int | None]:
    return {s.id for chain in picture.chains for s in chain.steps if s.state in _OPEN}


def _items(before: list[Task], after: list[Task]) -> Iterator[Shift]:
    was, now = {task.key: task for task in before}, {task.key: task for task in after}
    for key, task in was.items():
        found = now.get(key)
        if found is None:
            yield Shift("-", key, task.owner_role, task.due_at)
        elif task.state != TaskState.DONE and (
            (found.due_at, found.owner_role) != (task.due_at, task.owner_role)
        ):
            yield Shift("~", key, found.owner_role, task.due_at, found.due_at)
    for key, task in now.items():
        if key not in was:
            yield Shift("+", key, task.owner_role, None, task.due_at)


def _reminders(before: Mapping[str, Reminder], after: Mapping[str, Reminder]) -> Iterator[Shift]:
    """What is added, dropped and moved, in order of time."""
    gone = {key: each for key, each in before.items() if key not in after}
    new = {key: each for key, each in after.items() if key not in before}
    shifts = [
        Shift("~", each.what, each.recipient, each.due, after[key].due)
        for key, each in before.items()
        if key in after and after[key].due != each.due
    ]
    shifts += [Shift("-", each.what, each.recipient, each.due) for each in gone.values()]
    shifts += [Shift("+", each.what, each.recipient, None, each.due) for each in new.values()]
    yield from sorted(shifts, key=_order)


def _order(shift: Shift) -> tuple[str, str, str]:
    when = shift.new or shift.old
    return (when.isoformat() if when else "", shift.what, shift.who)
