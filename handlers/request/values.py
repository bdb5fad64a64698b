"""A request as it was entered, kept as a draft, taken up again."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from handlers.slack.values import Entries, amount_of, moment_of
from models.request.forms import DETAILS, VisitDetails, VisitForm
from templates.slack import ids

_CARRIED = 2000
"""Characters of a form's metadata for what is asked later; Slack takes 3000 in all."""
_TIMES = ("arrival", "departure", "pickup_time", "dropoff_time", "meeting_time")


def details(entries: Entries) -> VisitDetails:
    """What was entered of a visit notice's details."""
    return VisitDetails(
        guests=entries.text("guests"),
        travel_by=entries.choice("travel_by"),
        travel_number=entries.text("travel_number"),
        pickup_place=entries.text("pickup_place"),
        pickup_time=entries.moment("pickup_time"),
        dropoff_time=entries.moment("dropoff_time"),
        dropoff_place=entries.text("dropoff_place"),
        meeting_time=entries.moment("meeting_time"),
        meeting_place=entries.text("meeting_place"),
        budget=entries.amount("budget"),
        exception_reason=entries.text("exception_reason"),
        second_host=entries.person("second_host"),
        account_owner=entries.person("account_owner"),
        told_reason=entries.text("told_reason"),
        notes=entries.text("notes"),
    )


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
        contact_phone=entries.text("contact_phone"),
    ).with_details(details(entries))


def kept(form: VisitDetails) -> dict[str, str | int]:
    """A half-filled form as a draft keeps it: what was entered, in JSON's own types."""
    return in_json(form)


def later(first: Mapping[str, Any]) -> dict[str, str | int] | None:
    """Of first values of a request those that are asked once it is sent, as a draft keeps them, as
    far as a form can carry them."""
    said = in_json((name, first[name]) for name in DETAILS if name in first)
    fitting: dict[str, str | int] = {}
    for name, value in said.items():
        if len(json.dumps({**fitting, name: value})) <= _CARRIED:
            fitting[name] = value
    return fitting or None


def in_json(fields: Iterable[tuple[str, Any]]) -> dict[str, str | int]:
    """What was entered, in JSON's own types; moments as seconds."""
    entered: dict[str, str | int] = {}
    for field, value in fields:
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


def whole(details: Mapping[str, Any]) -> dict[str, Any]:
    """All details, those that are not there empty."""
    return {name: details.get(name) for name in DETAILS}


def entered(view: Mapping[str, Any], entries: Entries) -> VisitDetails:
    """What was entered in a form of a visit: the whole notice, or its details alone."""
    if view.get("callback_id") == ids.ADD_DETAILS_FORM:
        return details(entries)
    return visit_form(entries)


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
