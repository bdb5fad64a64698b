"""The account owner of a customer: proposed on the approver's card, changed by a form, told."""

from typing import Any

from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.message import Message
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import Text, mention


def proposal_line(scene: Scene) -> Text | None:
    """What an approval means for who has the customer; None where the visit names the one whom the
    customer has, or nobody."""
    picture = scene.picture
    named, known = picture.visit.account_owner_id, picture.customer.account_owner_id
    if named is None or named == known:
        return None
    if known is None:
        return scene.say("customers", "owner_proposed", who=mention(named))
    return scene.say("customers", "owner_here", who=mention(named), known=mention(known))


def owner_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks who has the customer from now on."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(scene.say("customers", "owner_intro"))
    asked = Asked(ids.ACCOUNT_OWNER, scene._("Account owner"), ids.VALUE)
    return modal(
        ids.OWNER_FORM,
        scene._("Account owner"),
        [*card.blocks, asked.person(picture.customer.account_owner_id)],
        submit=scene._("Save"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id),
    )


def owner_changed(scene: Scene) -> Message:
    """That the reader has the customer from now on, or has it no longer."""
    to, by = scene.args.get("to"), scene.args.get("by")
    name = "owner_now_you" if scene.reader.is_among([to] if to else []) else "owner_no_more"
    said = scene.say("customers", name, who=mention(str(by)) if by else scene._("Somebody"))
    card = Card()
    card.text(said)
    return Message(said.fallback(), card.done())
