"""Quiet hours and quiet days: when nobody is written to, by the reader's own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.policy.moment import Anchor
from models.policy.rules import Policy, Step

MORNING = time(9)
"""When work begins after days off."""
_AFTERWARDS = frozenset({Anchor.LEFT, Anchor.FEEDBACK, Anchor.OUTCOME})


def rests(policy: Policy, step: Step) -> bool:
    """Whether a step waits for a working day: what follows a visit, but for the first ask for
    feedback and what the policy has said on any day."""
    follows = step.at.anchor in _AFTERWARDS and step.message != "feedback_request"
    return policy.calendar.quiet_days and follows and not step.any_day


def after_days_off(policy: Policy, moment: datetime, zone: str) -> datetime:
    """When a message that rests on days off, due at `moment` (aware), may be said to a reader in
    that IANA zone: then, or in the morning of the next working day."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    if policy.work_days.is_working(day):
        return moment
    morning = datetime.combine(policy.work_days.add(day, 1), MORNING, tzinfo=ZoneInfo(zone))
    return morning.astimezone(moment.tzinfo)


def after_quiet(policy: Policy, message: str, moment: datetime, zone: str) -> datetime:
    """When a message due at `moment` (aware) may be sent to a reader in that IANA zone.

    The moment itself outside quiet hours and for what cannot wait; else their end.
    """
    quiet = policy.quiet_hours
    if quiet is None or message in quiet.but or quiet.start == quiet.end:
        return moment
    wall = moment.astimezone(ZoneInfo(zone))
    now = wall.timetz().replace(tzinfo=None)
    over_midnight = quiet.start > quiet.end
    if over_midnight:
        is_quiet = now >= quiet.start or now < quiet.end
    else:
        is_quiet = quiet.start <= now < quiet.end
    if not is_quiet:
        return moment
    day = wall.date() + timedelta(days=1 if over_midnight and now >= quiet.start else 0)
    # In the hour that comes twice when clocks go back, the quiet hours end in the same turn of it.
    fold = wall.fold if day == wall.date() else 0
    end = datetime.combine(day, quiet.end, tzinfo=ZoneInfo(zone)).replace(fold=fold)
    return max(end.astimezone(moment.tzinfo), moment)
