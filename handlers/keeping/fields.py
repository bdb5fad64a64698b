"""What was entered in inputs that are data."""

from collections.abc import Iterable

from handlers.slack.values import Entries
from models.keeping.entered import Entered
from models.policy.notice_fields import NoticeField


def read_fields(entries: Entries, fields: Iterable[NoticeField]) -> dict[str, Entered]:
    """What was entered, by field; fields that the form did not have are left out."""
    return {field.key: _entered(entries, field) for field in fields if entries.has(field.key)}


def _entered(entries: Entries, field: NoticeField) -> Entered:
    match field.kind:
        case "number":
            return entries.integer(field.key)
        case "amount":
            return entries.amount(field.key)
        case "moment":
            return entries.moment(field.key)
        case "person":
            return entries.person(field.key)
        case "people":
            return entries.people(field.key)
        case _:
            return words_or_codes(entries, field.key, field.kind)


def words_or_codes(entries: Entries, key: str, kind: str) -> str | list[str] | None:
    """What was typed, or the codes that were chosen in an input of the kinds `choice` and
    `choices`."""
    match kind:
        case "choice":
            return entries.choice(key)
        case "choices":
            return entries.choices(key)
        case _:
            return entries.text(key)
