"""Two levels that claim the same guest: found over all ranks, kinds, purposes, sizes, capital."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from models.policy.base import Money
from models.policy.conditions import Qualifies, worth
from models.policy.rules import Policy


def double_claims(policy: Policy) -> Iterator[str]:
    """Pairs of levels of which neither goes `over` the other and that both claim some guest.

    A rule is a conjunction of conditions that do not depend on each other, so two rules meet
    exactly where every condition of theirs meets; the line names such a guest.
    """
    for one, other in combinations(policy.levels, 2):
        if other.key in one.over or one.key in other.over:
            continue
        met = next(
            (
                guest
                for a in one.qualifies
                for b in other.qualifies
                if (guest := _meeting(a, b, policy.grades, policy.all_rates)) is not None
            ),
            None,
        )
        if met is not None:
            yield (
                f"levels {one.key} and {other.key} both claim {met}: "
                f"say with `over` which of them goes first"
            )


def _meeting(
    a: Qualifies, b: Qualifies, grades: Mapping[str, int], rates: Mapping[str, Decimal]
) -> str | None:
    """A guest whom both rules claim, in words; None where there is none."""
    words = []
    for name, one, other in (
        ("customer", a.customers, b.customers),
        ("purpose", a.purposes, b.purposes),
    ):
        allowed = _both(one, other)
        if allowed is not None:
            if not allowed:
                return None
            words.append(f"{name} {allowed[0]}")
    for flag in ("overseas", "new_customer", "important", "same_day", "pickup", "own_car"):
        wanted = {getattr(rule, flag) for rule in (a, b)} - {None}
        if len(wanted) == 2:
            return None
        if wanted:
            words.append(flag if wanted.pop() else f"not {flag}")
    low = max(a.party_from or 1, b.party_from or 1)
    highs = [rule.party_to for rule in (a, b) if rule.party_to is not None]
    if highs and low > min(highs):
        return None
    if low > 1 or highs:
        words.append(f"party of {low}")
    if any(rule.rank_from or rule.rank_to for rule in (a, b)):
        rank = next(
            (
                key
                for key, grade in grades.items()
                if _within(grade, a, grades) and _within(grade, b, grades)
            ),
            None,
        )
        if rank is None:
            return None
        words.append(f"rank {rank}")
    if not _capital_meets(a, b, rates):
        return None
    return f"a guest ({', '.join(words)})" if words else "any guest"


def _both(one: Sequence[str] | None, other: Sequence[str] | None) -> Sequence[str] | None:
    if one is None or other is None:
        return one if other is None else other
    return [word for word in one if word in other]


def _within(grade: int, rule: Qualifies, grades: Mapping[str, int]) -> bool:
    low, high = rule.rank_from, rule.rank_to
    return (low is None or grade >= grades[low]) and (high is None or grade <= grades[high])


def _capital_meets(a: Qualifies, b: Qualifies, rates: Mapping[str, Decimal]) -> bool:
    lows = [_own(rule.capital_from, rates) for rule in (a, b) if rule.capital_from]
    highs = [_own(rule.capital_below, rates) for rule in (a, b) if rule.capital_below]
    if not highs:
        return True
    return max(lows, default=Decimal(0)) < min(highs)


def _own(money: Money, rates: Mapping[str, Decimal]) -> Decimal:
    return worth(money, rates) or Decimal(0)
