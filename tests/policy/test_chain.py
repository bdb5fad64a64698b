"""Who decides: by level, amount, lateness, exception and who attends (R2.2, R2.4, R3.1)."""

from decimal import Decimal
from typing import Any

import pytest

from models.policy.approvals import approvers_for
from models.policy.conditions import Facts
from tests.policy.figures import chain
from tests.policy.make import BASE, policy_of

RULES = """
[[approver]]
key = "large"
amount_above = 5000
add = ["general_manager", "finance"]

[[approver]]
key = "huge"
amount_from = 50000
only = { levels = ["high"] }
add = ["chairman"]

[[approver]]
key = "late"
late = true
add = ["vice_president"]

[[approver]]
key = "inspection"
only = { purposes = ["government_inspection"] }
instead = ["coordinator", "general_manager"]

[[exception]]
key = "gifts"
kinds = ["gift"]
written_by = "host"
approvers = ["chairman"]

[[exception]]
key = "others"
written_by = "account_owner"
approvers = ["vice_president"]
"""
POLICY = policy_of(BASE + RULES)
DM, FIN, VP, GM, CH = (
    "department_manager",
    "finance",
    "vice_president",
    "general_manager",
    "chairman",
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"level": "low"}, [DM]),
        ({"level": "high"}, [DM, VP]),
        ({"level": "gone"}, [DM]),  # a level that the file no longer has: the default one
        ({"level": "low", "amount": Decimal(5000)}, [DM]),
        ({"level": "low", "amount": Decimal("5000.01")}, [DM, FIN, GM]),
        ({"level": "high", "amount": Decimal(6000)}, [DM, FIN, VP, GM]),
        ({"level": "low", "amount": Decimal(50000)}, [DM, FIN, GM]),
        ({"level": "high", "amount": Decimal(50000)}, [DM, FIN, VP, GM, CH]),
        ({"level": "low", "late": True}, [DM, VP]),
        ({"level": "high", "late": True}, [DM, VP]),
        ({"level": "high", "purpose": "government_inspection"}, ["coordinator", GM]),
        ({"level": "low", "exceptions": frozenset({"gift"})}, [DM, CH]),
        ({"level": "low", "exceptions": frozenset({"meals"})}, [DM, VP]),
        ({"level": "low", "exceptions": frozenset({"meals", "gift"})}, [DM, VP, CH]),
        ({"level": "low", "exceptions": frozenset({"late"})}, [DM]),  # R1.5: skips none, adds none
        ({"level": "low", "attending": "staff"}, [DM]),
        ({"level": "low", "attending": "manager"}, [DM]),
        ({"level": "low", "attending": "general_manager"}, [GM]),  # R2.4
        ({"level": "high", "attending": "general_manager"}, [DM, GM]),
        ({"level": "high", "attending": "vice_president"}, [DM, VP]),
        ({"level": "low", "attending": "vice_president", "late": True}, [VP]),
        ({"level": "low", "attending": "nobody"}, [DM]),
    ],
)
def test_the_chain(facts: dict[str, Any], expected: list[str]) -> None:
    assert chain(POLICY, **facts) == expected


@pytest.mark.parametrize(
    ("attending", "expected"),
    [("moves", [DM, GM]), ("joins", [DM, VP, GM]), ("ignored", [DM, VP])],
)
def test_what_an_attending_leader_means_is_the_policys(attending: str, expected: list[str]) -> None:
    policy = policy_of(f'{BASE}\n[approval]\nattending = "{attending}"\n')
    assert chain(policy, level="high", attending="general_manager") == expected


def test_a_reviewer_at_the_end_is_not_who_decides() -> None:
    text = BASE.replace(
        'approvers = ["department_manager", "vice_president"]',
        'approvers = ["department_manager", "vice_president", "finance"]',
    )
    policy = policy_of(text)
    assert chain(policy, level="high", attending="manager") == [DM, VP, FIN]
    assert chain(policy, level="high", attending="general_manager") == [DM, GM, FIN]


def test_each_is_asked_once_with_all_the_reasons() -> None:
    facts = Facts(level="high", late=True, exceptions=frozenset({"budget"}))
    steps = {str(step.role): step.reasons for step in approvers_for(POLICY, facts)}
    assert [reason.why for reason in steps[VP]] == ["level", "rule", "exception"]
    places = [str(reason.source) for reason in steps[VP]]
    assert places[0].endswith("[[level]] high approvers")
    assert places[1].endswith("[[approver]] late")
    assert places[2].endswith("[[exception]] others approvers")
    assert all(place.startswith("mine.toml:") for place in places)
