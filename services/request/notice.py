"""Filling the visit notice, section by section, also by two people at once (P02)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import select

from models.base.errors import Fault, InvalidForm, Overtaken, VisitOver
from models.base.visible import seen
from models.base.words import OPEN_STATUSES
from models.cars.numbers import either_number
from models.policy.notice_fields import NoticeField, Section
from models.reading.notice import asked_in
from models.reading.picture import VisitPicture
from models.records.request import NoticeFact, NoticeValue
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.looks import picture
from services.request.asking_first import follow_notice
from services.saying import audit, outbox
from services.store.hold import hold

Entered = str | int | Decimal | datetime | list[str] | None
"""What somebody entered in one input; None: nothing."""
RETURN_NUMBER = "return_number"
_MOST = Decimal(10) ** 9


@dataclass(frozen=True)
class Filled:
    """The visit, and the fields that have another value now."""

    visit: Visit
    fields: list[str]


def fill_section(
    desk: Desk,
    visit_id: int,
    section: Section,
    entered: Mapping[str, Entered],
    opened_with: Mapping[str, str],
) -> Filled:
    """Take over what was entered in a section; fields that are not in `entered` stay.

    `opened_with` are the marks (`mark_of`) of what the form showed when it was opened: what
    somebody else has changed since and this person has not stays changed. Raises Overtaken with the
    fields that both have changed, InvalidForm, VisitOver once the visit is archived or off.
    """
    visit = hold(desk.session, visit_id)
    view = fillable(desk, visit_id)
    fields = [field for field in asked_in(view, section) if field.key in entered]
    values, faults = _read(fields, entered)
    if faults:
        raise InvalidForm(faults)
    mine = {key: value for key, value in values.items() if _differs(value, opened_with.get(key))}
    both = [
        key
        for key, value in mine.items()
        if view.notice.get(key) != value and _differs(view.notice.get(key), opened_with.get(key))
    ]
    if both:
        raise Overtaken(both)
    changed = {key: value for key, value in mine.items() if view.notice.get(key) != value}
    if changed:
        _keep(desk, visit_id, changed)
        late = {"late": True} if visit.left_at is not None else {}
        audit.record(desk, "fill_notice", visit_id, fields=list(changed), **late)
        follow_notice(desk, visit)
        outbox.changed(desk, visit)
    return Filled(visit, list(changed))


def fillable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit whose notice may still be filled: until it is archived, also after the guests have
    left (P05, P18). Raises VisitOver."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES:
        raise VisitOver(view.visit.status)
    return view


def changed_by(
    fields: list[NoticeField], entered: Mapping[str, Entered], opened_with: Mapping[str, str]
) -> dict[str, Entered]:
    """Of what was entered that which the person has changed since the form was opened."""
    values, _ = _read([field for field in fields if field.key in entered], entered)
    return {key: entered[key] for key in values if _differs(values[key], opened_with.get(key))}


def mark_of(value: NoticeValue | None) -> str:
    """A short mark by which another value of a field is noticed."""
    written = json.dumps(value, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:6]


def _differs(value: NoticeValue | None, mark: str | None) -> bool:
    return mark_of(value) != (mark or mark_of(None))


def _read(
    fields: list[NoticeField], entered: Mapping[str, Entered]
) -> tuple[dict[str, NoticeValue | None], dict[str, Fault]]:
    values: dict[str, NoticeValue | None] = {}
    faults: dict[str, Fault] = {}
    for field in fields:
        try:
            values[field.key] = _value(field, entered[field.key])
        except _Faulty as error:
            faults[field.key] = error.fault
    return values, faults


class _Faulty(Exception):
    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.fault = Fault(code, facts)


def _value(field: NoticeField, entered: Entered) -> NoticeValue | None:
    """What is kept of an entry; None of an empty one."""
    match entered:
        case None | "" | []:
            return None
        case list():
            return [code for code in entered if not field.options or code in field.options] or None
        case datetime():
            return entered.isoformat()
        case Decimal():
            if not 0 <= entered <= _MOST:
                raise _Faulty("amount")
            return format(entered, "f")
        case int():
            if not 0 <= entered <= field.limit:
                raise _Faulty("number_between", least=0, most=field.limit)
            return entered
    if field.options:
        if entered not in field.options:
            raise _Faulty("choice_gone", choice=entered)
        return entered
    if not seen(entered):
        return None
    if len(entered) > field.limit:
        raise _Faulty("too_long", limit=field.limit, length=len(entered))
    if field.key == RETURN_NUMBER:
        number = either_number(entered)
        if number is None:
            raise _Faulty("travel_number")
        return number
    return entered.strip()


def _keep(desk: Desk, visit_id: int, changed: Mapping[str, NoticeValue | None]) -> None:
    session = desk.session
    rows = session.exec(select(NoticeFact).where(NoticeFact.visit_id == visit_id))
    present = {row.key: row for row in rows}
    for key, value in changed.items():
        row = present.get(key)
        if value is None:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = NoticeFact(
                visit_id=visit_id, key=key, value=value, said_by=desk.person, said_at=desk.now
            )
        row.value, row.said_by, row.said_at = value, desk.person, desk.now
        session.add(row)
    session.flush()
