"""Rounds of approval: what is still undecided in an old round becomes void."""

from sqlmodel import col, update

from models.approval import ApprovalStep
from models.visit import Visit
from models.words import StepState
from services.desk import Desk


def void_steps(desk: Desk, visit: Visit) -> None:
    """Make every step void that still waits for somebody."""
    open_states = [StepState.PENDING, StepState.WAITING]
    desk.session.exec(
        update(ApprovalStep)
        .where(
            col(ApprovalStep.visit_id) == visit.id,
            col(ApprovalStep.state).in_([str(state) for state in open_states]),
        )
        .values(state=str(StepState.VOID))
    )
    desk.session.expire_all()
