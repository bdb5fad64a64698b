"""Etiquette cards: short reminders of manners, shown to whom and when they apply (P07)."""

import tomllib
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from models.policy.base import Key, LongText, Table, Text, When
from models.policy.conditions import Facts

CONTENT = Path(__file__).resolve().parents[2] / "policies" / "content" / "etiquette.toml"


class CardReader(StrEnum):
    """Whom a card is for. The second host interprets, takes minutes and keeps supplies flowing."""

    HOST = "host"
    SECOND_HOST = "second_host"
    FRONT_DESK = "front_desk"
    DRIVER = "driver"


class Card(Table):
    """One card: for whom it is, and its lines.

    `pickup` shows it only for guests who are picked up (true) or who are not (false).
    """

    key: Key
    title: Text
    to: list[CardReader] = Field(min_length=1)
    overseas: bool | None = None
    pickup: bool | None = None
    lines: list[LongText] = Field(min_length=1, max_length=12)

    def applies(self, facts: Facts) -> bool:
        """Whether the card is for a visit of this kind."""
        return self.overseas in {None, facts.overseas} and self.pickup in {None, facts.pickup}


class Etiquette(Table):
    """A content file, whole. `shown` says for each reader when the titles of their cards come:
    at the first of these moments whose anchor the visit has."""

    shown: dict[CardReader, list[When]]
    cards: list[Card] = Field(alias="card")

    @model_validator(mode="after")
    def _has_moments(self) -> Self:
        for card in self.cards:
            for reader in card.to:
                if not self.shown.get(reader):
                    raise ValueError(f"the card {card.key!r} is for {reader}: say when in [shown]")
        return self


@lru_cache(maxsize=4)
def load_etiquette(path: Path = CONTENT) -> Etiquette:
    """A content file. Raises ValueError for one that cannot be used."""
    return Etiquette.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def load_cards(path: Path = CONTENT) -> tuple[Card, ...]:
    """The cards of a content file. Raises ValueError for one that cannot be used."""
    return tuple(load_etiquette(path).cards)


@lru_cache(maxsize=1)
def card_keys() -> frozenset[str]:
    """The keys of the cards that come with the product."""
    return frozenset(card.key for card in load_cards())


def cards_for(
    wanted: list[str] | None, reader: CardReader, facts: Facts, cards: tuple[Card, ...] = ()
) -> list[Card]:
    """The cards that a reader is shown for a visit, in the file's order.

    `wanted` is the policy's `cards`: keys, or None for all.
    """
    return [
        card
        for card in cards or load_cards()
        if reader in card.to and (wanted is None or card.key in wanted) and card.applies(facts)
    ]
