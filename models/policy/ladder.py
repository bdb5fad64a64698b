"""The ladder of ranks, ready for looking titles up in it."""

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


def ladder_of(ranks: Iterable[Rank]) -> Ladder:
    """The ranks in the file's order, each with the words that tell it."""
    return tuple(
        Rung(rank.key, rank.grade, rank.side, tuple(fold_title(word) for word in rank.titles))
        for rank in ranks
    )


def fold_title(text: str) -> str:
    """The form under which letters' case and width do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
