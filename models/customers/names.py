"""What of a name is to be seen, and when two spellings are one name."""

import unicodedata

from models.base.limits import CUSTOMER_LIMIT

_TOO_LONG = "…"
_BLANKS = "\u2800\u3164\uffa0\u115f\u1160"
"""Letters and signs by their class, that show a blank."""
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""Show nothing, but change how the letters or pictures beside them look."""
_NOTHING = "\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f"


def fold(name: str) -> str:
    """The form under which two spellings of one customer's name are the same; empty for a name of
    which nothing is to be seen."""
    plain = unicodedata.normalize("NFKC", _without(name, _JOINERS)).casefold()
    return " ".join(plain.split())


def seen(name: str) -> str:
    """The name without what shows nothing, its spaces as one; empty where nothing is to be seen."""
    return " ".join(_without(name).split()) if fold(name) else ""


def _without(name: str, more: str = "") -> str:
    """The name without signs that show nothing, blanks as spaces."""
    return "".join(
        " " if sign in _BLANKS else sign
        for sign in name
        if sign in _BLANKS or (_is_seen(sign) and sign not in more)
    )


def _is_seen(sign: str) -> bool:
    if sign in _JOINERS or sign.isspace():
        return True
    return sign not in _NOTHING and unicodedata.category(sign) not in {"Cf", "Cc"}


def carried(name: str) -> str:
    """The name as a select carries it: whole, or only how long it is. Cut, two could be one."""
    return name if len(name) <= CUSTOMER_LIMIT else f"{_TOO_LONG}{len(name)}"


def length(name: str) -> int:
    """How many characters a name has that a select has carried."""
    count = name.removeprefix(_TOO_LONG)
    return int(count) if count != name and count.isdecimal() else len(name)
