"""What came of a visit: landed or ended, said once by the account owner or the host (R8.4)."""

from sqlmodel import col, update

from models.aftercare.outcome import may_take_back
from models.base.errors import AlreadyDecided, GoneOn, Outdated, VisitOver
from models.base.words import OFF_STATUSES, Outcome, VisitStatus
from models.records.visit import Visit
from models.reminders.timed import asks_outcome
from services.aftercare.closing import close_if_complete
from services.reading.desk import Desk
from services.reading.looks import get_visit, picture
from services.saying import audit, outbox
from services.store.hold import hold

_KNOWABLE = [str(VisitStatus.FOLLOW_UP), str(VisitStatus.CLOSED)]


def record_outcome(desk: Desk, visit_id: int, outcome: Outcome) -> Visit:
    """Keep what came of a visit; what waited for it stops, what follows from it begins.

    The first word counts. Raises AlreadyDecided, Outdated (guests still here), VisitOver.
    """
    visit = settle(desk, visit_id, outcome)
    if visit is None:
        visit = get_visit(desk.session, visit_id)
        if visit.outcome is not None:
            by, at = visit.outcome_by or visit.host_id, visit.outcome_at or desk.now
            raise AlreadyDecided(by, at, visit.outcome)
        if visit.left_at is None and visit.status not in OFF_STATUSES:
            raise Outdated
        raise VisitOver(visit.status)
    close_if_complete(desk, visit)
    outbox.changed(desk, visit)
    return visit


def take_back_outcome(desk: Desk, visit_id: int) -> Visit:
    """Have it be open again what came of a visit, within a day; one that was closed for it is open
    again, and asked about.

    Raises Outdated where nothing is known, GoneOn where it is too late.
    """
    visit = hold(desk.session, visit_id)
    if visit.outcome is None:
        raise Outdated
    if not may_take_back(visit, desk.now):
        raise GoneOn
    said_at = visit.outcome_at or desk.now
    visit.outcome = visit.outcome_at = visit.outcome_by = None
    desk.session.add(visit)
    desk.session.flush()
    if visit.status == VisitStatus.CLOSED and asks_outcome(
        picture(desk.session, visit_id, desk.site)
    ):
        visit.status, visit.closed_at = VisitStatus.FOLLOW_UP, None
        outbox.recall(desk, visit_id, ["closed"], said_at)
    audit.note(desk, visit, "outcome_back")
    outbox.changed(desk, visit)
    return visit


def settle(desk: Desk, visit_id: int, outcome: Outcome) -> Visit | None:
    """Write the outcome down where none is known, with its line in the history. The caller closes
    the visit and brings its rows in line. None where there was nothing to write."""
    desk.session.flush()
    won = desk.session.exec(
        update(Visit)
        .where(
            col(Visit.id) == visit_id,
            col(Visit.outcome).is_(None),
            col(Visit.status).in_(_KNOWABLE),
        )
        .values(outcome=str(outcome), outcome_at=desk.now, outcome_by=desk.person)
    )
    desk.session.expire_all()
    if won.rowcount == 0:
        return None
    visit = get_visit(desk.session, visit_id)
    audit.note(desk, visit, str(outcome))
    return visit
