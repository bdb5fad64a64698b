"""What comes before a request's approvers: its notice, as far as the policy waits for it (P02), and
how important it is (P18)."""

from models.base.words import OPEN_STATUSES, Role
from models.reading.notice import holds_back
from models.reading.picture import VisitPicture
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.looks import picture
from services.request.rating import ask_raters


def ask_first(desk: Desk, visit: Visit, view: VisitPicture) -> list[Role]:
    """Wait for what of the notice has to be known; else ask who comes first. Returns the roles that
    are wanted and that nobody holds."""
    if not holds_back(view):
        return ask_raters(desk, visit, view)
    visit.notice_asked_at = desk.now
    desk.session.add(visit)
    return []


def follow_notice(desk: Desk, visit: Visit) -> list[Role]:
    """Ask who comes next once the notice has what was waited for; does nothing else. Returns the
    roles that are wanted and that nobody holds."""
    if not visit.awaits_notice or visit.status not in OPEN_STATUSES:
        return []
    desk.session.flush()
    if holds_back(picture(desk.session, visit.id or 0, desk.site)):
        return []
    visit.notice_ended_at = desk.now
    desk.session.add(visit)
    desk.session.flush()
    return ask_raters(desk, visit, picture(desk.session, visit.id or 0, desk.site))
