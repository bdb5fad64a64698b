"""Merging two spellings of one customer: with which, and what moves (P14)."""

from collections.abc import Sequence
from typing import Any

from models.policy.customer_fields import OF_CUSTOMER
from models.policy.notice_fields import NoticeField
from models.records.customers import Customer
from models.records.people import Reader
from models.records.request import NoticeValue
from templates.reading.customer_terms import answer, label
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked, option
from templates.slack.message import Message, short
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.wire import wire
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined, mention

_SHOWN = 120


def merge_form(reader: Reader, customer: Customer, behind: Sequence[str] = ()) -> dict[str, Any]:
    """Asks which customer this one is another spelling of."""
    language = Language(reader)
    card = Card()
    card.text(language.say("customers", "merge_intro", customer=guard(customer.name)))
    asked = Asked(
        ids.MERGE_INTO,
        language._("The right customer"),
        ids.MERGE_SEARCH,
        placeholder=language._("Type a part of the name"),
    )
    return modal(
        ids.MERGE_FORM,
        language._("Merge with…"),
        [*card.blocks, asked.search()],
        submit=language._("Next"),
        close=language._("Cancel"),
        meta=FormMeta(customer=customer.id, behind=list(behind)),
    )


def merge_options(customers: Sequence[Customer]) -> list[dict[str, Any]]:
    """Customers as options of a select."""
    return [wire(option(guard(each.name), str(each.id))) for each in customers]


def confirm_form(
    reader: Reader,
    gone: Customer,
    into: Customer,
    *,
    visits: int,
    contacts: int,
    facts: Sequence[str],
    both: dict[str, tuple[NoticeValue, NoticeValue]],
    owners: Sequence[str],
    behind: Sequence[str] = (),
) -> dict[str, Any]:
    """What moves, which of two values stays, and who has the customer where both have somebody."""
    language = Language(reader)
    card = Card()
    names = {"gone": guard(gone.name), "into": guard(into.name)}
    card.text(language.say("customers", "merge_asks", **names))
    moves = [
        language.ngettext("%(num)s visit", "%(num)s visits", visits),
        language.ngettext("%(num)s contact", "%(num)s contacts", contacts),
        joined(language.comma, [label(language, key) for key in facts]) or None,
    ]
    card.text(language.say("customers", "merge_moves", what=joined(" · ", moves)))
    for key, (stays, goes) in both.items():
        card.text(
            language.say(
                "customers",
                "merge_both",
                field=label(language, key),
                stays=_value(language, key, stays),
                goes=_value(language, key, goes),
            )
        )
    if owners:
        people = joined(language.comma, [mention(who) for who in owners])
        card.text(language.say("customers", "merge_owners", who=people))
    blocks = list(card.blocks)
    if owners:
        asked = Asked(ids.ACCOUNT_OWNER, language._("Account owner"), ids.VALUE)
        blocks.append(asked.person(owners[0]))
    return modal(
        ids.MERGE_CONFIRM_FORM,
        language._("Merge"),
        blocks,
        submit=language._("Merge"),
        close=language._("Cancel"),
        meta=FormMeta(customer=gone.id, into=into.id, behind=list(behind)),
    )


def merged_reply(reader: Reader, gone: Customer, into: Customer) -> Message:
    """That the two are one now."""
    language = Language(reader)
    names = {"gone": guard(gone.name), "into": guard(into.name)}
    return short(language.say("customers", "merged", **names))


def _value(language: Language, key: str, value: NoticeValue) -> Text:
    field: NoticeField = OF_CUSTOMER[key]
    return answer(language, str(value)) if field.options else guard(str(value), _SHOWN)
