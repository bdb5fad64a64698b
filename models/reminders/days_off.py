"""What follows a visit rests on days off: the plan's due times by the site's calendar. Pure.

What falls on a day off is due in the morning of the next working day. Several of the same that
would come on that day, be it because of the days off or of themselves, come as one: the latest of
those that waited. The reader's own zone is looked at when it is said (`models.reminders.quiet`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.base.times import local
from models.policy.quiet import after_days_off, rests
from models.policy.rules import Policy, Step
from models.reading.picture import VisitPicture
from models.reminders.owed import Owed

_Same = tuple[str, str, str, date]
"""Kind, task or step, whom it is said to, and the day."""
_AT_LEAST = timedelta(days=1)
"""What waited for a working day helps for so long at least: readers' mornings lie hours apart."""


def after_rest(
    picture: VisitPicture, step: Step, due: datetime, until: datetime | None
) -> tuple[datetime, datetime | None]:
    """When something of a step is due and until when it helps, days off considered. What would not
    help any more by then helps as long after as it would have."""
    policy, zone = picture.policy, picture.visit.timezone
    if not rests(policy, step):
        return due, until
    later = after_days_off(policy, due, zone)
    if until is not None and until <= later:
        until = later + max(until - due, _AT_LEAST)
    return later, until


def rested(picture: VisitPicture, rows: Iterable[Owed]) -> Iterator[Owed]:
    """The rows of steps with days off considered; those that need not come are left out."""
    waiting: dict[_Same, _Waited] = {}
    others: dict[_Same, list[Owed]] = {}
    for row in rows:
        step = _step(picture.policy, row)
        if step is None or not rests(picture.policy, step):
            yield row
            continue
        due, until = after_rest(picture, step, row.due, row.expires)
        key = (row.kind, step.task or step.key, row.recipient, _day(picture, due))
        if due == row.due:
            others.setdefault(key, []).append(row)
        elif key not in waiting or waiting[key].fell_due <= row.due:
            waiting[key] = _Waited(row.due, replace(row, due=due, expires=until))
    yield from (each.row for each in waiting.values())
    for key, found in others.items():
        if key not in waiting:
            yield from found


@dataclass(frozen=True)
class _Waited:
    fell_due: datetime
    row: Owed


def _step(policy: Policy, row: Owed) -> Step | None:
    key = row.args.get("step")
    return policy.step(key) if isinstance(key, str) else None


def _day(picture: VisitPicture, moment: datetime) -> date:
    return local(moment, picture.visit.timezone).date()
