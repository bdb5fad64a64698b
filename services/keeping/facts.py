"""Facts that are kept field by field, each with who said it and when."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from models.records.customers import CustomerFact
from models.records.request import NoticeFact, NoticeValue
from services.reading.desk import Desk

_Fact = TypeVar("_Fact", NoticeFact, CustomerFact)


def keep_facts(
    desk: Desk,
    rows: Iterable[_Fact],
    changed: Mapping[str, NoticeValue | None],
    new: Callable[..., _Fact],
) -> None:
    """Write what has changed into the rows that there are; None takes a fact out. `new` makes a
    fact of `key`, `value`, `said_by` and `said_at`."""
    session = desk.session
    present = {row.key: row for row in rows}
    for key, value in changed.items():
        row = present.get(key)
        if value is None:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = new(key=key, value=value, said_by=desk.person, said_at=desk.now)
        row.value, row.said_by, row.said_at = value, desk.person, desk.now
        session.add(row)
    session.flush()
