"""The lines of the etiquette cards that apply to one person (P07)."""

from collections.abc import Sequence
from typing import Any

from models.policy.base import LongText
from models.policy.etiquette import Card as EtiquetteCard
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Card
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined

_LINE = 600
_PARAGRAPH = 2500
"""Characters of lines in one block; Slack takes 3,000, and escapes make them longer."""


def etiquette_view(
    reader: Reader, picture: VisitPicture, cards: Sequence[EtiquetteCard]
) -> dict[str, Any]:
    """A modal to read: each card's title and lines."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card(VIEW_BLOCKS)
    card.small(scene.title)
    for each in cards:
        card.header(scene.language.own(each.title))
        lines = [Text(f"• {_words(scene, line)}") for line in each.lines]
        for paragraph in _paragraphs(lines):
            card.text(paragraph)
    return modal(ids.ETIQUETTE_VIEW, scene._("Etiquette"), card.blocks, close=scene._("Close"))


def _words(scene: Scene, line: LongText) -> Text:
    return guard(line.in_(scene.language.locale), _LINE)


def _paragraphs(lines: Sequence[Text]) -> list[Text]:
    """The lines in as few blocks as have room for them."""
    found: list[list[Text]] = [[]]
    for line in lines:
        if found[-1] and sum(map(len, found[-1])) + len(line) > _PARAGRAPH:
            found.append([])
        found[-1].append(line)
    return [joined("\n", part) for part in found]
