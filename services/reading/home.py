"""Reading for one person: the visits they may see, and what App Home shows. Changes nothing.

Whatever the number of open visits, a fixed number of queries: each kind of thing that waits is
read as far as a list goes, and only what is shown is then read whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import exists, func
from sqlmodel import Session, col, or_, select

from models.base.words import (
    InvitationState,
    Matter,
    Phase,
    StepState,
    TaskState,
    TripState,
    VisitStatus,
)
from models.reading.deciding import Holders, deciders_of
from models.reading.dispatch import assigns_cars
from models.reading.finding import Shelf, Wanted
from models.reading.picture import HomeAgenda, VisitPicture, WaitingItem
from models.records.cars import Trip
from models.records.escorts import Invitation
from models.records.people import VisitRole
from models.records.preparation import Task
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from models.reminders.timed import asks_outcome
from services.reading import absences
from services.reading.concern import IS_OPEN, TAKES_PLACE, asks_any, named_for
from services.reading.desk import Desk
from services.reading.finding import find
from services.reading.looks import pictures
from services.reading.people import holders, named, of_visit
from services.reading.versions import policy_of

LIST_LENGTH = 20
_DRIVEN = [str(each) for each in TripState if each not in {TripState.DONE, TripState.DECLINED}]
_TO_DO = [str(each) for each in TaskState if each != TaskState.DONE]


# By what is named, not by what is not: an index finds it beside a hundred thousand that are done.
def home_agenda(desk: Desk) -> HomeAgenda:
    """What App Home shows a person: their visits, what waits for them, what happens today."""
    me = desk.person
    mine = desk.session.exec(
        select(Visit.id)
        .where(
            IS_OPEN,
            or_(
                Visit.requester_id == me,
                Visit.host_id == me,
                Visit.account_owner_id == me,
                exists(named_for(me)),
            ),
        )
        .order_by(col(Visit.arrival))
        .limit(LIST_LENGTH)
    )
    my_ids, today, waiting = mine.all(), _today(desk), _waiting(desk, me)
    without = _without_outcome(desk, me)
    ids = {*my_ids, *today, *(each.visit_id for each in waiting), *without}
    views = pictures(desk.session, {visit_id or 0 for visit_id in ids}, desk.site)
    items = [
        *(WaitingItem(w.kind, views[w.visit_id], w.due, **w.part) for w in waiting),
        *_outcomes(views[visit_id or 0] for visit_id in without),
    ]
    return HomeAgenda(
        my_visits=[views[visit_id or 0] for visit_id in my_ids],
        waiting=items[:LIST_LENGTH],
        today=[views[visit_id or 0] for visit_id in today],
        absences=absences.concerning(desk, me),
    )


def _today(desk: Desk) -> list[int | None]:
    return [view.visit.id for view in find(desk, Wanted(Shelf.TODAY), LIST_LENGTH).visits]


Kind = Literal["approval", "exception", "changes", "car", "trip", "task", "invitation", "outcome"]


@dataclass(frozen=True)
class _Waits:
    """One thing that waits, before its visit is read whole. `part`: fields of a WaitingItem."""

    kind: Kind
    visit_id: int
    due: datetime
    part: dict[str, Any] = field(default_factory=dict)


def _waiting(desk: Desk, me: str) -> list[_Waits]:
    """Decisions, cars, tasks and trips that are this person's turn, most urgent first."""
    session, roles = desk.session, holders(desk.session)
    found = [
        *_decisions(desk, me, roles),
        *_changes(session, me),
        *(_cars(session) if me in assigns_cars(desk.site.policy, roles) else ()),
        *_trips(session, me),
        *_tasks(session, me),
        *_invitations(session, me),
    ]
    return sorted(found, key=lambda each: each.due)[:LIST_LENGTH]


def _decisions(desk: Desk, me: str, roles: Holders) -> Iterator[_Waits]:
    """What the person may decide now; what may be theirs is read, and then looked at closely."""
    session = desk.session
    mine = {role for role, people in roles.items() if me in people}
    mine |= set(session.exec(select(VisitRole.role).where(VisitRole.user_id == me)))
    rows = session.exec(
        select(SignOff, ApprovalStep, Visit)
        .join(ApprovalStep)
        .join(Visit)
        .where(
            ApprovalStep.state == StepState.PENDING,
            SignOff.state == StepState.PENDING,
            IS_OPEN,
            or_(col(ApprovalStep.delegate_id) == me, *asks_any(mine)),
        )
        .order_by(col(Visit.arrival), col(ApprovalStep.id))
        .limit(2 * LIST_LENGTH)
    )
    for sign_off, step, visit in rows:
        policy, present = policy_of(session, visit, desk.site), roles
        if policy.company.for_visits:
            number = visit.id or 0
            present = of_visit(roles, named(session, [number]).get(number, {}))
        if me not in deciders_of(policy, sign_off, step, present):
            continue
        kind: Kind = "approval" if sign_off.matter == Matter.REQUEST else "exception"
        yield _Waits(kind, visit.id or 0, visit.arrival, {"step": step})


