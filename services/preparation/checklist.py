"""The checklist: laid out on approval, done, handed over, confirmed again at the checks (R5)."""

from datetime import timedelta

from sqlmodel import col, select, update

from models.base.errors import (
    AlreadyDecided,
    CarsOpen,
    Fault,
    InvalidForm,
    NoticeOpen,
    Outdated,
    VisitOver,
)
from models.base.permissions import Ability
from models.base.words import (
    OFF_STATUSES,
    Phase,
    Role,
    TaskState,
)
from models.reading.dispatch import cars_settled, is_of_cars
from models.reading.notice import still_fills
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.preparation import Task
from models.records.visit import Visit
from models.reminders.outbox import ASKS_OWNER, TOPIC
from services.aftercare.closing import close_if_complete
from services.keeping.items import hand_out_next, held_task, lay_out, open_task, tell_done
from services.people.visit_roles import fill_in_turn
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.versions import policy_of
from services.saying import audit, outbox
from services.store.hold import hold

PROBLEM_LIMIT = 1000


def prepare(desk: Desk, visit: Visit) -> list[Role]:
    """Create or renew the checklist with owners and due times (R5.1).

    Returns the roles that items wait for and nobody holds; these are named to the admins.
    """
    fill_in_turn(desk, visit)
    missing = lay_out(desk, visit, Phase.PREPARATION)
    return list(dict.fromkeys([*missing, *lay_out(desk, visit, Phase.DEPARTURE)]))


def finish_task(desk: Desk, task_id: int) -> Task:
    """Mark an item done. Raises AlreadyDecided with who was first, CarsOpen for the item of cars
    while a driver is missing, NoticeOpen, VisitOver, Outdated."""
    task, visit = held_task(desk, task_id)
    _check_derived(desk, visit, task)
    if task.key == "feedback":
        raise Outdated  # the form is what finishes it
    won = desk.session.exec(
        update(Task)
        .where(col(Task.id) == task_id, col(Task.state) != str(TaskState.DONE))
        .values(state=str(TaskState.DONE), done_at=desk.now, done_by=desk.person, problem=None)
    )
    desk.session.expire_all()
    if won.rowcount == 0:
        raise AlreadyDecided(task.done_by or desk.person, task.done_at or desk.now, "done")
    audit.note(desk, visit, "finish_task", task=task.key)
    _follow_done(desk, visit, task)
    if task.phase == Phase.FOLLOW_UP:
        close_if_complete(desk, visit)
    outbox.changed(desk, visit)
    return task


def confirm_task(desk: Desk, task_id: int) -> Task:
    """Confirm that an item stands, as the checks ask (R5.2). Raises AlreadyDecided where it does,
    CarsOpen for the cars' item while a driver is missing."""
    task, visit = held_task(desk, task_id)
    _check_derived(desk, visit, task)
    if picture(desk.session, visit.id or 0, desk.site).is_confirmed(task):
        raise AlreadyDecided(
            task.confirmed_by or task.done_by or desk.person,
            task.confirmed_at or task.done_at or desk.now,
            "confirmed",
        )
    is_new = task.state != TaskState.DONE
    if is_new:
        task.state, task.done_at, task.done_by, task.problem = (
            TaskState.DONE,
            desk.now,
            desk.person,
            None,
        )
    task.confirmed_at, task.confirmed_by = desk.now, desk.person
    desk.session.add(task)
    audit.note(desk, visit, "confirm", task=task.key)
    if is_new:
        _follow_done(desk, visit, task)
    outbox.changed(desk, visit)
    return task


def _follow_done(desk: Desk, visit: Visit, task: Task) -> None:
    """What follows from an item that is done: others are handed out, others are told."""
    hand_out_next(desk, visit, task)
    tell_done(desk, visit, task)


def _check_derived(desk: Desk, visit: Visit, task: Task) -> None:
    """Raise CarsOpen for the item of cars while a trip has no driver who has accepted, NoticeOpen
    for one that is done by what the visit notice does not say yet."""
    policy = policy_of(desk.session, visit, desk.site)
    rule = policy.task_rule(task.key)
    is_noted = rule is not None and bool(rule.fills)
    if is_noted and still_fills(picture(desk.session, visit.id or 0, desk.site), task):
        raise NoticeOpen
    if not is_of_cars(policy, task.key):
        return
    trips = desk.session.exec(select(Trip).where(Trip.visit_id == visit.id)).all()
    if not cars_settled(trips):
        raise CarsOpen


def report_problem(desk: Desk, task_id: int, text: str) -> Task:
    """Say that an item does not work out; host and coordinator are told at once, of the same words
    once.

    Raises InvalidForm for empty or overlong words.
    """
    text = text.strip()
    if not text:
        raise InvalidForm({"problem": Fault("required")})
    if len(text) > PROBLEM_LIMIT:
        facts: dict[str, str | int] = {"limit": PROBLEM_LIMIT, "length": len(text)}
        raise InvalidForm({"problem": Fault("too_long", facts)})
    task, visit = held_task(desk, task_id)
    if (task.state, task.problem) == (TaskState.PROBLEM, text):
        return task
    task.state, task.problem = TaskState.PROBLEM, text
    task.done_at = task.done_by = task.confirmed_at = task.confirmed_by = None
    desk.session.add(task)
    audit.note(desk, visit, "problem", task=task.key, text=text)
    view = picture(desk.session, visit.id or 0, desk.site)
    for person in dict.fromkeys([visit.host_id, *view.able(Ability.PREPARES)[:1]]):
        if person != desk.actor_id:
            key = f"v{visit.id}:problem:{task.id}:{int(desk.now.timestamp())}:{person}"
            args = {"task": task.id, "text": text, "by": desk.person}
            outbox.owe(desk, "task_problem", person, key, visit.id, **args)
    outbox.changed(desk, visit)
    return task


