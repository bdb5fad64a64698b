"""The account owner of a customer: proposed on the approver's card, changed by a form, told."""

from collections.abc import Mapping
from typing import Any

from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.message import Message, short
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, guard, mention


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


def proposal_short(scene: Scene) -> Text | None:
    """Whom an approval makes the owner of a customer who has none, in few words."""
    named, known = scene.visit.account_owner_id, scene.picture.customer.account_owner_id
    if named is None or known is not None:
        return None
    return scene.say("customers", "owner_proposed_short", who=mention(named))


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
    """That the reader has the customer from now on, or has it no longer; it says nothing of a
    visit, and is told without one."""
    return _changed(scene.language, scene.args)


def without_visit(kind: str, args: Mapping[str, Any], reader: Reader) -> Message | None:
    """The same: it belongs to no visit."""
    return _changed(Language(reader), args) if kind == "owner_changed" else None


def _changed(language: Language, args: Mapping[str, Any]) -> Message:
    to, by = args.get("to"), args.get("by")
    name = "owner_now_you" if language.reader.is_among([to]) else "owner_no_more"
    said = language.say(
        "customers",
        name,
        who=mention(str(by)) if by else language._("Somebody"),
        customer=guard(str(args.get("customer")), 120),
        number=guard(str(args.get("number"))),
    )
    return short(said)
