"""Keeps the outbox in line with the visits: rows are added, moved, revived or cancelled here only.

Called inside the transaction of the change that causes it, so that a change and what must be said
about it are stored together or not at all.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, literal, update
from sqlmodel import Session, SQLModel, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base.times import UtcDateTime
from models.base.words import DeliveryState
from models.reading.handing import parts_of
from models.reading.picture import VisitPicture
from models.records.visit import Visit
from models.reminders.due import Owed, owed
from models.reminders.outbox import CHANNEL, DISMISSED, LIVE_KINDS, QUIET, Delivery
from models.reminders.owed import NOBODY
from services.reading import absences, looks
from services.reading.desk import Desk
from services.store.sql import insert_once

HAND_ON = "do:hand"
"""The row by which one visit goes from somebody to another. args: `who`, `to`, `absence`, `reason`,
`by`."""
_WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED)
_OUTBOX = SQLModel.metadata.tables[str(Delivery.__tablename__)]
_BLANK = {
    name: field.get_default(call_default_factory=True)
    for name, field in Delivery.model_fields.items()
    if not field.is_required() and name not in {"seq", "urgency"}
}


def owe(
    desk: Desk,
    kind: str,
    recipient: str,
    key: str,
    visit_id: int | None,
    /,
    **args: object,
) -> None:
    """Owe one message now. A key that is there already owes nothing more."""
    if desk.session.exec(select(Delivery.seq).where(Delivery.key == key)).first() is not None:
        return
    row = Owed(key, kind, recipient, due=desk.now, args=args)
    add_once(desk.session, [row], visit_id, desk.now, is_planned=False)


def owe_history(desk: Desk, visit_id: int, audit_id: int) -> None:
    """Owe the line of an audit entry in the thread of the visit card."""
    owe(desk, "history", CHANNEL, f"v{visit_id}:history:{audit_id}", visit_id, audit=audit_id)


def replan(desk: Desk, visit_id: int) -> None:
    """Bring the planned rows of a visit in line with its state and policy."""
    session = desk.session
    session.flush()
    view = looks.picture(session, visit_id, desk.site)
    if view.policy.quiet_hours is not None or view.visit.left_at is not None:
        reconsider(desk, visit_id)
    bring_in_line(session, visit_id, owed(view), desk.now)
    _to_stand_ins(desk, view)


def hand_on(
    desk: Desk,
    visits: Iterable[int],
    who: str,
    to: str,
    absence_id: int | None,
    reason: str | None = None,
) -> None:
    """Owe that these visits follow when what `who` has goes to another: for an absence, or (None)
    for good. What time brings is done before anything is said, so that nobody is asked for what
    is not theirs any more."""
    args: dict[str, object] = {"who": who, "to": to, "absence": absence_id}
    args |= {"reason": reason, "by": desk.actor_id}
    for visit_id in visits:
        key = f"v{visit_id}:hand:{uuid.uuid4().hex}"
        row = Owed(key, HAND_ON, NOBODY, due=desk.now, args=args)
        add_once(desk.session, [row], visit_id, desk.now, is_planned=False)


def _to_stand_ins(desk: Desk, view: VisitPicture) -> None:
    """What falls to somebody who is away goes on to who stands in."""
    for absence in absences.running(desk):
        if parts_of(view, absence.user_id, absence.stand_in):
            visits = [view.visit.id or 0]
            hand_on(desk, visits, absence.user_id, absence.stand_in, absence.id)


def begin(desk: Desk, view: VisitPicture) -> None:
    """Owe what a visit owes that was made just now: nothing of it stands anywhere yet."""
    rows = [row for row in owed(view) if not _is_over(row, desk.now)]
    needless = _overtaken(rows, desk.now)
    rows = [row for row in rows if row.key not in needless]
    add_once(desk.session, rows, view.visit.id, desk.now, is_planned=True)
    _to_stand_ins(desk, view)


def bring_in_line(session: Session, visit_id: int, rows: Iterable[Owed], now: datetime) -> None:
    """Have these planned rows of a visit in the outbox, and no others.

    A row no longer owed is cancelled if it still waits; one owed again after that is revived, not
    one that somebody dismissed; one with another due time is moved; a new one that would come too
    late to help is not added, nor of a series more than the latest that is due. What was sent stays
    as it is. A revived row waits until the claim has ended under which a bot may be sending it at
    this moment.
    """
    wanted = {row.key: row for row in _alone(session, visit_id, rows)}
    needless = _overtaken(wanted.values(), now)
    query = select(Delivery).where(Delivery.visit_id == visit_id, col(Delivery.is_planned))
    present = {row.key: row for row in session.exec(_held(query))}
    for key, delivery in present.items():
        row = wanted.get(key)
        if row is None:
            if delivery.state in _WAITING and delivery.sent_revision == 0:
                _cancel(delivery, "no_longer_owed")
        elif delivery.state in {DeliveryState.CANCELLED, DeliveryState.EXPIRED}:
            is_owed = not _is_over(row, now) and key not in needless
            if is_owed and delivery.reason != DISMISSED:
                _revive(delivery, row, now)
        elif delivery.state in _WAITING and delivery.sent_revision == 0:
            _move(delivery, row, now)
        session.add(delivery)
    new = [row for key, row in wanted.items() if key not in present and key not in needless]
    new = [row for row in new if not _is_over(row, now)]
    add_once(session, new, visit_id, now, is_planned=True)


def reconsider(desk: Desk, visit_id: int) -> None:
    """What waits for quiet hours or days to end is looked at anew: after the change it may be
    needed."""
    desk.session.connection().execute(
        update(_OUTBOX)
        .where(
            _OUTBOX.c.visit_id == visit_id,
            _OUTBOX.c.state == DeliveryState.PENDING.value,
            _OUTBOX.c.reason == QUIET,
        )
        .values(
            reason=None,
            next_try_at=case(
                (_OUTBOX.c.due_at > desk.now, _OUTBOX.c.due_at),
                else_=literal(desk.now, UtcDateTime),
            ),
        )
    )


def touch(desk: Desk, visit_id: int) -> None:
    """Ask for every card of the visit that stands in a conversation to be brought up to date.

    So for one that is being sent at this moment, since it shows what was before.
    """
    query = select(Delivery).where(
        Delivery.visit_id == visit_id,
        col(Delivery.kind).in_(LIVE_KINDS),
        or_(col(Delivery.sent_revision) > 0, Delivery.state == DeliveryState.CLAIMED),
        col(Delivery.state).in_([DeliveryState.SENT, *_WAITING]),
    )
    for delivery in desk.session.exec(_held(query)):
        delivery.revision += 1
        delivery.next_try_at = min(delivery.next_try_at or desk.now, desk.now)
        if delivery.state == DeliveryState.SENT:
            delivery.state = DeliveryState.PENDING
            delivery.next_try_at = desk.now
        desk.session.add(delivery)
    desk.session.flush()


def _held(query: SelectOfScalar[Delivery]) -> SelectOfScalar[Delivery]:
    """The rows as they are now, kept from the dispatcher until the commit, so that nothing is
    decided on a state that it is changing. In order, so that two never wait crosswise."""
    held = query.order_by(col(Delivery.seq)).with_for_update()
    return held.execution_options(populate_existing=True)


def changed(desk: Desk, visit: Visit) -> None:
    """What every verb ends with: rows recomputed, cards refreshed."""
    desk.session.add(visit)
    replan(desk, visit.id or 0)
    touch(desk, visit.id or 0)


def told(desk: Desk, visit_id: int) -> list[str]:
    """The people who have been sent anything about the visit, or are being sent it just now."""
    rows = desk.session.exec(
        select(Delivery.recipient)
        .where(
            Delivery.visit_id == visit_id,
            or_(
                Delivery.sent_revision > 0,
                Delivery.state == DeliveryState.CLAIMED,
                col(Delivery.is_uncertain),
            ),
            col(Delivery.recipient).like("U%") | col(Delivery.recipient).like("W%"),
        )
        .distinct()
    )
    return list(rows)


def concerned(desk: Desk, visit: Visit, told_before: list[str]) -> list[str]:
    """Whom news of a visit concerns: who was told of it, requester and host, not the actor."""
    people = [*told_before, visit.requester_id, visit.host_id]
    return [person for person in dict.fromkeys(people) if person != desk.actor_id]


def call_off(desk: Desk, visit: Visit, reason: str) -> None:
    """Tell everybody who was told of a visit that it does not take place."""
    for person in concerned(desk, visit, told(desk, visit.id or 0)):
        key = f"v{visit.id}:cancelled:{person}"
        owe(desk, "cancelled", person, key, visit.id, by=desk.actor_id, reason=reason)


def call_off_invited(desk: Desk, visit: Visit, reason: str) -> None:
    """Tell the leaders who have been invited to a visit that it does not take place."""
    for person in told_by(desk, visit.id or 0, "invitation"):
        if person not in {desk.actor_id, visit.requester_id, visit.host_id}:
            key = f"v{visit.id}:cancelled:{person}"
            owe(desk, "cancelled", person, key, visit.id, by=desk.actor_id, reason=reason)


def recall(
    desk: Desk, visit_id: int, kinds: Collection[str], since: datetime, **args: object
) -> list[str]:
    """Take back the messages of these kinds that have been owed since then, with these `args`:
    what is not sent is cancelled, and the same may be owed again. Returns who has been told."""
    query = select(Delivery).where(
        Delivery.visit_id == visit_id, col(Delivery.kind).in_(kinds), Delivery.due_at >= since
    )
    told: list[str] = []
    for row in desk.session.exec(_held(query)):
        if any(row.args.get(name) != value for name, value in args.items()):
            continue
        if row.sent_revision > 0 or row.state == DeliveryState.CLAIMED:
            told.append(row.recipient)
        elif row.state in _WAITING:
            _cancel(row, "taken_back")
        row.key = f"{row.key}:{row.seq}"
        desk.session.add(row)
    desk.session.flush()
    return list(dict.fromkeys(told))


def told_by(desk: Desk, visit_id: int, kind: str) -> set[str]:
    """The people to whom a message of that kind about the visit has been sent."""
    rows = desk.session.exec(
        select(Delivery.recipient).where(
            Delivery.visit_id == visit_id, Delivery.kind == kind, Delivery.sent_revision > 0
        )
    )
    return set(rows)


def told_since(desk: Desk, visit_id: int, kind: str, since: datetime) -> set[str]:
    """Whom a message of that kind about the visit was owed after a moment and up to now."""
    rows = desk.session.exec(
        select(Delivery.recipient).where(
            Delivery.visit_id == visit_id,
            Delivery.kind == kind,
            Delivery.due_at > since,
            Delivery.due_at <= desk.now,
        )
    )
    return set(rows)


def _overtaken(rows: Iterable[Owed], now: datetime) -> set[str]:
    """The keys of the rows that are due and after which another of their series is due as well."""
    latest: dict[str, Owed] = {}
    found: set[str] = set()
    for row in sorted(rows, key=lambda row: row.due):
        if row.series is not None and row.due <= now:
            if row.series in latest:
                found.add(latest[row.series].key)
            latest[row.series] = row
    return found


def _is_over(row: Owed, now: datetime) -> bool:
    return row.expires is not None and row.expires <= now


def _move(delivery: Delivery, row: Owed, now: datetime) -> None:
    """Take over due time and expiry; what is due already stays due when it was."""
    delivery.args = dict(row.args)
    delivery.expires_at = row.expires
    due = max(row.due, now) if row.due > now or delivery.due_at > now else delivery.due_at
    if due != delivery.due_at:
        delivery.due_at = due
        delivery.next_try_at = due


def _cancel(delivery: Delivery, reason: str) -> None:
    """A bot that has the row may be sending it: `lease_until` stays, and says how long it may."""
    if delivery.state == DeliveryState.CLAIMED:
        delivery.is_uncertain = True
    delivery.state = DeliveryState.CANCELLED
    delivery.reason = reason
    delivery.next_try_at = None
    delivery.lease_token = None


def _revive(delivery: Delivery, row: Owed, now: datetime) -> None:
    _move(delivery, row, now)
    delivery.state = DeliveryState.PENDING
    delivery.reason = None
    delivery.is_uncertain = delivery.is_uncertain or delivery.attempts > 0
    delivery.next_try_at = max(delivery.due_at, now, delivery.lease_until or now)


def add_once(
    session: Session, rows: Iterable[Owed], visit_id: int | None, now: datetime, *, is_planned: bool
) -> None:
    """Store rows whose keys are not there, be it that another bot adds them at this moment."""
    session.flush()
    rows = _alone(session, visit_id, rows)
    values = [_values(row, visit_id, now, is_planned) for row in rows]
    if values:
        insert_once(session, _OUTBOX, values, "key")


def _alone(session: Session, visit_id: int | None, rows: Iterable[Owed]) -> list[Owed]:
    """Of the rows of a trial those that go to whoever tries it, the visit's card as well."""
    visit = session.get(Visit, visit_id) if visit_id is not None else None
    if visit is None or visit.trial_of is None:
        return list(rows)
    mine = (
        replace(row, recipient=visit.trial_of) if row.kind == "visit_card" else row for row in rows
    )
    return [row for row in mine if row.recipient in {visit.trial_of, NOBODY}]


def _values(row: Owed, visit_id: int | None, now: datetime, is_planned: bool) -> dict[str, Any]:
    due = max(row.due, now)
    return _BLANK | {
        "id": uuid.uuid4().hex,
        "key": row.key,
        "kind": row.kind,
        "visit_id": visit_id,
        "recipient": row.recipient,
        "args": dict(row.args),
        "is_planned": is_planned,
        "due_at": due,
        "expires_at": row.expires,
        "next_try_at": due,
    }
