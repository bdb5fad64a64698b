"""What a person is to a visit: their roles and parts, and whether these allow a verb."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from models.base.errors import NotAllowed, NotAMember, Outdated
from models.base.permissions import (
    ACCOUNT_OWNER,
    DECIDER,
    ENTRY_OWNER,
    EXCEPTION_WRITER,
    HOST,
    INVITED,
    NAMED,
    NOTICE_FILLER,
    RATER,
    REQUESTER,
    SECOND_HOST,
    TASK_OWNER,
    TRIP_DRIVER,
    Ability,
    Verb,
    may,
)
from models.base.words import InvitationState, Party, StepState, TripState
from models.policy import Policy
from models.reading.deciding import Holders, deciders_of
from models.records.audit import AuditEntry
from models.records.cars import Trip
from models.records.entries import Entry
from models.records.escorts import Invitation
from models.records.preparation import Task
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.people import (
    holders,
    holders_of,
    is_outside,
    is_workspace_admin,
    named,
    of_visit,
)
from services.reading.versions import policy_of

_VISIT: BindParameter[Any] = bindparam("visit")
_PERSON: BindParameter[Any] = bindparam("person")


@dataclass(frozen=True)
class Subject:
    """What a click is about: a visit, and the one task, trip, approval step, invitation or entry of
    it, if any."""

    visit: Visit
    task: Task | None = None
    trip: Trip | None = None
    step: ApprovalStep | None = None
    invitation: Invitation | None = None
    entry: Entry | None = None


def subject(
    session: Session,
    *,
    visit: int | None = None,
    task: int | None = None,
    trip: int | None = None,
    step: int | None = None,
    invitation: int | None = None,
    entry: int | None = None,
) -> Subject:
    """Find what a click is about by exactly one id. Raises Outdated where it is gone."""
    found_task = session.get(Task, task) if task is not None else None
    found_trip = session.get(Trip, trip) if trip is not None else None
    found_step = session.get(ApprovalStep, step) if step is not None else None
    found_invitation = session.get(Invitation, invitation) if invitation is not None else None
    found_entry = session.get(Entry, entry) if entry is not None else None
    part = found_task or found_trip or found_invitation or found_entry
    visit_id = part.visit_id if part is not None else visit
    if found_step is not None:
        visit_id = session.get_one(SignOff, found_step.sign_off_id).visit_id
    found = session.get(Visit, visit_id) if visit_id is not None else None
    if found is None:
        raise Outdated
    return Subject(found, found_task, found_trip, found_step, found_invitation, found_entry)


def roles_of(session: Session, user_id: str) -> frozenset[str]:
    """The roles that the person holds in the company."""
    return _with(user_id, holders(session))


def _with(user_id: str, people: Mapping[str, Collection[str]]) -> frozenset[str]:
    return frozenset(role for role, those in people.items() if user_id in those)


def standing(desk: Desk, about: Subject | None = None) -> frozenset[str]:
    """What the acting person's roles can do, and their parts in the visit if one is given.

    What a role can do is said by the policy that the visit keeps, without a visit by the one in
    force. Where the subject names a task, a trip, a step or an invitation, only the part in that
    very one counts.
    """
    session, user_id = desk.session, desk.person
    policy = desk.site.policy if about is None else policy_of(session, about.visit, desk.site)
    if about is not None and about.visit.trial_of not in {None, user_id}:
        return frozenset()
    present = holders(session) if about is None else holders_of(session, about.visit, policy)
    own: frozenset[str] = frozenset()
    if about is not None and policy.company.for_visits:
        visit_id = about.visit.id or 0
        here = named(session, [visit_id]).get(visit_id, {})
        own, present = _with(user_id, here), of_visit(present, here)
    roles = _with(user_id, present)
    parts: set[str] = {a for role in roles for a in policy.company.abilities(role)}
    if is_workspace_admin(session, user_id):
        parts.add(Ability.ADMINISTERS)
    if about is None:
        return frozenset(parts)
    visit = about.visit
    for part, person in (
        (REQUESTER, visit.requester_id),
        (HOST, visit.host_id),
        (SECOND_HOST, visit.second_host_id),
        (ACCOUNT_OWNER, visit.account_owner_id or visit.host_id),
    ):
        if person == user_id:
            parts.add(part)
    if own:
        parts.add(NAMED)
    if _owns_task(session, user_id, about):
        parts.add(TASK_OWNER)
    if _drives(session, user_id, about):
        parts.add(TRIP_DRIVER)
    if _decides(desk, policy, present, about):
        parts.add(DECIDER)
    if _is_invited(session, user_id, about):
        parts.add(INVITED)
    if _owns_entry(session, user_id, about):
        parts.add(ENTRY_OWNER)
    if visit.rating_asked_at is not None and _is(policy.request.rated_by, parts | roles):
        parts.add(RATER)
    asked = any(_is(rule.filled_by, parts | roles) for rule in policy.notices)
    if asked or _fills_by_item(session, user_id, policy, about):
        parts.add(NOTICE_FILLER)
    if _writes_exceptions(policy, parts | roles):
        parts.add(EXCEPTION_WRITER)
    return frozenset(parts)


def check(desk: Desk, verb: Verb, about: Subject | None = None) -> None:
    """Raise NotAllowed where the person may not do this, be it only to see it, NotAMember for
    whoever takes no part here at all.

    Who presses a button has the card before them: that there is no such visit would baffle them.
    (Of a number that somebody types, `finding.meant` says nothing more.)
    """
    if is_outside(desk.session, desk.person):
        raise NotAMember
    if not may(standing(desk, about), verb):
        raise NotAllowed(verb)


def allowed(desk: Desk, visit: Visit | None = None) -> frozenset[Verb]:
    """Every verb that the person may do to a visit (what a card for one person offers), or by
    their roles alone; none for whoever takes no part here."""
    if is_outside(desk.session, desk.person):
        return frozenset()
    parts = standing(desk, Subject(visit) if visit is not None else None)
    return frozenset(verb for verb in Verb if may(parts, verb))


_PARTS: dict[str, str] = {
    Party.APPROVERS: DECIDER,
    Party.ATTENDING: INVITED,
    Party.TASK_OWNERS: TASK_OWNER,
}
"""Parts that a policy names in other words."""


def _writes_exceptions(policy: Policy, named: Collection[str]) -> bool:
    """Whether the policy names the person, by a role or a part, as one who writes exceptions
    (R2.2)."""
    return any(_is(rule.written_by, named) for rule in policy.exceptions)


def _is(who: str | None, named: Collection[str]) -> bool:
    """Whether one of these roles and parts is what the policy names."""
    return who is not None and _PARTS.get(who, who) in named


def _owns_task(session: Session, user_id: str, about: Subject) -> bool:
    if about.task is not None:
        return about.task.owner_id == user_id
    return _has(session, _owned_query(Task), about, user_id)


def _fills_by_item(session: Session, user_id: str, policy: Policy, about: Subject) -> bool:
    """Whether the person has an item that is done by fields of the notice."""
    keys = [rule.key for rule in policy.tasks if rule.fills]
    if not keys:
        return False
    query = select(Task.id).where(
        Task.visit_id == about.visit.id, Task.owner_id == user_id, col(Task.key).in_(keys)
    )
    return session.exec(query.limit(1)).first() is not None


def _owns_entry(session: Session, user_id: str, about: Subject) -> bool:
    if about.entry is not None:
        return about.entry.owner_id == user_id
    return _has(session, _owned_query(Entry), about, user_id)


def _drives(session: Session, user_id: str, about: Subject) -> bool:
    if about.trip is not None:
        return user_id in {about.trip.driver_id, _declined_by(session, about.trip)}
    return _has(session, _driven_query(), about, user_id)


def _declined_by(session: Session, trip: Trip) -> str | None:
    """Whose trip it was until they said that they cannot drive; None where it is not so."""
    if trip.state != TripState.DECLINED:
        return None
    query = select(AuditEntry).where(
        AuditEntry.visit_id == trip.visit_id, AuditEntry.verb == "decline_trip"
    )
    entries = session.exec(query.order_by(col(AuditEntry.id).desc()))
    return next((each.actor_id for each in entries if each.detail.get("trip") == trip.id), None)


def _is_invited(session: Session, user_id: str, about: Subject) -> bool:
    """Whether the person was asked to attend, whatever they said."""
    if about.invitation is not None:
        return about.invitation.user_id == user_id
    return _has(session, _invited_query(), about, user_id)


def _decides(desk: Desk, policy: Policy, roles: Holders, about: Subject) -> bool:
    """Whether the person may decide the step, or any of the visit's that was asked, or has."""
    is_one = about.step is not None
    given = {"id": about.step.id if about.step is not None else about.visit.id}
    return any(
        step.decided_by == desk.person or desk.person in deciders_of(policy, sign_off, step, roles)
        for sign_off, step in desk.session.exec(_steps_query(is_one=is_one), params=given)
    )


