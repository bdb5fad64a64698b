"""How early a request should come (R1.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from models.policy.conditions import Facts
from models.policy.rules import Policy
from models.policy.source import Source, source
from models.policy.span import Ahead, Span

Earliness = Literal["early", "in_time", "late", "urgent"]
"""As the policy wishes; as it needs; less; inside the hours that make it urgent."""


@dataclass(frozen=True)
class Lead:
    """What should lie between the request and the arrival, and the rule for it."""

    span: Span
    in_writing: bool
    source: Source


def lead_needed(policy: Policy, facts: Facts) -> Lead:
    """The longest lead time of the rules that apply to the visit; of equal ones the last."""
    found = list(_leads(policy, facts))
    longest = max(reversed(found), key=lambda lead: lead.span.length)
    return Lead(longest.span, any(lead.in_writing for lead in found), longest.source)


def lead_missed(policy: Policy, facts: Facts, ahead: Ahead) -> Lead | None:
    """The lead time that a request does not reach, the longest of several; None where it is as
    early as all of them want."""
    missed = [lead for lead in _leads(policy, facts) if not ahead.reaches(lead.span)]
    return max(reversed(missed), key=lambda lead: lead.span.length, default=None)


def earliness(policy: Policy, facts: Facts, ahead: Ahead) -> Earliness:
    """How early a request is (P13)."""
    lead = policy.lead_time
    if lead.urgent_hours is not None and ahead.hours <= lead.urgent_hours:
        return "urgent"
    if lead_missed(policy, facts, ahead) is not None:
        return "late"
    wished = lead.preferred_working_days
    return "in_time" if wished is not None and ahead.working_days < wished else "early"


def _leads(policy: Policy, facts: Facts) -> Iterator[Lead]:
    """The lead times that apply, in the file's order, the general one first."""
    span = policy.lead_time.span
    yield Lead(span, False, source(policy, f"lead_time.{span.unit}"))
    for rule in policy.lead_time.rules:
        if rule.only is not None and not rule.only.hold(facts, policy.grades):
            continue
        if rule.attending_from is not None:
            grade = policy.grades.get(facts.attending or "")
            if grade is None or grade < policy.grades[rule.attending_from]:
                continue
        span = rule.span
        place = source(policy, f"lead_time.rule.{rule.key}.{span.unit}")
        yield Lead(span, rule.in_writing, place)
