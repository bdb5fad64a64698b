"""A round in which others decide: who has approved stays, only what is new is asked (R2.4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import col, select

from models.base.words import Matter, StepState, VisitStatus
from models.policy.approvals import Approver
from models.reading.picture import VisitPicture
from models.records.audit import AuditEntry
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.keeping.chain import ask, close, new_step, void_chain
from services.reading.desk import Desk
from services.signoff.approval import all_approved, open_round

MOVED = "move_decision"
CHANGED_POLICY = "change_policy"
"""The verbs under which the audit trail keeps that a round began while the request stayed the same;
their `round` is its number."""


@dataclass(frozen=True)
class Moved:
    """The decision has moved: `to` is the role that is asked now, None where all of the new chain
    have approved already; `missing_roles` are needed and nobody holds them."""

    to: str | None
    missing_roles: list[str] = field(default_factory=list)


def begin_round(
    desk: Desk,
    visit: Visit,
    view: VisitPicture,
    chain: Sequence[Approver],
    anew: Collection[str] = (),
) -> Moved:
    """Begin a round of these approvers for the same request; `view` is the visit before it.

    Every role that has approved the request stays approved, with who and when, and whoever is being
    asked stays asked by the same card, but for those asked `anew`; only what is new is asked. The
    visit keeps being prepared meanwhile. Neither recomputes the outbox nor writes the audit trail.
    """
    approved = approved_steps(desk, visit)
    approved = {role: step for role, step in approved.items() if role not in anew}
    pending = view.pending_step
    if pending is not None and pending.role in anew:
        pending = None
    visit.approval_round += 1
    desk.session.add(visit)
    sign_off = open_round(desk, visit)
    asked: ApprovalStep | None = None
    last: ApprovalStep | None = None
    unheld: list[str] = []
    for position, approver in enumerate(chain):
        step = new_step(sign_off, approver, position)
        known_step = approved.get(approver.role)
        if known_step is not None:
            step = _taken_along(known_step, step)
            last = max((s for s in (last, step) if s is not None), key=_decided)
        elif asked is None:
            asked = step
            if pending is not None and pending.role == approver.role:  # by the same card
                step = asked = _taken_along(pending, step)
            else:
                unheld = ask(desk, visit, view.policy, sign_off, step, view.holders)
        desk.session.add(step)
    desk.session.flush()
    void_chain(desk, Matter.REQUEST, visit.id or 0, before=visit.approval_round)
    if asked is not None:
        visit.status = VisitStatus.REQUESTED
        desk.session.add(visit)
        return Moved(asked.role, unheld)
    missing = []
    close(desk, sign_off, StepState.APPROVED)
    if visit.status == VisitStatus.REQUESTED and last is not None:
        missing = all_approved(desk, visit, last)
    return Moved(None, missing)


def _taken_along(old: ApprovalStep, new: ApprovalStep) -> ApprovalStep:
    """The step itself moves to where the new one would stand, so that its card stays right."""
    old.sign_off_id, old.position, old.reason = new.sign_off_id, new.position, new.reason
    return old


def _decided(step: ApprovalStep) -> tuple[float, int]:
    return (step.decided_at.timestamp() if step.decided_at else 0.0, step.position)


def approved_steps(desk: Desk, visit: Visit) -> dict[str, ApprovalStep]:
    """Who has approved the request as it is, by role: in the present round, and in those before
    it for as long as nothing but the attendance or the policy changed from round to round."""
    entries = desk.session.exec(
        select(AuditEntry).where(
            AuditEntry.visit_id == visit.id, col(AuditEntry.verb).in_([MOVED, CHANGED_POLICY])
        )
    )
    moved = {int(entry.detail.get("round", 0)) for entry in entries}
    rounds = [visit.approval_round]
    while rounds[-1] in moved:
        rounds.append(rounds[-1] - 1)
    steps = desk.session.exec(
        select(ApprovalStep)
        .join(SignOff)
        .where(
            SignOff.matter == Matter.REQUEST,
            SignOff.matter_id == visit.id,
            ApprovalStep.state == StepState.APPROVED,
            col(SignOff.version).in_(rounds),
        )
        .order_by(col(SignOff.version))
    )
    return {step.role: step for step in steps}
