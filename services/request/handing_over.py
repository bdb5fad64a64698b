"""What one person has of a visit goes to another, or comes back: parties, items, trips, promises,
decisions. One visit, one transaction; called by a row of the outbox."""

from dataclasses import replace

from sqlmodel import col, select

from models.base.permissions import Ability
from models.base.words import EntryState, Party, StepState, TaskState, TripState
from models.reading.handing import Parts, parts_of
from models.reading.picture import VisitPicture
from models.records.entries import Entry
from models.records.people import Absence, VisitRole
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from services.cars.drivers import busy_with
from services.cars.trips import give_back
from services.keeping.entries import tell_owner
from services.people.told import AWAY, BACK, HANDED, Why, tell_again
from services.preparation.checklist import settle_cars
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.signoff.delegation import delegate_chain
from services.store.hold import hold

NO_WORDS = Why()
_COLUMNS = {
    Party.HOST: ("host_id", "host_for_id"),
    Party.SECOND_HOST: ("second_host_id", "second_host_for_id"),
    Party.ACCOUNT_OWNER: ("account_owner_id", "account_owner_for_id"),
}


def hand_visit(
    desk: Desk, visit_id: int, who: str, to: str, absence_id: int | None, why: Why = NO_WORDS
) -> None:
    """Give what `who` has of a visit to another: for the days of an absence, or (None) for good.

    A drive that the other cannot take, by their role or for another drive at that time, goes back
    to whoever assigns cars. Does nothing once the absence is ended, or where nothing is left. `why`
    holds the words of whoever hands over for good.
    """
    absence = desk.session.get(Absence, absence_id) if absence_id is not None else None
    if absence_id is not None and (absence is None or absence.ended_at is not None):
        return
    visit = hold(desk.session, visit_id)
    if visit.trial_of is not None:
        return
    view = picture(desk.session, visit_id, desk.site)
    parts, entries = parts_of(view, who, to), _entries(desk, visit_id, who)
    if not parts and not entries:
        return
    last = absence.to_day if absence is not None else None
    kept_for = who if last is not None else None
    what = HANDED if last is None else AWAY
    _give_parties(desk, visit, parts, to, kept_for, replace(why, what=what, who=who, until=last))
    for task in parts.tasks:
        task.owner_id, task.for_id = to, kept_for or _unless(task.for_id, to)
        desk.session.add(task)
    for entry in entries:
        entry.owner_id, entry.for_id = to, kept_for or _unless(entry.for_id, to)
        desk.session.add(entry)
        tell_owner(desk, entry)
    if last is None:
        _give_roles(desk, visit_id, who, to)
    for chain, step in parts.steps:
        delegate_chain(desk, view, chain, step, who, to, until=last)
    audit.note(
        desk,
        visit,
        "stand_in" if last is not None else "take_over",
        other=who,
        to=to,
        parties=[str(party) for party in parts.parties],
        items=[task.key for task in parts.tasks],
        trips=[trip.id for trip in parts.trips],
        entries=[entry.id for entry in entries],
        steps=[step.id for _, step in parts.steps],
    )
    _give_trips(desk, visit, view, parts, to, kept_for)
    outbox.changed(desk, visit)


