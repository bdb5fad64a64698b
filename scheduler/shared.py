"""One rendering for all who would read the same: within one claim, and only as far as it is true.

Whoever renders a message sees its reader through `Observed`, which notes what of the reader was
looked at and what was asked of them. Another reader who is the same in all of that would be told
the very same words; one who differs in any of it has the message rendered for them. So a message
that looks at who reads it is never shared, one that asks whether its reader is the driver is shared
by all who are not, and one that shows no time is shared between zones.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from models.records.people import Reader

T = TypeVar("T")
_FIELDS = frozenset(each.name for each in fields(Reader))
_plain = object.__getattribute__


class Observed(Reader):
    """A reader who notes in `seen` which of their facts were looked at, in whatever way, and in
    `asked` among which people they were looked for."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.locale, reader.timezone, reader.user_id)
        object.__setattr__(self, "seen", set())
        object.__setattr__(self, "asked", set())

    def __getattribute__(self, name: str) -> Any:
        if name in _FIELDS:
            _plain(self, "seen").add(name)
        elif name == "__dict__":
            _plain(self, "seen").update(_FIELDS)
        return _plain(self, name)

    def is_among(self, user_ids: Collection[str | None]) -> bool:
        """As of any reader; what was asked is noted, not who it is."""
        _plain(self, "asked").add(frozenset(user_ids))
        return _plain(self, "user_id") in user_ids


@dataclass(frozen=True, slots=True)
class _Rendering(Generic[T]):
    """What was rendered, and what a reader must be like to be told the same."""

    facts: tuple[tuple[str, object], ...]
    answers: tuple[tuple[frozenset[str | None], bool], ...]
    message: T

    def suits(self, reader: Reader) -> bool:
        return all(getattr(reader, name) == value for name, value in self.facts) and all(
            reader.is_among(people) is answer for people, answer in self.answers
        )


class Shared(Generic[T]):
    """The renderings of one claim: of one snapshot, at one moment. Not to be kept for another."""

    def __init__(self) -> None:
        self._renderings: dict[object, list[_Rendering[T]]] = {}

    def rendered(self, key: object, reader: Reader, render: Callable[[Reader], T]) -> T:
        """What `render` makes for the reader. `key` is all that it depends on beside the reader.

        Raises what `render` raises; that is kept for nobody.
        """
        known = self._renderings.setdefault(key, [])
        for rendering in known:
            if rendering.suits(reader):
                return rendering.message
        observed = Observed(reader)
        message = render(observed)
        facts = tuple((name, getattr(reader, name)) for name in _plain(observed, "seen"))
        answers = tuple((people, reader.is_among(people)) for people in _plain(observed, "asked"))
        known.append(_Rendering(facts, answers, message))
        return message
