"""What must agree between the tables of a policy: names that resolve, caps in order, one level
for each guest."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from models.policy.claims import double_claims
from models.policy.company_tables import WORKED_OUT
from models.policy.conditions import Conditions, Only
from models.policy.etiquette import card_keys
from models.policy.level_tables import Cap, Level
from models.policy.nearest import nearest
from models.policy.role_tables import shipped_keys
from models.policy.rules import Policy


def faults(policy: Policy) -> list[str]:
    """Everything in which the tables disagree, a line each; empty for a usable policy."""
    found = list(_doubles(policy))
    found += _dangling(policy)
    found += _roles(policy)
    if not found:  # what follows looks names up
        found = [*_ranges(policy), *_loops(policy), *_caps(policy), *double_claims(policy)]
    found += _measures(policy)
    return found


_KEYED = (
    ("role", "roles"),
    ("customer_kind", "customer_kinds"),
    ("rank", "ranks"),
    ("level", "levels"),
    ("lead_time rule", "lead_time.rules"),
    ("approver", "approvers"),
    ("exception", "exceptions"),
    ("team", "teams"),
    ("training", "trainings"),
    ("route", "routes"),
    ("meal_plan", "meal_plans"),
    ("hotel", "hotels"),
    ("document", "documents"),
    ("emergency", "emergencies"),
    ("measure", "measures"),
    ("campaign", "campaigns"),
    ("task", "tasks"),
    ("step", "steps"),
)


def _entries(policy: Policy) -> Iterator[tuple[str, list[Any]]]:
    for kind, path in _KEYED:
        found: Any = policy
        for part in path.split("."):
            found = getattr(found, part)
        yield kind, found


def _doubles(policy: Policy) -> Iterator[str]:
    for kind, entries in _entries(policy):
        seen: set[str] = set()
        double = []
        for entry in entries:
            if entry.key in seen:
                double.append(entry.key)
            seen.add(entry.key)
        if double:
            yield f"{kind} {', '.join(sorted(set(double)))} is there twice"


class _Names:
    """The keys that may be named, by what they are."""

    def __init__(self, policy: Policy) -> None:
        self.keys = {kind: {entry.key for entry in entries} for kind, entries in _entries(policy)}

    def missing(self, where: str, kind: str, words: Iterable[str | None]) -> Iterator[str]:
        plural = {"customer_kind": "customer kinds"}.get(kind, f"{kind}s")
        for word in words:
            if word is not None and word not in self.keys[kind]:
                near = nearest(word, self.keys[kind])
                yield f"{where} {word!r} is none of the {plural}{near}"

    def in_conditions(self, where: str, only: Conditions | None) -> Iterator[str]:
        if only is None:
            return
        yield from self.missing(f"{where} customers", "customer_kind", only.customers or [])
        yield from self.missing(f"{where} rank", "rank", [only.rank_from, only.rank_to])
        if isinstance(only, Only):
            yield from self.missing(f"{where} levels", "level", only.levels or [])


def _dangling(policy: Policy) -> Iterator[str]:
    names = _Names(policy)
    yield from names.missing("default_level", "level", [policy.default_level])
    yield from names.missing("request: office_told_from", "rank", [policy.request.office_told_from])
    for card in policy.cards or []:
        if card not in card_keys():
            yield f"cards: {card!r} is none of the etiquette cards{nearest(card, card_keys())}"
    for level in policy.levels:
        here = f"level {level.key}:"
        yield from names.missing(f"{here} over", "level", level.over)
        yield from names.missing(f"{here} route", "route", [level.route])
        if level.escorts is not None:
            escorts = level.escorts
            ranks = [*escorts.ranks, *escorts.greet_by, escorts.lead_from, escorts.lead_to]
            yield from names.missing(f"{here} escorts", "rank", ranks)
        for number, rule in enumerate(level.qualifies, start=1):
            place = f"{here} qualifies number {number}:"
            yield from names.in_conditions(place, rule)
            for money in (rule.capital_from, rule.capital_below):
                if money is not None and money.currency not in policy.all_rates:
                    yield f"{place} there is no rate for {money.currency} in [rates]"
    for lead in policy.lead_time.rules:
        here = f"lead_time rule {lead.key}:"
        yield from names.in_conditions(here, lead.only)
        yield from names.missing(f"{here} attending_from", "rank", [lead.attending_from])
    for asked in policy.approvers:
        here = f"approver {asked.key}:"
        yield from names.in_conditions(here, asked.only)
        yield from names.missing(f"{here} attending_from", "rank", [asked.attending_from])
    yield from _dangling_in_lists(policy, names)


def _roles(policy: Policy) -> Iterator[str]:
    """Roles of the company's own without a name or a height, and shipped ones that are not there
    to be left out."""
    own = {role.key for role in policy.roles}
    for key in policy.without_roles:
        if key in own:
            yield f"without_roles: {key!r} is declared as a role as well"
        elif key not in shipped_keys():
            near = nearest(key, shipped_keys())
            yield f"without_roles: {key!r} is none of the roles that every policy has{near}"
    for role in policy.roles:
        here = f"role {role.key}:"
        if role.name is None and role.key not in (*shipped_keys(), *policy.role_names):
            yield f"{here} it needs a name"
        if role.name is not None and role.key in policy.role_names:
            yield f"{here} it has a name here and another in role_names"
        if role.leads and not policy.company.grade(role.key):
            yield f"{here} it leads: say how high, by grade or rank_of"
        if role.rank_of is not None and policy.company.borne(role.rank_of) != role.rank_of:
            yield f"{here} rank_of {role.rank_of!r} bears the rank of another role itself"


def _dangling_in_lists(policy: Policy, names: _Names) -> Iterator[str]:
    for kind, entries in (
        ("exception", policy.exceptions),
        ("route", policy.routes),
        ("meal_plan", policy.meal_plans),
        ("document", policy.documents),
        ("task", policy.tasks),
        ("step", policy.steps),
    ):
        for entry in entries:
            if entry.only is not None:
                yield from names.in_conditions(f"{kind} {entry.key}:", entry.only)
    for plan in policy.meal_plans:
        yield from names.missing(f"meal_plan {plan.key}: hosted_by", "rank", plan.hosted_by)
    for training in policy.trainings:
        yield from names.missing(f"training {training.key}:", "team", training.for_teams)
    for task in policy.tasks:
        yield from names.missing(f"task {task.key}: team", "team", [task.team])
        for copy in task.copies:
            yield from names.in_conditions(f"task {task.key}: copies", copy.only)
    yield from _waiting_items(policy, names)
    for step in policy.steps:
        yield from names.missing(f"step {step.key}: task", "task", [step.task])
        yield from names.missing(f"step {step.key}: document", "document", [step.document])
    for campaign in policy.campaigns:
        visitors = [entry.visited_by for entry in campaign.classes]
        yield from names.missing(f"campaign {campaign.key}: visited_by", "rank", visitors)


def _waiting_items(policy: Policy, names: _Names) -> Iterator[str]:
    """Items that wait for no item, for one of another phase, or for themselves."""
    rules = {task.key: task for task in policy.tasks}
    for task in policy.tasks:
        here = f"task {task.key}: after"
        yield from names.missing(here, "task", [task.after])
        before, seen = rules.get(task.after or ""), {task.key}
        if before is not None and before.phase != task.phase:
            yield f"{here} {task.after!r} is an item of another phase"
        while before is not None:
            if before.key in seen:
                yield f"{here} {task.after!r} waits for {task.key!r} itself"
                break
            seen.add(before.key)
            before = rules.get(before.after or "")


def _ranges(policy: Policy) -> Iterator[str]:
    grades = policy.grades
    conditions: list[tuple[str, Conditions]] = [
        (f"level {level.key}: qualifies number {number}:", rule)
        for level in policy.levels
        for number, rule in enumerate(level.qualifies, start=1)
    ]
    for kind, entries in _entries(policy):
        for entry in entries:
            only = getattr(entry, "only", None)
            if only is not None:
                conditions.append((f"{kind} {entry.key}:", only))
    for where, rule in conditions:
        low, high = rule.rank_from, rule.rank_to
        if low is not None and high is not None and grades[low] > grades[high]:
            yield f"{where} rank_from {low} is above rank_to {high}"
    for level in policy.levels:
        if level.escorts is not None:
            low, high = level.escorts.lead_from, level.escorts.lead_to
            if low is not None and high is not None and grades[low] > grades[high]:
                yield f"level {level.key}: escorts lead_from {low} is above lead_to {high}"


def _loops(policy: Policy) -> Iterator[str]:
    over = {level.key: level.over for level in policy.levels}
    for start, below in over.items():
        seen: set[str] = set()
        ahead = list(below)
        while ahead:
            key = ahead.pop()
            if key == start:
                yield f"level {start}: over comes back to {start}"
                break
            if key not in seen:
                seen.add(key)
                ahead += over[key]


def _caps(policy: Policy) -> Iterator[str]:
    tiers = [level for level in policy.levels if level.tier is not None]
    for one, other in combinations(tiers, 2):
        if one.tier == other.tier:
            yield f"levels {one.key} and {other.key} both have tier {one.tier}"
    ordered = sorted(tiers, key=lambda level: level.tier or 0)
    for one, other in combinations(ordered, 2):
        lower, higher = _figures(one, other), _figures(other, one)
        for what in sorted(lower.keys() & higher.keys()):
            if lower[what] > higher[what]:
                yield (
                    f"level {other.key}: {what} {higher[what]} is below {lower[what]} "
                    f"of {one.key}, which stands lower"
                )


def _figures(level: Level, other: Level) -> dict[str, Any]:
    """The caps of a level that can be set beside another's: for the party that both speak of."""
    found: dict[str, Any] = {}
    pairs: list[tuple[str, Cap | None, Cap | None]] = [("leisure", level.leisure, other.leisure)]
    if level.meals is not None and other.meals is not None:
        pairs += [
            (meal, getattr(level.meals, meal), getattr(other.meals, meal))
            for meal in ("breakfast", "lunch", "dinner", "banquet")
        ]
    for what, cap, beside in pairs:
        if cap is not None and beside is not None:
            found[what] = cap.of(max(cap.party_of or 1, beside.party_of or 1))
    if level.gift is not None and level.gift.per_guest is not None:
        found["gift per_guest"] = level.gift.per_guest
    if level.lodging is not None:
        for name in ("stars_to", "price_to"):
            value = getattr(level.lodging, name)
            if value is not None:
                found[f"lodging {name}"] = value
    return found


def _measures(policy: Policy) -> Iterator[str]:
    for every in ("month", "quarter", "year"):
        weights = [m.weight for m in policy.measures if m.every == every and m.weight is not None]
        if weights and sum(weights) != 100:
            yield f"measure: the weights of each {every} make {sum(weights)} percent, not 100"
    if policy.monthly_figures is not None and not policy.worked_out:
        keys = ", ".join(WORKED_OUT)
        yield f"monthly_figures: no [[measure]] of the month is worked out: use any of {keys}"
