"""How early a request should come (R1.5)."""

from dataclasses import dataclass
from typing import Literal

from models.policy.conditions import Facts
from models.policy.rules import Policy
from models.policy.source import Source, source

Earliness = Literal["early", "in_time", "late", "urgent"]
"""As the policy wishes; as it needs; less; inside the hours that make it urgent."""


@dataclass(frozen=True)
class Lead:
    """Working days that should lie between the request and the arrival, and the rule for it."""

    working_days: int
    in_writing: bool
    source: Source


def lead_needed(policy: Policy, facts: Facts) -> Lead:
    """The longest lead time of the rules that apply to the visit."""
    found = Lead(policy.lead_time.working_days, False, source(policy, "lead_time.working_days"))
    in_writing = False
    for rule in policy.lead_time.rules:
        if rule.only is not None and not rule.only.hold(facts, policy.grades):
            continue
        if rule.attending_from is not None:
            grade = policy.grades.get(facts.attending or "")
            if grade is None or grade < policy.grades[rule.attending_from]:
                continue
        in_writing = in_writing or rule.in_writing
        if rule.working_days >= found.working_days:
            place = source(policy, f"lead_time.rule.{rule.key}.working_days")
            found = Lead(rule.working_days, False, place)
    return Lead(found.working_days, in_writing, found.source)


def is_late(policy: Policy, facts: Facts, working_days: int) -> bool:
    """Whether so many working days before the arrival are fewer than the policy wants."""
    return working_days < lead_needed(policy, facts).working_days


def earliness(policy: Policy, facts: Facts, working_days: int, hours: float) -> Earliness:
    """How early a request is, by the working days and the hours left until the arrival (P13)."""
    lead = policy.lead_time
    if lead.urgent_hours is not None and hours <= lead.urgent_hours:
        return "urgent"
    if is_late(policy, facts, working_days):
        return "late"
    wished = lead.preferred_working_days
    return "in_time" if wished is not None and working_days < wished else "early"
