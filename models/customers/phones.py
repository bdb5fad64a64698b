"""Phone numbers as people write them, and as a phone dials them (R1.7)."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

_EXTENSION = re.compile(r"\s*(?:转|轉|分机|分機)\s*")
_SCHEME = "tel:"


def read_phone(written: str, country: str) -> str | None:
    """The number with its country and extension, as it is kept: `+8613812345678`,
    `+862162345678;ext=12`. None for what is none.

    A number without a country is one of `country` (ISO code). What a country may hand out tomorrow
    is not refused today: only the length is checked.
    """
    try:
        number = phonenumbers.parse(_EXTENSION.sub(" ext. ", written), country)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    kept = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{kept};ext={number.extension}" if number.extension else kept


def shown_phone(kept: str) -> str:
    """A kept number as people read it: `+86 138 1234 5678`."""
    number = phonenumbers.parse(f"{_SCHEME}{kept}")
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def dialled(kept: str) -> str:
    """A kept number as the address that a phone dials."""
    return f"{_SCHEME}{kept}"
