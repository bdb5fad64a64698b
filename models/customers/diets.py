"""Diets as people write them, and the few that a kitchen knows by one word."""

import re
import unicodedata
from collections.abc import Iterable

from models.policy.rules import Policy

DIETS: dict[str, str] = {
    "none": "no diet,no restrictions,no restriction,nothing special,no special requirements,"
    "eats everything,"
    "无,没有,无忌口,没有忌口,无要求,无特殊要求,没有要求,不忌口,无禁忌",
    "vegetarian": "veggie,veg,vegetarian food,素,素食,吃素,素食者,素食主义,素食主义者",
    "vegan": "vegan food,plant-based,纯素,纯素食,纯素食者,严格素食",
    "halal": "halal food,muslim,清真,清真餐,清真饮食,清真食品",
    "kosher": "kosher food,犹太洁食,洁食,犹太餐",
    "no pork": "no pork please,without pork,does not eat pork,不吃猪肉,忌猪肉,无猪肉,不要猪肉",
    "no seafood": "without seafood,no sea food,不吃海鲜,忌海鲜,无海鲜,不要海鲜",
    "gluten-free": "gluten free,no gluten,without gluten,glutenfree,无麸质,不含麸质,无谷蛋白",
    "dairy-free": "dairy free,no dairy,without dairy,无乳制品,无奶制品,不吃乳制品,不含乳制品",
    "nut allergy": "nuts allergy,allergic to nuts,allergy to nuts,坚果过敏,对坚果过敏",
}
"""Each by the word under which it is kept and chosen, with other words for it. `none` is known to
eat everything; nobody knows of a guest without a diet."""
NONE = "none"
_CODES = {word: code for code, words in DIETS.items() for word in (code, *words.split(","))}
_PARTS = re.compile(r"\s*[,，、;；+/|\n]\s*")


def parts_of(policy: Policy, diet: str | None) -> list[str]:
    """The diets that a text names, each once: codes of those that can be chosen, else words."""
    found = [part.strip() for part in _PARTS.split(diet or "") if part.strip()]
    return list(dict.fromkeys(code_of(policy, part) or part for part in found))


def codes_of(policy: Policy) -> list[str]:
    """What can be chosen: what the company's kitchen offers first, then the rest of DIETS."""
    own = [_CODES.get(_plain(diet.en), diet.en) for diet in policy.request.diets]
    return list(dict.fromkeys([*own, *DIETS]))


def code_of(policy: Policy, words: str) -> str | None:
    """The code of a diet that is written so."""
    plain = _plain(words)
    if plain in _CODES:
        return _CODES[plain]
    own = (d.en for d in policy.request.diets if plain in {_plain(d.en), _plain(d.zh or d.en)})
    return next(own, None)


def together(policy: Policy, diets: Iterable[str], own: str | None) -> str | None:
    """Diets chosen, and words of one's own, as they are kept."""
    chosen = list(dict.fromkeys([*diets, *parts_of(policy, own)]))
    if len(chosen) > 1:
        chosen = [each for each in chosen if each != NONE]
    return ", ".join(chosen) or None


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