def _has(session: Session, query: SelectOfScalar[Any], about: Subject, user_id: str) -> bool:
    """Whether a query for parts of the visit finds one that is the person's."""
    given = {"visit": about.visit.id, "person": user_id}
    return session.exec(query, params=given).first() is not None


@cache
def _owned_query(table: type[Task] | type[Entry]) -> SelectOfScalar[Any]:
    query = select(table.id).where(table.visit_id == _VISIT, table.owner_id == _PERSON)
    return query.limit(1)


@cache
def _driven_query() -> SelectOfScalar[Any]:
    return select(Trip.id).where(Trip.visit_id == _VISIT, Trip.driver_id == _PERSON).limit(1)


@cache
def _invited_query() -> SelectOfScalar[Any]:
    query = select(Invitation.id).where(
        Invitation.visit_id == _VISIT,
        Invitation.user_id == _PERSON,
        Invitation.state != InvitationState.WITHDRAWN,
    )
    return query.limit(1)


@cache
def _steps_query(*, is_one: bool) -> Select[SignOff, ApprovalStep]:
    """One step, or all of a visit that were asked for."""
    query = select(SignOff, ApprovalStep).join(ApprovalStep)
    if is_one:
        return query.where(ApprovalStep.id == bindparam("id"))
    was_asked = col(ApprovalStep.state) != StepState.WAITING
    return query.where(SignOff.visit_id == bindparam("id"), was_asked)
