"""What `usher policy check`, `list`, `show` and `diff` print: lines of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from models.base.words import Phase
from models.policy.check import findings
from models.policy.diff import diff
from models.policy.level_tables import Cap, Level
from models.policy.rules import Policy
from models.policy.timed_tables import Step, TaskRule
from models.policy.waiting import IN_WORDS, waiting
from models.policy.written import given, written

_ATTENDING = {
    "moves": "decides in place of the highest approver",
    "joins": "decides as well, last",
    "ignored": "changes nothing in who decides",
}

_TABLES = (
    "quiet_hours",
    "calendar",
    "conduct",
    "expenses",
    "gifts",
    "secrecy",
    "archive",
    "appraisal",
    "monthly_figures",
)


def check_lines(policy: Policy, holders: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """That the policy can be used, how much is in it, what is worth looking at, and which of its
    keys nothing acts on yet.

    `holders` are the people of each role; None leaves people out.
    """
    counts = ", ".join(
        f"{number} {word}{'s' if number != 1 else ''}"
        for number, word in (
            (len(policy.levels), "level"),
            (len(policy.tasks), "task"),
            (len(policy.steps), "timed step"),
            (len(policy.routes), "route"),
            (len(policy.documents), "document"),
        )
        if number
    )
    lines = [f"{policy.file}: the policy {policy.name!r} can be used: {counts}."]
    lines.append(f"Version {policy.digest}.")
    lines += [f"Look at {finding}" for finding in findings(policy, holders)]
    lines += [
        f"Not acted on yet: {', '.join(paths)} (comes with {IN_WORDS[wing]})."
        for wing, paths in waiting(policy).items()
    ]
    return lines


def list_lines(policies: Iterable[Policy], in_force: str = "", locale: str = "en") -> list[str]:
    """One line for each policy: name, title, levels; a star marks the one in force."""
    found = list(policies)
    width = max((len(policy.name) for policy in found), default=0)
    return [
        f"{'*' if policy.name == in_force else ' '} {policy.name:<{width}}  "
        f"{policy.title.in_(locale)} ({', '.join(level.key for level in policy.levels)})"
        for policy in found
    ]


def show_lines(policy: Policy, locale: str = "en") -> list[str]:
    """The whole policy for reading: levels with what they allow, chains, times, follow-up."""
    lines = [f"{policy.title.in_(locale)} ({policy.name}, {policy.file}, {policy.digest})", ""]
    lines += _general(policy)
    for level in policy.levels:
        lines += ["", *_level(policy, level, locale)]
    for title, entries in (
        ("Roles", policy.roles),
        ("More approvers", policy.approvers),
        ("Exceptions", policy.exceptions),
        ("Team", policy.teams),
        ("Routes", policy.routes),
        ("Documents", policy.documents),
        ("Meals by the day of leaving", policy.meal_plans),
        ("Hotels", policy.hotels),
        ("Measures", policy.measures),
        ("Campaigns", policy.campaigns),
    ):
        if entries:
            lines += ["", f"{title}:", *(f"  {_entry(entry, locale)}" for entry in entries)]
    for title, phase in (
        ("Preparation", Phase.PREPARATION),
        ("When they leave", Phase.DEPARTURE),
        ("After the visit", Phase.FOLLOW_UP),
    ):
        tasks = [task for task in policy.tasks if task.phase == phase]
        if tasks:
            lines += ["", f"{title}:", *(f"  {_task(task, locale)}" for task in tasks)]
    if policy.steps:
        lines += ["", "Timed steps:", *(f"  {_step(step, locale)}" for step in policy.steps)]
    return lines


def diff_lines(old: Policy, new: Policy) -> list[str]:
    """The differences from one policy to another, or that there are none."""
    found = diff(old, new)
    if not found:
        return [f"{old.file} and {new.file} say the same."]
    head = f"From {old.file} to {new.file} ({len(found)} differences; + added, - removed):"
    return [head, *map(str, found)]


def _general(policy: Policy) -> Iterator[str]:
    days = policy.lead_time
    wished = f", better {days.preferred_working_days}" if days.preferred_working_days else ""
    urgent = f", urgent inside {days.urgent_hours} hours" if days.urgent_hours else ""
    yield f"Lead time: {days.span}{wished}{urgent}"
    for rule in days.rules:
        writing = ", in writing" if rule.in_writing else ""
        yield f"  {rule.key}: {rule.span}{writing}"
    chain = ", ".join(f"{role} to {to}" for role, to in policy.escalation.to.items())
    yield f"Silence is passed on after {policy.escalation.after_hours} hours: {chain}"
    yield f"A leader of higher rank who attends {_ATTENDING[policy.approval.attending]}"
    yield f"Protocol grade: {policy.protocol.rule}"
    if policy.overspend is not None:
        shares = ", ".join(f"{who} {part} %" for who, part in policy.overspend.shares.items())
        yield f"Overspend without an approved exception: {shares}"
    for name in _TABLES:
        table = getattr(policy, name)
        if table is not None and table.model_fields_set:
            yield f"{name.replace('_', ' ').capitalize()}: {_inside(table)}"


def _level(policy: Policy, level: Level, locale: str) -> Iterator[str]:
    default = ", the default" if level.key == policy.default_level else ""
    yield f"Level {level.key}: {level.name.in_(locale)}{default}"
    for rule in level.qualifies:
        yield f"  for {_inside(rule)}"
    if level.over:
        yield f"  goes before {', '.join(level.over)}"
    yield f"  approved by {', then '.join(level.approvers)}"
    if level.escorts is not None:
        yield f"  escorts: {_inside(level.escorts)}"
    if level.spend == "actual":
        yield "  actual cost is paid"
    if level.meals is not None:
        for meal, cap in given(level.meals):
            yield f"  {meal}: {_cap(cap, policy.currency)}"
    if level.lodging is not None:
        yield f"  lodging: {_inside(level.lodging)}"
    if level.vehicles is not None:
        yield f"  cars: {', '.join(level.vehicles) or 'none'}"
    if level.leisure is not None:
        yield f"  leisure: {_cap(level.leisure, policy.currency)}"
    for name in ("sightseeing", "gift", "welcome", "discretion", "extras", "route", "protocol"):
        value = getattr(level, name)
        if name in level.model_fields_set and value is not None:
            yield f"  {name}: {written(value)}"


def _cap(cap: Cap, currency: str) -> str:
    if cap.per_head is not None:
        return f"{currency} {cap.per_head} a head"
    further = f", {cap.each_further} each further guest" if cap.each_further is not None else ""
    return f"{currency} {cap.amount} for a party of {cap.party_of}{further}"


def _entry(entry: Any, locale: str) -> str:
    name = getattr(entry, "name", None)
    words = f" {name.in_(locale)}" if name is not None else ""
    rest = ", ".join(f"{k} {written(v)}" for k, v in given(entry) if k not in {"key", "name"})
    return f"{entry.key}{words}: {rest}"


def _task(task: TaskRule, locale: str) -> str:
    again = ", confirmed again" if task.recheck else ""
    only = f", only {_inside(task.only)}" if task.only is not None else ""
    return f"{task.key}: {task.title.in_(locale)}; {task.owner}, due {task.due}{again}{only}"


def _step(step: Step, locale: str) -> str:
    said = f": {step.text.in_(locale)}" if step.text is not None else ""
    when = f", when {' and '.join(step.when)}" if step.when else ""
    only = f", only {_inside(step.only)}" if step.only is not None else ""
    again = f", again {step.repeat.every} up to {step.repeat.limit} times" if step.repeat else ""
    until = f", until {step.until}" if step.until is not None else ""
    told = ", ".join(step.to)
    return f"{step.key}: {step.at} to {told}, {step.message}{when}{only}{again}{until}{said}"


def _inside(table: BaseModel) -> str:
    return ", ".join(f"{key} {written(value)}" for key, value in given(table))
