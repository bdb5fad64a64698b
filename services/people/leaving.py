"""Who has left the workspace, or is back, and what that changes for open visits."""

from collections.abc import Sequence

from sqlalchemy import union
from sqlmodel import Session, col, select

from models.base.words import OPEN_STATUSES, TaskState
from models.records.people import Person, RoleHolder, VisitRole
from models.records.preparation import Task
from models.records.visit import Visit
from models.reminders.owed import NOBODY, Owed
from services.people.roles import need_roles
from services.reading import people as known
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import outbox
from services.store.hold import hold

LEFT = "do:person"
"""The row by which one visit follows. args: `person`."""
_IS_OPEN = col(Visit.status).in_([str(status) for status in OPEN_STATUSES])


def remember(desk: Desk, people: Sequence[Person]) -> None:
    """Keep what Slack says of these people. Whoever has left is passed over from now on, whoever is
    back is asked again: each open visit that it concerns follows at once, in a transaction of its
    own."""
    ids = [person.user_id for person in people]
    query = select(Person.user_id, Person.is_active).where(col(Person.user_id).in_(ids))
    before = dict(desk.session.exec(query).all())
    known.remember(desk.session, list(people))
    desk.session.flush()
    for person in people:
        if before.get(person.user_id, True) != person.is_active:
            for visit_id in _concerned(desk.session, person.user_id):
                key = f"v{visit_id}:person:{person.user_id}:{int(desk.now.timestamp())}"
                args: dict[str, object] = {"person": person.user_id}
                row = Owed(key, LEFT, NOBODY, due=desk.now, args=args)
                outbox.add_once(desk.session, [row], visit_id, desk.now, is_planned=False)


def _concerned(session: Session, user_id: str) -> list[int]:
    """The open visits, next arrival first, in which the person has a role or an item; all of them
    for whoever holds a role of the company."""
    visits = select(Visit.id).where(_IS_OPEN).order_by(col(Visit.arrival), col(Visit.id))
    if session.exec(select(RoleHolder).where(RoleHolder.user_id == user_id)).first() is None:
        own = union(
            select(VisitRole.visit_id).where(VisitRole.user_id == user_id),
            select(Task.visit_id).where(Task.owner_id == user_id, Task.state != TaskState.DONE),
        )
        visits = visits.where(col(Visit.id).in_(own))
    return [visit_id or 0 for visit_id in session.exec(visits)]


def pass_over(desk: Desk, visit_id: int, user_id: str) -> None:
    """Bring a visit in line with somebody having left, or being back: their open items go to the
    next holder of the role, decisions and cards to whoever holds it now. An item that nobody else
    can take stays where it is, and is named to the admins."""
    visit = hold(desk.session, visit_id)
    if visit.status not in OPEN_STATUSES:
        return
    person = desk.session.get(Person, user_id)
    is_here = person is None or person.is_active
    view = picture(desk.session, visit_id, desk.site)
    missing: list[str] = []
    for task in view.tasks:
        wanted = None if is_here else user_id
        if task.state == TaskState.DONE or task.owner_id != wanted:
            continue
        others = [each for each in view.people(task.owner_role) if each != wanted]
        if others:
            task.owner_id = others[0]
            desk.session.add(task)
        elif not is_here and task.owner_role in view.policy.company.keys:
            missing.append(task.owner_role)
    step = view.pending_step
    if step is not None and not view.deciders(step):
        missing.append(step.role)
    need_roles(desk, visit, list(dict.fromkeys(missing)))
    outbox.changed(desk, visit)
