"""Every point in which a request goes beyond the policy (R2.2): what the approver is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import get_args

from models.policy.caps import caps_for, gifts_for, leisure_for
from models.policy.conditions import Beyond, Facts
from models.policy.leadtime import lead_missed, lead_needed
from models.policy.level_tables import Bearer, Meal, Vehicle
from models.policy.rules import Policy
from models.policy.source import Source, source
from models.policy.span import Ahead


@dataclass(frozen=True)
class PlannedMeal:
    """One meal as planned: what it is to cost for all guests together."""

    meal: Meal
    amount: Decimal
    guests: int | None = None  # None: the whole party


@dataclass(frozen=True)
class Planned:
    """What a request plans, as far as it is known; None and empty say nothing.

    Amounts are in the policy's currency: rooms by room and night, leisure and gifts for the whole
    visit. `escort` is the rank of who leads. `ahead` is how early it came.
    """

    ahead: Ahead | None = None
    in_writing: bool = True
    escort: str | None = None
    meals: list[PlannedMeal] = field(default_factory=list)
    stars: int | None = None
    room_price: Decimal | None = None
    company_pays_lodging: bool | None = None
    borne_by: Bearer | None = None
    vehicle: Vehicle | None = None
    leisure: Decimal | None = None
    sightseeing: str | None = None
    gifts: Decimal | None = None
    total: Decimal | None = None
    budget: Decimal | None = None


@dataclass(frozen=True)
class Point:
    """One point beyond the policy: in what, what is planned, what the rule allows."""

    what: Beyond
    planned: str
    allowed: str
    source: Source


def beyond(policy: Policy, facts: Facts, planned: Planned) -> list[Point]:
    """Every point in which the request goes beyond what its level allows, in a fixed order."""
    return [
        *_time(policy, facts, planned),
        *_escort(policy, facts, planned),
        *_meals(policy, facts, planned),
        *_lodging(policy, facts, planned),
        *_rest(policy, facts, planned),
    ]


def kinds(points: list[Point]) -> frozenset[str]:
    """The kinds of exception that the points need: what `Facts.exceptions` takes."""
    return frozenset(str(point.what) for point in points)


def _level(policy: Policy, facts: Facts) -> str:
    return policy.level(facts.level or policy.default_level).key


def _time(policy: Policy, facts: Facts, planned: Planned) -> Iterator[Point]:
    lead = lead_needed(policy, facts)
    missed = lead_missed(policy, facts, planned.ahead) if planned.ahead is not None else None
    if planned.ahead is not None and missed is not None:
        given = planned.ahead.in_(missed.span.unit)
        yield Point(Beyond.LATE, str(given), str(missed.span), missed.source)
    if lead.in_writing and not planned.in_writing:
        yield Point(Beyond.NOT_IN_WRITING, "spoken", "in writing", lead.source)


def _escort(policy: Policy, facts: Facts, planned: Planned) -> Iterator[Point]:
    level = policy.level(_level(policy, facts))
    rank, rule = policy.rank(planned.escort), level.escorts
    if rank is None or rule is None:
        return
    place = source(policy, f"level.{level.key}.escorts")
    low = policy.grades.get(rule.lead_from or "")
    high = policy.grades.get(rule.lead_to or "")
    if low is not None and rank.grade < low:
        yield Point(Beyond.ESCORT, rank.key, f"from {rule.lead_from}", place)
    elif high is not None and rank.grade > high:
        yield Point(Beyond.ESCORT, rank.key, f"up to {rule.lead_to}", place)
    elif rank.key not in rule.ranks:
        yield Point(Beyond.ESCORT, rank.key, ", ".join(rule.ranks), place)


def _meals(policy: Policy, facts: Facts, planned: Planned) -> Iterator[Point]:
    for meal in planned.meals:
        guests = meal.guests if meal.guests is not None else facts.party_size
        cap = caps_for(policy, _level(policy, facts), guests, meal.meal)
        if cap.amount is not None and meal.amount > cap.amount:
            yield Point(
                Beyond.MEALS, f"{meal.meal} {meal.amount}", f"{meal.meal} {cap.amount}", cap.source
            )


def _lodging(policy: Policy, facts: Facts, planned: Planned) -> Iterator[Point]:
    level = policy.level(_level(policy, facts))
    rule = level.lodging
    if rule is None:
        return
    here = f"level.{level.key}.lodging"
    dearest_first = get_args(Bearer)
    chosen = planned.borne_by
    if chosen and dearest_first.index(chosen) < dearest_first.index(rule.borne_by):
        yield Point(Beyond.LODGING, chosen, rule.borne_by, source(policy, f"{here}.borne_by"))
    if planned.company_pays_lodging and rule.borne_by == "guest":
        yield Point(Beyond.LODGING, "company", "guest", source(policy, f"{here}.borne_by"))
        return
    if planned.company_pays_lodging is False:
        return
    if planned.stars is not None and rule.stars_to is not None and planned.stars > rule.stars_to:
        place = source(policy, f"{here}.stars_to")
        yield Point(Beyond.LODGING, f"{planned.stars} stars", f"{rule.stars_to} stars", place)
    price = planned.room_price
    if price is not None and rule.price_to is not None and price > rule.price_to:
        place = source(policy, f"{here}.price_to")
        yield Point(Beyond.LODGING, str(price), str(rule.price_to), place)


def _rest(policy: Policy, facts: Facts, planned: Planned) -> Iterator[Point]:
    key = _level(policy, facts)
    level = policy.level(key)
    for kind, wanted, listed, name in (
        (Beyond.VEHICLE, planned.vehicle, level.vehicles, "vehicles"),
        (Beyond.SIGHTSEEING, planned.sightseeing, level.sightseeing, "sightseeing"),
    ):
        if wanted is not None and listed is not None and wanted not in listed:
            place = source(policy, f"level.{key}.{name}")
            yield Point(kind, wanted, ", ".join(listed) or "none", place)
    for what, amount, cap in (
        (Beyond.LEISURE, planned.leisure, leisure_for(policy, key, facts.party_size)),
        (Beyond.GIFT, planned.gifts, gifts_for(policy, key, facts.party_size)),
    ):
        if amount is not None and cap.amount is not None and amount > cap.amount:
            yield Point(what, str(amount), str(cap.amount), cap.source)
    if planned.total is not None and planned.budget is not None and planned.total > planned.budget:
        place = source(policy, "approval")
        yield Point(Beyond.BUDGET, str(planned.total), str(planned.budget), place)
