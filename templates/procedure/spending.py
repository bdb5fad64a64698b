"""Which rules asked for the deciders of exceptions, and held the costs of a visit."""

from collections.abc import Iterator

from models.base.words import CostKind
from models.policy.explain import Kind, explain
from models.policy.source import Source, source
from models.reading.facts import facts_of
from models.records.exception import ExceptionRequest
from models.records.money import LedgerLine
from templates.money import lines
from templates.reading import facts
from templates.slack.scene import Scene
from templates.wording.text import Text, joined

_KINDS: dict[str, Kind] = {
    CostKind.MEALS: "meal",
    CostKind.LODGING: "lodging",
    CostKind.LEISURE: "leisure",
    CostKind.GIFT: "gift",
}


def exceptions_why(scene: Scene) -> Iterator[tuple[Text, Source]]:
    """Each exception as it stands, newest first, with the rules that named its deciders (R2.2)."""
    for exception in reversed(scene.picture.exceptions):
        said = lines.exception_line(scene, exception)
        for place in _deciders(scene, exception):
            yield said, place


def costs_why(scene: Scene) -> Iterator[tuple[Text, Source]]:
    """Each cost that has a cap, with the rule of that cap; then how overspend is shared (R2.3)."""
    policy = scene.picture.policy
    for cost in reversed(scene.picture.costs):
        place = _cap(scene, cost)
        if place is not None:
            amount = facts.money(scene, cost.amount)
            name = f"{lines.cost_name(scene, cost)}{scene.language.colon}{amount}"
            parts = [Text(name), lines.held_words(scene, cost)]
            yield joined(scene.language.comma, parts), place
    if any(cost.over for cost in scene.picture.costs):
        yield scene.say("why", "overspend"), source(policy, "overspend.shares")


def _deciders(scene: Scene, exception: ExceptionRequest) -> list[Source]:
    steps = scene.picture.exception_steps(exception.id)
    paths = [f"{why}.{key}.approvers" for step in steps for why, key in step.reasons]
    return [source(scene.picture.policy, path) for path in dict.fromkeys(paths)]


def _cap(scene: Scene, cost: LedgerLine) -> Source | None:
    policy = scene.picture.policy
    if cost.held_by == "budget":
        return source(policy, "approval")
    if cost.allowed is None or cost.what not in _KINDS:
        return None
    found = explain(policy, _KINDS[cost.what], cost.item or "", facts_of(scene.picture))
    return next((each.source for each in found), None)
