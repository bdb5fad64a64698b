"""How the outbox stands: what is due, late, failed; trying again, and looking again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from models.base.errors import DomainError
from models.base.words import DeliveryState
from models.reminders.due import NOBODY
from models.reminders.outbox import CHANNEL, DISMISSED, QUIET, URGENCIES, Delivery
from services.reading.desk import Desk
from services.saying import audit

_C = SQLModel.metadata.tables[str(Delivery.__tablename__)].c
_OPEN = _C.next_try_at.is_not(None)
_SHORTEST_ID = 4


class NoSuchFailure(DomainError):
    """No failed row has that id, or more than one begins so."""

    code = "no_such_failure"


@dataclass(frozen=True)
class Backlog:
    """Rows by what they wait for. `late` ones are among `due`, `waiting` and `under_way`."""

    due: int  # may be sent now
    waiting: int  # were due, and wait: for a limit, a mended channel, another try
    under_way: int  # a bot is sending them
    later: int  # not due yet
    late: int  # not said yet, though due for a while; not what waits for quiet hours to end
    failed: int
    expired: int  # came too late to help
    oldest_due: datetime | None  # since when the oldest of `due` could have been sent


def channel_used(session: Session) -> str | None:
    """The id of the channel to which the newest card of a visit was posted."""
    query = (
        select(_C.channel)
        .where(_C.recipient == CHANNEL, _C.channel.is_not(None))
        .order_by(_C.seq.desc())
        .limit(1)
    )
    return session.connection().execute(query).scalar()


def backlog(session: Session, now: datetime, late: timedelta) -> Backlog:
    """Count the outbox as of `now`; a row is late when it is `late` after its due time."""
    claimable = _claimable(now)
    is_claimed = and_(_C.state == DeliveryState.CLAIMED.value, ~claimable)
    is_new = _C.sent_revision == 0
    is_quiet = and_(~claimable, func.coalesce(_C.reason, "") == QUIET)
    cases = {
        "due": claimable,
        "under_way": is_claimed,
        "waiting": and_(~claimable, ~is_claimed, or_(_C.due_at <= now, ~is_new)),
        "later": and_(~claimable, ~is_claimed, _C.due_at > now, is_new),
        "late": and_(is_new, _C.due_at < now - late, ~is_quiet),
    }
    counts = [func.count().filter(case).label(name) for name, case in cases.items()]
    waiting = session.connection().execute(select(*counts).where(_OPEN)).one()
    over = (DeliveryState.FAILED.value, DeliveryState.EXPIRED.value)
    query = select(_C.state, func.count()).where(_C.state.in_(over)).group_by(_C.state)
    ended = {row.state: row[1] for row in session.connection().execute(query)}
    return Backlog(
        **waiting._mapping,
        failed=ended.get(DeliveryState.FAILED, 0),
        expired=ended.get(DeliveryState.EXPIRED, 0),
        oldest_due=oldest_due(session, now),
    )


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the row that waits longest could have been sent; None where nothing is due.

    Costs the same whatever is planned for later.
    """
    moments = [
        session.connection()
        .execute(
            select(_C.next_try_at)
            .where(_OPEN, _C.urgency == urgency, _claimable(now))
            .order_by(_C.next_try_at)
            .limit(1)
        )
        .scalar()
        for urgency in URGENCIES
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def is_owed(session: Session, now: datetime) -> bool:
    """Whether anything that is due has been tried and not been said yet; not what waits for quiet
    hours to end."""
    tried = select(_C.seq).where(
        _OPEN,
        _C.due_at <= now,
        _C.sent_revision == 0,
        _C.first_tried_at.is_not(None),
        func.coalesce(_C.reason, "") != QUIET,
    )
    return session.connection().execute(tried.limit(1)).first() is not None


def late_rows(session: Session, now: datetime, late: timedelta, limit: int) -> Sequence[Delivery]:
    """Rows that should have been said by now, the oldest first."""
    return session.exec(
        select_rows(Delivery)
        .where(_OPEN, Delivery.sent_revision == 0, col(Delivery.due_at) < now - late)
        .order_by(col(Delivery.due_at), col(Delivery.seq))
        .limit(limit)
    ).all()


def failed_rows(session: Session, limit: int) -> Sequence[Delivery]:
    """Rows that failed for good, the newest first."""
    return session.exec(
        select_rows(Delivery)
        .where(Delivery.state == DeliveryState.FAILED)
        .order_by(col(Delivery.seq).desc())
        .limit(limit)
    ).all()


def retry(desk: Desk, ids: Sequence[str] | None) -> int:
    """Owe failed rows again, at once: those of these ids (or the beginnings of them), or all.

    Each is looked for in its conversation before it is sent. Returns how many there were. Raises
    NoSuchFailure.
    """
    again = desk.session.connection().execute(
        update(Delivery)
        .where(_failed(desk.session, ids))
        .values(
            state=DeliveryState.PENDING.value,
            reason=None,
            next_try_at=desk.now,
            first_tried_at=func.coalesce(_C.first_tried_at, _C.due_at),
            attempts=0,
            is_uncertain=_C.ts.is_(None),
        )
        .returning(_C.id)
    )
    rows = sorted(again.scalars())
    if rows:
        audit.record(desk, "retry_delivery", None, rows=rows)
    return len(rows)


def dismiss(desk: Desk, ids: Sequence[str] | None) -> int:
    """Have done with failed rows: those of these ids (or the beginnings of them), or all. They are
    not sent, and count as failed no more. Returns how many there were. Raises NoSuchFailure.
    """
    ended = desk.session.connection().execute(
        update(Delivery)
        .where(_failed(desk.session, ids))
        .values(state=DeliveryState.CANCELLED.value, reason=DISMISSED)
        .returning(_C.id)
    )
    rows = sorted(ended.scalars())
    if rows:
        audit.record(desk, "dismiss_delivery", None, rows=rows)
    return len(rows)


def doubt(desk: Desk) -> int:
    """After the database went back to an older state: have every message that was due since be
    looked for in its conversation before it is sent. Returns how many there are."""
    doubted = desk.session.connection().execute(
        update(Delivery)
        .where(
            _OPEN,
            or_(_C.next_try_at <= desk.now, _C.due_at <= desk.now),
            _C.ts.is_(None),
            ~_C.is_uncertain,
            _C.recipient != NOBODY,
        )
        .values(is_uncertain=True, first_tried_at=func.coalesce(_C.first_tried_at, _C.due_at))
    )
    if doubted.rowcount:
        audit.record(desk, "doubt_deliveries", None, rows=doubted.rowcount)
    return doubted.rowcount


def _failed(session: Session, ids: Sequence[str] | None) -> ColumnElement[bool]:
    has_failed = _C.state == DeliveryState.FAILED.value
    if ids is None:
        return has_failed
    return and_(has_failed, _C.id.in_([_failed_id(session, beginning) for beginning in ids]))


def _failed_id(session: Session, beginning: str) -> str:
    if len(beginning) < _SHORTEST_ID or not beginning.isalnum():
        raise NoSuchFailure(id=beginning)
    found = session.exec(
        select_rows(Delivery.id)
        .where(Delivery.state == DeliveryState.FAILED, col(Delivery.id).startswith(beginning))
        .limit(2)
    ).all()
    if len(found) != 1:
        raise NoSuchFailure(id=beginning)
    return found[0]


def _claimable(now: datetime) -> ColumnElement[bool]:
    return and_(
        _C.next_try_at <= now,
        or_(
            _C.state == DeliveryState.PENDING.value,
            and_(_C.state == DeliveryState.CLAIMED.value, _C.lease_until <= now),
        ),
    )
