"""Who decides a request, in order, and why each is asked (R2.2, R2.4, R3.1)."""

from dataclasses import dataclass, replace
from typing import Literal

from models.base.words import Role
from models.policy.approval_tables import ApproverRule, ExceptionRule
from models.policy.conditions import Beyond, Facts
from models.policy.rules import Policy
from models.policy.source import Source, source

Why = Literal["level", "rule", "exception", "attending"]


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

    @property
    def written(self) -> str:
        """The reasons as an approval step keeps them."""
        return " ".join(f"{r.why}:{r.source.entry or r.source.table}" for r in self.reasons)


def approvers_for(policy: Policy, facts: Facts) -> list[Approver]:
    """The chain for a visit at `facts.level`, by amount, lateness, exceptions and who attends.

    The level's chain stands first, in the file's order, or what a rule puts `instead`. A leader who
    attends and is above all of it takes its highest decision over (R2.4). What rules and exceptions
    add is put in by rank. Every role is asked once, with all its reasons; the same facts always
    give the same chain.
    """
    level = policy.level(facts.level or policy.default_level)
    reason = Reason("level", source(policy, f"level.{level.key}.approvers"))
    chain = {role: [reason] for role in level.approvers}
    rules = [rule for rule in policy.approvers if _matches(policy, rule, facts)]
    for rule in rules:
        if rule.instead:
            reason = Reason("rule", source(policy, f"approver.{rule.key}"))
            chain = {role: [reason] for role in rule.instead}
    chain = _attending(policy, facts, chain)
    order = list(chain)
    asked: list[tuple[Why, str, list[Role]]] = [
        ("rule", f"approver.{rule.key}", rule.add) for rule in rules if rule.add
    ]
    asked += [
        ("exception", f"exception.{rule.key}.approvers", rule.approvers)
        for rule in exception_rules(policy, facts)
    ]
    for why, path, roles in asked:
        reason = Reason(why, source(policy, path))
        for role in roles:
            if role not in chain:
                order.insert(_place(policy, order, role), role)
            chain.setdefault(role, []).append(reason)
    return [Approver(role, tuple(chain[role])) for role in order]


def exception_approvers(policy: Policy, facts: Facts, what: Beyond) -> list[Approver]:
    """Who decides one exception that is asked for later, in order (R2.2).

    The rules for its kind say so, each role asked once; where the file has none, the highest
    decider of the level.
    """
    level = policy.level(facts.level or policy.default_level)
    chain: dict[Role, tuple[Reason, ...]] = {}
    for rule in exception_rules(policy, replace(facts, exceptions=frozenset({str(what)}))):
        reason = Reason("exception", source(policy, f"exception.{rule.key}.approvers"))
        for role in rule.approvers:
            chain[role] = (*chain.get(role, ()), reason)
    if not chain:
        highest = max(reversed(level.approvers), key=policy.company.grade)
        chain[highest] = (Reason("level", source(policy, f"level.{level.key}.approvers")),)
    return [Approver(role, reasons) for role, reasons in chain.items()]


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


def _attending(
    policy: Policy, facts: Facts, chain: dict[Role, list[Reason]]
) -> dict[Role, list[Reason]]:
    """Let the leader who attends decide, if above every approver of the chain (R2.4)."""
    rank = policy.rank(facts.attending)
    if policy.approval.attending == "ignored" or rank is None or rank.role is None:
        return chain
    decider = max(reversed(chain), key=policy.company.grade)
    if policy.company.grade(rank.role) <= policy.company.grade(decider):
        return chain
    leader = {rank.role: [Reason("attending", source(policy, "approval.attending"))]}
    if policy.approval.attending == "joins":
        return chain | leader
    moved: dict[Role, list[Reason]] = {}
    for role, reasons in chain.items():
        moved |= leader if role == decider else {role: reasons}
    return moved


def _place(policy: Policy, order: list[Role], role: Role) -> int:
    """Where an added role goes: before the first that stands higher. Reviewers of other
    departments, who have no grade, come first."""
    grade = policy.company.grade
    return next((n for n, there in enumerate(order) if grade(there) > grade(role)), len(order))
