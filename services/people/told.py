"""What guests have been told of who comes: a change after that is told them again (D12, R4.4)."""

from dataclasses import dataclass
from datetime import date

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


AWAY, BACK, HANDED = "away", "back", "handed"


@dataclass(frozen=True)
class Why:
    """Why somebody else comes: in somebody's own words (`reason`, `by`), or by what has happened to
    a person (`what`): away until a day, back, or all of theirs handed over."""

    reason: str | None = None
    by: str | None = None
    what: str | None = None
    who: str | None = None
    until: date | None = None


def needs_reason(desk: Desk, visit: Visit) -> bool:
    """Whether the guests have been told who comes, so that a change of it needs a reason."""
    policy = policy_of(desk.session, visit, desk.site)
    return bool(told_items(desk.session, policy, visit))


def tell_again(desk: Desk, visit: Visit, why: Why) -> None:
    """Somebody else comes than the guests were told: the item is open again, and its owner is asked
    to tell them and to tick it, and hears why. Does nothing where they have not been told."""
    policy = policy_of(desk.session, visit, desk.site)
    for task in told_items(desk.session, policy, visit):
        task.state = TaskState.OPEN
        task.done_at = task.done_by = task.confirmed_at = task.confirmed_by = None
        is_hosts = task.owner_role == "host" and task.for_id is None
        task.owner_id = visit.host_id if is_hosts else task.owner_id
        desk.session.add(task)
        audit.note(desk, visit, "told_otherwise", task=task.key, reason=why.reason)
        if task.owner_id:
            key = f"v{visit.id}:tell_again:{task.id}:{int(desk.now.timestamp())}:{task.owner_id}"
            until = why.until.isoformat() if why.until is not None else None
            args: dict[str, object] = {
                "by": why.by or desk.actor_id,
                "reason": why.reason,
                "what": why.what,
            }
            args |= {"task": task.id, "who": why.who, "until": until}
            outbox.owe(desk, "tell_again", task.owner_id, key, visit.id, **args)
