"""What a person looks for among the visits."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from models.base.visible import seen
from models.reading.picture import VisitPicture

PAGE = 10
"""How many visits are shown at once."""
WORDS_LIMIT = 100
_AROUND = " \t\"'“”„‘’「」『』《》«»()（）【】[]#.。,，;；:：!！?？"
_DASH = re.compile(r"(?<=[vV\d])\s*[‐‑‒–—−－]\s*(?=\d)")


class Shelf(StrEnum):
    """Which visits are looked through."""

    OPEN = "open"
    MINE = "mine"  # open ones in which the person has a part by name
    TODAY = "today"  # of the person's own day
    WEEK = "week"  # that arrive within the next seven of their days
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ALL = "all"  # open ones first


@dataclass(frozen=True)
class Wanted:
    """Which visits are wanted: of a shelf, with these words in number, customer or lead guest, and
    which page of them, from 0."""

    shelf: Shelf = Shelf.OPEN
    words: str = ""
    page: int = 0

    def turned(self, page: int) -> "Wanted":
        """The same at another page."""
        return replace(self, page=page)


@dataclass(frozen=True)
class Found:
    """One page of what was found; `total` counts all pages, `has_more` says that there are more
    than were counted."""

    wanted: Wanted
    now: datetime
    visits: list[VisitPicture]
    total: int
    has_more: bool = False
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


def typed(words: str) -> str:
    """What somebody typed to find a visit: full-width letters as the plain ones, without quotes, a
    sign before it or a full stop behind it."""
    plain = _DASH.sub("-", unicodedata.normalize("NFKC", seen(words)))
    return plain.strip(_AROUND)[:WORDS_LIMIT].strip()
