"""Inviting leaders, and a leader who cannot come (R4.5)."""

from typing import Any

from models.escorts.ranks import suggested
from models.reading.picture import VisitPicture
from models.records.escorts import Invitation
from models.records.people import Reader
from templates.reading import attending
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import mention

REASON_LIMIT = 1000


def invite_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks whom to invite: the ranks that the procedure wants stand above, whoever it suggests is
    chosen already, and anybody else may be."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(attending.rank_lines(scene))
    card.text(attending.grade_line(scene, in_full=True))
    card.text(attending.leaders_line(scene))
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
    reader: Reader,
    picture: VisitPicture,
    invitation: Invitation,
    substitute: str | None,
    *,
    is_told: bool = False,
) -> dict[str, Any]:
    """Asks a leader why they cannot, and who might go instead; they need say neither, but for the
    reason once the guests were told that they come (D12)."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(scene.say("escorts", "cannot_intro_told" if is_told else "cannot_intro"))
    reason = Asked(ids.REASON, scene._("Reason"), ids.VALUE, optional=not is_told)
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


def withdraw_form(reader: Reader, picture: VisitPicture, invitation: Invitation) -> dict[str, Any]:
    """Asks why a leader does not come of whom the guests were told that they do (D12)."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(scene.say("escorts", "withdraw_intro", who=mention(invitation.user_id)))
    reason = Asked(ids.REASON, scene._("Reason"), ids.VALUE)
    return modal(
        ids.WITHDRAW_FORM,
        scene._("Withdraw"),
        [*card.blocks, reason.line(REASON_LIMIT, many_lines=True)],
        submit=scene._("Withdraw"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, invitation=invitation.id, turn=invitation.turn),
    )
