"""Claiming what is due. A claim is a lease: whoever holds it alone may send the row until it ends.

SQLite: one conditional UPDATE within BEGIN IMMEDIATE. PostgreSQL: rows that another bot is
claiming are skipped, so that any number of bots share the work without waiting for each other.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Session, SQLModel

from models.base.times import UtcDateTime
from models.base.words import DeliveryState
from models.reminders.outbox import URGENCIES, Delivery
from scheduler.rows import CLAIMED_COLUMNS, Claimed
from services.store.sql import kind_of, one_of

_OUTBOX = SQLModel.metadata.tables[str(Delivery.__tablename__)]
_C = _OUTBOX.c
_IS_CLAIMED = _C.state == DeliveryState.CLAIMED.value
_NOW = bindparam("now", type_=UtcDateTime)
_MOST_SKIPPED = 5000
_PATIENCE_MS = 500  # less than PostgreSQL takes to call two that wait crosswise a deadlock
LEASE = timedelta(seconds=60)
CLAIM_SIZE = 20
SETTLE = timedelta(seconds=3)
"""How long Slack may still be at work on what a dead process asked for."""


@dataclass(frozen=True)
class Skip:
    """What must not be claimed now: people or channels with a message under way or a limit on
    them, whole kinds of calls that Slack has paused, and kinds of rows."""

    recipients: Collection[str] = ()
    updates: bool = False
    look_ups: bool = False
    kinds: Collection[str] = ()


def next_due(
    session: Session,
    now: datetime,
    skip: Skip | None = None,
    urgencies: Sequence[int] = URGENCIES,
) -> bool:
    """Whether anything of these classes is due: cheap, without the turn of a writer."""
    skip = skip or Skip()
    query = _due_query(*_shape(session, skip), tuple(urgencies))
    return session.connection().execute(query, _given(now, skip)).first() is not None


@cache
def _due_query(
    kind: str, left_out: "_LeftOut", kinds: frozenset[str], urgencies: tuple[int, ...]
) -> Select[int]:
    due = _due(kind, left_out, kinds)
    return select(_C.seq).where(*due, _C.urgency.in_(urgencies)).limit(1)


def claim(
    session: Session,
    now: datetime,
    limit: int = CLAIM_SIZE,
    lease: timedelta = LEASE,
    skip: Skip | None = None,
    urgencies: Sequence[int] = URGENCIES,
) -> list[Claimed]:
    """Claim up to `limit` rows of these classes that are due, the urgent first, then in the order
    they fell due.

    A row whose former claim has run out comes back with `is_uncertain`: it may have been sent.
    """
    skip = skip or Skip()
    token = uuid.uuid4().hex
    connection = session.connection()
    take = _take(*_shape(session, skip))
    given = _given(now, skip) | {"token": token, "until": now + lease}
    found: list[Claimed] = []
    for urgency in urgencies:
        if len(found) >= limit:
            break
        of_this = {"of_urgency": urgency, "at_most": limit - len(found)}
        rows = connection.execute(take, given | of_this).all()
        ordered = sorted(rows, key=lambda row: (row.due_at, row.seq))
        found += [Claimed(token, now + lease, *row) for row in ordered]
    return found


_LeftOut = tuple[bool, bool, bool]
"""Whether recipients are skipped, updates, look-ups: what a kept statement looks like."""


def _shape(session: Session, skip: Skip) -> tuple[str, _LeftOut, frozenset[str]]:
    """By what the statements for a skip are kept."""
    left_out = (bool(skip.recipients), skip.updates, skip.look_ups)
    return kind_of(session), left_out, frozenset(skip.kinds)


def _given(now: datetime, skip: Skip) -> dict[str, Any]:
    """What such a statement is given when it is executed."""
    given: dict[str, Any] = {"now": now}
    if skip.recipients:
        given["skipped"] = list(skip.recipients)[:_MOST_SKIPPED]
    return given


def _due(kind: str, left_out: _LeftOut, kinds: frozenset[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        _C.next_try_at <= _NOW,
        or_(_C.state == DeliveryState.PENDING.value, and_(_IS_CLAIMED, _C.lease_until <= _NOW)),
    ]
    recipients, updates, look_ups = left_out
    if recipients:
        conditions.append(~one_of(kind, _C.recipient, "skipped"))
    if updates:
        conditions.append(_C.ts.is_(None))
    if kinds:
        conditions.append(_C.kind.not_in(sorted(kinds)))
    if look_ups:
        conditions.append(~and_(_C.is_uncertain, _C.ts.is_(None)))
    return conditions


@cache
def _take(kind: str, left_out: _LeftOut, kinds: frozenset[str]) -> Update:
    due = (
        select(_C.seq)
        .where(*_due(kind, left_out, kinds), _C.urgency == bindparam("of_urgency"))
        .order_by(_C.next_try_at, _C.seq)
        .limit(bindparam("at_most", type_=Integer))
    )
    values = {
        "state": DeliveryState.CLAIMED.value,
        "lease_token": bindparam("token"),
        "lease_until": bindparam("until"),
        "attempts": _C.attempts + 1,
        "first_tried_at": func.coalesce(_C.first_tried_at, _NOW),
        "is_uncertain": case((_IS_CLAIMED, True), else_=_C.is_uncertain),
    }
    taken = update(_OUTBOX).values(values).returning(*(_C[name] for name in CLAIMED_COLUMNS))
    if kind == "sqlite":
        return taken.where(_C.seq.in_(due))
    rows = due.with_for_update(skip_locked=True).cte("due").prefix_with("MATERIALIZED")
    return taken.where(_C.seq == rows.c.seq)


def release_all(session: Session, again: datetime) -> int:
    """Free every claim, for a bot that is alone on the database and has just started: whoever
    held them is gone. Returns how many; each is looked for, at `again`, before it is sent."""
    freed = session.connection().execute(
        update(_OUTBOX)
        .where(_IS_CLAIMED)
        .values(
            state=DeliveryState.PENDING.value,
            is_uncertain=True,
            next_try_at=again,
            lease_token=None,
            lease_until=None,
        )
    )
    return freed.rowcount


def mend_waits(session: Session, now: datetime, longest: timedelta, lease: timedelta) -> int:
    """After the clock was set back: rows do not wait for a time that only the wrong clock made
    far, but until they are due; a claim gets a new lease; what expired by the wrong clock alone is
    owed again. Returns how many were mended.

    `longest` is the longest wait that an honest clock leaves.
    """
    is_far = case((_IS_CLAIMED, _C.lease_until), else_=_C.next_try_at) > now + longest
    is_put_off = or_(_C.due_at <= now, _IS_CLAIMED, _C.next_try_at > _C.due_at)
    in_time = case((_C.due_at > now, _C.due_at), else_=literal(now, UtcDateTime))
    mended = session.connection().execute(
        update(_OUTBOX)
        .where(_C.next_try_at.is_not(None), is_far, is_put_off)
        .values(
            next_try_at=in_time,
            lease_until=case((_IS_CLAIMED, literal(now + lease, UtcDateTime)), else_=None),
        )
    )
    revived = session.connection().execute(
        update(_OUTBOX)
        .where(_C.state == DeliveryState.EXPIRED.value, _C.expires_at > now)
        .values(state=DeliveryState.PENDING.value, reason=None, next_try_at=in_time)
    )
    return mended.rowcount + revived.rowcount


def holds(session: Session, row: Claimed) -> bool:
    """Whether the row is still claimed as it was. All rows of its visit are kept from others until
    the transaction ends, in the order in which verbs keep them; where one of those is slow, this
    gives way: DatabaseTrouble database_busy."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE_MS}ms'"))
    of_visit = or_(_C.seq == row.seq, _C.visit_id == row.visit_id)
    query = (
        select(_C.seq, _C.state, _C.lease_token)
        .where(_C.seq == row.seq if row.visit_id is None else of_visit)
        .order_by(_C.seq)
        .with_for_update()
    )
    return any(
        seq == row.seq and state == DeliveryState.CLAIMED.value and token == row.lease_token
        for seq, state, token in connection.execute(query)
    )
