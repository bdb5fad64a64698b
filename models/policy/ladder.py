"""The ladder of ranks, ready for looking titles up in it."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from models.policy.company_tables import Rank


class Rung(NamedTuple):
    """A rank as titles tell it: its words folded, whoever writes them how."""

    key: str
    grade: int
    side: str
    words: tuple[str, ...]


Ladder = tuple[Rung, ...]
_HYPHENS = re.compile(r"[-\u2010-\u2015]")


def ladder_of(ranks: Iterable[Rank]) -> Ladder:
    """The ranks in the file's order, each with the words that tell it."""
    return tuple(
        Rung(rank.key, rank.grade, rank.side, tuple(fold_title(word) for word in rank.titles))
        for rank in ranks
    )


def fold_title(text: str) -> str:
    """The form under which letters' case and width do not matter, nor whether words are joined by
    a hyphen: `Vice-President` is a vice president."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_HYPHENS.sub(" ", folded).split())
