"""Who decides a request, in order, and why each is asked (R2.2, R2.4, R3.1)."""

from dataclasses import dataclass, replace
from typing import Literal

from models.policy.approval_tables import ApproverRule, ExceptionRule
from models.policy.conditions import Beyond, Facts
from models.policy.rules import Policy
from models.policy.source import Source, source
from models.words import Role

Why = Literal["level", "rule", "exception", "attending"]

_RUNGS = {
    Role.DEPARTMENT_MANAGER: 1,
    Role.FINANCE: 2,
    Role.VICE_PRESIDENT: 3,
    Role.GENERAL_MANAGER: 4,
    Role.CHAIRMAN: 5,
}
"""The order in which added approvers are asked; reviewers of other departments come first."""


@dataclass(frozen=True)
class Reason:
    """Why somebody is asked, and the rule that says so."""

    why: Why
    source: Source


@dataclass(frozen=True)
class Approver:
    """One step of the chain."""

    role: Role
    reasons: tuple[Reason, ...]


def approvers_for(policy: Policy, facts: Facts) -> list[Approver]:
    """The chain for a visit at `facts.level`, by amount, lateness, exceptions and who attends.

    The level's chain stands first, in the file's order, or what a rule puts `instead`. A leader of
    higher rank who attends takes its last decision over (R2.4). What rules and exceptions add is
    put in by rank. Every role is asked once, with all its reasons; the same facts always give the
    same chain.
    """
    level = policy.level(facts.level or policy.default_level)
    place = source(policy, f"level.{level.key}.approvers")
    chain = [Approver(role, (Reason("level", place),)) for role in level.approvers]
    rules = [
        (rule, Reason("rule", source(policy, f"approver.{rule.key}")))
        for rule in policy.approvers
        if _matches(policy, rule, facts)
    ]
    for rule, reason in rules:
        if rule.instead:
            chain = [Approver(role, (reason,)) for role in rule.instead]
    chain = _attending(policy, facts, chain)
    for rule, reason in rules:
        for role in rule.add:
            chain = _with(chain, role, reason)
    for exception in exception_rules(policy, facts):
        reason = Reason("exception", source(policy, f"exception.{exception.key}.approvers"))
        for role in exception.approvers:
            chain = _with(chain, role, reason)
    return chain


def exception_rules(policy: Policy, facts: Facts) -> list[ExceptionRule]:
    """The rules that decide the visit's exceptions (R2.2), in the file's order.

    A rule without kinds takes what no other rule that applies names. Being late skips no approval
    and needs no exception of its own (R1.5) unless a rule names it.
    """
    wanted = set(facts.exceptions)
    applying = [
        rule
        for rule in policy.exceptions
        if rule.only is None or rule.only.hold(facts, policy.grades)
    ]
    named = {kind for rule in applying for kind in rule.kinds}
    rest = wanted - named - {Beyond.LATE, Beyond.NOT_IN_WRITING}
    return [rule for rule in applying if (wanted.intersection(rule.kinds) if rule.kinds else rest)]


def _matches(policy: Policy, rule: ApproverRule, facts: Facts) -> bool:
    if rule.only is not None and not rule.only.hold(facts, policy.grades):
        return False
    if rule.amount_above is not None and (
        facts.amount is None or facts.amount <= rule.amount_above
    ):
        return False
    if rule.amount_from is not None and (facts.amount is None or facts.amount < rule.amount_from):
        return False
    if rule.late is not None and rule.late != facts.late:
        return False
    if rule.attending_from is not None:
        grade = policy.grades.get(facts.attending or "")
        return grade is not None and grade >= policy.grades[rule.attending_from]
    return True


def _attending(policy: Policy, facts: Facts, chain: list[Approver]) -> list[Approver]:
    """Let the leader who attends decide, if above the last approver (R2.4)."""
    rank = policy.rank(facts.attending)
    if policy.approval.attending == "ignored" or rank is None or rank.role is None:
        return chain
    if rung(rank.role) <= rung(chain[-1].role):
        return chain
    reason = Reason("attending", source(policy, "approval.attending"))
    kept = chain[:-1] if policy.approval.attending == "moves" else chain
    kept = [step for step in kept if step.role != rank.role]
    return [*kept, Approver(rank.role, (reason,))]


def rung(role: Role) -> int:
    """How high a role stands among the approvers; 0 for the other roles."""
    return _RUNGS.get(role, 0)


def _with(chain: list[Approver], role: Role, reason: Reason) -> list[Approver]:
    for number, step in enumerate(chain):
        if step.role == role:
            more = replace(step, reasons=(*step.reasons, reason))
            return [*chain[:number], more, *chain[number + 1 :]]
    at = next((n for n, step in enumerate(chain) if rung(step.role) > rung(role)), len(chain))
    return [*chain[:at], Approver(role, (reason,)), *chain[at:]]
