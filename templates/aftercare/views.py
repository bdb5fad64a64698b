"""The feedback form (R8.1)."""

from typing import Any

from models.base.limits import NOTES_LIMIT
from models.base.words import Intention
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording import terms


def feedback_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks for satisfaction (0 to 100), intention, suggestions and open questions."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    intentions = [(code, terms.intention(scene.language, code)) for code in Intention]
    card = Card()
    card.text(scene.say("forms", "feedback_intro"))
    open_hint = scene.say("forms", "open_questions_hint")
    return modal(
        ids.FEEDBACK_FORM,
        scene._("Feedback"),
        [
            *card.blocks,
            Asked(
                "satisfaction",
                scene._("Satisfaction"),
                ids.VALUE,
                hint=scene.say("forms", "satisfaction_hint"),
            ).number(0, 100),
            Asked("intention", scene._("Intention"), ids.VALUE).choice(intentions),
            Asked("suggestions", scene._("Suggestions"), ids.VALUE, optional=True).line(
                NOTES_LIMIT, many_lines=True
            ),
            Asked(
                "open_questions",
                scene._("Open questions"),
                ids.VALUE,
                optional=True,
                hint=open_hint,
            ).line(NOTES_LIMIT, many_lines=True),
        ],
        submit=scene._("Send"),
        close=scene._("Later"),
        meta=FormMeta(visit=scene.visit_id),
    )
