"""Closing a visit when all that follows it is in (R8.8)."""

from models.base.words import VisitStatus
from models.records.visit import Visit
from models.reminders.timed import asks_outcome
from services.customers.contacts import remember_guests
from services.keeping.chain import void_decisions
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox


def close_if_complete(desk: Desk, visit: Visit) -> None:
    """Close the visit when all that follows it is done, and say so (R8.8).

    Where the policy follows a visit until it landed or ended, that has to be known as well (R8.4).
    """
    if visit.status != VisitStatus.FOLLOW_UP:
        return
    desk.session.flush()
    view = picture(desk.session, visit.id or 0, desk.site)
    if view.awaited():
        return
    if visit.outcome is None and asks_outcome(view):
        return
    void_decisions(desk, visit)
    visit.status = VisitStatus.CLOSED
    visit.closed_at = desk.now
    desk.session.add(visit)
    audit.note(desk, visit, "close")
    remember_guests(desk, visit)
    for person in dict.fromkeys([visit.host_id, view.account_owner]):
        if person == desk.actor_id:
            continue  # their own click closed it, and what they clicked says so
        outbox.owe(desk, "closed", person, f"v{visit.id}:closed:{person}", visit.id)
