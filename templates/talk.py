"""Answers to what people write to Usher in words of their own."""

from dataclasses import replace
from datetime import datetime

from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.request.replies import show_reply
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.wording.language import Language
from templates.wording.text import guard

_LONGEST_VALUE = 2000


def form_reply(reader: Reader, words: str, post: str) -> Message:
    """What was asked for needs a form, which a click opens; `words` are those behind `/visit`,
    `post` is a dumped PostRef of what was written."""
    language = Language(reader)
    first, _, rest = words.partition(" ")
    is_new = first.lower() in {"new", "新建"}
    name = "form_new" if is_new and rest else "form"
    said = language.say("talk", name, words=guard(rest, 200))
    label = language._("New visit") if is_new else language._("Open the form")
    card = Card()
    card.text(said)
    card.buttons(
        Button(ids.SAY, label, words[:_LONGEST_VALUE], "primary"),
        Button(ids.ADD_TO_VISIT, language._("Add to a visit"), post) if rest else None,
    )
    return Message(said.fallback(), card.done())


def named_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    allowed: frozenset[Verb],
    post: str | None,
) -> Message:
    """The visit that was named; with a PostRef (dumped), what was written can be added to it."""
    shown = show_reply(reader, picture, now, allowed)
    if post is None:
        return shown
    language = Language(reader)
    card = Card()
    card.small(language.say("talk", "keep"))
    card.buttons(Button(ids.ADD_TO_VISIT, language._("Add to the visit"), post))
    return replace(shown, blocks=[*shown.blocks, *card.done()])


def again_reply(reader: Reader, action_id: str, value: str) -> Message:
    """Slack did not wait for the form; the same again by a new click. Without a value it is to be
    pressed again where it was."""
    language = Language(reader)
    said = language.say("talk", "again")
    card = Card()
    card.text(said)
    again = Button(action_id, language._("Try again"), value[:_LONGEST_VALUE], "primary")
    card.buttons(again if value else None)
    return Message(said.fallback(), card.done())
