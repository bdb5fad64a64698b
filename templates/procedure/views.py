"""The rules behind a visit, whole: one part of them, or all."""

from datetime import datetime
from typing import Any

from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.procedure.parts import PARTS, parts
from templates.procedure.said import shown
from templates.procedure.why import EVERYTHING, heading, paragraphs, procedure_line
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Card
from templates.slack.modal import modal
from templates.slack.scene import Scene


def why_view(
    reader: Reader,
    picture: VisitPicture,
    part: int,
    now: datetime,
    allowed: frozenset[Verb],
) -> dict[str, Any]:
    """A modal to read: the lines of one part (its number in `PARTS`, from 1), or of all
    (`EVERYTHING`, and any other number). What is beyond Slack's hundred blocks is counted."""
    scene = Scene.of(reader, picture, now)
    found = parts(scene, allowed)
    name = PARTS[part - 1] if EVERYTHING < part <= len(PARTS) else None
    wanted = [name] if name is not None else list(found)
    card = Card(VIEW_BLOCKS)
    card.small(scene.title)
    card.small(procedure_line(scene, allowed))
    left = 0
    for each in wanted:
        lines = [heading(scene, each), *shown(scene, found.get(each, []), allowed)]
        for paragraph in paragraphs(lines):
            if card.room > 1:
                card.text(paragraph)
            else:
                left += paragraph.count("\n") + 1
    if left:
        card.small(scene.language.and_more(left))
    return modal(ids.WHY_VIEW, scene._("Why"), card.blocks, close=scene._("Close"))
