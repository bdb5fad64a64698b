"""What is said while the visit notice is filled."""

from collections.abc import Sequence
from datetime import datetime

from models.reading.notice import completeness
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.reading.notice_lines import (
    completeness_line,
    dearer_line,
    holding_line,
    missing_lines,
    names,
)
from templates.reading.notice_lines import shown as shown_value
from templates.reading.notice_terms import label
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import Text, joined


def saved_reply(
    reader: Reader, picture: VisitPicture, now: datetime, fields: Sequence[str]
) -> Message:
    """What was saved, and what is missing still."""
    scene = Scene.of(reader, picture, now)
    labels = joined(scene.language.comma, [label(scene.language, key) for key in fields])
    said = scene.say("notice", "saved", fields=labels) if fields else None
    said = said or scene.say("notice", "nothing_new")
    card = Card()
    card.text(said)
    card.text(joined("\n", [completeness_line(scene), missing_lines(scene)]) or None)
    dearer = dearer_line(scene)
    card.text(dearer)
    ask = scene.visit_button(ids.ASK_EXCEPTION, scene._("Ask for an exception"))
    card.buttons(
        ask if dearer else None, scene.visit_button(ids.SHOW_NOTICE, scene._("Visit notice"))
    )
    return Message(said.fallback(), card.done())


def overtaken_words(
    reader: Reader, picture: VisitPicture, now: datetime, fields: Sequence[str]
) -> str:
    """What somebody else has entered meanwhile in the fields that both have changed."""
    scene = Scene.of(reader, picture, now)
    theirs = [
        Text(f"{label(scene.language, key)}{scene.language.colon}{_value(scene, key)}")
        for key in fields
    ]
    return scene.say("notice", "overtaken", theirs=joined(" · ", theirs))


def notice_missing(scene: Scene) -> Message | None:
    """What is still missing of the reader, until when; nothing once it is all there."""
    mine = [
        each
        for each in completeness(scene.picture).missing
        if scene.reader.is_among(list(each.people))
    ]
    if not mine or scene.is_over:
        return None
    head = scene.say("notice", "asked_missing", fields=names(scene, mine))
    until = scene.say(
        "notice", "asked_missing_until", when=scene.when(min(each.due for each in mine))
    )
    waits = holding_line(scene) is not None and any(each.before_approval for each in mine)
    card = Card()
    why = scene.say("notice", "asked_for_approval") if waits else None
    card.text(joined("\n", [head, joined(" ", [until, why])]))
    card.buttons(scene.visit_button(ids.SHOW_NOTICE, scene._("Fill in")), scene.details_button())
    return Message(head.fallback(), card.done())


def _value(scene: Scene, key: str) -> Text:
    value = scene.picture.notice.get(key)
    return shown_value(scene, key, value) if value is not None else Text("–")
