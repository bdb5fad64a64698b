"""What was entered in a section of a form, and how it comes together with what others have saved
since the form was opened (P02, P14)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from models.base.errors import Fault, InvalidForm, Overtaken
from models.base.travel_numbers import either_number
from models.base.visible import seen
from models.policy.notice_fields import NoticeField
from models.records.request import NoticeValue

Entered = str | int | Decimal | datetime | list[str] | None
"""What somebody entered in one input; None: nothing."""
Known = Mapping[str, NoticeValue]
"""What is kept, by field."""
_MOST = Decimal(10) ** 9
_RETURN_NUMBER = "return_number"


def merge(
    fields: list[NoticeField],
    entered: Mapping[str, Entered],
    opened_with: Mapping[str, str],
    known: Known,
) -> dict[str, NoticeValue | None]:
    """What changes of the fields, and to what (None: nothing more is known); fields that are not in
    `entered` stay.

    `opened_with` are the marks (`mark_of`) of what the form showed when it was opened: what
    somebody else has changed since and this person has not stays changed. Raises Overtaken with the
    fields that both have changed, and InvalidForm.
    """
    values, faults = _read([field for field in fields if field.key in entered], entered)
    if faults:
        raise InvalidForm(faults)
    mine = {key: value for key, value in values.items() if _differs(value, opened_with.get(key))}
    both = [
        key
        for key, value in mine.items()
        if known.get(key) != value and _differs(known.get(key), opened_with.get(key))
    ]
    if both:
        raise Overtaken(both)
    return {key: value for key, value in mine.items() if known.get(key) != value}


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


def marks_of(fields: list[NoticeField], known: Known) -> dict[str, str]:
    """By what another value of each field is noticed."""
    return {field.key: mark_of(known.get(field.key)) for field in fields}


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
    if field.key == _RETURN_NUMBER:
        number = either_number(entered)
        if number is None:
            raise _Faulty("travel_number")
        return number
    return entered.strip()
