"""Who holds a role for one visit: named by host or coordinator, or in turn by the policy."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from models.base.errors import Fault, InvalidForm, VisitOver
from models.base.words import OPEN_STATUSES, Role, TaskState
from models.reading.picture import VisitPicture
from models.records.people import VisitRole
from models.records.preparation import Task
from models.records.visit import Visit
from services.people.told import told_items
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.people import holders
from services.saying import audit, outbox
from services.store.hold import hold


def fillable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit for which people can be named. Raises VisitOver."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES:
        raise VisitOver(view.visit.status)
    return view


def fill_roles(
    desk: Desk, visit_id: int, chosen: Mapping[Role, Sequence[str]], second_host: str | None
) -> Visit:
    """Name who holds roles for one visit, each role anew; nobody: the company's holders do it.

    Items of the role that nobody was given by name go to whoever is named first; who is named is
    told. Raises VisitOver, and InvalidForm for more people than the policy lets hold a role.
    """
    visit = hold(desk.session, visit_id)
    view = fillable(desk, visit_id)
    faults = {}
    for role in view.policy.company.for_visits:
        if len(chosen.get(role.key, ())) > role.per_visit:
            faults[role.key] = Fault("too_many_people", {"limit": role.per_visit})
    if second_host != visit.second_host_id and told_items(desk.session, view.policy, visit):
        faults["second_host"] = Fault("told_by_edit")
    if faults:
        raise InvalidForm(faults)
    for role in view.policy.company.for_visits:
        people = list(dict.fromkeys(chosen.get(role.key, view.named.get(role.key, []))))
        if people != view.named.get(role.key, []):
            _name(desk, view, role.key, people)
    if second_host != visit.second_host_id:
        visit.second_host_id = second_host
        visit.revision += 1  # a form that was opened before would put the old one back
        audit.note(desk, visit, "edit", fields=["second_host"])
    outbox.changed(desk, visit)
    return visit


def fill_in_turn(desk: Desk, visit: Visit) -> None:
    """Name for an approved visit who takes it by turn: of the company's holders whoever has the
    fewest open visits, of several the first (P16). Who is named already stays."""
    view = picture(desk.session, visit.id or 0, desk.site)
    for role in view.policy.company.for_visits:
        if visit.trial_of or role.filled != "in_turn" or view.named.get(role.key):
            continue
        pool = holders(desk.session).get(role.key, [])
        busy = _visits_each(desk.session, role.key)
        order = sorted(pool, key=lambda person: busy.get(person, 0))  # keeps the first first
        if order:
            _name(desk, view, role.key, order[: role.per_visit])


def _visits_each(session: Session, role: Role) -> dict[str, int]:
    """For how many open visits each person holds the role."""
    rows = session.exec(
        select(VisitRole.user_id, func.count())
        .join(Visit, col(Visit.id) == VisitRole.visit_id)
        .where(
            VisitRole.role == role,
            col(Visit.status).in_([str(status) for status in OPEN_STATUSES]),
        )
        .group_by(col(VisitRole.user_id))
    )
    return dict(rows.all())


def _name(desk: Desk, view: VisitPicture, role: Role, people: list[str]) -> None:
    visit, session = view.visit, desk.session
    session.exec(
        delete(VisitRole).where(col(VisitRole.visit_id) == visit.id, col(VisitRole.role) == role)
    )
    for position, user_id in enumerate(people):
        session.add(
            VisitRole(visit_id=visit.id or 0, role=role, user_id=user_id, position=position)
        )
    session.flush()
    audit.note(desk, visit, "name" if people else "name_nobody", role=role, people=people)
    before = set(view.holders.get(role, []))
    first = next(iter(people or holders(session).get(role, [])), None)
    for task in session.exec(
        select(Task).where(
            Task.visit_id == visit.id, Task.owner_role == role, Task.state != TaskState.DONE
        )
    ):
        if task.owner_id is None or task.owner_id in before:
            task.owner_id = first
            session.add(task)
    for person in people:
        if person != desk.actor_id and person not in view.named.get(role, []):
            key = f"v{visit.id}:named:{role}:{int(desk.now.timestamp())}:{person}"
            outbox.owe(desk, "named", person, key, visit.id, role=role, by=desk.actor_id)
