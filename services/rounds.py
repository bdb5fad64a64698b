"""Rounds of approval: who is asked next, and what is void when a round is overtaken."""

from sqlmodel import col, select, update

from models.approval import ApprovalStep
from models.exception import ExceptionRequest
from models.visit import Visit
from models.words import StepState
from services.desk import Desk

_OPEN = [str(StepState.PENDING), str(StepState.WAITING)]


def void_steps(desk: Desk, visit: Visit) -> None:
    """Make every step of the request void that still waits for somebody; exceptions stay."""
    _void(desk, visit, col(ApprovalStep.round) > 0)


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
