"""Asking for approval and deciding: in order, one click wins, silence is escalated (R3.1)."""

from dataclasses import dataclass, field

from sqlmodel import col, select, update

from models.base.errors import (
    AlreadyDecided,
    Fault,
    InvalidForm,
    Outdated,
    VisitOver,
)
from models.base.words import OPEN_STATUSES, Role, StepState, VisitStatus
from models.policy.approvals import approvers_for
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from services.keeping.chain import ask_next, lay_out_steps, void_exceptions, void_steps
from services.people.roles import need_roles
from services.preparation.checklist import prepare
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.signoff import exceptions
from services.store.hold import hold, hold_by

COMMENT_LIMIT = 1000


@dataclass(frozen=True)
class Decided:
    """The visit as the decision left it, the step decided, and roles that nobody holds."""

    visit: Visit
    step: ApprovalStep
    missing_roles: list[Role] = field(default_factory=list)


def ask_approvers(desk: Desk, visit: Visit, view: VisitPicture | None = None) -> list[Role]:
    """Lay out the approval steps of the visit's round and ask the first (R3.1).

    Who is asked follows from level, amount, lateness and the leader who attends (R2.4); each step
    keeps the reason. Steps still open from an earlier round become void. `view` is the visit as it
    is where it has no steps yet. Returns the roles that nobody holds.
    """
    if view is None:
        void_steps(desk, visit)
        view = picture(desk.session, visit.id or 0, desk.site)
    visit.status = VisitStatus.REQUESTED
    desk.session.add(visit)
    approvers = approvers_for(view.policy, facts_of(view))
    return lay_out_steps(desk, visit, view.policy, approvers, visit.approval_round)


def decide(desk: Desk, step_id: int, decision: StepState, comment: str | None) -> Decided:
    """Approve, decline or ask for changes; the last two need a comment.

    Raises AlreadyDecided for whoever comes second, Outdated for a step that a later change made
    void, VisitOver, and InvalidForm for a missing or overlong comment.
    """
    comment = (comment or "").strip() or None
    if decision != StepState.APPROVED and comment is None:
        raise InvalidForm({"comment": Fault("required")})
    if comment is not None and len(comment) > COMMENT_LIMIT:
        facts: dict[str, str | int] = {"limit": COMMENT_LIMIT, "length": len(comment)}
        raise InvalidForm({"comment": Fault("too_long", facts)})
    session = desk.session
    visit = hold_by(session, ApprovalStep, step_id)
    won = session.exec(
        update(ApprovalStep)
        .where(col(ApprovalStep.id) == step_id, col(ApprovalStep.state) == str(StepState.PENDING))
        .values(state=str(decision), decided_by=desk.person, decided_at=desk.now, comment=comment)
    )
    session.expire_all()
    step = session.get_one(ApprovalStep, step_id)
    if won.rowcount == 0:
        if step.decided_by is not None and step.decided_at is not None:
            raise AlreadyDecided(step.decided_by, step.decided_at, step.state)
        if visit.status not in OPEN_STATUSES:
            raise VisitOver(visit.status)
        raise Outdated
    if step.exception_id is not None:
        missing = exceptions.go_on(desk, visit, step, decision)
    else:
        audit.note(desk, visit, decision, step=step_id, role=step.role, comment=comment)
        missing = _go_on(desk, visit, step, decision)
    outbox.changed(desk, visit)
    return Decided(visit, step, missing)


def _go_on(desk: Desk, visit: Visit, step: ApprovalStep, decision: StepState) -> list[Role]:
    if decision == StepState.APPROVED:
        following = ask_next(desk, step)
        if following is not None:
            return need_roles(desk, visit, [Role(following.role)])
        return all_approved(desk, visit, step)
    declined = decision == StepState.DECLINED
    visit.status = VisitStatus.DECLINED if declined else VisitStatus.CHANGES_ASKED
    desk.session.add(visit)
    void_steps(desk, visit)
    if declined:
        void_exceptions(desk, visit)
    if declined and visit.approved_at is not None:  # it was on already: nobody shall wait
        outbox.call_off(desk, visit, step.comment or "")
        return []
    if declined:
        outbox.call_off_invited(desk, visit, step.comment or "")
    _tell_decision(desk, visit, step, decision)
    return []


def all_approved(desk: Desk, visit: Visit, step: ApprovalStep) -> list[Role]:
    """The visit is on: preparation begins, requester and host are told. `step` was the last one
    decided. Returns roles that are needed and nobody holds."""
    visit.status = VisitStatus.APPROVED
    visit.approved_at = visit.approved_at or desk.now
    missing = prepare(desk, visit)
    desk.session.add(visit)
    _tell_decision(desk, visit, step, StepState.APPROVED)
    return missing


def _tell_decision(desk: Desk, visit: Visit, step: ApprovalStep, decision: StepState) -> None:
    for person in dict.fromkeys([visit.requester_id, visit.host_id]):
        if person != desk.actor_id:
            key = f"v{visit.id}:decision:{step.id}:{person}"
            args = {"step": step.id, "outcome": str(decision)}
            outbox.owe(desk, "decision", person, key, visit.id, **args)


def escalate(desk: Desk, step_id: int) -> None:
    """Let the next named role decide as well, after silence. Does nothing once it is decided."""
    session = desk.session
    visit_id = session.exec(select(ApprovalStep.visit_id).where(ApprovalStep.id == step_id)).first()
    if visit_id is None:
        return
    visit = hold(session, visit_id)
    step = session.get_one(ApprovalStep, step_id)
    if step.state != StepState.PENDING or step.escalated_at is not None:
        return
    if step.escalate_to is None:
        return
    step.escalated_at = desk.now
    session.add(step)
    audit.note(desk, visit, "escalate", step=step_id, role=step.role, to=step.escalate_to)
    need_roles(desk, visit, [Role(step.escalate_to)])
    outbox.changed(desk, visit)


def undecided(desk: Desk, step_id: int) -> tuple[VisitPicture, ApprovalStep]:
    """An approval step that waits for its decision."""
    step = desk.session.get(ApprovalStep, step_id)
    if step is None:
        raise Outdated
    view = picture(desk.session, step.visit_id, desk.site)
    if step.state != StepState.PENDING:
        if step.decided_by is not None and step.decided_at is not None:
            raise AlreadyDecided(step.decided_by, step.decided_at, step.state)
        if view.visit.status not in OPEN_STATUSES:
            raise VisitOver(view.visit.status)
        raise Outdated
    return view, step
