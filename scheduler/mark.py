"""Writing down what became of claimed rows, many at once.

A mark holds only for whoever still has the claim. What was said is a fact and is kept in any case;
the state follows these rules:

* touched while it was being sent: due again at once, so that the card shows the newest;
* cancelled while it was being sent: stays cancelled and keeps where it stands; a card that can be
  brought up to date is (in place, it is not posted again).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    String,
    Update,
    and_,
    bindparam,
    case,
    column,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import Session, SQLModel

from models.base.times import UtcDateTime
from models.base.words import DeliveryState
from models.reminders.outbox import LIVE_KINDS, Delivery
from scheduler.rows import Outcome, Over, PutBack, Said
from services.store.sql import among

_OUTBOX = SQLModel.metadata.tables[str(Delivery.__tablename__)]
_C = _OUTBOX.c
_PENDING = DeliveryState.PENDING.value
_VALUES: Mapping[str, TypeEngine[Any]] = {
    "row": BigInteger(),
    "token": String(),
    "seen": Integer(),
    "moment": UtcDateTime(),
    "is_live": Boolean(),
    "is_new": Boolean(),
    "in_channel": String(),
    "at_ts": String(),
    "as_digest": String(),
    "again": UtcDateTime(),
    "why": String(),
    "not_tried": Integer(),
    "uncertain": Boolean(),
    "end": String(),
}
_AS_THEY_ARE = {int, bool, type(None)}
Value = Callable[[str], ColumnElement[Any]]
"""A value of the outcome that is written down, by its name in `_VALUES`."""


def _said(value: Value) -> Update:
    ours, is_live = _ours(value), value("is_live")
    touched = _C.revision != value("seen")
    anew = or_(
        and_(ours, is_live, touched), and_(_C.state == DeliveryState.CANCELLED.value, is_live)
    )
    return (
        update(_OUTBOX)
        .where(_C.seq == value("row"))
        .values(
            state=case((anew, _PENDING), (ours, DeliveryState.SENT.value), else_=_C.state),
            next_try_at=case((anew, value("moment")), (ours, None), else_=_C.next_try_at),
            reason=case((or_(anew, ours), None), else_=_C.reason),
            sent_revision=value("seen"),
            sent_at=case((value("is_new"), value("moment")), else_=_C.sent_at),
            channel=value("in_channel"),
            ts=value("at_ts"),
            digest=value("as_digest"),
            attempts=0,
            is_uncertain=False,
            lease_token=case((ours, None), else_=_C.lease_token),
            lease_until=case((ours, None), else_=_C.lease_until),
        )
    )


def _put_back(value: Value) -> Update:
    return (
        update(_OUTBOX)
        .where(_C.seq == value("row"), _ours(value))
        .values(
            state=_PENDING,
            next_try_at=value("again"),
            reason=value("why"),
            attempts=_C.attempts - value("not_tried"),
            is_uncertain=value("uncertain"),
            channel=value("in_channel"),
            ts=value("at_ts"),
            lease_token=None,
            lease_until=None,
        )
    )


def _over(value: Value) -> Update:
    as_seen = _C.revision == value("seen")
    return (
        update(_OUTBOX)
        .where(_C.seq == value("row"), _ours(value))
        .values(
            state=case((as_seen, value("end")), else_=_PENDING),
            next_try_at=case((as_seen, None), else_=value("moment")),
            reason=value("why"),
            is_uncertain=False,
            lease_token=None,
            lease_until=None,
        )
    )


def _ours(value: Value) -> ColumnElement[bool]:
    return and_(_C.state == DeliveryState.CLAIMED.value, _C.lease_token == value("token"))


def _one_by_one(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=_VALUES[name])


_records = (
    func.json_to_recordset(bindparam("outcomes", type_=JSON()))
    .table_valued(*(column(name, type_) for name, type_ in _VALUES.items()))
    .render_derived(name="outcome", with_types=True)
)
_values = func.json_each(bindparam("outcomes", type_=JSON())).table_valued("value", name="given")
_objects = (
    select(
        *(
            type_coerce(func.json_extract(_values.c.value, f"$.{name}"), type_).label(name)
            for name, type_ in _VALUES.items()
        )
    )
    .cte("outcome")
    .prefix_with("MATERIALIZED")  # each value is looked up once, not wherever it is used
)


_WAYS = (_said, _put_back, _over)
_SINGLY = tuple(way(_one_by_one) for way in _WAYS)
_TOGETHER = {
    "postgresql": tuple(way(lambda name: _records.c[name]) for way in _WAYS),
    "sqlite": tuple(way(lambda name: _objects.c[name]) for way in _WAYS),
}
"""Many outcomes in one statement, which takes them as one value."""


def mark(session: Session, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Write down the outcomes. Returns those whose rows a verb is changing at this moment, to be
    marked when it has ended: the dispatcher never waits for people, nor they for it.

    Raises ValueError or the database's error, and marks none, where one of them cannot be stored.
    """
    if not outcomes:
        return []
    connection = session.connection()
    rows = [outcome.row.seq for outcome in outcomes]
    dialect = connection.dialect.name
    free = set(rows)
    if dialect != "sqlite":  # there, whoever writes is alone
        query = select(_C.seq).where(among(session, _C.seq, rows)).with_for_update(skip_locked=True)
        free = set(connection.execute(query).scalars())
    ours = [outcome for outcome in outcomes if outcome.row.seq in free]
    values = (
        [_said_values(each) for each in ours if isinstance(each, Said)],
        [_put_back_values(each) for each in ours if isinstance(each, PutBack)],
        [_over_values(each, now) for each in ours if isinstance(each, Over)],
    )
    # One statement would take one of two outcomes of a row (of a claim that ran out, and the next).
    is_together = len(set(rows)) == len(rows)
    for place, given in enumerate(values):
        if given and is_together:
            plain = [_plain(each, dialect) for each in given]
            connection.execute(_TOGETHER[dialect][place], {"outcomes": plain})
        elif given:
            connection.execute(_SINGLY[place], given)
    _renew(session, {each.root for each in ours if isinstance(each, Said) and each.root}, now)
    if len(free) == len(set(rows)):
        return []
    there = set(connection.execute(select(_C.seq).where(_C.seq.in_(rows))).scalars())
    return [each for each in outcomes if each.row.seq in there - free]


