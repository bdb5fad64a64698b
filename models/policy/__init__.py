"""The policy: a company's own procedure as data."""

from models.policy.load import PolicyError, load_policy, restore_policy, shipped_policies
from models.policy.moment import Moment, Offset
from models.policy.rules import Level, Policy, Step, TaskRule, Text

__all__ = [
    "Level",
    "Moment",
    "Offset",
    "Policy",
    "PolicyError",
    "Step",
    "TaskRule",
    "Text",
    "load_policy",
    "restore_policy",
    "shipped_policies",
]
