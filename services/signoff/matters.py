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
    """`follow` is called when a step was decided, and returns the roles that nobody holds; `undo`
    before that is taken back, and returns who has been told. `acts` are the verbs of the audit
    trail after which it cannot be taken back any more."""

    decisions: frozenset[StepState]
    follow: Callable[[Desk, Visit, SignOff, ApprovalStep, StepState], list[str]]
    undo: Callable[[Desk, Visit, SignOff, ApprovalStep], list[str]]
    acts: frozenset[str]


_ON_THE_VISIT = frozenset(
    {"cancel", "edit", "add_details", "resubmit", "change_policy", "move_decision"}
    | {"guests_left", "note_cost"}
    | {"guests_left", "note_cost", "postpone", "reopen", "lapse"}
)
_BY_OWNERS_AND_DRIVERS = frozenset(
    {"finish_task", "confirm", "problem", "hand_over", "assign_car", "decline_trip"}
    | {"trip_accepted", "trip_here", "trip_aboard", "trip_done"}
)
MATTERS: Mapping[Matter, Rules] = {
    Matter.REQUEST: Rules(
        approval.DECISIONS, approval.follow, approval.undo, _ON_THE_VISIT | _BY_OWNERS_AND_DRIVERS
    ),
    Matter.EXCEPTION: Rules(
        exceptions.DECISIONS, exceptions.follow, exceptions.undo, _ON_THE_VISIT | {"declined"}
    ),
}
