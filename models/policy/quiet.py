"""Quiet hours and quiet days: when nobody is written to, by the reader's own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.policy.moment import Anchor
from models.policy.rules import Policy, Step

MORNING = time(9)
"""When work begins after days off."""
_EVENING = time(21)
_AFTERWARDS = frozenset({Anchor.LEFT, Anchor.HOME, Anchor.FEEDBACK, Anchor.OUTCOME})


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
