"""The visit for people's own calendars: sent to who asks, and anew to them when it moves."""

from models.records.visit import Visit
from models.reminders.taking_part import TAKES_PART
from services.reading.desk import Desk
from services.reading.looks import get_visit
from services.saying import outbox

_WITH_FILE = ("calendar", TAKES_PART)


def ask(desk: Desk, visit_id: int) -> None:
    """Send the person a calendar file of the visit. Raises VisitNotFound."""
    visit = get_visit(desk.session, visit_id)
    key = f"v{visit_id}:calendar:{visit.revision}:{int(desk.now.timestamp())}:{desk.person}"
    outbox.owe(desk, "calendar", desk.person, key, visit_id)


def renew(desk: Desk, visit: Visit) -> None:
    """Send whoever has the visit in their calendar what it has become: moved, or called off."""
    have_it = {who for kind in _WITH_FILE for who in outbox.told_by(desk, visit.id or 0, kind)}
    for person in sorted(have_it):
        key = f"v{visit.id}:calendar:{visit.revision}:{person}"
        outbox.owe(desk, "calendar", person, key, visit.id)
