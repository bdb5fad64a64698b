"""What of a text is to be seen."""

import unicodedata
from functools import lru_cache

_BLANKS = "\u2800\u3164\uffa0\u115f\u1160"
"""Letters and signs by their class, that show a blank."""
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
"""Show nothing, but change how the letters or pictures beside them look."""
_NOTHING = "\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f"


def seen(text: str) -> str:
    """The text without what shows nothing, its spaces as one; empty where nothing is to be seen."""
    return " ".join(_without(text).split()) if letters(text) else ""


def letters(text: str) -> str:
    """The same without what only joins letters: how two texts that look the same are one."""
    return " ".join(_without(text, _JOINERS).split())


def _without(text: str, more: str = "") -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if sign in _BLANKS else sign
        for sign in text
        if sign in _BLANKS or (_is_seen(sign) and sign not in more)
    )


@lru_cache(maxsize=4096)
def _is_seen(sign: str) -> bool:
    if sign in _JOINERS or sign.isspace():
        return True
    return sign not in _NOTHING and unicodedata.category(sign) not in {"Cf", "Cc"}
