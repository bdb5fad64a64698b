"""`/visit why V-…`: which rule of which file asked for what belongs to a visit."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePath

from models.facts import facts_of
from models.people import Reader
from models.permissions import Verb
from models.picture import VisitPicture
from models.policy.choose import steps_for
from models.policy.explain import Kind, explain
from models.policy.source import Source
from models.words import TaskState
from templates import rules, terms
from templates.blocks import Card
from templates.message import Message
from templates.scene import Scene
from templates.spending import SEES_MONEY
from templates.text import Text, guard, joined
from templates.views.details import SEES_BUDGET
from templates.why_spending import costs_why, exceptions_why
from templates.why_steps import coming_steps, until_outcome

_CAPS: tuple[Kind, ...] = ("lodging", "leisure", "gift")
_MOST = 12
"""So many lines of a kind are shown."""


def why_reply(
    reader: Reader, picture: VisitPicture, now: datetime, allowed: frozenset[Verb]
) -> Message:
    """Approvers, checks, caps, exceptions, costs, deadlines and steps of a visit, each with the
    table and key that asked for it. Caps and sums are for those who see them (R10.1)."""
    scene = Scene.of(reader, picture, now)
    title = scene.say("why", "title")
    card = Card()
    card.header(title)
    file = guard(PurePath(picture.policy.file).name)
    card.small(scene.say("why", "file", file=file, name=scene.language.own(picture.policy.title)))
    parts = {"level": _level(scene), "approvers": _approvers(scene), "checks": _checks(scene)}
    if SEES_BUDGET & allowed:
        parts["caps"] = _caps(scene)
    if SEES_MONEY & allowed:
        parts["exceptions"] = (_line(scene, *each) for each in exceptions_why(scene))
        parts["costs"] = (_line(scene, *each) for each in costs_why(scene))
    parts["deadlines"] = _deadlines(scene)
    parts["steps"] = (_line(scene, said, place) for said, place in coming_steps(scene))
    for name, lines in parts.items():
        shown = list(lines)
        if len(shown) > _MOST:
            more = scene.language.and_more(len(shown) - _MOST)
            shown = [*shown[:_MOST], more]
        if shown:
            card.text(joined("\n", [_heading(scene, name), *shown]))
    card.buttons(scene.details_button())
    return Message(title.fallback(), card.done())


def _heading(scene: Scene, name: str) -> Text:
    return scene.say("why", f"part_{name}")


def _level(scene: Scene) -> Iterator[Text]:
    found = rules.proposal(scene)
    name = scene.language.own(found.level.name)
    said = name if found.rule is None else Text(f"{name}, {rules.conditions(scene, found.rule)}")
    yield _line(scene, said, found.source)
    line = rules.overruled(scene)
    if line is not None:
        yield line
        if scene.visit.level_reason:
            yield scene.say("why", "level_reason", reason=guard(scene.visit.level_reason))


def _approvers(scene: Scene) -> Iterator[Text]:
    for step in scene.picture.approvals:
        yield from _explained(
            scene, terms.role(scene.language, step.role), "approver", str(step.role)
        )
    if any(step.escalate_to for step in scene.picture.approvals):
        hours = scene.picture.policy.escalation.hours(urgent=scene.visit.is_urgent)
        said = scene.say("why", "silence", hours=hours)
        yield from _explained(scene, said, "escalation")


def _checks(scene: Scene) -> Iterator[Text]:
    policy = scene.picture.policy
    for step in steps_for(policy, facts_of(scene.picture)):
        if step.message == "preparation_check":
            said = scene.when(
                step.at.offset.from_(
                    scene.visit.arrival, scene.visit.timezone, scene.picture.policy.country
                )
            )
            yield from _explained(scene, said, "step", step.key)


def _caps(scene: Scene) -> Iterator[Text]:
    for meal, words in rules.meal_caps(scene):
        yield from _explained(scene, words, "meal", meal)
    known = dict(rules.caps(scene))
    for kind in _CAPS:
        if kind in known:
            yield from _explained(scene, known[kind], kind)


def _deadlines(scene: Scene) -> Iterator[Text]:
    wanted = explain(scene.picture.policy, "lead_time", facts=facts_of(scene.picture))
    yield from (_line(scene, scene.say("why", "lead"), each.source) for each in wanted)
    for task in sorted(scene.picture.tasks, key=lambda each: each.due_at):
        if task.state != TaskState.DONE:
            title = terms.task_of(scene.language, scene.picture, task)
            said = scene.say("why", "due", task=title, when=scene.when(task.due_at))
            yield from _explained(scene, said, "task", task.key)
    for said, place in until_outcome(scene):
        yield _line(scene, said, place)


def _explained(scene: Scene, said: Text, kind: Kind, key: str = "") -> Iterable[Text]:
    found = explain(scene.picture.policy, kind, key, facts_of(scene.picture))
    return [_line(scene, said, each.source) for each in found]


def _line(scene: Scene, said: Text, place: Source) -> Text:
    table = f"[[{place.table}]] {place.entry}" if place.entry else f"[{place.table}]"
    rule = " ".join(part for part in (table if place.table else "", place.key) if part)
    line = place.line
    if line is None:
        return scene.say("why", "rule_default", said=said, rule=rule)
    return scene.say("why", "rule", said=said, rule=rule, line=str(line))
