"""Short ways to ask a policy for one figure."""

from decimal import Decimal
from typing import Any

from models.policy import Policy
from models.policy.approvals import approvers_for
from models.policy.caps import caps_for
from models.policy.conditions import Facts
from models.policy.level_tables import Meal
from models.policy.levels import propose_level
from models.policy.timed_tables import Step, TaskRule


def level(policy: Policy, **facts: Any) -> str:
    return propose_level(policy, Facts(**facts)).level.key


def chain(policy: Policy, **facts: Any) -> list[str]:
    return [str(step.role) for step in approvers_for(policy, Facts(**facts))]


def money(policy: Policy, at: str, party: int, meal: Meal) -> Decimal | None:
    return caps_for(policy, at, party, meal).amount


def task(policy: Policy, key: str) -> TaskRule:
    found = policy.task_rule(key)
    assert found is not None, key
    return found


def step(policy: Policy, key: str) -> Step:
    found = policy.step(key)
    assert found is not None, key
    return found


def document_fields(policy: Policy, key: str) -> list[str]:
    return next([f.en for f in d.fields] for d in policy.documents if d.key == key)
