"""Which rule of which file asked for an item of a visit: what `/visit why` answers."""

from dataclasses import dataclass
from typing import Any, Literal

from models.policy.approvals import approvers_for
from models.policy.conditions import Facts
from models.policy.leadtime import lead_needed
from models.policy.levels import propose_level
from models.policy.protocol import wanted_grade
from models.policy.rules import Policy
from models.policy.source import Source, source
from models.policy.written import written

Kind = Literal[
    "level",  # the proposed level
    "approver",  # key: a role of the chain
    "escalation",  # key: the role whose silence is passed on
    "lead_time",
    "task",  # key: of the item
    "step",  # key: of the timed step
    "meal",  # key: breakfast, lunch, dinner, banquet
    "lodging",
    "vehicle",
    "leisure",
    "gift",
    "escorts",
    "protocol",
    "route",
    "document",  # key: of the document
    "overspend",
]


@dataclass(frozen=True)
class Explanation:
    """A rule behind an item: where it stands, and what it says there."""

    source: Source
    says: str


def explain(
    policy: Policy, kind: Kind, key: str = "", facts: Facts | None = None
) -> list[Explanation]:
    """The rules that asked for an item of a visit with these facts; empty if none does.

    An approver can have several reasons; everything else has one.
    """
    facts = facts or Facts()
    level = policy.level(facts.level or policy.default_level)
    match kind:
        case "level":
            proposal = propose_level(policy, facts)
            said = written(proposal.rule) if proposal.rule else written(policy.default_level)
            return [Explanation(proposal.source, said)]
        case "approver":
            steps = [step for step in approvers_for(policy, facts) if step.role == key]
            reasons = [reason for step in steps for reason in step.reasons]
            return [Explanation(r.source, written(_at(policy, r.source))) for r in reasons]
        case "escalation":
            return [_rule(policy, "escalation.to", policy.escalation.to)]
        case "lead_time":
            lead = lead_needed(policy, facts)
            return [Explanation(lead.source, str(lead.span))]
        case "task" | "step" | "document":
            found = _entry(policy, kind, key)
            return [_rule(policy, f"{kind}.{key}", found)] if found is not None else []
        case "meal":
            cap = getattr(level.meals, key, None) if level.meals is not None else None
            return [_rule(policy, f"level.{level.key}.meals.{key}", cap)] if cap else []
        case "lodging" | "leisure" | "gift" | "escorts" | "vehicle" | "route":
            name = "vehicles" if kind == "vehicle" else kind
            value = getattr(level, name)
            found_here = value is not None
            return [_rule(policy, f"level.{level.key}.{name}", value)] if found_here else []
        case "protocol":
            grade, place = wanted_grade(policy, level.key)
            return [Explanation(place, written(grade))]
        case "overspend":
            return [_rule(policy, "overspend", policy.overspend)] if policy.overspend else []


def _rule(policy: Policy, path: str, value: Any) -> Explanation:
    return Explanation(source(policy, path), written(value))


def _entry(policy: Policy, kind: str, key: str) -> Any:
    entries: list[Any] = getattr(policy, f"{kind}s")
    return next((entry for entry in entries if entry.key == key), None)


def _at(policy: Policy, place: Source) -> Any:
    """The value at a source of the chain: a level's approvers, a rule, an exception, a setting."""
    if place.table == "level" and place.entry is not None:
        return policy.level(place.entry).approvers
    if place.entry is None:
        return policy.approval.attending
    return _entry(policy, place.table, place.entry)
