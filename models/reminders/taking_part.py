"""Who is named in a visit without having asked for it or hosting it: told once at the approval, and
the leaders who attend again on the day (D08). Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from models.base.times import local
from models.base.words import InvitationState, Party
from models.policy.quiet import morning
from models.reading.picture import VisitPicture
from models.reminders.owed import Owed, prefix

TAKES_PART = "takes_part"
ATTENDS_TODAY = "attends_today"
AT_LEAST = timedelta(hours=1)
"""Leaders are told again in the morning, but no later than so long before the arrival."""


def part_rows(picture: VisitPicture) -> Iterator[Owed]:
    """One message for each who is named, whatever they are; none to host and requester, and none
    after the guests left. Leaders who attend get another on the day."""
    visit, since = picture.visit, picture.visit.approved_at
    if visit.left_at is not None or since is None or visit.departure <= since:
        return
    for person in taking_part(picture):
        key = f"{prefix(picture)}:{TAKES_PART}:{person}"
        yield Owed(key, TAKES_PART, person, since, visit.departure)
    yield from _on_the_day(picture, since)


def _on_the_day(picture: VisitPicture, approved: datetime) -> Iterator[Owed]:
    """Once in the morning of the arrival's day at the site, be the hour moved later. Nothing to
    host and second host, who are called to the door, nor to who first heard of it on that day."""
    visit = picture.visit
    day = local(visit.arrival, visit.timezone).date()
    due = min(morning(picture.policy, day, visit.timezone), visit.arrival - AT_LEAST)
    for each in picture.invitations:
        person, known = each.user_id, max(approved, each.answered_at or approved)
        if each.state != InvitationState.ACCEPTED or known >= due:
            continue
        if person not in {visit.host_id, visit.second_host_id}:
            key = f"{prefix(picture)}:{ATTENDS_TODAY}:{day}:{person}"
            yield Owed(key, ATTENDS_TODAY, person, due, visit.arrival)


def taking_part(picture: VisitPicture) -> list[str]:
    """Second host, account owner and the leaders who attend, each once."""
    visit = picture.visit
    found = [*picture.people(Party.SECOND_HOST), *picture.people(Party.ACCOUNT_OWNER)]
    told = {visit.host_id, visit.requester_id}
    return [who for who in dict.fromkeys([*found, *picture.attending]) if who not in told]
