"""What guests have been told of who comes: a change after that is told them again (D12, R4.4)."""

from sqlmodel import Session, col, select

from models.base.words import TaskState
from models.policy import Policy
from models.records.preparation import Task
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.versions import policy_of
from services.saying import audit, outbox


def told_items(session: Session, policy: Policy, visit: Visit) -> list[Task]:
    """The items of a visit by which its guests have been told who comes."""
    keys = [rule.key for rule in policy.tasks if rule.tells_guests]
    if not keys or visit.left_at is not None:
        return []
    query = select(Task).where(
        Task.visit_id == visit.id, col(Task.key).in_(keys), Task.state == TaskState.DONE
    )
    return list(session.exec(query).all())


def tell_again(desk: Desk, visit: Visit, reason: str | None = None) -> None:
    """Somebody else comes than the guests were told: the item is open again, and its owner is asked
    to tell them and to tick it. Does nothing where they have not been told."""
    policy = policy_of(desk.session, visit, desk.site)
    for task in told_items(desk.session, policy, visit):
        task.state = TaskState.OPEN
        task.done_at = task.done_by = task.confirmed_at = task.confirmed_by = None
        is_hosts = task.owner_role == "host" and task.for_id is None
        task.owner_id = visit.host_id if is_hosts else task.owner_id
        desk.session.add(task)
        audit.note(desk, visit, "told_otherwise", task=task.key, reason=reason)
        if task.owner_id:
            key = f"v{visit.id}:tell_again:{task.id}:{int(desk.now.timestamp())}:{task.owner_id}"
            args = {"task": task.id, "by": desk.actor_id, "reason": reason}
            outbox.owe(desk, "tell_again", task.owner_id, key, visit.id, **args)
