"""What is worth saying of a policy that can be used: roles nobody holds, steps that never come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.base.words import Party, Role
from models.policy.check_steps import step_findings
from models.policy.rules import Policy
from models.policy.source import Source, source


@dataclass(frozen=True)
class Finding:
    """Something that the company should look at; the policy works without."""

    source: Source
    words: str

    def __str__(self) -> str:
        return f"{self.source}: {self.words}"


def findings(policy: Policy, holders: Mapping[str, Sequence[str]] | None = None) -> list[Finding]:
    """All that is worth saying; with `holders` (people of each role) also the roles that nobody
    holds. Without it nothing is said of people."""
    found = [*_never(policy), *_unranked(policy), *_unreachable(policy)]
    if holders is not None:
        found += [*unheld(policy, holders), *_own_requests(policy, holders)]
    return found


def unheld(policy: Policy, holders: Mapping[str, Sequence[str]]) -> list[Finding]:
    """The roles that the policy asks for and nobody holds, approvers first, each with the first
    place that asks for it."""
    found = []
    for role, paths in _unheld(policy, holders).items():
        more = f" (asked for in {len(paths)} places)" if len(paths) > 1 else ""
        words = f"nobody holds the role {role}{more}: usher roles set {role} USER_ID"
        found.append(Finding(source(policy, paths[0]), words))
    return found


def unheld_roles(policy: Policy, holders: Mapping[str, Sequence[str]]) -> list[Role]:
    """The roles that the policy asks for and nobody holds, approvers first."""
    return list(_unheld(policy, holders))


def _unheld(policy: Policy, holders: Mapping[str, Sequence[str]]) -> dict[Role, list[str]]:
    places: dict[Role, list[str]] = {}
    for path, role in _asked(policy):
        if not holders.get(role) and path not in places.setdefault(role, []):
            places[role].append(path)
    return {role: paths for role, paths in places.items() if paths}


def _asked(policy: Policy) -> Iterator[tuple[str, Role]]:
    yield from _asked_to_decide(policy)
    for role in policy.escalation.to.values():
        yield "escalation.to", role
    if policy.approval.own_request_to is not None:
        yield "approval.own_request_to", policy.approval.own_request_to
    for role in policy.monthly_figures.to if policy.monthly_figures is not None else ():
        yield "monthly_figures.to", role
    for task in policy.tasks:
        if not isinstance(task.owner, Party):
            yield f"task.{task.key}.owner", task.owner
    for step in policy.steps:
        for who in step.to:
            if not isinstance(who, Party):
                yield f"step.{step.key}.to", who
        for who in step.escalate.to if step.escalate is not None else ():
            if not isinstance(who, Party):
                yield f"step.{step.key}.escalate", who


def _asked_to_decide(policy: Policy) -> Iterator[tuple[str, Role]]:
    for level in policy.levels:
        for role in level.approvers:
            yield f"level.{level.key}.approvers", role
    for rule in policy.approvers:
        for role in (*rule.add, *rule.instead):
            yield f"approver.{rule.key}", role
    for exception in policy.exceptions:
        for role in exception.approvers:
            yield f"exception.{exception.key}.approvers", role


def undecidable(policy: Policy) -> list[Finding]:
    """The roles that a chain asks, above which the ladder has no leader and for which nobody else
    is named: nobody could decide what their only holder asks for (R3.1). A file that is checked is
    refused for it; one that is kept already goes on."""
    approval = policy.approval
    if approval.own_request == "allowed":
        return []
    found: dict[Role, Finding] = {}
    for path, role in _asked_to_decide(policy):
        is_top = role not in policy.escalation.to
        if is_top and approval.own_request_to in {None, role} and role not in found:
            words = (
                f"nobody decides what {role} asks for, which no leader follows on the ladder:"
                ' set own_request_to = "ROLE" in [approval] (another role), or let [escalation] to'
                f" go on from {role}"
            )
            found[role] = Finding(source(policy, path), words)
    return list(found.values())


def _own_requests(policy: Policy, holders: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """The tops of the ladder that one person holds alone, where nobody else is named to decide what
    that person asks for (R3.1)."""
    approval = policy.approval
    if approval.own_request == "allowed":
        return
    for top in dict.fromkeys(_top(policy, role) for _, role in _asked_to_decide(policy)):
        alone = list(dict.fromkeys(holders.get(top, ())))
        others = set(holders.get(approval.own_request_to or "", ())) - set(alone)
        if len(alone) == 1 and not others:
            words = (
                f"nobody could decide what {alone[0]} asks for, who alone is {top}:"
                " set own_request_to, or give the role to somebody else as well"
            )
            yield Finding(source(policy, "approval.own_request_to"), words)


def _top(policy: Policy, role: Role) -> Role:
    while (higher := policy.escalation.to.get(role)) is not None:
        role = higher
    return role


def _never(policy: Policy) -> Iterator[Finding]:
    """Steps that are never said, or always go on to others."""
    for path, words in step_findings(policy):
        yield Finding(source(policy, path), words)


def _unranked(policy: Policy) -> Iterator[Finding]:
    """Ranks that are asked for and that no title tells."""
    named = {
        rank
        for level in policy.levels
        for rule in level.qualifies
        for rank in (rule.rank_from, rule.rank_to)
        if rank is not None
    }
    for rank in policy.ranks:
        if rank.key in named and not rank.titles:
            place = source(policy, f"rank.{rank.key}")
            yield Finding(place, "no word in a title tells this rank: give titles")


def _unreachable(policy: Policy) -> Iterator[Finding]:
    """Levels that no rule proposes: people can choose them, the form never does."""
    if not any(level.qualifies for level in policy.levels):
        return
    for level in policy.levels:
        if not level.qualifies and level.key != policy.default_level:
            words = "no rule puts guests here: the form never proposes it"
            yield Finding(source(policy, f"level.{level.key}"), words)
