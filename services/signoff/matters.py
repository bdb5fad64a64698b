"""What is decided: for each matter the decisions that it knows and what follows from them.

The one place that names them all. A further matter is a line here, its chain from the policy laid
out by `services.keeping.chain`, and the body of its card.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.base.words import Matter, StepState
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.reading.desk import Desk
from services.signoff import approval, exceptions


@dataclass(frozen=True)
class Rules:
    """`follow` is called when a step was decided, and returns the roles that nobody holds."""

    decisions: frozenset[StepState]
    follow: Callable[[Desk, Visit, SignOff, ApprovalStep, StepState], list[str]]


MATTERS: Mapping[Matter, Rules] = {
    Matter.REQUEST: Rules(approval.DECISIONS, approval.follow),
    Matter.EXCEPTION: Rules(exceptions.DECISIONS, exceptions.follow),
}
