"""Inviting leaders, and a leader who cannot come (R4.5)."""

from typing import Any

from models.escorts import suggested
from models.invitation import Invitation
from models.people import Reader
from models.picture import VisitPicture
from templates import escorts, ids
from templates.blocks import Card
from templates.metadata import FormMeta
from templates.scene import Scene
from templates.views.inputs import Asked
from templates.views.modal import modal

REASON_LIMIT = 1000


def invite_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks whom to invite: the ranks that the procedure wants stand above, whoever it suggests is
    chosen already, and anybody else may be."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(escorts.rank_lines(scene))
    card.text(escorts.grade_line(scene, in_full=True))
    card.text(escorts.leaders_line(scene))
    hint = scene.say("escorts", "invite_hint")
    asked = Asked(ids.PEOPLE, scene._("Whom to invite"), ids.VALUE, hint=hint)
    return modal(
        ids.INVITE_FORM,
        scene._("Invite leaders"),
        [*card.blocks, asked.persons(suggested(picture))],
        submit=scene._("Invite"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id),
    )


def cannot_attend_form(
    reader: Reader, picture: VisitPicture, invitation: Invitation, substitute: str | None
) -> dict[str, Any]:
    """Asks a leader why they cannot, and who might go instead; they need say neither."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(scene.say("escorts", "cannot_intro"))
    reason = Asked(ids.REASON, scene._("Reason"), ids.VALUE, optional=True)
    hint = scene.say("escorts", "substitute_hint")
    instead = Asked(ids.SUBSTITUTE, scene._("Who instead"), ids.VALUE, optional=True, hint=hint)
    return modal(
        ids.CANNOT_ATTEND_FORM,
        scene._("I cannot"),
        [
            *card.blocks,
            reason.line(REASON_LIMIT, many_lines=True),
            instead.person(substitute),
        ],
        submit=scene._("Send"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, invitation=invitation.id, turn=invitation.turn),
    )
