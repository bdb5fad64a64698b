"""Rounds of approval: laid out, who is asked next, and what is void when one is overtaken."""

from collections.abc import Sequence

from sqlmodel import col, select, update

from models.base.words import Role, StepState
from models.policy import Policy
from models.policy.approvals import Approver
from models.records.exception import ExceptionRequest
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from services.people.roles import need_roles
from services.reading.desk import Desk
from services.reading.people import holders

_OPEN = [str(StepState.PENDING), str(StepState.WAITING)]


def new_step(
    visit: Visit, policy: Policy, approver: Approver, number: int, position: int
) -> ApprovalStep:
    """A step of the round of that number that nobody has been asked for yet, with its reasons."""
    return ApprovalStep(
        visit_id=visit.id or 0,
        round=number,
        position=position,
        role=approver.role,
        state=StepState.WAITING,
        escalate_to=policy.escalation.to.get(approver.role),
        reason=approver.written,
    )


def lay_out_steps(
    desk: Desk,
    visit: Visit,
    policy: Policy,
    approvers: Sequence[Approver],
    number: int,
    first: int = 0,
) -> list[Role]:
    """Lay out the steps of a round from a position on, and ask the first. Returns the roles that
    nobody holds."""
    for position, approver in enumerate(approvers, start=first):
        step = new_step(visit, policy, approver, number, position)
        if position == first:
            step.state, step.asked_at = StepState.PENDING, desk.now
        desk.session.add(step)
    desk.session.flush()
    chain = [approver.role for approver in approvers]
    need_roles(desk, visit, chain[:1])
    present = holders(desk.session)
    return [role for role in chain if not present.get(role)]


def void_steps(desk: Desk, visit: Visit) -> None:
    """Make every step of the request void that still waits for somebody; exceptions stay."""
    _void(desk, visit, col(ApprovalStep.round) > 0)


def void_earlier_steps(desk: Desk, visit: Visit) -> None:
    """Make every step of the request's earlier rounds void that still waits for somebody."""
    number = col(ApprovalStep.round)
    _void(desk, visit, (number > 0) & (number < visit.approval_round))


def void_exception_steps(desk: Desk, visit: Visit, exception_id: int) -> None:
    """Make every step of one exception void that still waits for somebody."""
    _void(desk, visit, col(ApprovalStep.round) == -exception_id)


def void_exceptions(desk: Desk, visit: Visit) -> None:
    """Make every exception of the visit void that is not decided: the visit is over."""
    desk.session.exec(
        update(ExceptionRequest)
        .where(
            col(ExceptionRequest.visit_id) == visit.id,
            col(ExceptionRequest.state) == str(StepState.PENDING),
        )
        .values(state=str(StepState.VOID), decided_at=desk.now)
    )
    _void(desk, visit, col(ApprovalStep.round) < 0)


def ask_next(desk: Desk, step: ApprovalStep) -> ApprovalStep | None:
    """Ask the next role of the step's round that still waits; None where it was the last."""
    following = desk.session.exec(
        select(ApprovalStep)
        .where(
            ApprovalStep.visit_id == step.visit_id,
            ApprovalStep.round == step.round,
            ApprovalStep.state == StepState.WAITING,
        )
        .order_by(col(ApprovalStep.position))
    ).first()
    if following is not None:
        following.state, following.asked_at = StepState.PENDING, desk.now
        desk.session.add(following)
    return following


def _void(desk: Desk, visit: Visit, of_round: object) -> None:
    desk.session.exec(
        update(ApprovalStep)
        .where(
            col(ApprovalStep.visit_id) == visit.id,
            col(ApprovalStep.state).in_(_OPEN),
            of_round,  # type: ignore[arg-type]
        )
        .values(state=str(StepState.VOID))
    )
    desk.session.expire_all()
