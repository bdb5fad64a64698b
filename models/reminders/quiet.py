"""When a message may be said: quiet hours at work, so that nothing that is needed comes late. Pure.

A message that falls due in its reader's quiet hours waits until they end. It does not wait

* if it is an alert of the day, or one that the policy leaves out of its quiet hours (`but`);
* if the visit is urgent and the guests have not left yet;
* if it would have expired by then;
* if the guests' arrival, a car, the meeting or the departure comes before the quiet hours end or
  within three hours after that: whoever is needed early is told in time.

A call to guests who should be home (the anchor `home`) is never asked for at night, with or without
quiet hours.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.policy.moment import Anchor
from models.policy.quiet import after_days_off, after_night, after_quiet, rests
from models.policy.timed_tables import REMINDER
from models.reading.picture import VisitPicture
from models.reminders.anchors import anchors
from models.reminders.outbox import ASKS_OUTCOME, urgency_of

NEAR = timedelta(hours=3)
"""What begins this soon after the quiet hours may need preparing in them."""
_EVENTS = (Anchor.ARRIVAL, Anchor.PICKUP, Anchor.DROPOFF, Anchor.MEETING, Anchor.DEPARTURE)


def said_at(
    picture: VisitPicture,
    kind: str,
    due: datetime,
    zone: str,
    expires: datetime | None = None,
    step: object = None,
) -> datetime:
    """When a message of that kind, due then (aware), is said to a reader in that IANA zone; one
    whose zone is not known keeps the site's hours. `step` is the key of the step that says it."""
    visit, policy = picture.visit, picture.policy
    if urgency_of(kind) == 0 or (visit.is_urgent and visit.left_at is None):
        return due
    zone = known_zone(zone, visit.timezone)
    rule = policy.step(step) if isinstance(step, str) else None
    if rule is not None and rule.at.anchor == Anchor.HOME:
        due = after_night(due, zone)
    night = _after_night(picture, kind, due, zone, expires)
    if rule is None or not rests(policy, rule):
        return night
    morning = after_days_off(policy, night, zone)
    if morning == night or (expires is not None and expires <= morning):
        return night
    return _after_night(picture, kind, morning, zone, expires)


def _after_night(
    picture: VisitPicture, kind: str, due: datetime, zone: str, expires: datetime | None
) -> datetime:
    if picture.policy.quiet_hours is None:
        return due
    message = REMINDER if kind == ASKS_OUTCOME else kind
    end = after_quiet(picture.policy, message, due, zone)
    is_too_late = expires is not None and expires <= end
    if is_too_late or any(due < at <= end + NEAR for at in _events(picture)):
        return due
    return end


def _events(picture: VisitPicture) -> Iterator[datetime]:
    for anchor in _EVENTS:
        for at, _ in anchors(picture, anchor):
            yield at


def known_zone(zone: str, otherwise: str) -> str:
    """An IANA zone as Slack names it, if it is one; else the other one."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return otherwise
    return zone
