"""Approved by phone: recorded by host or coordinator, confirmed by the leader in chat (R3.1)."""

from dataclasses import dataclass, replace
from datetime import datetime

from models.base.errors import (
    ActedUpon,
    AlreadyDecided,
    Fault,
    InvalidForm,
    Outdated,
    VisitOver,
)
from models.base.words import OPEN_STATUSES, FileUse, StepState, VisitStatus
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from services.customers.owners import settle_proposed
from services.keeping.files import Stored, add_files
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.signoff.decisions import COMMENT_LIMIT, Decided, decide
from services.signoff.taking_back import own_decision, undo_decision
from services.store.hold import hold, hold_by


@dataclass(frozen=True)
class SpokenWord:
    """What a leader said: who, when, in which words, and a picture of it: one of the two."""

    leader: str | None
    said_at: datetime | None
    words: str | None
    picture: Stored | None = None


def waiting_request(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit whose request waits for a leader. Raises VisitOver, Outdated."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES:
        raise VisitOver(view.visit.status)
    if view.pending_step is None:
        raise Outdated
    return view


def record_word(desk: Desk, visit_id: int, word: SpokenWord) -> Decided:
    """Record that a leader approved by phone. It counts at once, and the leader is asked to confirm
    it. Raises InvalidForm beside the field, VisitOver, Outdated."""
    hold(desk.session, visit_id)
    view = waiting_request(desk, visit_id)
    step = view.pending_step
    if step is None or step.id is None:
        raise Outdated
    leader, words = word.leader or "", (word.words or "").strip()
    faults = _faults(desk, view.deciders(step), word)
    if faults:
        raise InvalidForm(faults)
    audit.record(desk, "record_word", visit_id, step=step.id, leader=leader)
    file = add_files(desk, visit_id, FileUse.WORD, [word.picture])[0] if word.picture else None
    spoken = {
        "recorded_by": desk.person,
        "said_at": word.said_at,
        "said": words or None,
        "said_file": file.id if file is not None else None,
    }
    by_leader = replace(desk, actor_id=leader)
    decided = decide(by_leader, step.id, StepState.APPROVED, None, spoken=spoken)
    key = f"v{visit_id}:spoken:{step.id}:{int(desk.now.timestamp())}:{leader}"
    outbox.owe(desk, "spoken_word", leader, key, visit_id, step=step.id)
    return decided


def confirm_word(desk: Desk, step_id: int) -> Visit:
    """The leader says that it is so. Raises AlreadyDecided, Outdated, NotAllowed."""
    visit = hold_by(desk.session, ApprovalStep, step_id)
    step = _unconfirmed(desk, step_id)
    step.confirmed_at = desk.now
    desk.session.add(step)
    audit.note(desk, visit, "confirm_word", step=step.id, role=step.role)
    if visit.status == VisitStatus.APPROVED:
        desk.session.flush()
        settle_proposed(desk, picture(desk.session, visit.id or 0, desk.site))
    outbox.changed(desk, visit)
    return visit


def deny_word(desk: Desk, step_id: int) -> Visit:
    """The leader says that it is not so: it is decided again, unless somebody has gone by it; then
    the record says so. Whoever recorded it and the requester are told."""
    visit = hold_by(desk.session, ApprovalStep, step_id)
    step = _unconfirmed(desk, step_id)
    recorder, stands = step.recorded_by or visit.host_id, False
    try:
        undo_decision(desk, visit, step)
    except ActedUpon:
        step.denied_at, stands = desk.now, True
        desk.session.add(step)
    audit.note(desk, visit, "deny_word", step=step.id, role=step.role)
    for person in dict.fromkeys([recorder, visit.requester_id]):
        if person != desk.person:
            key = f"v{visit.id}:word_denied:{step.id}:{int(desk.now.timestamp())}:{person}"
            args = {"by": desk.person, "stands": stands}
            outbox.owe(desk, "word_denied", person, key, visit.id, **args)
    outbox.changed(desk, visit)
    return visit


def _unconfirmed(desk: Desk, step_id: int) -> ApprovalStep:
    step = own_decision(desk, step_id)
    if step.recorded_by is None:
        raise Outdated
    answered = step.confirmed_at or step.denied_at
    if answered is not None:
        raise AlreadyDecided(desk.person, answered, "confirmed" if step.confirmed_at else "denied")
    return step


def _faults(desk: Desk, deciders: list[str], word: SpokenWord) -> dict[str, Fault]:
    faults: dict[str, Fault] = {}
    words = (word.words or "").strip()
    if not word.leader:
        faults["leader"] = Fault("required")
    elif word.leader not in deciders or word.leader == desk.person:
        faults["leader"] = Fault("not_a_decider")
    if word.said_at is None:
        faults["said_at"] = Fault("required")
    elif word.said_at > desk.now:
        faults["said_at"] = Fault("not_said_yet")
    if not words and word.picture is None:
        faults["said"] = Fault("required")
    elif len(words) > COMMENT_LIMIT:
        faults["said"] = Fault("too_long", {"limit": COMMENT_LIMIT, "length": len(words)})
    return faults
