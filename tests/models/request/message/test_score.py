"""Sixty written messages, thirty in Chinese and thirty in English: at least 90 % of what they state
is read rightly, and nothing wrongly without showing that it is unclear."""

from typing import Any

import pytest

from models.request.message.read import read_message
from models.request.message.said import Said
from tests.models.request.message.score import NOW, ZONE, Message, messages, score

ALL = messages()


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_the_set_is_whole(language: str) -> None:
    own = [each for each in ALL if each.language == language]
    assert len(own) == 30
    assert len({each.name for each in own}) == 30
    assert sum(each.held_out for each in own) == 5


def test_what_is_stated_is_read_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    groups = {
        "english": [each for each in ALL if each.language == "english"],
        "chinese": [each for each in ALL if each.language == "chinese"],
        "held out": [each for each in ALL if each.held_out],
    }
    with capsys.disabled():
        for name, own in groups.items():
            print(f"\nread of messages, {name}: {score(own)}", end="")  # noqa: T201
        print()  # noqa: T201
    for own in groups.values():
        result = score(own)
        assert not result.wrong, "\n".join(result.wrong)
        assert result.right >= 0.9 * result.stated, "\n".join(result.missed)


@pytest.mark.parametrize("message", ALL, ids=[f"{m.language}-{m.name}" for m in ALL])
def test_each_fact_bears_the_words_that_it_came_from(message: Message) -> None:

    found = read_message(message.text, NOW, ZONE)
    plain = " ".join(message.text.replace(">", " ").split())
    said: list[Said[Any]] = [*found.texts.values(), *found.moments.values(), *found.guests]
    if found.party_size is not None:
        said.append(found.party_size)
    for each in said:
        assert each.quote
        assert each.quote.rstrip("…") in plain
        assert each.value is not None or each.candidates or each in found.guests
