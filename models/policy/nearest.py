"""The right word for a misspelled one."""

from collections.abc import Iterable

from rapidfuzz import process


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean '...'?` with the nearest of the words, or nothing where none is near."""
    best = process.extractOne(word, list(words), score_cutoff=60)
    return f"; did you mean {best[0]!r}?" if best else ""
