"""All that the policy has to say about one visit, at once."""

from dataclasses import dataclass, replace

from models.base.words import Phase
from models.policy.approvals import Approver, approvers_for
from models.policy.company_tables import Document, MealPlan, Route
from models.policy.conditions import Facts, Only
from models.policy.leadtime import Lead, lead_needed
from models.policy.level_tables import Level
from models.policy.levels import Proposal, propose_level
from models.policy.rules import Policy
from models.policy.timed_tables import Step, TaskRule


@dataclass(frozen=True)
class Chosen:
    """The rules that apply to a visit: the proposed level, the level chosen, and what follows."""

    proposal: Proposal
    level: Level
    approvers: list[Approver]
    lead: Lead
    preparation: list[TaskRule]
    follow_up: list[TaskRule]
    steps: list[Step]
    documents: list[Document]
    meal_plan: MealPlan | None
    route: Route | None


def choose(policy: Policy, facts: Facts) -> Chosen:
    """Apply the policy to a visit. Without `facts.level` the proposed level is taken."""
    proposal = propose_level(policy, facts)
    level = policy.level(facts.level) if facts.level else proposal.level
    facts = facts if facts.level == level.key else replace(facts, level=level.key)
    tasks = tasks_for(policy, facts)
    return Chosen(
        proposal=proposal,
        level=level,
        approvers=approvers_for(policy, facts),
        lead=lead_needed(policy, facts),
        preparation=[task for task in tasks if task.phase == Phase.PREPARATION],
        follow_up=[task for task in tasks if task.phase == Phase.FOLLOW_UP],
        steps=steps_for(policy, facts),
        documents=[d for d in policy.documents if wanted(policy, d.only, facts)],
        meal_plan=next((p for p in policy.meal_plans if wanted(policy, p.only, facts)), None),
        route=route_for(policy, facts),
    )


def wanted(policy: Policy, only: Only | None, facts: Facts) -> bool:
    """Whether what hangs on these conditions is for the visit; no conditions: for every visit."""
    return only is None or only.hold(facts, policy.grades)


def tasks_for(policy: Policy, facts: Facts) -> list[TaskRule]:
    """The checklist and follow-up items of a visit, in the file's order."""
    return [task for task in policy.tasks if wanted(policy, task.only, facts)]


def steps_for(policy: Policy, facts: Facts) -> list[Step]:
    """The timed steps of a visit, in the file's order."""
    return [step for step in policy.steps if wanted(policy, step.only, facts)]


def route_for(policy: Policy, facts: Facts) -> Route | None:
    """The standard route of a visit: its level's, else the first one that is for such visits."""
    named = policy.level(facts.level or policy.default_level).route
    for route in policy.routes:
        if route.key == named or (named is None and wanted(policy, route.only, facts)):
            return route
    return None
