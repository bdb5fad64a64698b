"""Which visits can concern a person, as conditions of a query."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, false, literal
from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base.words import OPEN_STATUSES, VisitStatus
from models.records.cars import Trip
from models.records.entries import Entry
from models.records.escorts import Invitation
from models.records.people import VisitRole
from models.records.preparation import Task
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit

_OPEN = [str(status) for status in OPEN_STATUSES]
IS_OPEN = col(Visit.status).in_(_OPEN)
TAKES_PLACE = (
    IS_OPEN,
    col(Visit.status) != str(VisitStatus.POSTPONED),
    col(Visit.approved_at).is_not(None),
)
"""Approved once and not over, also while a later change waits for its approval."""


def may_concern(me: str, roles: frozenset[str], *, is_open: bool) -> ColumnElement[bool]:
    """The visits in which the person can have a part; `standing` then says which. Asked of each
    visit that is left, so that what is long closed is not gone through; `is_open`: only open ones
    are left."""
    here = col(Visit.id)
    decides = (
        select(SignOff.visit_id)
        .join(ApprovalStep)
        .where(
            or_(
                col(ApprovalStep.decided_by) == me,
                col(ApprovalStep.delegate_id) == me,
                *asks_any(roles),
            ),
        )
    )
    if is_open:  # else PostgreSQL goes through the steps of all that is closed
        opened = aliased(Visit)
        decides = decides.join(opened, col(SignOff.visit_id) == opened.id)
        decides = decides.where(col(opened.status).in_(_OPEN))
    return or_(
        Visit.requester_id == me,
        Visit.host_id == me,
        Visit.second_host_id == me,
        Visit.account_owner_id == me,
        exists(select(Task.id).where(Task.visit_id == here, Task.owner_id == me)),
        exists(select(Trip.id).where(Trip.visit_id == here, Trip.driver_id == me)),
        exists(select(Invitation.id).where(Invitation.visit_id == here, Invitation.user_id == me)),
        exists(select(Entry.id).where(Entry.visit_id == here, Entry.owner_id == me)),
        here.in_(decides),
        exists(named_for(me)),
    )


def named_for(me: str) -> SelectOfScalar[int]:
    """Whether the person holds a role for the visit that is asked about."""
    return select(VisitRole.visit_id).where(VisitRole.visit_id == Visit.id, VisitRole.user_id == me)


def asks_any(roles: Iterable[str]) -> list[ColumnElement[bool]]:
    """The steps for which holders of one of the roles have been asked."""
    padded = literal(" ") + col(ApprovalStep.levels) + " "
    asked = [padded.contains(f" {role} ", autoescape=True) for role in sorted(roles)]
    return asked or [false()]