def _changes(session: Session, me: str) -> Iterator[_Waits]:
    visits = session.exec(
        select(Visit)
        .where(Visit.status == VisitStatus.CHANGES_ASKED, Visit.requester_id == me)
        .order_by(col(Visit.arrival))
        .limit(LIST_LENGTH)
    )
    for visit in visits:
        yield _Waits("changes", visit.id or 0, visit.arrival)


def _cars(session: Session) -> Iterator[_Waits]:
    trips = session.exec(
        select(Trip)
        .join(Visit, col(Visit.id) == Trip.visit_id)
        .where(
            col(Trip.state).in_([TripState.WANTED, TripState.DECLINED]),
            col(Visit.trial_of).is_(None),
            *TAKES_PLACE,
            col(Visit.left_at).is_(None),
        )
        .order_by(col(Trip.at), col(Trip.id))
        .limit(LIST_LENGTH)
    )
    for trip in trips:
        yield _Waits("car", trip.visit_id, trip.at, {"trip": trip})


def _trips(session: Session, me: str) -> Iterator[_Waits]:
    trips = session.exec(
        select(Trip)
        .join(Visit, col(Visit.id) == Trip.visit_id)
        .where(
            Trip.driver_id == me,
            col(Trip.state).in_(_DRIVEN),
            *TAKES_PLACE,
        )
        .order_by(col(Trip.at), col(Trip.id))
        .limit(LIST_LENGTH)
    )
    for trip in trips:
        yield _Waits("trip", trip.visit_id, trip.at, {"trip": trip})


def _tasks(session: Session, me: str) -> Iterator[_Waits]:
    tasks = session.exec(
        select(Task)
        .join(Visit, col(Visit.id) == Task.visit_id)
        .where(
            Task.owner_id == me,
            col(Task.state).in_(_TO_DO),
            *TAKES_PLACE,
            or_(Task.phase == Phase.FOLLOW_UP, col(Visit.left_at).is_(None)),
        )
        .order_by(col(Task.due_at), col(Task.id))
        .limit(LIST_LENGTH)
    )
    for task in tasks:
        yield _Waits("task", task.visit_id, task.due_at, {"task": task})


def _invitations(session: Session, me: str) -> Iterator[_Waits]:
    asked = session.exec(
        select(Invitation, Visit.arrival)
        .join(Visit, col(Visit.id) == Invitation.visit_id)
        .where(
            Invitation.user_id == me,
            IS_OPEN,
            col(Visit.left_at).is_(None),
            or_(
                Invitation.state == InvitationState.ASKED,
                (col(Invitation.state) == InvitationState.ACCEPTED)
                & col(Invitation.asked_again_at).is_not(None),
            ),
        )
        .order_by(col(Visit.arrival), col(Invitation.id))
        .limit(LIST_LENGTH)
    )
    for invitation, arrival in asked:
        yield _Waits("invitation", invitation.visit_id, arrival, {"invitation": invitation})


def _without_outcome(desk: Desk, me: str) -> list[int | None]:
    """The visits in follow-up whose outcome their account owner has not said."""
    owner = func.coalesce(Visit.account_owner_id, Visit.host_id)
    visits = desk.session.exec(
        select(Visit.id)
        .where(
            Visit.status == VisitStatus.FOLLOW_UP,
            col(Visit.outcome).is_(None),
            owner == me,
        )
        .order_by(col(Visit.left_at))
        .limit(LIST_LENGTH)
    )
    return list(visits.all())


def _outcomes(views: Iterable[VisitPicture]) -> Iterator[WaitingItem]:
    """Those of them of which nothing but the outcome is missing (R8.4): also when the reminders
    have come to their end."""
    for view in views:
        if asks_outcome(view) and not view.awaited():
            yield WaitingItem("outcome", view, view.visit.left_at or view.visit.departure)
