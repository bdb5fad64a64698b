"""Diets in the reader's words, and which there are to choose."""

from collections import Counter
from collections.abc import Iterable

from models.customers.diets import NONE, codes_of, parts_of
from models.policy.rules import Policy
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text, guard, joined

_WORDS = {
    "none": N_("no restrictions"),
    "vegetarian": N_("vegetarian"),
    "vegan": N_("vegan"),
    "halal": N_("halal"),
    "kosher": N_("kosher"),
    "no pork": N_("no pork"),
    "no seafood": N_("no seafood"),
    "gluten-free": N_("gluten-free"),
    "dairy-free": N_("dairy-free"),
    "nut allergy": N_("nut allergy"),
}
_SHOWN = 100


def diet_options(language: Language, policy: Policy) -> list[tuple[str, Text]]:
    """What there is to choose: code and words."""
    return [(code, _capital(_word(language, policy, code))) for code in codes_of(policy)]


def diet_words(language: Language, policy: Policy, diet: str | None) -> Text | None:
    """What somebody eats, within a line; None where that is not known."""
    parts = [_word(language, policy, part) for part in parts_of(policy, diet)]
    return joined(language.comma, parts) or None


def counted_diets(language: Language, policy: Policy, diets: Iterable[str | None]) -> list[Text]:
    """How many eat what, of nobody by name; those without restrictions are not counted."""
    kinds = Counter(frozenset(parts_of(policy, diet)) - {NONE} for diet in diets)
    counted = []
    for kind, number in kinds.items():
        words = joined(" + ", [_word(language, policy, part) for part in sorted(kind)])
        if kind:
            counted.append(Text(f"{_capital(words)} × {number}"))
    return counted


def _word(language: Language, policy: Policy, part: str) -> Text:
    if part in _WORDS:
        return language._(_WORDS[part])
    own = (diet for diet in policy.request.diets if diet.en == part)
    return next((language.own(diet) for diet in own), guard(part, _SHOWN))


def _capital(words: Text) -> Text:
    return Text(words[:1].upper() + words[1:])
