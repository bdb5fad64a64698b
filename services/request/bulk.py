"""Many requests of one person, cancelled at once by who prepares visits."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import col, func, select

from models.base.errors import Fault, InvalidForm
from models.records.visit import Visit
from services.reading.desk import Desk
from services.request.changes import call_off_quietly
from services.request.telling import checked_reason
from services.saying import outbox
from services.signoff.limits import UNDECIDED

MOST = 100
"""How many are cancelled at once."""
_NEVER_APPROVED = (col(Visit.status).in_(UNDECIDED), col(Visit.approved_at).is_(None))


@dataclass(frozen=True)
class CalledOff:
    """Whose requests were cancelled, their numbers, and how many of theirs still wait."""

    person: str
    numbers: list[str]
    left: int


def waiting_by_person(desk: Desk) -> dict[str, int]:
    """How many requests that were never approved wait for each requester, the most first."""
    rows = desk.session.exec(
        select(Visit.requester_id, func.count())
        .where(*_NEVER_APPROVED)
        .group_by(col(Visit.requester_id))
    )
    return dict(Counter(dict(rows.all())).most_common())


def cancel_of(desk: Desk, person: str, reason: str) -> CalledOff:
    """Cancel the newest requests of a person that were never approved, at most so many at once.

    Approvers read it on their cards; everybody else concerned gets one message for all of them.
    Raises InvalidForm without a person or a reason.
    """
    if not person:
        raise InvalidForm({"owner": Fault("required")})
    reason = checked_reason(reason)
    visits = desk.session.exec(
        select(Visit)
        .where(Visit.requester_id == person, *_NEVER_APPROVED)
        .order_by(col(Visit.id).desc())
    ).all()
    wanted = sorted(visit.id or 0 for visit in visits[:MOST])
    concerned: dict[str, list[str]] = {}
    for visit_id in wanted:
        asked = outbox.told_by(desk, visit_id, "approval")
        visit = call_off_quietly(desk, visit_id, reason)
        people = outbox.concerned(desk, visit, outbox.told(desk, visit_id))
        for each in people:
            if each not in asked:
                concerned.setdefault(each, []).append(visit.number)
    numbers = [visit.number for visit in reversed(visits[:MOST])]
    for each, theirs in concerned.items():
        key = f"v{wanted[0]}:called_off:{int(desk.now.timestamp())}:{each}"
        args = {"by": desk.person, "reason": reason, "numbers": theirs}
        outbox.owe(desk, "several_cancelled", each, key, wanted[0], **args)
    return CalledOff(person, numbers, max(0, len(visits) - MOST))
