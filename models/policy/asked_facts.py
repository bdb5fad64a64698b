"""Which facts of the customer and the visit a policy asks for, so that the form asks for them too.

What no rule wants to know, nobody has to fill.
"""

from collections.abc import Iterator
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from models.policy.conditions import Conditions
from models.policy.etiquette import load_cards

AskedFact = Literal["customer_kind", "capital", "overseas", "important", "new_customer"]

_CONDITIONS: tuple[tuple[str, AskedFact], ...] = (
    ("customers", "customer_kind"),
    ("overseas", "overseas"),
    ("important", "important"),
    ("new_customer", "new_customer"),
    ("capital_from", "capital"),
    ("capital_below", "capital"),
)


class ShowsCards(Protocol):
    """A policy, as far as it matters here: `cards` are the etiquette cards shown, None: all."""

    @property
    def cards(self) -> list[str] | None: ...


def asked_facts(policy: ShowsCards) -> frozenset[AskedFact]:
    """The facts that some rule of the policy, or a card that it shows, asks for. `Policy.asked`
    keeps them: to find them takes a walk through the whole file."""
    found = {fact for rule in _rules(policy) for fact in _asked(rule)}
    wanted = policy.cards
    if any(c.overseas is not None for c in load_cards() if wanted is None or c.key in wanted):
        found.add("overseas")
    return frozenset(found)


def _asked(rule: Conditions) -> Iterator[AskedFact]:
    for name, fact in _CONDITIONS:
        if getattr(rule, name, None) is not None:  # capital is asked for by levels alone
            yield fact


def _rules(part: Any) -> Iterator[Conditions]:
    """Every set of conditions within a part of the policy."""
    if isinstance(part, Conditions):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _rules(getattr(part, name))
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _rules(each)
    elif isinstance(part, dict):
        for each in part.values():
            yield from _rules(each)
