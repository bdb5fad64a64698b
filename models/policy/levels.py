"""Which level a visit belongs to, and why (R2.1)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from models.policy.company_tables import Rank
from models.policy.conditions import Facts, Qualifies
from models.policy.ladder import Ladder, Rung, fold_title
from models.policy.level_tables import Level
from models.policy.rules import Policy
from models.policy.source import Source, source


@dataclass(frozen=True)
class Proposal:
    """The level that the policy gives a visit. `rule` is what said so; None: nothing claims the
    guests, so it is the default level."""

    level: Level
    rule: Qualifies | None
    source: Source


def propose_level(policy: Policy, facts: Facts) -> Proposal:
    """The level that claims the guests; the default one where none does.

    Where several claim them, the one that goes `over` the others. A loaded policy has said this
    for every pair that can meet, so the answer is one.
    """
    claims: list[tuple[Level, int]] = []
    for level in policy.levels:
        for number, rule in enumerate(level.qualifies, start=1):
            if rule.claims(facts, policy.grades, policy.all_rates):
                claims.append((level, number))
                break
    if not claims:
        return Proposal(policy.level(policy.default_level), None, source(policy, "default_level"))
    beaten = {key for level, _ in claims for key in level.over}
    level, number = next((claim for claim in claims if claim[0].key not in beaten), claims[0])
    place = source(policy, f"level.{level.key}.qualifies.{number}")
    return Proposal(level, level.qualifies[number - 1], place)


def rank_of_title(
    policy: Policy, title: str | None, side: Literal["guests", "ours"] = "guests"
) -> Rank | None:
    """The rank that a person's title tells by the ladder's words; None where it tells nothing.

    Of several titles (`CEO & Founder`, at most eight) the highest counts. In one title the word
    that ends last counts, the longer of two (`副总经理` is no `总经理`, `总经理秘书` is a `秘书`),
    and nothing behind `of`, `to` or `for`: an assistant to the chairman is an assistant. Letters'
    case and width do not matter; a word in Latin letters must stand by itself, and one written
    `=owner` must be the whole title: a product owner owns no company.
    """
    return policy.rank(_rank_told(policy.ladder, title or "", side))


def highest_rank(policy: Policy, titles: list[str | None]) -> Rank | None:
    """The highest rank among the guests' titles; None where no title tells one."""
    ranks = [rank for title in titles if (rank := rank_of_title(policy, title)) is not None]
    return max(ranks, key=lambda rank: rank.grade, default=None)


_MOST_TITLES = 8
_TITLES = re.compile(r"[,;/&|()（）、，；]| and ")
_BEHIND = re.compile(r" (?:of|to|for) ")


@lru_cache(maxsize=4096)
def _rank_told(ladder: Ladder, title: str, side: str) -> str | None:
    """The key of the rank that a title tells: people bear the same few titles again and again."""
    parts = _TITLES.split(fold_title(title), maxsplit=_MOST_TITLES - 1)
    found = [_rank_of(ladder, _BEHIND.split(part)[0], side) for part in parts]
    told = max((rung for rung in found if rung), key=lambda rung: rung.grade, default=None)
    return told.key if told is not None else None


def _rank_of(ladder: Ladder, title: str, side: str) -> Rung | None:
    """The rung that one title tells."""
    best: tuple[tuple[int, int, int], Rung] | None = None
    for rung in ladder:
        if rung.side not in {"both", side}:
            continue
        for word in rung.words:
            end = _end(title, word)
            weight = (end, len(word), rung.grade)
            if end and (best is None or weight > best[0]):
                best = (weight, rung)
    return best[1] if best else None


def _end(title: str, word: str) -> int:
    """Where the word last ends in the title; 0 where it is not in it."""
    if not word:
        return 0
    if word.startswith("="):
        return len(title) if title.strip() == word[1:] else 0
    if not word.isascii():
        return title.rfind(word) + len(word) if word in title else 0
    end = len(title)
    while (start := title.rfind(word, 0, end)) >= 0:
        stop = start + len(word)
        if not _is_latin(title[max(start - 1, 0) : start]) and not _is_latin(
            title[stop : stop + 1]
        ):
            return stop
        end = stop - 1
    return 0


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
