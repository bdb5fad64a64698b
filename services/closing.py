"""Closing a visit when all that follows it is in (R8.8)."""

from models.visit import Visit
from models.words import TaskState, VisitStatus
from services import audit, outbox
from services.desk import Desk
from services.looks import picture


def close_if_complete(desk: Desk, visit: Visit) -> None:
    """Close the visit when all that follows it is done, and say so (R8.8)."""
    tasks = picture(desk.session, visit.id or 0, desk.site).follow_up
    if visit.status != VisitStatus.FOLLOW_UP or any(t.state != TaskState.DONE for t in tasks):
        return
    visit.status = VisitStatus.CLOSED
    visit.closed_at = desk.now
    desk.session.add(visit)
    audit.note(desk, visit, "close")
    view = picture(desk.session, visit.id or 0, desk.site)
    for person in dict.fromkeys([visit.host_id, view.account_owner]):
        outbox.owe(desk, "closed", person, f"v{visit.id}:closed:{person}", visit.id)
