"""What `/visit why` can explain of a visit, part by part, each line with the rule behind it."""

from collections.abc import Callable, Iterable, Iterator

from models.base.permissions import SEES_BUDGET, SEES_MONEY, Verb
from models.base.words import Phase
from models.policy.choose import steps_for
from models.policy.explain import Kind, explain
from models.policy.leadtime import lead_needed
from models.policy.source import Source, source
from models.reading.deciding import above
from models.reading.facts import facts_of
from models.reading.notice import rules_for
from models.reminders.due import applies, task_due
from models.reminders.unsure import unsure_due
from templates.procedure.said import Line
from templates.procedure.spending import costs_why, exceptions_why
from templates.procedure.steps import coming_steps, until_outcome
from templates.reading import rules
from templates.reading.attending import rank_name
from templates.reading.facts import calendar_note, not_published
from templates.reading.notice_terms import label
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

PARTS = (
    "level",
    "approvers",
    "caps",
    "escorts",
    "exceptions",
    "costs",
    "deadlines",
    "notice",
    "items",
    "checks",
    "steps",
)
"""In the order in which they are shown. Their words are the blocks `part_…` of why.txt."""

_CAPS: tuple[Kind, ...] = ("lodging", "vehicle", "leisure", "gift")


def parts(scene: Scene, allowed: frozenset[Verb]) -> dict[str, list[Line]]:
    """The lines of each part that there is anything to say of. Caps and sums are for those who
    see them (R10.1)."""
    makers: dict[str, Callable[[Scene], Iterator[Line]]] = {
        "level": _level,
        "approvers": _approvers,
        "escorts": _escorts,
        "deadlines": _deadlines,
        "notice": _notice,
        "items": _items,
        "checks": _checks,
        "steps": lambda scene: _lines(coming_steps(scene)),
    }
    if SEES_BUDGET & allowed:
        makers["caps"] = _caps
    if SEES_MONEY & allowed:
        makers["exceptions"] = lambda scene: _lines(exceptions_why(scene))
        makers["costs"] = lambda scene: _lines(costs_why(scene))
    found = {name: list(makers[name](scene)) for name in PARTS if name in makers}
    return {name: lines for name, lines in found.items() if lines}


def _lines(found: Iterable[tuple[Text, Source]]) -> Iterator[Line]:
    return (Line(said, place) for said, place in found)


def _explained(scene: Scene, said: Text, kind: Kind, key: str = "") -> Iterable[Line]:
    found = explain(scene.picture.policy, kind, key, facts_of(scene.picture))
    return [Line(said, each.source) for each in found]


def _level(scene: Scene) -> Iterator[Line]:
    found = rules.proposal(scene)
    name = scene.language.own(found.level.name)
    said = name if found.rule is None else Text(f"{name}, {rules.conditions(scene, found.rule)}")
    yield Line(said, found.source)
    line = rules.overruled(scene)
    if line is not None:
        yield Line(line)
        if scene.visit.level_reason:
            yield Line(scene.say("why", "level_reason", reason=guard(scene.visit.level_reason)))


def _approvers(scene: Scene) -> Iterator[Line]:
    picture, policy = scene.picture, scene.picture.policy
    ladder: list[str] = []
    for step in picture.approvals:
        role = terms.role(scene.language, step.role)
        yield from _explained(scene, role, "approver", str(step.role))
        if step.asked_roles and step.asked_roles[0] != step.role:
            instead = terms.role(scene.language, step.asked_roles[0])
            said = scene.say("why", "own_request", role=role, instead=instead)
            yield Line(said, source(policy, "approval.own_request"))
        if step.delegate_id is not None and step.delegated_by is not None:
            who, to = mention(step.delegated_by), mention(step.delegate_id)
            said = scene.say("why", "delegated", who=who, to=to)
            yield Line(said, source(policy, "approval.delegation"))
        ladder += [each for each in [step.role, *above(policy, step.role)] if each not in ladder]
    if any(above(policy, step.role) for step in picture.approvals):
        hours = policy.escalation.hours(urgent=scene.visit.is_urgent)
        names = [terms.role(scene.language, each) for each in ladder]
        said = scene.say("why", "silence", hours=hours, ladder=joined(" → ", names))
        yield from _explained(scene, said, "escalation")


def _caps(scene: Scene) -> Iterator[Line]:
    policy, level = scene.picture.policy, scene.picture.level
    known = dict(rules.caps(scene))
    if "actual" in known:
        yield Line(known["actual"], source(policy, f"level.{level.key}.spend"))
    for meal, words in rules.meal_caps(scene):
        yield from _explained(scene, words, "meal", meal)
    for kind in _CAPS:
        if kind in known:
            yield from _explained(scene, known[kind], kind)


def _escorts(scene: Scene) -> Iterator[Line]:
    policy, level = scene.picture.policy, scene.picture.level
    if level.escorts is not None:
        names = [name for key in level.escorts.ranks if (name := rank_name(scene, key)) is not None]
        said = joined(scene.language.comma, names)
        yield from _explained(scene, said, "escorts")
    for each in explain(policy, "protocol", facts=facts_of(scene.picture)):
        grade = level.protocol or policy.protocol.rule
        wants = Text(scene.say("escorts", f"wants_{grade}").rstrip(".。"))
        yield Line(wants, each.source)
    if any(step.reasons and step.reasons[0][0] == "attending" for step in scene.picture.approvals):
        said = scene.say("rules", "why_attending")
        yield Line(said, source(policy, "approval.attending"))


def _deadlines(scene: Scene) -> Iterator[Line]:
    lead = lead_needed(scene.picture.policy, facts_of(scene.picture))
    wanted = terms.span(scene.language, lead.span)
    yield Line(scene.say("why", "lead", wanted=wanted), lead.source)
    yield from _noted(not_published(scene))
    yield from _lines(until_outcome(scene))


def _notice(scene: Scene) -> Iterator[Line]:
    """What the notice wants to know, rule by rule."""
    for rule in rules_for(scene.picture):
        if rule.wanted:
            labels = [label(scene.language, key) for key in rule.wanted]
            place = source(scene.picture.policy, f"notice.{rule.key}.wanted")
            yield Line(joined(scene.language.comma, labels), place)


def _items(scene: Scene) -> Iterator[Line]:
    """Each item with its due time, the next one first; before the approval, those to come."""
    picture, policy = scene.picture, scene.picture.policy
    rules_of = {rule.key: rule for rule in policy.tasks}
    items = {task.key: task.due_at for task in sorted(picture.tasks, key=lambda each: each.due_at)}
    if not picture.tasks:
        known = facts_of(picture)
        for rule in policy.tasks:
            due = task_due(policy, rule.key, picture)
            if rule.phase != Phase.FOLLOW_UP and due and applies(picture, rule, known):
                items[rule.key] = due
    for key, due in items.items():
        title = terms.task(scene.language, picture, key)
        said = scene.say("why", "due", task=title, when=scene.when(due))
        yield from _explained(scene, said, "task", key)
    moments = [rules_of[key].due for key in items if key in rules_of]
    yield from _noted(calendar_note(scene.language, unsure_due(picture, moments)))


def _noted(note: Text | None) -> Iterable[Line]:
    return [] if note is None else [Line(note)]


def _checks(scene: Scene) -> Iterator[Line]:
    policy, visit = scene.picture.policy, scene.visit
    for step in steps_for(policy, facts_of(scene.picture)):
        if step.message == "preparation_check":
            said = scene.when(step.at.offset.from_(visit.arrival, visit.timezone, policy.work_days))
            yield from _explained(scene, said, "step", step.key)
