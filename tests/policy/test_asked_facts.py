"""Which facts each shipped policy asks for: what no rule wants to know, nobody has to fill."""

import pytest

from models.policy import load_policy, shipped_policies
from models.policy.asked_facts import asked_facts
from models.policy.currencies import capital_currencies

ASKED = {
    "abc_levels": {"customer_kind", "important"},
    "company_flow": set(),
    "express": {"customer_kind"},
    "four_stages": {"customer_kind"},
    "holiday_visits": {"customer_kind"},
    "meetings": {"customer_kind"},
    "ten_steps": {"customer_kind"},
    "group_guests": {"customer_kind"},
    "key_account": {"customer_kind"},
    "major_event": {"customer_kind"},
    "overseas": {"new_customer"},
    "ranked_caps": {"customer_kind"},
    "ranked_cars": {"customer_kind"},
    "reception_department": set(),
    "standard": {"customer_kind"},
    "star_levels": {"customer_kind", "capital"},
    "thirteen_steps": set(),
}


@pytest.mark.parametrize("name", shipped_policies())
def test_shipped_policies_ask_for_what_their_rules_want(name: str) -> None:
    policy = load_policy(name)
    assert asked_facts(policy) == ASKED[name] | {"overseas"}  # the card for guests from abroad
    without = policy.model_copy(update={"cards": []})
    by_rule = {"overseas"} if name == "company_flow" else set()  # the invitation letter
    assert asked_facts(without) == ASKED[name] | by_rule


def test_a_capital_is_judged_in_currencies_with_a_rate() -> None:
    assert capital_currencies(load_policy("star_levels")) == ["CNY", "USD"]
    assert capital_currencies(load_policy("standard")) == ["CNY"]
