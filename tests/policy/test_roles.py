"""The company's own roles: declared, renamed, left out; what they are called and may do (D17)."""

import pytest

from models.base.permissions import Ability, Verb, may
from models.policy import PolicyError
from models.policy.approvals import approvers_for
from models.policy.conditions import Facts
from models.policy.role_tables import shipped_keys
from tests.policy.make import BASE, changed, policy_of

MARKETING = """
[[role]]
key = "marketing_manager"
name = { en = "Marketing manager", zh = "市场部经理" }
leads = true
rank_of = "department_manager"
"""
OFFICE = """
[[role]]
key = "general_affairs"
name = { en = "General affairs", zh = "总务部" }
kind = "department"
abilities = ["prepares", "sees_money"]
"""


def refused(text: str) -> str:
    with pytest.raises(PolicyError) as error:
        policy_of(text)
    return str(error.value)


def test_a_policy_that_says_nothing_has_the_shipped_roles() -> None:
    company = policy_of(BASE).company
    assert company.keys == shipped_keys()
    assert company.able(Ability.PREPARES) == ("coordinator",)
    assert company.names["it"].in_("zh") == "信息部"


def test_a_policy_adds_renames_changes_and_leaves_out() -> None:
    text = 'without_roles = ["chairman", "front_desk"]\n' + BASE.replace(
        "[lead_time]", '[role_names]\nit = "Technical support"\n\n[lead_time]'
    )
    more = '[[role]]\nkey = "finance"\nabilities = []\n'
    company = policy_of(text + MARKETING + OFFICE + more).company
    assert set(company.keys) == {
        *shipped_keys(),
        "marketing_manager",
        "general_affairs",
    } - {"chairman", "front_desk"}
    assert company.names["it"].in_("zh") == "Technical support"
    assert company.names["finance"].in_("en") == "Finance"  # only what is said is changed
    assert company.grade("finance") == 20
    assert company.able(Ability.SEES_MONEY) == ("general_affairs",)
    assert company.able(Ability.PREPARES) == ("coordinator", "general_affairs")


def test_declared_roles_approve_and_own_items() -> None:
    text = changed('owner = "it"', 'owner = "general_affairs"', MARKETING + OFFICE).replace(
        'approvers = ["department_manager"]', 'approvers = ["marketing_manager"]'
    )
    policy = policy_of(text)
    assert [a.role for a in approvers_for(policy, Facts(level="low"))] == ["marketing_manager"]
    assert policy.tasks[0].owner == "general_affairs"


def test_added_approvers_stand_where_their_grade_says() -> None:
    rule = """
[[approver]]
key = "big"
amount_from = 1
add = ["reviewer", "marketing_manager", "director"]

[[role]]
key = "director"
name = "Director"
grade = 25

[[role]]
key = "reviewer"
name = "Reviewer"
"""
    policy = policy_of(BASE + MARKETING + rule)
    chain = approvers_for(policy, Facts(level="high", amount=5))  # type: ignore[arg-type]
    assert [each.role for each in chain] == [
        "reviewer",
        "department_manager",
        "marketing_manager",
        "director",
        "vice_president",
    ]


def test_a_leader_of_the_companys_own_sees_every_visit_and_others_do_not() -> None:
    company = policy_of(BASE + MARKETING + OFFICE).company
    assert may(frozenset(company.abilities("marketing_manager")), Verb.SEE)
    assert not may(frozenset(company.abilities("it")), Verb.SEE)
    assert may(frozenset(company.abilities("general_affairs")), Verb.EDIT)
    assert not may(frozenset(company.abilities("general_affairs")), Verb.SET_ROLES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            BASE + OFFICE.replace('"prepares"', '"prepare"'),
            "[[role]] general_affairs abilities number 1: 'prepare' is not known here; "
            "did you mean 'prepares'?",
        ),
        (BASE + OFFICE + OFFICE, "role general_affairs is there twice"),
        (
            changed('approvers = ["department_manager"]', 'approvers = ["marketing_manger"]')
            + MARKETING,
            "[[level]] low approvers number 1: 'marketing_manger' is not known here; "
            "did you mean 'marketing_manager'?",
        ),
        (
            changed('"vice_president" }', '"sales_director" }'),
            "escalation to department_manager: 'sales_director' is not known here",
        ),
        (
            changed('owner = "it"', 'owner = "hots"'),
            "[[task]] room owner: 'hots' is not known here; did you mean 'host'?",
        ),
        (
            'without_roles = ["it"]\n' + BASE,
            "[[task]] room owner: 'it' is not known here",
        ),
        (
            'without_roles = ["drivers"]\n' + BASE,
            "without_roles: 'drivers' is none of the roles that every policy has; "
            "did you mean 'driver'?",
        ),
        (BASE + '[[role]]\nkey = "canteen"\n', "role canteen: it needs a name"),
        (BASE + '[[role]]\nkey = "host"\nname = "Host"\n', "'host' is a part in the visit"),
        (
            BASE + MARKETING.replace('rank_of = "department_manager"', ""),
            "role marketing_manager: it leads: say how high, by grade or rank_of",
        ),
        (
            BASE + MARKETING.replace('"department_manager"', '"marketing_manager"'),
            "rank_of names the role itself",
        ),
        (
            BASE.replace("[lead_time]", '[role_names]\ngenral_affairs = "x"\n\n[lead_time]')
            + OFFICE,
            "role_names genral_affairs: 'genral_affairs' is not known here; "
            "did you mean 'general_affairs'?",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_the_nearest(text: str, said: str) -> None:
    assert said in refused(text)
