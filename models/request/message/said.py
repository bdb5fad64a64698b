"""What was read out of a message, with the words that it came from."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple):
    """Where words stand in a message."""

    begin: int
    end: int


@dataclass(frozen=True)
class Read(Generic[T]):
    """A fact and where it stands; no `value` where the words may be read in several ways: then
    `candidates` are what they may mean, as people read it. `is_open` marks a moment of which the
    time of day was not said."""

    value: T | None
    span: Span
    candidates: tuple[T, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Said(Generic[T]):
    """A fact with the words that it was read from (`quote`, as they were written)."""

    value: T | None
    quote: str
    candidates: tuple[T, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class FoundGuest:
    """A guest whom a message names; phone as it is kept, all but the name where it was stated."""

    name: str
    title: str | None = None
    phone: str | None = None
    mail: str | None = None


@dataclass(frozen=True)
class Found:
    """What a message states of a visit; a field that it does not state is not there.

    `guests` are those beside the lead guest. Moments are aware; one that `is_open` stands at a time
    that nobody said.
    """

    texts: dict[str, Said[str]] = field(default_factory=dict)
    moments: dict[str, Said[datetime]] = field(default_factory=dict)
    party_size: Said[int] | None = None
    guests: tuple[Said[FoundGuest], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found, not even something doubtful."""
        return not (self.texts or self.moments or self.party_size or self.guests)
