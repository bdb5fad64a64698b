"""The figures of a month (R11.1), as a short list."""

from collections.abc import Mapping
from typing import Any

from models.measures.figures import Figure, Figures
from models.records.people import Reader
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, joined


def monthly_figures(scene: Scene) -> Message | None:
    """The figures that are given; nothing for a month without a visit."""
    return _message(scene.language, scene.args.get("figures"))


def without_visit(kind: str, args: Mapping[str, Any], reader: Reader) -> Message | None:
    """The same: it belongs to no visit."""
    return _message(Language(reader), args.get("figures")) if kind == "monthly_figures" else None


def _message(language: Language, found: Figures | None) -> Message | None:
    if found is None:
        return None
    month = language.month(found.month)
    said = [(language._("Visits held"), language.inert(found.visits))]
    for figure in found.figures:
        words = _said(language, figure)
        if words is not None:
            said.append((language.own(figure.measure.name), words))
    lines = [language.say("figures", "line", name=name, said=words) for name, words in said]
    card = Card()
    card.text(language.say("figures", "title", month=month))
    card.text(joined("\n", lines))
    push = language.say("figures", "push", month=month, count=found.visits)
    return Message(push.fallback(), card.done())


def _said(language: Language, figure: Figure) -> Text | None:
    """What a measure comes to; None where there was nothing to measure."""
    is_points = figure.measure.key == "satisfaction"
    if figure.value is None:
        return language.say("figures", "no_feedback") if is_points else None
    facts = {"value": figure.value, "part": figure.part, "of": figure.of}
    said = language.say("figures", "points" if is_points else "share", **facts)
    if figure.is_open:
        said = language.say("figures", "so_far", said=said)
    return language.say("figures", "excellent", said=said) if figure.is_excellent else said
