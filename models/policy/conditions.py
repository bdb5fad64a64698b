"""When a rule applies: conditions on the facts of a visit, the same for every table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from models.base.words import Purpose
from models.policy.base import Capital, Count, Flag, Key, Money, Table, in_order


class Beyond(StrEnum):
    """In what a request can go beyond the policy; each may need an exception (R2.2)."""

    LATE = "late"
    NOT_IN_WRITING = "not_in_writing"
    ESCORT = "escort"
    MEALS = "meals"
    LODGING = "lodging"
    VEHICLE = "vehicle"
    LEISURE = "leisure"
    SIGHTSEEING = "sightseeing"
    GIFT = "gift"
    BUDGET = "budget"


Choice = Literal["sights", "souvenir", "leisure", "meals", "vehicle", "welcome"]
"""What a level may leave to a leader (P09)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules ask about a visit. Keys of the policy (level, customer, ranks) or None: unknown.

    `rank` is the highest guest's, `attending` the highest rank of our own that takes part (R2.4).
    `amount` is the planned spend in the policy's currency, `chosen` what a leader chose of what the
    level leaves to them.
    """

    level: str | None = None
    customer: str | None = None
    rank: str | None = None
    capital: Money | None = None
    party_size: int = 1
    purpose: str | None = None
    overseas: bool = False
    new_customer: bool = False
    important: bool = False
    same_day: bool = False
    pickup: bool = False
    own_car: bool = False
    amount: Decimal | None = None
    late: bool = False
    exceptions: frozenset[str] = frozenset()
    attending: str | None = None
    chosen: str | None = None

    def at(self, level: str) -> "Facts":
        """The same visit at that level."""
        return replace(self, level=level)


_FLAGS = ("overseas", "new_customer", "important", "same_day", "pickup", "own_car")


class Conditions(Table):
    """All that are given must hold; lists name what is allowed. Ranges include both ends."""

    customers: list[Key] | None = Field(default=None, min_length=1)
    purposes: list[Purpose] | None = Field(default=None, min_length=1)
    rank_from: Key | None = None
    rank_to: Key | None = None
    party_from: Count | None = None
    party_to: Count | None = None
    overseas: Flag | None = None
    new_customer: Flag | None = None
    important: Flag | None = None
    same_day: Flag | None = None
    pickup: Flag | None = None
    own_car: Flag | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise ValueError("there is no condition in it")
        in_order(self.party_from, self.party_to, "party_from", "party_to")
        return self

    def hold(self, facts: Facts, grades: Mapping[str, int]) -> bool:
        """Whether the visit is of this kind. `grades` are those of the policy's ranks."""
        if self.customers is not None and facts.customer not in self.customers:
            return False
        if self.purposes is not None and facts.purpose not in self.purposes:
            return False
        if self.rank_from is not None or self.rank_to is not None:
            grade = grades.get(facts.rank or "")
            if grade is None:
                return False
            if self.rank_from is not None and grade < grades[self.rank_from]:
                return False
            if self.rank_to is not None and grade > grades[self.rank_to]:
                return False
        if self.party_from is not None and facts.party_size < self.party_from:
            return False
        if self.party_to is not None and facts.party_size > self.party_to:
            return False
        return all(getattr(facts, flag) == wanted for flag, wanted in self._flags)

    @cached_property
    def _flags(self) -> tuple[tuple[str, bool], ...]:
        """The yes-or-no conditions that are given."""
        found = ((flag, getattr(self, flag)) for flag in _FLAGS)
        return tuple((flag, wanted) for flag, wanted in found if wanted is not None)


class Only(Conditions):
    """When a rule applies that hangs on the level as well, or on what a leader chose (P09)."""

    levels: list[Key] | None = Field(default=None, min_length=1)
    chosen: Choice | None = None

    def hold(self, facts: Facts, grades: Mapping[str, int]) -> bool:
        """Whether the visit is of this kind and of one of these levels."""
        if self.levels is not None and facts.level not in self.levels:
            return False
        if self.chosen is not None and facts.chosen != self.chosen:
            return False
        return super().hold(facts, grades)


class Qualifies(Conditions):
    """A rule that puts a guest into a level (R2.1). Capital is the customer's registered one."""

    capital_from: Capital | None = None
    capital_below: Capital | None = None

    def claims(self, facts: Facts, grades: Mapping[str, int], rates: Mapping[str, Decimal]) -> bool:
        """Whether the rule claims the guest. Capital in a currency without a rate is unknown."""
        if self.capital_from is not None or self.capital_below is not None:
            if facts.capital is None:
                return False
            low, high = self.capital_from, self.capital_below
            if low is not None and not _reaches(facts.capital, low, rates):
                return False
            if high is not None and _reaches(facts.capital, high, rates) is not False:
                return False
        return self.hold(facts, grades)


def worth(money: Money, rates: Mapping[str, Decimal]) -> Decimal | None:
    """The amount in the policy's currency; None where no rate is known."""
    rate = rates.get(money.currency)
    return None if rate is None else money.amount * rate


def _reaches(capital: Money, bound: Money, rates: Mapping[str, Decimal]) -> bool | None:
    if capital.currency == bound.currency:
        return capital.amount >= bound.amount
    own, wanted = worth(capital, rates), worth(bound, rates)
    return None if own is None or wanted is None else own >= wanted
