"""A request as it was entered, kept as a draft, taken up again."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from handlers.slack.values import Entries, amount_of, moment_of
from models.request.forms import VisitForm

_TIMES = ("arrival", "departure", "pickup_time", "dropoff_time", "meeting_time")


def visit_form(entries: Entries) -> VisitForm:
    """The visit notice as it was filled."""
    return VisitForm(
        customer=entries.choice("customer") or "",
        purpose=entries.choice("purpose") or "",
        lead_guest=entries.text("lead_guest") or "",
        lead_guest_title=entries.text("lead_guest_title") or "",
        party_size=entries.integer("party_size"),
        arrival=entries.moment("arrival"),
        departure=entries.moment("departure"),
        host=entries.person("host") or "",
        level=entries.choice("level") or "",
        level_reason=entries.text("level_reason"),
        customer_kind=entries.choice("customer_kind"),
        capital=entries.text("capital"),
        overseas=entries.is_ticked("overseas"),
        important=entries.is_ticked("important"),
        budget=entries.amount("budget"),
        exception_reason=entries.text("exception_reason"),
        travel_by=entries.choice("travel_by"),
        travel_number=entries.text("travel_number"),
        pickup_place=entries.text("pickup_place"),
        pickup_time=entries.moment("pickup_time"),
        dropoff_time=entries.moment("dropoff_time"),
        meeting_time=entries.moment("meeting_time"),
        meeting_place=entries.text("meeting_place"),
        second_host=entries.person("second_host"),
        account_owner=entries.person("account_owner"),
        guests=entries.text("guests"),
        notes=entries.text("notes"),
    )


def kept(form: VisitForm) -> dict[str, str | int]:
    """A half-filled form as a draft keeps it: what was entered, in JSON's own types."""
    entered: dict[str, str | int] = {}
    for field, value in form:
        if isinstance(value, datetime):
            entered[field] = int(value.timestamp())
        elif isinstance(value, Decimal):
            entered[field] = str(value)
        elif value:
            entered[field] = value
    return entered


def taken_up(draft: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft kept, as values for the form."""
    return {field: moment_of(value) if field in _TIMES else value for field, value in draft.items()}


def half_filled(first: Mapping[str, Any]) -> VisitForm:
    """The form as it stands with these first values alone."""
    empty: dict[str, Any] = dict.fromkeys(
        ("customer", "purpose", "lead_guest", "lead_guest_title", "host", "level"), ""
    )
    empty |= dict.fromkeys(("party_size", "arrival", "departure"))
    budget = first.get("budget")
    known = {name: first[name] for name in first if name in VisitForm.model_fields}
    if budget is not None:
        known["budget"] = amount_of(str(budget))
    return VisitForm.model_construct(**(empty | known))
