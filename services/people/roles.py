"""Who holds which role, and what changes for open visits when that changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, delete, select

from models.base.words import OPEN_STATUSES, Role, TaskState
from models.records.people import RoleHolder
from models.records.preparation import Task
from models.records.visit import Visit
from models.reminders.owed import NOBODY, Owed
from services.reading.desk import Desk
from services.reading.people import admins, forget_holders, holders, holders_of, named, of_visit
from services.reading.versions import policy_of
from services.saying import audit, outbox
from services.store.hold import hold

_IS_OPEN = col(Visit.status).in_([str(status) for status in OPEN_STATUSES])
AT_ONCE = 20
"""So many visits follow a changed role in the same transaction; others must not wait for more."""


def set_roles(desk: Desk, chosen: Mapping[Role, Sequence[str]]) -> None:
    """Give each of these roles to these people and nobody else (`set_role`). Told of it, once and
    not by themselves: the admins of before and after hear all, whoever else it concerns hears of
    their own."""
    before = {role: holders(desk.session).get(role, []) for role in chosen}
    admin = admins(desk.session, desk.site.policy)
    changes: list[dict[str, Any]] = []
    concerned: list[str] = []
    for role, user_ids in chosen.items():
        people = set_role(desk, role, list(user_ids))
        added = [who for who in people if who not in before[role]]
        gone = [who for who in before[role] if who not in people]
        if added or gone:
            changes.append({"role": str(role), "added": added, "gone": gone})
            concerned += [*added, *gone]
    if not changes:
        return
    admin += admins(desk.session, desk.site.policy)
    for person in dict.fromkeys([*admin, *concerned]):
        if person != desk.actor_id:
            own = [each for each in changes if person in (*each["added"], *each["gone"])]
            args = {"changes": changes if person in admin else own, "by": desk.actor_id}
            key = f"roles:{int(desk.now.timestamp())}:{desk.actor_id}:{person}"
            outbox.owe(desk, "roles_changed", person, key, None, **args)


def set_role(desk: Desk, role: Role, user_ids: list[str]) -> list[str]:
    """Give a role to these people and nobody else; the first is asked where one is needed.

    Open visits follow: tasks without an owner get one, cards that waited for an approver go out.
    The next to come follow here, the others right after, each in a transaction of its own. Returns
    the people, each once.
    """
    people = list(dict.fromkeys(user_ids))
    before = holders(desk.session).get(role, [])
    if people == before:
        return people
    desk.session.exec(delete(RoleHolder).where(col(RoleHolder.role) == role))
    for position, user_id in enumerate(people):
        desk.session.add(RoleHolder(role=role, user_id=user_id, position=position))
    forget_holders(desk.session)
    change = audit.record(desk, "set_role", None, role=str(role), people=people, before=before)
    visits = desk.session.exec(
        select(Visit.id).where(_IS_OPEN).order_by(col(Visit.arrival), col(Visit.id))
    ).all()
    for visit_id in visits[AT_ONCE:]:
        key = f"v{visit_id}:role:{change.id}"
        args: dict[str, object] = {"role": str(role), "before": before}
        row = Owed(key, "do:role", NOBODY, due=desk.now, args=args)
        outbox.add_once(desk.session, [row], visit_id, desk.now, is_planned=False)
    for visit_id in sorted(visit_id or 0 for visit_id in visits[:AT_ONCE]):
        follow_role(desk, visit_id, role, before)  # by id, so that two never wait crosswise
    return people


def follow_role(desk: Desk, visit_id: int, role: Role, before: list[str]) -> None:
    """Bring a visit in line with who holds a role now; `before` are those who held it.

    Open tasks of the role go to its first holder, unless a present holder has them. Whatever the
    order in which changes of a role are followed, the last one counts.
    """
    visit = hold(desk.session, visit_id)
    if visit.status not in OPEN_STATUSES or visit.trial_of is not None:
        return
    people = holders(desk.session).get(role, [])
    tasks = desk.session.exec(
        select(Task).where(
            Task.visit_id == visit_id, Task.owner_role == role, Task.state != TaskState.DONE
        )
    )
    for task in tasks.all():
        if task.owner_id is None or (task.owner_id in before and task.owner_id not in people):
            task.owner_id = people[0] if people else None
            desk.session.add(task)
    outbox.changed(desk, visit)


def need_roles(desk: Desk, visit: Visit, roles: Sequence[str]) -> list[str]:
    """Tell the admins, and the requester, which of these roles nobody holds, once for each visit.

    Returns the roles that are missing.
    """
    policy = policy_of(desk.session, visit, desk.site)
    present = holders_of(desk.session, visit, policy)
    if policy.company.for_visits:
        present = of_visit(present, named(desk.session, [visit.id or 0]).get(visit.id or 0, {}))
    missing = [role for role in roles if not present.get(role)]
    if missing:
        names = ",".join(sorted(missing))
        for person in dict.fromkeys([visit.requester_id, *admins(desk.session, desk.site.policy)]):
            key = f"v{visit.id}:missing:{names}:{person}"[:160]
            outbox.owe(
                desk, "missing_role", person, key, visit.id, roles=[str(role) for role in missing]
            )
    return missing
