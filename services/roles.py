"""Who holds which role, and what changes for open visits when that changes."""

from sqlmodel import col, delete, select

from models.people import RoleHolder
from models.visit import Task, Visit
from models.words import OPEN_STATUSES, Role, TaskState
from services import audit, outbox
from services.desk import Desk
from services.hold import hold
from services.people import holders


def set_role(desk: Desk, role: Role, user_ids: list[str]) -> list[str]:
    """Give a role to these people and nobody else; the first is asked where one is needed.

    Open visits follow at once: tasks without an owner get one, cards that waited for an approver
    go out. Returns the people, each once.
    """
    people = list(dict.fromkeys(user_ids))
    before = holders(desk.session).get(role, [])
    if people == before:
        return people
    desk.session.exec(delete(RoleHolder).where(col(RoleHolder.role) == role))
    for position, user_id in enumerate(people):
        desk.session.add(RoleHolder(role=role, user_id=user_id, position=position))
    audit.record(desk, "set_role", None, role=str(role), people=people, before=before)
    _reassign(desk, role, before, people)
    visits = desk.session.exec(
        select(Visit.id)
        .where(col(Visit.status).in_([str(s) for s in OPEN_STATUSES]))
        .order_by(col(Visit.id))
    )
    for visit_id in visits.all():
        hold(desk.session, visit_id or 0)
        outbox.replan(desk, visit_id or 0)
        outbox.touch(desk, visit_id or 0)
    return people


def _reassign(desk: Desk, role: Role, before: list[str], people: list[str]) -> None:
    """Open tasks of the role go to its first holder, unless a present holder has them."""
    tasks = desk.session.exec(
        select(Task).where(Task.owner_role == role, Task.state != TaskState.DONE)
    )
    for task in tasks.all():
        if task.owner_id is None or (task.owner_id in before and task.owner_id not in people):
            task.owner_id = people[0] if people else None
            desk.session.add(task)


def need_roles(desk: Desk, visit: Visit, roles: list[Role]) -> list[Role]:
    """Tell the admins, and the requester, which of these roles nobody holds, once for each visit.

    Returns the roles that are missing.
    """
    present = holders(desk.session)
    missing = [role for role in roles if not present.get(role)]
    if missing:
        names = ",".join(sorted(missing))
        for person in dict.fromkeys([visit.requester_id, *present.get(Role.ADMIN, [])]):
            key = f"v{visit.id}:missing:{names}:{person}"[:160]
            outbox.owe(
                desk, "missing_role", person, key, visit.id, roles=[str(role) for role in missing]
            )
    return missing
