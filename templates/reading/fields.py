"""Fields that are data, whatever they are asked of: the input of each, and what is kept of it as
people read it (P02, P14)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from slack_sdk.models.blocks import InputBlock

from models.policy.notice_fields import NoticeField
from models.records.request import NoticeValue
from templates.slack.inputs import Asked
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined, mention

_SHOWN = 300


def field_inputs(
    asked: Asked,
    field: NoticeField,
    options: Sequence[tuple[str, Text]],
    first: Any,
    language: Language,
    zone: str,
) -> list[InputBlock]:
    """The input of a field, of a moment two where the reader's clock is not the site's; `options`
    are the answers of a choice, `zone` is the site's."""
    match field.kind:
        case "number":
            return [asked.number(0, field.limit, first)]
        case "amount":
            return [asked.number(0, None, first, decimals=True)]
        case "moment":
            return asked.moment(language, zone, first)
        case "person":
            return [asked.person(first)]
        case "people":
            return [asked.persons(first or [], field.limit)]
        case _:
            return [plain_input(asked, field.kind, field.limit, options, first)]


def plain_input(
    asked: Asked, kind: str, limit: int, options: Sequence[tuple[str, Text]], first: Any
) -> InputBlock:
    """The input of words, of the kinds `line` and `words`, or of codes: `choice`, `choices`."""
    match kind:
        case "choice":
            return asked.choice(options, first)
        case "choices":
            return asked.choices(options, first or [])
        case _:
            return asked.line(limit, first, many_lines=kind == "words")


def typed(field: NoticeField, value: NoticeValue | None) -> Any:
    """A value as it is kept, as the input takes it."""
    if value is None:
        return None
    if field.kind == "moment":
        return datetime.fromisoformat(str(value))
    return Decimal(str(value)) if field.kind == "amount" else value


def shown(
    language: Language,
    field: NoticeField,
    value: NoticeValue,
    answer: Callable[[str], Text],
    *,
    currency: str,
    zone: str,
) -> Text:
    """What is kept of a field; `answer` are the words of a code, `zone` is the site's."""
    match field.kind:
        case "choice":
            return answer(str(value))
        case "choices":
            return joined(language.comma, [answer(code) for code in _many(value)])
        case "person":
            return mention(str(value))
        case "people":
            return joined(language.comma, [mention(who) for who in _many(value)])
        case "amount":
            return language.money(Decimal(str(value)), currency)
        case "moment":
            return language.when(datetime.fromisoformat(str(value)), zone)
        case _:
            return guard(str(value), _SHOWN)


def _many(value: NoticeValue) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
