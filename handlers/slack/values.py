"""What people entered, as Slack reports it (`view.state.values`), made into plain typed values.

Nothing here raises for what a payload holds: a missing, foreign or unreadable value is None (or
empty), and the form's own check then says what is wrong beside the field.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from models.money.forms import CostForm, ExceptionForm
from models.request.forms import FeedbackForm, VisitForm

NO_AMOUNT = Decimal(-1)
"""Stands for an amount that cannot be read: no check lets it pass."""

_TIMES = ("arrival", "departure", "pickup_time", "dropoff_time", "meeting_time")
_NUMBER_LENGTH = 20


def clean(text: str) -> str:
    """Text that every database and encoding takes: no lone surrogates, no NUL."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\x00", "")


class Entries:
    """The entries of a form by block id. The action ids do not matter: one input, one block."""

    def __init__(self, values: object) -> None:
        self._values = values if isinstance(values, Mapping) else {}

    def has(self, block: str) -> bool:
        """Whether the form had such an input."""
        return isinstance(self._values.get(block), Mapping)

    def text(self, block: str) -> str | None:
        """Typed text; None when empty."""
        value = self._entry(block).get("value")
        return clean(value) or None if isinstance(value, str) else None

    def choice(self, block: str) -> str | None:
        """The value of the option chosen."""
        option = self._entry(block).get("selected_option")
        value = option.get("value") if isinstance(option, Mapping) else None
        return clean(value) if isinstance(value, str) else None

    def day(self, block: str) -> date | None:
        """The day chosen of a few."""
        try:
            return date.fromisoformat(self.choice(block) or "")
        except ValueError:
            return None

    def person(self, block: str) -> str | None:
        """The user id chosen."""
        value = self._entry(block).get("selected_user")
        return clean(value) or None if isinstance(value, str) else None

    def is_ticked(self, block: str) -> bool:
        """Whether the one box of an input is ticked."""
        return bool(self._entry(block).get("selected_options"))

    def people(self, block: str) -> list[str]:
        """The user ids chosen."""
        value = self._entry(block).get("selected_users")
        return [clean(each) for each in value or () if isinstance(each, str)]

    def integer(self, block: str) -> int | None:
        """A whole number; None for anything else, such as 12.5."""
        value = self.text(block)
        try:
            return int(value) if value and len(value) <= _NUMBER_LENGTH else None
        except ValueError:
            return None

    def amount(self, block: str) -> Decimal | None:
        """An amount with its decimals; NO_AMOUNT for what is none."""
        value = self.text(block)
        return None if value is None else _amount(value)

    def moment(self, block: str) -> datetime | None:
        """A date with its time, aware."""
        return _moment(self._entry(block).get("selected_date_time"))

    def _entry(self, block: str) -> Mapping[str, Any]:
        inputs = self._values.get(block)
        if not isinstance(inputs, Mapping):
            return {}
        entry = next(iter(inputs.values()), None)
        return entry if isinstance(entry, Mapping) else {}


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


def feedback_form(entries: Entries) -> FeedbackForm:
    """The feedback as it was filled."""
    return FeedbackForm(
        satisfaction=entries.integer("satisfaction"),
        intention=entries.choice("intention") or "",
        suggestions=entries.text("suggestions"),
        open_questions=entries.text("open_questions"),
    )


def exception_form(entries: Entries) -> ExceptionForm:
    """What is to go beyond the procedure, as it was filled."""
    return ExceptionForm(
        what=entries.choice("what") or "",
        amount=entries.amount("amount"),
        day=entries.day("day"),
        reason=entries.text("reason"),
    )


def cost_form(entries: Entries) -> CostForm:
    """What was spent, as it was filled."""
    return CostForm(
        what=entries.choice("what") or "",
        amount=entries.amount("amount"),
        day=entries.day("day"),
        guests=entries.integer("guests"),
        note=entries.text("note"),
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
    return {field: _moment(value) if field in _TIMES else value for field, value in draft.items()}


def half_filled(first: Mapping[str, Any]) -> VisitForm:
    """The form as it stands with these first values alone."""
    empty: dict[str, Any] = dict.fromkeys(
        ("customer", "purpose", "lead_guest", "lead_guest_title", "host", "level"), ""
    )
    empty |= dict.fromkeys(("party_size", "arrival", "departure"))
    budget = first.get("budget")
    known = {name: first[name] for name in first if name in VisitForm.model_fields}
    if budget is not None:
        known["budget"] = _amount(str(budget))
    return VisitForm.model_construct(**(empty | known))


def _amount(value: str) -> Decimal:
    try:
        amount = Decimal(value) if len(value) <= _NUMBER_LENGTH else NO_AMOUNT
    except InvalidOperation:
        return NO_AMOUNT
    return amount if amount.is_finite() else NO_AMOUNT


def _moment(value: object) -> datetime | None:
    if not isinstance(value, int):
        return None
    try:
        return datetime.fromtimestamp(value, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None
