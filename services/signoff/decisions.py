"""Deciding, whatever the matter: in order, one click wins, silence is escalated (R3.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select, update

from models.base.errors import (
    AlreadyDecided,
    Fault,
    InvalidForm,
    NotAllowed,
    Outdated,
    VisitOver,
)
from models.base.permissions import SEES_MONEY, Verb
from models.base.words import OPEN_STATUSES, Matter, StepState
from models.reading.deciding import Chain, first_people, next_level
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep, SeenCard, SignOff
from models.records.visit import Visit
from services.people.roles import need_roles
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.people import holders_of
from services.reading.standing import allowed
from services.reading.versions import policy_of
from services.saying import audit, outbox
from services.signoff.matters import MATTERS
from services.store.hold import hold_by

COMMENT_LIMIT = 1000
_OPEN = [str(StepState.PENDING), str(StepState.WAITING)]


@dataclass(frozen=True)
class Decided:
    """The visit as the decision left it, the step decided, and roles that nobody holds."""

    visit: Visit
    step: ApprovalStep
    missing_roles: list[str] = field(default_factory=list)


def decide(
    desk: Desk,
    step_id: int,
    decision: StepState,
    comment: str | None,
    seen: Sequence[Mapping[str, Any]] = (),
    spoken: Mapping[str, Any] | None = None,
) -> Decided:
    """Approve, decline or ask for changes; the last two need a comment. `seen` are the blocks that
    stood before the decider (C05), `spoken` what is kept of an approval by phone.

    Whoever is asked by several roles of the chain approves for all of them at once. Raises
    AlreadyDecided for whoever comes second, Outdated for a step that a later change made void or a
    decision that its matter does not know, VisitOver, and InvalidForm for a missing or overlong
    comment.
    """
    comment = (comment or "").strip() or None
    if decision != StepState.APPROVED and comment is None:
        raise InvalidForm({"comment": Fault("required")})
    if comment is not None and len(comment) > COMMENT_LIMIT:
        facts: dict[str, str | int] = {"limit": COMMENT_LIMIT, "length": len(comment)}
        raise InvalidForm({"comment": Fault("too_long", facts)})
    session = desk.session
    visit = hold_by(session, ApprovalStep, step_id)
    values = {
        "state": str(decision),
        "decided_by": desk.person,
        "decided_at": desk.now,
        "comment": comment,
        **(spoken or {}),
    }
    won = session.exec(
        update(ApprovalStep)
        .where(col(ApprovalStep.id) == step_id, col(ApprovalStep.state) == str(StepState.PENDING))
        .values(**values)
    )
    session.expire_all()
    step = session.get_one(ApprovalStep, step_id)
    if won.rowcount == 0:
        _refuse(step, visit)
    sign_off = session.get_one(SignOff, step.sign_off_id)
    rules = MATTERS[Matter(sign_off.matter)]
    if decision not in rules.decisions:
        raise Outdated
    decided = [step]
    if decision == StepState.APPROVED:
        decided += _also_asked(desk, visit, sign_off)
        for other in decided[1:]:
            other.sqlmodel_update(values)
    for each in decided:
        if each.delegate_id == desk.person:
            each.on_behalf_of = each.delegated_by
        session.add(each)
    if seen:
        blocks = [dict(block) for block in seen]
        session.add_all(SeenCard(step_id=each.id or 0, blocks=blocks) for each in decided)
    missing = rules.follow(desk, visit, sign_off, step, decision)
    outbox.changed(desk, visit)
    return Decided(visit, step, missing)


def _also_asked(desk: Desk, visit: Visit, sign_off: SignOff) -> list[ApprovalStep]:
    """The other open steps of the chain that the acting person is asked for: they decide once."""
    steps = desk.session.exec(
        select(ApprovalStep)
        .where(ApprovalStep.sign_off_id == sign_off.id, col(ApprovalStep.state).in_(_OPEN))
        .order_by(col(ApprovalStep.position))
    ).all()
    if not steps:
        return []
    policy = policy_of(desk.session, visit, desk.site)
    present = holders_of(desk.session, visit, policy)
    return [step for step in steps if desk.person in first_people(policy, sign_off, step, present)]


def escalate(desk: Desk, step_id: int, level: int = 1) -> None:
    """Let the next level of the ladder decide as well, after the silence of `level` of them. Does
    nothing once it is decided, or where silence has gone on before."""
    session = desk.session
    if session.get(ApprovalStep, step_id) is None:
        return
    visit = hold_by(session, ApprovalStep, step_id)
    step = session.get_one(ApprovalStep, step_id)
    if step.state != StepState.PENDING or len(step.asked_roles) != level:
        return
    sign_off = session.get_one(SignOff, step.sign_off_id)
    policy = policy_of(session, visit, desk.site)
    role = next_level(policy, sign_off, step, holders_of(session, visit, policy))
    if role is None:
        return
    step.levels, step.escalated_at = f"{step.levels} {role}", desk.now
    session.add(step)
    audit.note(desk, visit, "escalate", step=step_id, role=step.asked_roles[-2], to=role)
    need_roles(desk, visit, [role])
    outbox.changed(desk, visit)


def undecided(desk: Desk, step_id: int) -> tuple[VisitPicture, ApprovalStep]:
    """A step that waits for its decision. Raises what `decide` raises."""
    step = desk.session.get(ApprovalStep, step_id)
    if step is None:
        raise Outdated
    visit_id = desk.session.get_one(SignOff, step.sign_off_id).visit_id
    view = picture(desk.session, visit_id or 0, desk.site)
    if step.state != StepState.PENDING:
        _refuse(step, view.visit)
    return view, step


@dataclass(frozen=True)
class Kept:
    """What was decided of a visit: with one step chosen, the blocks that stood before its decider;
    None where nothing was kept."""

    picture: VisitPicture
    chain: Chain | None
    step: ApprovalStep | None
    blocks: list[dict[str, Any]] | None


def what_was_decided(desk: Desk, visit_id: int, step_id: int) -> Kept:
    """The decision on a step with what was seen then (C05); with step 0 the decisions of the visit.

    Raises Outdated for a step of another visit, NotAllowed for whoever may not see the money that
    cards to leaders tell of (R10.1).
    """
    view = picture(desk.session, visit_id, desk.site)
    can = allowed(desk, view.visit)
    if not SEES_MONEY & can or Verb.READ_WORDS not in can:
        raise NotAllowed(Verb.DECIDE)
    if step_id == 0:
        return Kept(view, None, None, None)
    chain = view.chain_of(step_id)
    if chain is None:
        raise Outdated
    step = next(each for each in chain.steps if each.id == step_id)
    seen = desk.session.get(SeenCard, step_id)
    return Kept(view, chain, step, seen.blocks if seen is not None else None)


def _refuse(step: ApprovalStep, visit: Visit) -> None:
    """Say why a step is not to be decided (any more)."""
    if step.decided_by is not None and step.decided_at is not None:
        raise AlreadyDecided(step.decided_by, step.decided_at, step.state)
    if visit.status not in OPEN_STATUSES:
        raise VisitOver(visit.status)
    raise Outdated
