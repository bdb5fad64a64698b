"""What shows nothing is no name, and makes no other one."""

import pytest

from models.base.visible import seen
from models.customers.names import fold

NOTHING = ["\u200b", "\u3164", "\u2800", "\u00ad", "\u2060\ufeff", "\u115f\u1160\uffa0", "\u034f"]
SHOWN = [f"U+{ord(signs[0]):04X}" for signs in NOTHING]


@pytest.mark.parametrize("signs", NOTHING, ids=SHOWN)
def test_what_shows_nothing_is_no_name(signs: str) -> None:
    assert seen(signs) == fold(signs) == ""
    assert seen(f" {signs}\u3000{signs}\n") == ""


@pytest.mark.parametrize("signs", NOTHING, ids=SHOWN)
def test_it_makes_no_other_name(signs: str) -> None:
    assert fold(f"{signs}Acme{signs} Ltd{signs}") == fold("Acme Ltd")
    assert seen(f"{signs}Acme{signs} Ltd{signs}") == "Acme Ltd"


def test_a_blank_that_is_none_parts_words() -> None:
    assert seen("Acme\u3164Ltd") == seen("Acme\u2800 Ltd") == "Acme Ltd"
    assert fold("Acme\u3164Ltd") == fold("Acme Ltd")


def test_joined_letters_stay_as_they_are_written() -> None:
    assert seen("نمی\u200cخواهم") == "نمی\u200cخواهم"
    assert seen("👨\u200d👩") == "👨\u200d👩"
    assert seen("\u200d") == ""
    assert fold("نمی\u200cخواهم") == fold("نمیخواهم")


def test_words_that_turn_the_line_round_do_not_stay() -> None:
    assert seen("Acme\u202eemcA") == "AcmeemcA"
