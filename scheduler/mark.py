"""Writing down what became of claimed rows, many at once.

A mark holds only for whoever still has the claim. What was said is a fact and is kept in any case;
the state follows these rules:

* touched while it was being sent: due again at once, so that the card shows the newest;
* cancelled while it was being sent: stays cancelled and keeps where it stands; a card that can be
  brought up to date is (in place, it is not posted again).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Update, and_, bindparam, case, or_, select, update
from sqlmodel import Session, SQLModel

from models.outbox import LIVE_KINDS, Delivery
from models.times import UtcDateTime
from models.words import DeliveryState
from scheduler.rows import Outcome, Over, PutBack, Said

_OUTBOX = SQLModel.metadata.tables[str(Delivery.__tablename__)]
_C = _OUTBOX.c
_OURS = and_(_C.state == DeliveryState.CLAIMED.value, _C.lease_token == bindparam("token"))
_AS_SEEN = _C.revision == bindparam("seen")
_NOW = bindparam("moment", type_=UtcDateTime)
_PENDING = DeliveryState.PENDING.value


def _said() -> Update:
    is_live = bindparam("is_live", type_=Boolean)
    anew = or_(
        and_(_OURS, is_live, ~_AS_SEEN), and_(_C.state == DeliveryState.CANCELLED.value, is_live)
    )
    return (
        update(_OUTBOX)
        .where(_C.seq == bindparam("row"))
        .values(
            state=case((anew, _PENDING), (_OURS, DeliveryState.SENT.value), else_=_C.state),
            next_try_at=case((anew, _NOW), else_=_C.next_try_at),
            reason=case((or_(anew, _OURS), None), else_=_C.reason),
            sent_revision=bindparam("seen"),
            sent_at=case((bindparam("is_new", type_=Boolean), _NOW), else_=_C.sent_at),
            channel=bindparam("in_channel"),
            ts=bindparam("at_ts"),
            digest=bindparam("as_digest"),
            attempts=0,
            is_uncertain=False,
            lease_token=case((_OURS, None), else_=_C.lease_token),
            lease_until=case((_OURS, None), else_=_C.lease_until),
        )
    )


def _put_back() -> Update:
    return (
        update(_OUTBOX)
        .where(_C.seq == bindparam("row"), _OURS)
        .values(
            state=_PENDING,
            next_try_at=bindparam("again", type_=UtcDateTime),
            reason=bindparam("why"),
            attempts=_C.attempts - bindparam("not_tried"),
            is_uncertain=bindparam("uncertain", type_=Boolean),
            channel=bindparam("in_channel"),
            ts=bindparam("at_ts"),
            lease_token=None,
            lease_until=None,
        )
    )


def _over() -> Update:
    return (
        update(_OUTBOX)
        .where(_C.seq == bindparam("row"), _OURS)
        .values(
            state=case((_AS_SEEN, bindparam("end")), else_=_PENDING),
            next_try_at=case((_AS_SEEN, _C.next_try_at), else_=_NOW),
            reason=bindparam("why"),
            is_uncertain=False,
            lease_token=None,
            lease_until=None,
        )
    )


_SAID, _PUT_BACK, _OVER = _said(), _put_back(), _over()


def mark(session: Session, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
    """Write down the outcomes. Returns those whose rows a verb is changing at this moment, to be
    marked when it has ended: the dispatcher never waits for people, nor they for it."""
    if not outcomes:
        return []
    connection = session.connection()
    rows = [outcome.row.seq for outcome in outcomes]
    query = select(_C.seq).where(_C.seq.in_(rows)).with_for_update(skip_locked=True)
    free = set(connection.execute(query).scalars())
    ours = [outcome for outcome in outcomes if outcome.row.seq in free]
    said = [_said_values(each) for each in ours if isinstance(each, Said)]
    back = [_put_back_values(each) for each in ours if isinstance(each, PutBack)]
    over = [_over_values(each, now) for each in ours if isinstance(each, Over)]
    for statement, values in ((_SAID, said), (_PUT_BACK, back), (_OVER, over)):
        if values:
            connection.execute(statement, values)
    if len(free) == len(set(rows)):
        return []
    there = set(connection.execute(select(_C.seq).where(_C.seq.in_(rows))).scalars())
    return [each for each in outcomes if each.row.seq in there - free]


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
