"""Messages shared by those who would read the same: what anybody reads is what is rendered for
them alone."""

from collections.abc import Callable
from functools import cache
from itertools import chain

import pytest

from models.base.words import VisitStatus
from models.reading.picture import VisitPicture
from models.records.people import Reader
from scheduler.shared import Observed, Shared
from templates.messages import KINDS, render
from tests.models.visits import HOLDERS
from tests.templates.scenes import ADMIN, ARGS, NOW, make, states

BERLIN = "Europe/Berlin"
SHANGHAI = "Asia/Shanghai"
LIN, SAM = Reader("en", SHANGHAI, "U01LIN"), Reader("en", SHANGHAI, "U02SAM")
PEOPLE = ["U01LIN", "U98NOBODY", "U99NOBODY", ADMIN, *sorted({*chain(*HOLDERS.values())})]
READERS = [
    *(Reader("en", SHANGHAI, who) for who in PEOPLE),
    *(Reader("zh", SHANGHAI, who) for who in PEOPLE[:2]),
    *(Reader("en", BERLIN, who) for who in PEOPLE[:2]),
    Reader("en", SHANGHAI, None),
]


def rendered_for(readers: list[Reader], says: Callable[[Reader], str]) -> tuple[list[str], int]:
    """What each reads, and how often it was rendered."""
    shared: Shared[str] = Shared()
    times = 0

    def render(reader: Reader) -> str:
        nonlocal times
        times += 1
        return says(reader)

    found = [shared.rendered("key", reader, render) for reader in readers]
    assert found == [says(reader) for reader in readers]
    return found, times


def test_what_looks_at_nobody_is_rendered_once() -> None:
    assert rendered_for([LIN, SAM], lambda reader: reader.locale)[1] == 1


@pytest.mark.parametrize(
    "says",
    [
        lambda reader: str(reader.user_id),
        lambda reader: str(reader).partition("(")[2],
        lambda reader: str(vars(reader)["user_id"]),
        lambda reader: "mine" if getattr(reader, "user_id") == "U01LIN" else "theirs",  # noqa: B009
    ],
)
def test_what_looks_at_the_person_is_shared_with_nobody_else(says: Callable[[Reader], str]) -> None:
    found, times = rendered_for([LIN, SAM, LIN], says)
    assert times == 2
    assert found[0] != found[1]


def test_what_depends_on_being_one_of_some_is_shared_on_either_side() -> None:
    other = Reader("en", SHANGHAI, "U03RUTH")
    found, times = rendered_for(
        [LIN, SAM, other], lambda reader: "yours" if reader.is_among(["U01LIN"]) else "theirs"
    )
    assert (found, times) == (["yours", "theirs", "theirs"], 2)


def test_zones_and_languages_are_apart_where_they_are_looked_at() -> None:
    away = Reader("en", BERLIN, "U02SAM")
    assert rendered_for([LIN, away], lambda reader: reader.timezone)[1] == 2
    assert rendered_for([LIN, away], lambda reader: reader.locale)[1] == 1


def test_different_keys_share_nothing_and_an_error_is_kept_for_nobody() -> None:
    shared: Shared[str] = Shared()
    assert shared.rendered("a", LIN, lambda reader: "a") == "a"
    assert shared.rendered("b", LIN, lambda reader: "b") == "b"

    def fails(reader: Reader) -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        shared.rendered("c", LIN, fails)
    assert shared.rendered("c", LIN, lambda reader: "c") == "c"


def test_an_observed_reader_is_the_reader() -> None:
    seen = Observed(LIN)
    assert (seen.locale, seen.timezone, seen.user_id) == ("en", SHANGHAI, "U01LIN")
    assert seen.is_among(["U01LIN"])
    assert not seen.is_among([None])


@cache
def pictures() -> list[VisitPicture]:
    return [*states("plain"), make(VisitStatus.APPROVED)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_everybody_reads_what_is_rendered_for_them_alone(kind: str) -> None:
    for picture in pictures():
        for args in ARGS[kind]:
            shared: Shared[object] = Shared()
            for reader in READERS:
                told = shared.rendered(
                    "one message",
                    reader,
                    lambda who, picture=picture, args=args: render(  # type: ignore[misc]
                        kind, picture, args, who, NOW
                    ),
                )
                assert told == render(kind, picture, args, reader, NOW)