def bring_back(desk: Desk, visit_id: int, absence_id: int) -> None:
    """Bring back to who is back what went along of a visit, as far as the stand-in still has it
    and nobody has acted on it: items neither done nor reported, drives not accepted, promises and
    decisions still open, and the parties that they are."""
    absence = desk.session.get_one(Absence, absence_id)
    who, stand_in = absence.user_id, absence.stand_in
    visit = hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    came: list[str] = []
    for party, (holds, keeps) in _COLUMNS.items():
        if getattr(visit, keeps) == who:
            if getattr(visit, holds) == stand_in:
                setattr(visit, holds, who)
                came.append(str(party))
            setattr(visit, keeps, None)
    if came:
        visit.revision += 1
    if {Party.HOST, Party.SECOND_HOST} & set(came):
        tell_again(desk, visit, Why(what=BACK, who=who))
    for task in view.tasks:
        if task.for_id == who:
            task.for_id = None
            if task.owner_id == stand_in and task.state == TaskState.OPEN:
                task.owner_id = who
                came.append(task.key)
            desk.session.add(task)
    drives = who in view.able(Ability.DRIVES)
    for trip in view.trips:
        if trip.for_id == who:
            trip.for_id = None
            if drives and trip.driver_id == stand_in and trip.state == TripState.ASSIGNED:
                trip.driver_id = who
                trip.assignment += 1
                came.append(trip.kind)
            desk.session.add(trip)
    for entry in desk.session.exec(
        select(Entry).where(Entry.visit_id == visit_id, Entry.for_id == who)
    ).all():
        entry.for_id = None
        if entry.owner_id == stand_in and entry.state == EntryState.OPEN:
            entry.owner_id = who
            came.append(entry.kind)
            tell_owner(desk, entry)
        desk.session.add(entry)
    came += _take_decisions_back(desk, view, who, stand_in)
    if came:
        audit.note(desk, visit, "came_back", other=who, to=stand_in, parts=came)
    outbox.changed(desk, visit)


def _unless(kept: str | None, person: str) -> str | None:
    """For whom it is kept still: for nobody once that one has it."""
    return kept if kept != person else None


def _entries(desk: Desk, visit_id: int, who: str) -> list[Entry]:
    query = select(Entry).where(Entry.visit_id == visit_id, Entry.owner_id == who)
    return list(desk.session.exec(query.where(Entry.state == EntryState.OPEN)).all())


def _give_parties(
    desk: Desk, visit: Visit, parts: Parts, to: str, kept_for: str | None, why: Why
) -> None:
    for party in parts.parties:
        holds, keeps = _COLUMNS[party]
        setattr(visit, holds, to)
        setattr(visit, keeps, kept_for or _unless(getattr(visit, keeps), to))
    if parts.parties:
        visit.revision += 1  # a form that was opened before would put the old one back
    desk.session.add(visit)
    if {Party.HOST, Party.SECOND_HOST} & set(parts.parties):
        tell_again(desk, visit, why)


def _give_roles(desk: Desk, visit_id: int, who: str, to: str) -> None:
    rows = desk.session.exec(select(VisitRole).where(VisitRole.visit_id == visit_id)).all()
    there = {row.role for row in rows if row.user_id == to}
    for row in rows:
        if row.user_id == who:
            desk.session.delete(row)
            if row.role not in there:
                position = row.position
                desk.session.add(
                    VisitRole(visit_id=visit_id, role=row.role, user_id=to, position=position)
                )


def _give_trips(
    desk: Desk, visit: Visit, view: VisitPicture, parts: Parts, to: str, kept_for: str | None
) -> None:
    for trip in parts.trips:
        is_able = to in view.able(Ability.DRIVES)
        if not is_able or busy_with(desk.session, to, trip, visit) is not None:
            give_back(desk, visit, trip, None)
            continue
        trip.driver_id, trip.state = to, TripState.ASSIGNED
        trip.for_id = kept_for or _unless(trip.for_id, to)
        trip.assignment += 1
        desk.session.add(trip)
    if parts.trips:
        settle_cars(desk, visit)


def _take_decisions_back(desk: Desk, view: VisitPicture, who: str, stand_in: str) -> list[str]:
    ids = [step.id for chain in view.chains for step in chain.steps]
    steps = desk.session.exec(
        select(ApprovalStep).where(
            col(ApprovalStep.id).in_(ids),
            ApprovalStep.delegated_by == who,
            ApprovalStep.delegate_id == stand_in,
            col(ApprovalStep.delegated_until).is_not(None),
            col(ApprovalStep.state).in_([str(StepState.PENDING), str(StepState.WAITING)]),
        )
    ).all()
    for step in steps:
        step.delegate_id = step.delegated_by = step.delegated_at = step.delegated_until = None
        desk.session.add(step)
    return [step.role for step in steps]
