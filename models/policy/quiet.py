"""Quiet hours and quiet days: when nobody is written to, by the reader's own clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.policy.moment import Anchor
from models.policy.rules import Policy, Step, TaskRule

MORNING = time(9)
"""When work begins, after days off as on any."""
_END_OF_WORK = time(18)
_EVENING = time(21)
_AFTERWARDS = frozenset({Anchor.LEFT, Anchor.HOME, Anchor.FEEDBACK, Anchor.OUTCOME})


def rests(policy: Policy, step: Step) -> bool:
    """Whether a step waits for a working day: what follows a visit, but for the first ask for
    feedback and what the policy has said on any day."""
    follows = step.at.anchor in _AFTERWARDS and step.message != "feedback_request"
    return policy.calendar.quiet_days and follows and not step.any_day


def item_rests(policy: Policy, rule: TaskRule) -> bool:
    """Whether an item is due on working days only: what follows a visit, but for what the policy
    has asked for on any day."""
    about = (step for step in policy.steps if step.task == rule.key)
    follows = rule.due.anchor in _AFTERWARDS
    return policy.calendar.quiet_days and follows and not any(step.any_day for step in about)


def due_after_days_off(policy: Policy, due: datetime, zone: str) -> datetime:
    """When an item is due that rests on days off: then, or on the next working day at the same
    hour, so that it is asked for before. What fell due before work begins is due when it ends."""
    wall = due.astimezone(ZoneInfo(zone))
    if policy.work_days.is_working(wall.date()):
        return due
    clock = wall.timetz().replace(tzinfo=None)
    clock = clock if clock > MORNING else _END_OF_WORK
    later = datetime.combine(policy.work_days.add(wall.date(), 1), clock, tzinfo=ZoneInfo(zone))
    return later.astimezone(due.tzinfo)


def after_days_off(policy: Policy, moment: datetime, zone: str) -> datetime:
    """When a message that rests on days off, due at `moment` (aware), may be said to a reader in
    that IANA zone: then, or in the morning of the next working day."""
    day = moment.astimezone(ZoneInfo(zone)).date()
    if policy.work_days.is_working(day):
        return moment
    morning = datetime.combine(policy.work_days.add(day, 1), MORNING, tzinfo=ZoneInfo(zone))
    return morning.astimezone(moment.tzinfo)


def morning(policy: Policy, day: date, zone: str) -> datetime:
    """When the day begins for whoever is written to: the end of the night's quiet hours, else the
    hour at which work begins; by the clock of that IANA zone."""
    quiet = policy.quiet_hours
    is_night = quiet is not None and quiet.start > quiet.end
    clock = quiet.end if quiet is not None and is_night else MORNING
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))


def after_quiet(policy: Policy, message: str, moment: datetime, zone: str) -> datetime:
    """When a message due at `moment` (aware) may be sent to a reader in that IANA zone.

    The moment itself outside quiet hours and for what cannot wait; else their end.
    """
    quiet = policy.quiet_hours
    if quiet is None or message in quiet.but or quiet.start == quiet.end:
        return moment
    return _after(quiet.start, quiet.end, moment, zone)


def after_night(moment: datetime, zone: str) -> datetime:
    """When guests may be called who should be home at `moment` (aware): then, or where it is night
    for the caller in that IANA zone, in the morning (R8.5)."""
    return _after(_EVENING, MORNING, moment, zone)


def _after(start: time, end: time, moment: datetime, zone: str) -> datetime:
    """The moment itself, or the end of the hours of the zone in which it lies."""
    wall = moment.astimezone(ZoneInfo(zone))
    now = wall.timetz().replace(tzinfo=None)
    over_midnight = start > end
    is_inside = now >= start or now < end if over_midnight else start <= now < end
    if not is_inside:
        return moment
    day = wall.date() + timedelta(days=1 if over_midnight and now >= start else 0)
    # In the hour that comes twice when clocks go back, the hours end in the same turn of it.
    fold = wall.fold if day == wall.date() else 0
    until = datetime.combine(day, end, tzinfo=ZoneInfo(zone)).replace(fold=fold)
    return max(until.astimezone(moment.tzinfo), moment)
