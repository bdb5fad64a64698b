"""What can be asked beyond a level, and who decides it (R2.2)."""

from decimal import Decimal

import pytest

from models.policy import load_policy
from models.policy.approvals import exception_approvers
from models.policy.conditions import Beyond, Facts
from models.policy.exception_asks import Ask, asks_for, every_ask, limit, point
from models.policy.load import shipped_policies
from tests.policy.make import BASE, policy_of

RANKED = load_policy("ranked_caps")
SENIOR = Facts(level="senior", party_size=4)


def dinner(amount: str) -> Ask:
    return Ask(Beyond.MEALS, "dinner", amount=Decimal(amount))


@pytest.mark.parametrize(("guests", "cap"), [(1, 700), (2, 700), (3, 1000), (4, 1300), (10, 3100)])
def test_p15_a_dinner_for_two_and_each_further_guest(guests: int, cap: int) -> None:
    facts = Facts(level="senior", party_size=guests)
    assert limit(RANKED, facts, dinner("1"), None) == cap
    assert point(RANKED, facts, dinner(str(cap)), None) is None
    beyond = point(RANKED, facts, dinner(f"{cap}.01"), None)
    assert beyond is not None
    assert (beyond.what, beyond.source.table, beyond.source.key) == (
        Beyond.MEALS,
        "level",
        "meals dinner",
    )


def test_codes_are_unique_and_say_what_they_are() -> None:
    codes = [ask.code for ask in every_ask(RANKED)]
    assert len(set(codes)) == len(codes)
    assert {"meals:dinner", "lodging", "lodging:stars:4", "vehicle::bus", "budget"} <= set(codes)
    assert "escort::middle_manager" not in codes  # a rank that guests alone have


def test_only_what_the_level_limits_can_be_asked() -> None:
    codes = {ask.code for ask in asks_for(RANKED, SENIOR, None)}
    assert {"meals:lunch", "meals:dinner", "lodging", "leisure"} <= codes
    assert codes.isdisjoint({"meals:breakfast", "gift", "budget", "vehicle::business_car"})
    assert {"vehicle::hired_premium", "escort::chairman"} <= codes
    assert codes.isdisjoint({"lodging:stars:3", "lodging:stars:4"})  # P15: 3 stars and up
    assert "budget" in {ask.code for ask in asks_for(RANKED, SENIOR, Decimal(1))}


def test_where_actual_cost_is_paid_no_sum_is_limited() -> None:
    stars = load_policy("star_levels")
    actual = next(level for level in stars.levels if level.spend == "actual")
    facts = Facts(level=actual.key, party_size=4)
    asked = {ask.what for ask in asks_for(stars, facts, None) if ask.is_money}
    assert asked.isdisjoint({Beyond.MEALS, Beyond.LEISURE})


def test_where_guests_pay_their_lodging_any_room_is_beyond() -> None:
    facts = Facts(level="ordinary", party_size=1)
    room = Ask(Beyond.LODGING, amount=Decimal(1))
    assert limit(RANKED, facts, room, None) == 0
    assert point(RANKED, facts, room, None) is not None


def test_p02_the_marketing_manager_signs_and_the_vice_president_agrees() -> None:
    policy = load_policy("abc_levels")
    asked = exception_approvers(policy, Facts(level="c"), Beyond.MEALS)
    assert [each.role for each in asked] == ["department_manager", "vice_president"]
    assert [str(r.source.key) for each in asked for r in each.reasons] == ["approvers"] * 2
    assert policy.exceptions[0].written_by == "account_owner"


def test_a_rule_for_a_kind_goes_before_the_one_for_all_others() -> None:
    rules = """
[[exception]]
key = "gifts"
kinds = ["gift"]
written_by = "host"
approvers = ["general_manager"]

[[exception]]
key = "rest"
written_by = "host"
approvers = ["vice_president"]
"""
    policy = policy_of(BASE + rules)
    level = policy.default_level
    for what, role in (
        (Beyond.GIFT, "general_manager"),
        (Beyond.MEALS, "vice_president"),
    ):
        asked = exception_approvers(policy, Facts(level=level), what)
        assert [each.role for each in asked] == [role]


def test_without_a_rule_the_highest_decider_of_the_level_decides() -> None:
    policy = RANKED.model_copy(update={"exceptions": []})
    asked = exception_approvers(policy, Facts(level="special"), Beyond.MEALS)
    assert [each.role for each in asked] == ["chairman"]
    assert asked[0].reasons[0].why == "level"


@pytest.mark.parametrize("name", sorted(shipped_policies()))
def test_every_shipped_procedure_can_decide_every_exception(name: str) -> None:
    policy = load_policy(name)
    for level in policy.levels:
        for what in Beyond:
            assert exception_approvers(policy, Facts(level=level.key), what)
