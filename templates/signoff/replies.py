"""Answers to whoever asks for an exception."""

from collections.abc import Sequence
from datetime import datetime

from models.base.words import Matter
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.money import lines
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import joined


def exception_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    exception_id: int | None,
    missing_roles: Sequence[str] = (),
    *,
    is_repeat: bool = False,
) -> Message:
    """That an exception is asked for, and who decides."""
    scene = Scene.of(reader, picture, now)
    asked = next(each for each in picture.exceptions if each.id == exception_id)
    amount = facts.money(scene, asked.amount) if asked.amount is not None else None
    what = joined(scene.language.apposition, [lines.exception_name(scene, asked), amount])
    said = scene.say("exceptions", "asked_before" if is_repeat else "asked", what=what)
    card = Card()
    card.text(said)
    chain = picture.chain(Matter.EXCEPTION, exception_id)
    step = chain.pending if chain is not None else None
    people = picture.deciders(step) if step is not None else []
    if people:
        shown = scene.language.people(people, 4)
        card.text(scene.say("exceptions", "asked_people", people=shown))
    if missing_roles:
        names = [terms.role(scene.language, role) for role in missing_roles]
        roles = joined(scene.language.comma, names)
        card.text(scene.say("replies", "missing_role", roles=roles))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())
