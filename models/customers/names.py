"""When two spellings are one name."""

import unicodedata

from models.base.limits import CUSTOMER_LIMIT
from models.base.visible import letters

_TOO_LONG = "…"
_STRAIGHT = str.maketrans(dict.fromkeys("‘’ʼ`´", "'") | dict.fromkeys("“”„«»「」『』", '"'))


def fold(name: str) -> str:
    """The form under which two spellings of one customer's name are the same; empty for a name of
    which nothing is to be seen."""
    return " ".join(unicodedata.normalize("NFKC", letters(name)).casefold().split())


def spellings(name: str) -> list[str]:
    """The folded names under which the same customer may be kept, the likeliest first: quotation
    marks and apostrophes are typed in several ways, and around a name they say nothing."""
    plain = fold(name)
    straight = plain.translate(_STRAIGHT)
    bare = straight.strip('"').strip() if straight.count('"') == 2 else straight
    ways = [plain, straight, straight.replace("'", "’"), bare, bare.replace("'", "’")]
    return list(dict.fromkeys(way for way in ways if way))


def carried(name: str) -> str:
    """The name as a select carries it: whole, or only how long it is. Cut, two could be one."""
    return name if len(name) <= CUSTOMER_LIMIT else f"{_TOO_LONG}{len(name)}"


def length(name: str) -> int:
    """How many characters a name has that a select has carried."""
    count = name.removeprefix(_TOO_LONG)
    return int(count) if count != name and count.isdecimal() else len(name)
