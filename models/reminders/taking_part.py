"""Who is named in a visit without having asked for it or hosting it: told once at the approval, and
the leaders who attend again on the day (D08). Pure."""

from collections.abc import Iterator
from datetime import timedelta

from models.base.words import Party
from models.reading.picture import VisitPicture
from models.reminders.owed import Owed, prefix

TAKES_PART = "takes_part"
ATTENDS_TODAY = "attends_today"
BEFORE = timedelta(hours=1)
"""So long before the arrival leaders are told again."""


def part_rows(picture: VisitPicture) -> Iterator[Owed]:
    """One message for each who is named, whatever they are; none to host and requester, and none
    after the guests left."""
    visit, since = picture.visit, picture.visit.approved_at
    if visit.left_at is not None or since is None or visit.departure <= since:
        return
    for person in taking_part(picture):
        key = f"{prefix(picture)}:{TAKES_PART}:{person}"
        yield Owed(key, TAKES_PART, person, since, visit.departure)
    for person in picture.attending:
        if person not in {visit.host_id, visit.second_host_id}:  # they are called to the door
            key = f"{prefix(picture)}:{ATTENDS_TODAY}:{int(visit.arrival.timestamp())}:{person}"
            yield Owed(key, ATTENDS_TODAY, person, visit.arrival - BEFORE, visit.arrival)


def taking_part(picture: VisitPicture) -> list[str]:
    """Second host, account owner and the leaders who attend, each once."""
    visit = picture.visit
    found = [*picture.people(Party.SECOND_HOST), *picture.people(Party.ACCOUNT_OWNER)]
    told = {visit.host_id, visit.requester_id}
    return [who for who in dict.fromkeys([*found, *picture.attending]) if who not in told]
