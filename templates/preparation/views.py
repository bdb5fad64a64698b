"""A problem with an item, and handing an item over (R5)."""

from collections.abc import Sequence
from typing import Any

from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.records.preparation import Task
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.message import Message, short
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language

PROBLEM_LIMIT = 1000


def problem_form(reader: Reader, picture: VisitPicture, task: Task) -> dict[str, Any]:
    """Asks what does not work out."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    item = terms.task_of(scene.language, picture, task)
    card = Card()
    card.text(scene.say("forms", "problem_intro", item=item))
    placeholder = scene.say("forms", "problem_placeholder")
    asked = Asked(ids.PROBLEM, scene._("Problem"), ids.VALUE, placeholder=placeholder)
    return modal(
        ids.PROBLEM_FORM,
        scene._("Problem"),
        [*card.blocks, asked.line(PROBLEM_LIMIT, many_lines=True)],
        submit=scene._("Report"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, task=task.id),
    )


def hand_over_form(reader: Reader, picture: VisitPicture, task: Task) -> dict[str, Any]:
    """Asks who takes an item over."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    item = terms.task_of(scene.language, picture, task)
    card = Card()
    card.text(scene.say("forms", "hand_over_intro", item=item))
    return modal(
        ids.HAND_OVER_FORM,
        scene._("Hand over"),
        [*card.blocks, Asked(ids.OWNER, scene._("New owner"), ids.VALUE).person()],
        submit=scene._("Hand over"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, task=task.id),
    )


def reminded_reply(reader: Reader, people: Sequence[str]) -> Message:
    """Whom the reminder went to."""
    language = Language(reader)
    said = language.say("preparation", "reminded", people=language.people(list(people)))
    return short(said)
