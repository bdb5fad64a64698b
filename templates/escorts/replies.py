"""Answers to whoever invites leaders."""

from collections.abc import Sequence
from datetime import datetime

from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import joined, mention


def invited_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    asked: Sequence[str],
    already: Sequence[str],
) -> Message:
    """Who has been asked to attend, and who takes part or was asked before."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    said = []
    for name, people in (("invited", asked), ("invited_already", already)):
        if people:
            said.append(scene.say("escorts", name, people=scene.language.people(list(people))))
            card.text(said[-1])
    card.buttons(scene.details_button())
    return Message(joined("\n", said).fallback(), card.done())


def withdrawn_reply(reader: Reader, picture: VisitPicture, invitation_id: int) -> str:
    """Who is asked to attend no longer."""
    found = picture.invitation(invitation_id)
    who = mention(found.user_id) if found is not None else ""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    return scene.say("escorts", "withdrawn_said", who=who).mrkdwn()
