"""How much one person may ask of the approvers: so many requests at a time, so many in an hour."""

from datetime import timedelta

from sqlmodel import col, func, select

from models.base.errors import TooManyRequests
from models.base.permissions import Ability
from models.base.words import VisitStatus
from models.policy import Policy
from models.records.audit import AuditEntry
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.standing import standing
from services.reading.versions import policy_of
from services.saying import audit

_HOUR = timedelta(hours=1)
_ASKS = ("submit", "ask_exception", "ask_anew")
"""What of the audit trail puts a card before an approver."""
UNDECIDED = (str(VisitStatus.REQUESTED), str(VisitStatus.CHANGES_ASKED))


def check_open(desk: Desk, policy: Policy) -> None:
    """Whether the person may have one more request waiting. Whoever prepares visits asks for many
    in others' names, and is not counted. Raises TooManyRequests."""
    most = policy.request.most_waiting
    waiting = desk.session.exec(
        select(func.count())
        .select_from(Visit)
        .where(Visit.requester_id == desk.person, col(Visit.status).in_(UNDECIDED))
    ).one()
    if waiting >= most and not _prepares(desk):
        raise TooManyRequests("waiting", most)
    check_hour(desk, policy)


def check_hour(desk: Desk, policy: Policy) -> None:
    """Whether the person may ask approvers once more within this hour, be it by a request, an
    exception, or an edit that asks anew. Raises TooManyRequests."""
    if desk.actor_id is None:
        return
    most = policy.request.most_in_an_hour
    asked = desk.session.exec(
        select(func.count())
        .select_from(AuditEntry)
        .where(
            AuditEntry.actor_id == desk.actor_id,
            col(AuditEntry.at) > desk.now - _HOUR,
            col(AuditEntry.verb).in_(_ASKS),
        )
    ).one()
    if asked >= most and not _prepares(desk):
        raise TooManyRequests("hour", most)


def asking_anew(desk: Desk, visit: Visit) -> None:
    """Count that an edit asks the approvers anew. Raises TooManyRequests."""
    check_hour(desk, policy_of(desk.session, visit, desk.site))
    audit.record(desk, "ask_anew", visit.id, round=visit.approval_round)


def _prepares(desk: Desk) -> bool:
    return Ability.PREPARES in standing(desk)
