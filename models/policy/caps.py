"""What may be spent, and how overspend is shared (R2.1, R2.3)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.policy.level_tables import Cap, Meal
from models.policy.rules import Policy
from models.policy.source import Source, source

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Allowance:
    """The most that may be spent, in the policy's currency. `amount` None: there is no cap, either
    because actual cost is paid (`is_actual`) or because the policy says nothing."""

    amount: Decimal | None
    currency: str
    is_actual: bool
    source: Source


def caps_for(policy: Policy, level: str, party_size: int, meal: Meal) -> Allowance:
    """What one meal of the whole party may cost at that level."""
    found = policy.level(level)
    cap = getattr(found.meals, meal) if found.meals is not None else None
    return _allowance(policy, found.key, f"meals.{meal}", cap, party_size)


def leisure_for(policy: Policy, level: str, party_size: int) -> Allowance:
    """What sights and entertainment of the whole party may cost in a visit at that level."""
    found = policy.level(level)
    return _allowance(policy, found.key, "leisure", found.leisure, party_size)


def gifts_for(policy: Policy, level: str, party_size: int) -> Allowance:
    """What the gifts of a visit may be worth together: for each guest, and for the visit."""
    found = policy.level(level)
    gift = found.gift
    amounts = []
    if gift is not None and gift.per_guest is not None:
        amounts.append(gift.per_guest * max(party_size, 1))
    if gift is not None and gift.per_visit is not None:
        amounts.append(gift.per_visit)
    place = source(policy, f"level.{found.key}.gift")
    return Allowance(min(amounts, default=None), policy.currency, False, place)


def total_for(policy: Policy, level: str, party_size: int, days: int) -> Allowance:
    """The most that all caps of the level make for a visit of so many days: lunch and dinner each
    day, a room for each guest and night, leisure, gifts. No amount where one of them is open."""
    found = policy.level(level)
    place = source(policy, f"level.{found.key}")
    amounts = [caps_for(policy, level, party_size, "lunch").amount]
    amounts.append(caps_for(policy, level, party_size, "dinner").amount)
    amounts = [amount * max(days, 1) if amount is not None else None for amount in amounts]
    room = found.lodging.price_to if found.lodging is not None else None
    nights = max(days - 1, 0) * party_size
    if nights and not (found.lodging is not None and found.lodging.borne_by == "guest"):
        amounts.append(room * nights if room is not None else None)
    known = [amount for amount in amounts if amount is not None]
    if found.spend == "actual" or len(known) < len(amounts):
        return Allowance(None, policy.currency, found.spend == "actual", place)
    extra = (leisure_for(policy, level, party_size), gifts_for(policy, level, party_size))
    total = sum((each.amount for each in extra if each.amount is not None), sum(known, Decimal(0)))
    return Allowance(total, policy.currency, False, place)


def _allowance(policy: Policy, level: str, what: str, cap: Cap | None, guests: int) -> Allowance:
    if policy.level(level).spend == "actual":
        return Allowance(None, policy.currency, True, source(policy, f"level.{level}.spend"))
    place = source(policy, f"level.{level}.{what}")
    amount = cap.of(guests) if cap is not None else None
    return Allowance(amount, policy.currency, False, place)


def overspend_shares(policy: Policy, amount: Decimal) -> dict[str, Decimal]:
    """Who bears overspend without an approved exception (R2.3): party and amount, to the cent.

    The parts make the whole, none is less than nothing: what rounding leaves goes to the last.
    Without a rule the company bears it. An amount of nothing or less is shared by nobody.
    """
    if amount <= 0:
        return {}
    if policy.overspend is None:
        return {"company": amount}
    shares = {who: part for who, part in policy.overspend.shares.items() if part}
    parts: dict[str, Decimal] = {}
    left = amount
    for who, part in shares.items():
        parts[str(who)] = min((amount * part / 100).quantize(_CENT, ROUND_HALF_UP), left)
        left -= parts[str(who)]
    parts[list(parts)[-1]] += left
    return parts
