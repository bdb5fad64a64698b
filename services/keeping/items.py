"""Items of a checklist, before and after the visit: laid out by the policy, held for a change."""

from sqlmodel import select

from models.base.errors import Outdated, VisitOver
from models.base.words import Party, Phase, Role, TaskState, VisitStatus
from models.policy import TaskRule
from models.policy.choose import wanted
from models.policy.conditions import Facts
from models.reading.facts import facts_of
from models.reading.gates import is_held_back
from models.reading.picture import VisitPicture
from models.records.preparation import Task
from models.records.visit import Visit
from models.reminders.due import applies, task_due
from services.people.roles import need_roles
from services.reading.desk import Desk
from services.reading.looks import get_visit, picture
from services.reading.versions import policy_of
from services.saying import outbox
from services.store.hold import hold_by

_WORKING = {VisitStatus.APPROVED, VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED}
_WORKED_ON = {
    Phase.PREPARATION: _WORKING,
    Phase.DEPARTURE: _WORKING | {VisitStatus.FOLLOW_UP},
    Phase.FOLLOW_UP: {VisitStatus.FOLLOW_UP},
}
"""While a visit stands so, the items of a phase can be done."""


def lay_out(desk: Desk, visit: Visit, phase: Phase) -> list[Role]:
    """Bring the tasks of a phase in line with the policy: added, dropped, due times renewed."""
    session = desk.session
    session.add(visit)
    session.flush()
    view = picture(session, visit.id or 0, desk.site)
    known = facts_of(view)
    present = {task.key: task for task in view.tasks if task.phase == phase}
    missing: list[Role] = []
    for rule in view.policy.tasks:
        if rule.phase != phase:
            continue
        due = task_due(view.policy, rule.key, view)
        task = present.get(rule.key)
        if due is None or not applies(view, rule, known):
            if task is not None and task.state != TaskState.DONE:
                session.delete(task)
            continue
        if task is None and _waits(view, rule, known, present):
            continue
        people = view.people(rule.owner)
        if not people and not isinstance(rule.owner, Party):
            missing.append(rule.owner)
        if task is None:
            task = Task(
                visit_id=visit.id or 0,
                phase=phase,
                key=rule.key,
                owner_role=rule.owner,
                owner_id=people[0] if people else None,
                due_at=due,
                needs_recheck=rule.recheck,
            )
        elif task.state != TaskState.DONE:
            _renew(task, rule, people)
        task.due_at = due
        session.add(task)
        present[rule.key] = task
    session.flush()
    missing = list(dict.fromkeys(missing))
    need_roles(desk, visit, missing)
    return missing


def _waits(view: VisitPicture, rule: TaskRule, known: Facts, present: dict[str, Task]) -> bool:
    """Whether an item is held back until another one is done that is wanted for this visit."""
    before = view.policy.task_rule(rule.after) if rule.after else None
    if before is None or not applies(view, before, known):
        return False
    return is_held_back(rule, present.get(before.key))


def hand_out_next(desk: Desk, visit: Visit, done: Task) -> None:
    """Hand out what waited for an item that is done now."""
    rules = policy_of(desk.session, visit, desk.site).tasks
    if any(rule.after == done.key for rule in rules):
        lay_out(desk, visit, Phase(done.phase))


def tell_done(desk: Desk, visit: Visit, done: Task) -> None:
    """Tell those of whom the policy says so that an item is done, each once (R8.6)."""
    view = picture(desk.session, visit.id or 0, desk.site)
    rule, known = view.policy.task_rule(done.key), facts_of(view)
    copies = [c for c in (rule.copies if rule else ()) if wanted(view.policy, c.only, known)]
    for person in dict.fromkeys(p for copy in copies for who in copy.to for p in view.people(who)):
        if person != desk.actor_id:
            key = f"v{visit.id}:item_done:{done.id}:{person}"
            outbox.owe(desk, "item_done", person, key, visit.id, task=done.id)


def _renew(task: Task, rule: TaskRule, people: list[str]) -> None:
    """Take over what another version of the policy says; a host's item goes with the host."""
    moves = task.owner_role != rule.owner or rule.owner in {Party.HOST, Party.ACCOUNT_OWNER}
    task.owner_role, task.needs_recheck = rule.owner, rule.recheck
    if moves:
        task.owner_id = people[0] if people else None


def held_task(desk: Desk, task_id: int) -> tuple[Task, Visit]:
    """An item that is to be changed, its visit held. Raises what `open_task` raises."""
    hold_by(desk.session, Task, task_id)
    return open_task(desk, task_id)


def open_task(desk: Desk, task_id: int) -> tuple[Task, Visit]:
    """An item of a visit that is being prepared or followed up. Raises Outdated, VisitOver."""
    task = desk.session.exec(select(Task).where(Task.id == task_id)).first()
    if task is None:
        raise Outdated
    visit = get_visit(desk.session, task.visit_id)
    if visit.status not in _WORKED_ON[Phase(task.phase)]:
        raise VisitOver(visit.status)
    if visit.approved_at is None:
        raise Outdated
    return task, visit
