"""What an exception can be asked for, and what the level allows of it without one (R2.2)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast, get_args

from models.policy.beyond import Planned, PlannedMeal, Point, beyond
from models.policy.caps import caps_for, gifts_for, leisure_for
from models.policy.conditions import Beyond, Facts
from models.policy.level_tables import Bearer, Meal, Vehicle
from models.policy.rules import Policy

STARS = "stars"
BORNE = "borne_by"
"""The items of lodging beside the price of a room: the hotel's stars, and who bears it."""
_STARS = ("2", "3", "4", "5")
_SIGHTS = ("short", "long")


@dataclass(frozen=True)
class Ask:
    """One thing that is to go beyond the level.

    `item` is the meal, or of lodging STARS or BORNE. `planned` is what is chosen where it is no
    money: a vehicle, a length of sightseeing, stars, who bears it, the rank of who leads. `amount`
    is in the policy's currency for the whole party, of a room by night.
    """

    what: Beyond
    item: str | None = None
    planned: str | None = None
    amount: Decimal | None = None

    @property
    def code(self) -> str:
        """What the ask is for, without the amount, such as `meals:dinner` or `vehicle::bus`."""
        return ":".join([self.what, self.item or "", self.planned or ""]).rstrip(":")

    @property
    def is_money(self) -> bool:
        """Whether it needs an amount; else `planned` says what is chosen."""
        return self.planned is None

    def of(self, amount: Decimal | None) -> "Ask":
        """The same, with that amount."""
        return replace(self, amount=amount)


def every_ask(policy: Policy) -> list[Ask]:
    """All that can be asked for under a policy, whatever the level, in a fixed order."""
    return [
        *(Ask(Beyond.MEALS, meal) for meal in get_args(Meal)),
        Ask(Beyond.LODGING),
        *(Ask(Beyond.LODGING, STARS, stars) for stars in _STARS),
        *(Ask(Beyond.LODGING, BORNE, bearer) for bearer in get_args(Bearer)[:-1]),
        Ask(Beyond.LEISURE),
        Ask(Beyond.GIFT),
        Ask(Beyond.BUDGET),
        *(Ask(Beyond.VEHICLE, planned=vehicle) for vehicle in get_args(Vehicle)),
        *(Ask(Beyond.SIGHTSEEING, planned=length) for length in _SIGHTS),
        *(Ask(Beyond.ESCORT, planned=rank.key) for rank in policy.ranks if rank.side != "guests"),
    ]


def asks_for(policy: Policy, facts: Facts, budget: Decimal | None) -> list[Ask]:
    """What can be asked for at the visit's level: sums that it limits, choices that it leaves out.

    `budget` is what the visit may cost as a whole; None: no limit.
    """
    return [
        ask
        for ask in every_ask(policy)
        if (
            limit(policy, facts, ask, budget) is not None
            if ask.is_money
            else point(policy, facts, ask, budget) is not None
        )
    ]


def limit(policy: Policy, facts: Facts, ask: Ask, budget: Decimal | None) -> Decimal | None:
    """The most that the level allows of a sum, for the whole party; None: it sets no limit."""
    level = policy.level(facts.level or policy.default_level)
    match ask.what:
        case Beyond.MEALS:
            return caps_for(policy, level.key, facts.party_size, cast("Meal", ask.item)).amount
        case Beyond.LEISURE:
            return leisure_for(policy, level.key, facts.party_size).amount
        case Beyond.GIFT:
            return gifts_for(policy, level.key, facts.party_size).amount
        case Beyond.LODGING if ask.item is None and level.lodging is not None:
            return Decimal(0) if level.lodging.borne_by == "guest" else level.lodging.price_to
        case Beyond.BUDGET:
            return budget
        case _:
            return None


def point(policy: Policy, facts: Facts, ask: Ask, budget: Decimal | None) -> Point | None:
    """In what the ask goes beyond the level, with the rule; None where the level allows it."""
    points = beyond(policy, facts, _planned(ask, budget))
    return next((point for point in points if point.what == ask.what), None)


def _planned(ask: Ask, budget: Decimal | None) -> Planned:
    match ask.what:
        case Beyond.MEALS if ask.amount is not None:
            return Planned(meals=[PlannedMeal(cast("Meal", ask.item), ask.amount)])
        case Beyond.LODGING if ask.item == STARS:
            return Planned(stars=int(ask.planned or 0))
        case Beyond.LODGING if ask.item == BORNE:
            return Planned(borne_by=cast("Bearer", ask.planned))
        case Beyond.LODGING:
            return Planned(company_pays_lodging=True, room_price=ask.amount)
        case Beyond.LEISURE:
            return Planned(leisure=ask.amount)
        case Beyond.GIFT:
            return Planned(gifts=ask.amount)
        case Beyond.BUDGET:
            return Planned(total=ask.amount, budget=budget)
        case Beyond.VEHICLE:
            return Planned(vehicle=cast("Vehicle", ask.planned))
        case Beyond.SIGHTSEEING:
            return Planned(sightseeing=ask.planned)
        case Beyond.ESCORT:
            return Planned(escort=ask.planned)
        case _:
            return Planned()
