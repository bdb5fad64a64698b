"""What a person is to a visit: their roles and parts, and whether these allow a verb."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.approval import ApprovalStep
from models.errors import NotAllowed, Outdated, VisitNotFound
from models.permissions import (
    ACCOUNT_OWNER,
    DECIDER,
    HOST,
    REQUESTER,
    TASK_OWNER,
    TRIP_DRIVER,
    Verb,
    may,
)
from models.visit import Customer, Task, Trip, Visit
from models.words import Role, StepState
from services.desk import Desk
from services.people import holders, is_workspace_admin


@dataclass(frozen=True)
class Subject:
    """What a click is about: a visit, and the one task, trip or approval step of it, if any."""

    visit: Visit
    task: Task | None = None
    trip: Trip | None = None
    step: ApprovalStep | None = None


def subject(
    session: Session,
    *,
    visit: int | None = None,
    task: int | None = None,
    trip: int | None = None,
    step: int | None = None,
) -> Subject:
    """Find what a click is about by exactly one id. Raises Outdated where it is gone."""
    found_task = session.get(Task, task) if task is not None else None
    found_trip = session.get(Trip, trip) if trip is not None else None
    found_step = session.get(ApprovalStep, step) if step is not None else None
    part = found_task or found_trip or found_step
    visit_id = part.visit_id if part is not None else visit
    found = session.get(Visit, visit_id) if visit_id is not None else None
    if found is None:
        raise Outdated
    return Subject(found, found_task, found_trip, found_step)


def standing(session: Session, user_id: str, about: Subject | None = None) -> frozenset[str]:
    """The person's roles, and their parts in the visit if one is given.

    Where the subject names a task, a trip or a step, only the part in that very one counts.
    """
    roles = holders(session)
    parts = {role for role, people in roles.items() if user_id in people}
    if is_workspace_admin(session, user_id):
        parts.add(Role.ADMIN)
    if about is None:
        return frozenset(parts)
    visit = about.visit
    customer = session.get_one(Customer, visit.customer_id)
    owner = visit.account_owner_id or customer.account_owner_id or visit.host_id
    for part, person in (
        (REQUESTER, visit.requester_id),
        (HOST, visit.host_id),
        (ACCOUNT_OWNER, owner),
    ):
        if person == user_id:
            parts.add(part)
    if _owns_task(session, user_id, about):
        parts.add(TASK_OWNER)
    if _drives(session, user_id, about):
        parts.add(TRIP_DRIVER)
    if _decides(session, user_id, parts, about):
        parts.add(DECIDER)
    return frozenset(parts)


def check(desk: Desk, verb: Verb, about: Subject | None = None) -> None:
    """Raise NotAllowed where the person may not do this, VisitNotFound where not even see it.

    Who presses a button has the card before them: that there is no such visit would baffle them.
    """
    if may(standing(desk.session, desk.person, about), verb):
        return
    if verb == Verb.SEE and about is not None:
        raise VisitNotFound(about.visit.number)
    raise NotAllowed(verb)


def allowed(session: Session, user_id: str, visit: Visit | None = None) -> frozenset[Verb]:
    """Every verb that the person may do to a visit (what a card for one person offers), or by
    their roles alone."""
    parts = standing(session, user_id, Subject(visit) if visit is not None else None)
    return frozenset(verb for verb in Verb if may(parts, verb))


def _owns_task(session: Session, user_id: str, about: Subject) -> bool:
    if about.task is not None:
        return about.task.owner_id == user_id
    query = select(Task.id).where(Task.visit_id == about.visit.id, Task.owner_id == user_id)
    return session.exec(query.limit(1)).first() is not None


def _drives(session: Session, user_id: str, about: Subject) -> bool:
    if about.trip is not None:
        return about.trip.driver_id == user_id
    query = select(Trip.id).where(Trip.visit_id == about.visit.id, Trip.driver_id == user_id)
    return session.exec(query.limit(1)).first() is not None


def _decides(session: Session, user_id: str, roles: set[str], about: Subject) -> bool:
    steps = (
        [about.step]
        if about.step is not None
        else session.exec(
            select(ApprovalStep).where(
                ApprovalStep.visit_id == about.visit.id,
                col(ApprovalStep.state) != StepState.WAITING,
            )
        )
    )
    return any(
        step.role in roles
        or step.decided_by == user_id
        or (step.escalated_at is not None and step.escalate_to in roles)
        for step in steps
    )
