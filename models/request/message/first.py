"""What was read out of a message, as first values of the request."""

from typing import Any

from models.base.limits import CUSTOMER_LIMIT, NAME_LIMIT
from models.customers.guests import GuestLine, written_guest
from models.customers.phones import shown_phone
from models.request.message.said import Found

_MOST = {"customer": CUSTOMER_LIMIT, "lead_guest": NAME_LIMIT, "lead_guest_title": NAME_LIMIT}


def first_values(found: Found) -> dict[str, Any]:
    """Values by the names of VisitForm's fields, of what is certain; guests a line each. A name
    that is longer than a form takes was none."""
    first: dict[str, Any] = {}
    for name, text in found.texts.items():
        if text.value is not None and len(text.value) <= _MOST.get(name, len(text.value)):
            first[name] = shown_phone(text.value) if name == "contact_phone" else text.value
    for name, moment in found.moments.items():
        if moment.value is not None:
            first[name] = moment.value
    if found.party_size is not None and found.party_size.value is not None:
        first["party_size"] = found.party_size.value
    lines = [
        written_guest(GuestLine(each.value.name, each.value.title))
        for each in found.guests
        if each.value is not None
    ]
    return first | {"guests": "\n".join(lines)} if lines else first
