"""Items that are handed out once another one is done (`after`), and what that makes of cards."""

from models.base.words import TaskState
from models.policy.rules import TaskRule
from models.reading.picture import VisitPicture
from models.records.preparation import Task


def is_held_back(rule: TaskRule, before: Task | None) -> bool:
    """Whether an item waits for the one that its policy names in `after`."""
    return rule.after is not None and (before is None or before.state != TaskState.DONE)


def opened_by(picture: VisitPicture, person: str) -> str:
    """The key of the item that was done last of those after which a person was handed out more;
    empty where none of theirs had to wait."""
    newest = ""
    since = None
    for task in picture.preparation:
        rule = picture.policy.task_rule(task.key)
        before = picture.task(rule.after) if rule is not None and rule.after else None
        if task.owner_id != person or before is None or before.done_at is None:
            continue
        if since is None or before.done_at > since:
            newest, since = before.key, before.done_at
    return newest
