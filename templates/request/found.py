"""What was read out of a message, said beside the questions of the request that it fills."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from models.customers.phones import shown_phone
from models.policy import Policy
from models.records.people import Reader
from models.request.forms import DETAILS
from models.request.message.said import Found, Said
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined

MESSAGE_LIMIT = 3000
"""Characters that Slack lets people type into one input."""
_QUOTED, _NAMED = 100, 60
_CHOICES = 5


def fill_form(reader: Reader, meta: FormMeta) -> dict[str, Any]:
    """Asks for the message, above the request that it fills."""
    language = Language(reader)
    card = Card()
    card.text(language.say("message", "fill_intro"))
    hint = language.say("message", "fill_hint")
    asked = Asked(ids.TEXT, language._("Message"), ids.VALUE, hint=hint)
    return modal(
        ids.FILL_FORM,
        language._("Fill from a message"),
        [*card.blocks, asked.line(MESSAGE_LIMIT, many_lines=True)],
        submit=language._("Fill in"),
        close=language._("Back"),
        meta=meta,
    )


def hints(
    language: Language, policy: Policy, found: Found, entered: Collection[str]
) -> dict[str, Text]:
    """Under each question the words that its answer came from, or what they may mean. What somebody
    had `entered` stays; there it is said what the message says."""
    return {
        name: _hint(language, said, _shower(language, name), is_entered=name in entered)
        for name, said in _fields(found).items()
        if name not in DETAILS and (name != "purpose" or _is_offered(policy, said))
    }


def note(language: Language, found: Found, *, has_guests: bool = True) -> Card:
    """Above the form: that a message filled it, and what it says of the details, which are asked
    once the request is sent; `has_guests` unless their list is longer than the form can keep."""
    card = Card()
    if found.is_empty:
        card.text(language.say("message", "nothing_found"))
        return card
    card.text(language.say("message", "found"))
    lines = [
        joined(
            language.colon,
            [terms.field(language, name), _line(language, name, said)],
        )
        for name, said in _fields(found).items()
        if name in DETAILS
    ]
    lines += _guests(language, found) if has_guests else [language.say("message", "long_list")]
    if lines:
        card.text(joined("\n", [language.say("message", "asked_later"), *lines]))
    return card


def _guests(language: Language, found: Found) -> list[Text]:
    """The guests beside the lead guest, those too that could not be read for certain."""
    lines = []
    for each in found.guests:
        guest = each.value
        if guest is None:
            lines.append(language.say("message", "unclear_guest", quote=_quote(each)))
            continue
        parts = [
            guest.name,
            guest.title,
            shown_phone(guest.phone) if guest.phone else None,
            guest.mail,
        ]
        said = language.comma.join(part for part in parts if part)
        lines.append(language.say("message", "guest", guest=guard(said, 200)))
    return lines


def _fields(found: Found) -> dict[str, Said[Any]]:
    fields: dict[str, Said[Any]] = {**found.texts, **found.moments}
    if found.party_size is not None:
        fields["party_size"] = found.party_size
    return fields


def _hint(
    language: Language, said: Said[Any], show: Callable[[Any], Text], *, is_entered: bool
) -> Text:
    quote = _quote(said)
    if said.value is None:
        return _unclear(language, said, show)
    if is_entered:
        return language.say("message", "says", value=show(said.value), quote=quote)
    return language.say("message", "from_open" if said.is_open else "from", quote=quote)


def _line(language: Language, name: str, said: Said[Any]) -> Text:
    show = _shower(language, name)
    if said.value is None:
        return _unclear(language, said, show)
    return language.say("message", "value", value=show(said.value), quote=_quote(said))


def _unclear(language: Language, said: Said[Any], show: Callable[[Any], Text]) -> Text:
    choices = joined(" / ", [show(each) for each in said.candidates[:_CHOICES]])
    return language.say("message", "unclear", choices=choices, quote=_quote(said))


def _shower(language: Language, name: str) -> Callable[[Any], Text]:
    """How a value of a field is shown."""

    def show(value: Any) -> Text:
        if isinstance(value, datetime):
            return language.moment(value)
        if name == "purpose":
            return terms.purpose(language, value)
        if name == "travel_by":
            return terms.travel_by(language, value)
        return guard(shown_phone(value) if name == "contact_phone" else value, _NAMED)

    return show


def _is_offered(policy: Policy, said: Said[Any]) -> bool:
    """Whether the procedure still has one of the purposes that were read."""
    return bool({said.value, *said.candidates} & set(policy.purposes))


def _quote(said: Said[Any]) -> Text:
    return guard(said.quote, _QUOTED)
