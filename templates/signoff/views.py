"""Why a request is declined, which changes are asked for, who decides in one's place (R3.1)."""

from typing import Any

from models.base.words import StepState
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.records.signoff import ApprovalStep
from templates.money import lines
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene

COMMENT_LIMIT = 1000


def decision_form(
    reader: Reader, picture: VisitPicture, step: ApprovalStep, decision: StepState
) -> dict[str, Any]:
    """Asks for the reason of a decline, or for the changes wanted."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    declines = decision == StepState.DECLINED
    card = Card()
    if lines.asked_by_step(scene, step.id) is not None:
        what = lines.of_step(scene, step)
        card.text(scene.say("exceptions", "decline_intro", what=what))
    else:
        card.text(scene.say("forms", "decline_intro" if declines else "changes_intro"))
    label = scene._("Reason") if declines else scene._("What is to be changed")
    asked = Asked(ids.COMMENT, label, ids.VALUE)
    return modal(
        ids.DECISION_FORM,
        scene._("Decline") if declines else scene._("Ask for changes"),
        [*card.blocks, asked.line(COMMENT_LIMIT, many_lines=True)],
        submit=scene._("Decline") if declines else scene._("Send"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, step=step.id, decision=str(decision)),
    )


def delegation_form(reader: Reader, picture: VisitPicture, step: ApprovalStep) -> dict[str, Any]:
    """Asks who is to decide in the reader's place."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    rule = picture.policy.approval.delegation
    card = Card()
    name = "delegate_named" if isinstance(rule, list) else f"delegate_{rule}"
    card.text(scene.say("forms", name))
    if isinstance(rule, list):
        card.text(scene.language.people(rule, 6))
    to = Asked(ids.DELEGATE_TO, scene._("To whom"), ids.VALUE)
    why = Asked(ids.REASON, scene._("Reason"), ids.VALUE, optional=True)
    return modal(
        ids.DELEGATE_FORM,
        scene._("Delegate"),
        [*card.blocks, to.person(None), why.line(COMMENT_LIMIT, many_lines=True)],
        submit=scene._("Delegate"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, step=step.id),
    )
