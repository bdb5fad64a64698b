"""Past visits, to be set beside another policy. Reads only."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from models.base.words import OFF_STATUSES, VisitStatus
from models.policy import Policy
from models.procedure.replay import Replayed, replay
from models.records.visit import Visit
from services.reading.desk import Site
from services.reading.looks import picture

_OVER = [str(s) for s in (VisitStatus.CLOSED, *OFF_STATUSES)]


def past_visits(session: Session, site: Site, since: date | None = None) -> list[int]:
    """The visits that are over or whose guests have left, by arrival; `since` is the first day of
    arrival that counts, on the site's calendar."""
    query = select(Visit.id).where(
        or_(col(Visit.status).in_(_OVER), col(Visit.left_at).is_not(None))
    )
    if since is not None:
        start = datetime.combine(since, time(), tzinfo=ZoneInfo(site.timezone))
        query = query.where(col(Visit.arrival) >= start)
    found = session.exec(query.order_by(col(Visit.arrival), col(Visit.id)))
    return [visit_id for visit_id in found if visit_id is not None]


def replay_visit(session: Session, site: Site, visit_id: int, policy: Policy) -> Replayed:
    """One past visit by its own version of the policy and by another. Raises VisitNotFound."""
    return replay(picture(session, visit_id, site), policy)