def _renew(session: Session, roots: set[int], now: datetime) -> None:
    """Have the messages brought up to date that were answered in their threads. One that a verb is
    changing at this moment is left to that."""
    if not roots:
        return
    query = select(_C.seq).where(_C.seq.in_(roots), _C.state == DeliveryState.SENT.value)
    if session.connection().dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True)
    free = list(session.connection().execute(query).scalars())
    change = update(_OUTBOX).where(_C.seq.in_(free))
    values = {"state": _PENDING, "revision": _C.revision + 1, "next_try_at": now}
    session.connection().execute(change.values(**values))


def _plain(values: dict[str, Any], dialect: str) -> dict[str, Any]:
    """Values as JSON holds them."""
    return {
        name: value if type(value) in _AS_THEY_ARE else _written(value, dialect)
        for name, value in values.items()
    }


def _written(value: str | datetime, dialect: str) -> str:
    """Moments as the database writes them. JSON would carry a text into SQLite that cannot be read
    again; PostgreSQL refuses it."""
    if isinstance(value, str):
        if not value.isprintable():
            raise ValueError("a text that cannot be stored")
        return value
    if dialect == "postgresql":
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _said_values(said: Said) -> dict[str, Any]:
    return {
        "row": said.row.seq,
        "token": said.row.lease_token,
        "seen": said.revision,
        "moment": said.at,
        "is_live": said.row.kind in LIVE_KINDS,
        "is_new": said.how in {"sent", "found", "done"},
        "in_channel": said.channel,
        "at_ts": said.ts,
        "as_digest": said.digest,
    }


def _put_back_values(back: PutBack) -> dict[str, Any]:
    return {
        "row": back.row.seq,
        "token": back.row.lease_token,
        "again": back.next_try_at,
        "why": back.reason,
        "not_tried": 0 if back.was_tried else 1,
        "uncertain": back.is_uncertain,
        "in_channel": back.channel,
        "at_ts": back.ts,
    }


def _over_values(over: Over, now: datetime) -> dict[str, Any]:
    return {
        "row": over.row.seq,
        "token": over.row.lease_token,
        "seen": over.revision,
        "end": over.state.value,
        "why": over.reason,
        "moment": now,
    }
