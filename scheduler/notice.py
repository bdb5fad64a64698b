"""Telling the people who can mend it that a conversation cannot be written to, once a day."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from models.times import local
from models.visit import Visit
from models.words import Role
from scheduler.rows import Outcome, PutBack
from services.desk import Desk, Site
from services.outbox import owe
from services.people import holders

KIND = "channel_missing"


def tell_admins(session: Session, outcomes: Iterable[Outcome], now: datetime, site: Site) -> None:
    """Owe the admins and the visit's requester a notice that the visits channel is closed to us.

    args: `fault`, Slack's error code.
    """
    desk = Desk(session, now, site, None, "tick")
    day = local(now, site.timezone).date().isoformat()
    for outcome in outcomes:
        if not isinstance(outcome, PutBack) or outcome.notice is None:
            continue
        visit = session.get(Visit, outcome.row.visit_id) if outcome.row.visit_id else None
        people = list(holders(session).get(Role.ADMIN, []))
        if visit is not None:
            people.append(visit.requester_id)
        for person in dict.fromkeys(people):
            key = f"{KIND}:{day}:{person}"
            visit_id = visit.id if visit is not None else None
            owe(desk, KIND, person, key, visit_id, fault=outcome.notice)