def hand_over(desk: Desk, task_id: int, user_id: str) -> Task:
    """Give an item to somebody else, who is told at once. Raises InvalidForm without a person."""
    if not user_id:
        raise InvalidForm({"owner": Fault("required")})
    task, visit = held_task(desk, task_id)
    if task.state == TaskState.DONE:
        raise AlreadyDecided(task.done_by or desk.person, task.done_at or desk.now, "done")
    if task.owner_id == user_id:
        return task
    knows_card = user_id in outbox.told_by(desk, visit.id or 0, "tasks")
    task.owner_id = user_id
    desk.session.add(task)
    audit.note(desk, visit, "hand_over", task=task.key, to=user_id)
    if user_id != desk.actor_id and (knows_card or task.phase != Phase.PREPARATION):
        key = f"v{visit.id}:handed:{task.id}:{int(desk.now.timestamp())}:{user_id}"
        args = {"task": task.id, "by": desk.person}
        outbox.owe(desk, "handed_over", user_id, key, visit.id, **args)
    outbox.changed(desk, visit)
    return task


def reopen_rechecked(desk: Desk, visit: Visit) -> None:
    """Open the items again that were settled for the old time: people, places and cars (R7.7)."""
    tasks = desk.session.exec(
        select(Task).where(
            Task.visit_id == visit.id,
            col(Task.needs_recheck),
            Task.phase == Phase.PREPARATION,
            Task.state == TaskState.DONE,
        )
    )
    for task in tasks.all():
        _reopen(task)
        desk.session.add(task)


def settle_cars(desk: Desk, visit: Visit) -> None:
    """Keep the cars' item in line with the trips: done when every driver has accepted."""
    policy = policy_of(desk.session, visit, desk.site)
    trips = desk.session.exec(select(Trip).where(Trip.visit_id == visit.id)).all()
    settled = cars_settled(trips)
    tasks = desk.session.exec(select(Task).where(Task.visit_id == visit.id)).all()
    for task in tasks:
        if not is_of_cars(policy, task.key):
            continue
        if settled and task.state != TaskState.DONE:
            task.state, task.done_at, task.done_by = TaskState.DONE, desk.now, desk.actor_id
            task.problem = None
        elif not settled and task.state == TaskState.DONE:
            _reopen(task)
        desk.session.add(task)


def settle_noted(desk: Desk, visit: Visit) -> None:
    """Keep the items in line that are done by what is entered in the visit notice (A33)."""
    keys = {rule.key for rule in policy_of(desk.session, visit, desk.site).tasks if rule.fills}
    if not keys:
        return
    view = picture(desk.session, visit.id or 0, desk.site)
    for task in view.tasks:
        if task.key not in keys:
            continue
        is_known = not still_fills(view, task)
        if is_known and task.state != TaskState.DONE:
            task.state, task.done_at, task.done_by = TaskState.DONE, desk.now, desk.actor_id
            task.problem = None
            desk.session.add(task)
            _follow_done(desk, visit, task)
        elif not is_known and task.state == TaskState.DONE:
            _reopen(task)
            desk.session.add(task)


def _reopen(task: Task) -> None:
    task.state = TaskState.OPEN
    task.done_at = task.done_by = task.confirmed_at = task.confirmed_by = None


def unfinished(desk: Desk, task_id: int) -> tuple[VisitPicture, Task]:
    """An item that is not done yet."""
    task, visit = open_task(desk, task_id)
    if task.state == TaskState.DONE and task.phase == Phase.FOLLOW_UP:
        raise AlreadyDecided(task.done_by or desk.person, task.done_at or desk.now, "done")
    return picture(desk.session, visit.id or 0, desk.site), task


def remind_owners(desk: Desk, visit_id: int) -> list[str]:
    """Ask each owner of an item that does not stand once more, at most once an hour (R5.2).
    Returns whom. Raises VisitOver, Outdated where nobody is left to ask or all were asked within
    the hour."""
    visit = hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    if view.status in OFF_STATUSES or visit.left_at is not None:
        raise VisitOver(view.status)
    owners = dict.fromkeys(task.owner_id for task in view.unconfirmed() if task.owner_id)
    asked = outbox.told_since(desk, visit_id, ASKS_OWNER, desk.now - timedelta(hours=1))
    people = [who for who in owners if who not in asked and who != desk.actor_id]
    if not people:
        raise Outdated
    for who in people:
        key = f"v{visit_id}:reminded:{who}:{int(desk.now.timestamp())}"
        outbox.owe(desk, ASKS_OWNER, who, key, visit_id, **{TOPIC: ASKS_OWNER})
    audit.record(desk, "remind_owners", visit_id, people=people)
    return people
