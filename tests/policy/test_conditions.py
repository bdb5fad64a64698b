"""Each condition of a rule, by itself: whether it holds or not is the difference it makes."""

from decimal import Decimal
from typing import Any

import pytest

from models.policy.base import Money
from models.policy.conditions import Facts, Only, Qualifies

GRADES = {"staff": 1, "manager": 3, "vice_president": 5}
RATES = {"CNY": Decimal(1), "USD": Decimal(7)}


def facts(flag: str, wanted: bool) -> Facts:
    known: dict[str, Any] = {flag: wanted}
    return Facts(**known)


SHARED: list[tuple[dict[str, Any], Facts, Facts]] = [
    ({"customers": ["dealer"]}, Facts(customer="dealer"), Facts(customer="authority")),
    ({"purposes": ["signing"]}, Facts(purpose="signing"), Facts(purpose="complaint")),
    ({"rank_from": "manager"}, Facts(rank="manager"), Facts(rank="staff")),
    ({"rank_from": "manager"}, Facts(rank="vice_president"), Facts()),
    ({"rank_to": "manager"}, Facts(rank="manager"), Facts(rank="vice_president")),
    ({"party_from": 5}, Facts(party_size=5), Facts(party_size=4)),
    ({"party_to": 5}, Facts(party_size=5), Facts(party_size=6)),
    *(
        ({flag: wanted}, facts(flag, wanted), facts(flag, not wanted))
        for flag in ("overseas", "new_customer", "important", "same_day", "pickup", "own_car")
        for wanted in (True, False)
    ),
]


@pytest.mark.parametrize(("condition", "inside", "outside"), SHARED)
@pytest.mark.parametrize("kind", [Only, Qualifies])
def test_a_condition_lets_in_what_it_names_and_nothing_else(
    kind: type[Only | Qualifies], condition: dict[str, object], inside: Facts, outside: Facts
) -> None:
    rule = kind.model_validate(condition)
    assert rule.hold(inside, GRADES)
    assert not rule.hold(outside, GRADES)


def test_a_rule_may_hang_on_the_level() -> None:
    rule = Only(levels=["high"])
    assert rule.hold(Facts(level="high"), GRADES)
    assert not rule.hold(Facts(level="low"), GRADES)


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ({"capital_from": "USD 2000000"}, "USD 2000000", "USD 1999999.99"),
        ({"capital_below": "USD 2000000"}, "USD 1999999.99", "USD 2000000"),
        ({"capital_from": "USD 2000000"}, "CNY 14000000", "CNY 13999999"),  # by the rate
        ({"capital_from": "USD 2000000"}, "USD 2000000", "EUR 9000000"),  # without a rate
    ],
)
def test_a_level_may_hang_on_the_customers_capital(
    condition: dict[str, str], inside: str, outside: str
) -> None:
    rule = Qualifies.model_validate(condition)
    assert rule.claims(Facts(capital=Money.parse(inside)), GRADES, RATES)
    assert not rule.claims(Facts(capital=Money.parse(outside)), GRADES, RATES)
    assert not rule.claims(Facts(), GRADES, RATES)
