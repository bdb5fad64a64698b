"""What people write to Usher: what they ask for is answered as `/visit` answers it, a visit that
they name is shown, all else is offered to be kept. A form needs a click: it gets a button."""

from collections.abc import Mapping
from typing import Any

from handlers import commands, finding, home
from handlers.keeping import arrivals
from handlers.slack import answers
from handlers.slack.answers import Answer, Say
from handlers.slack.call import Call
from handlers.slack.posts import is_from_a_person, words_of
from handlers.talk.words import OPEN_THINGS, asked, number_in
from models.base.errors import DomainError, VisitNotFound
from models.reading.finding import Found
from services.reading import standing
from templates.finding import list_reply
from templates.slack.metadata import PostRef
from templates.talk import form_reply, named_reply

_NAME_LENGTH = 40
"""Longer than this nobody writes who only names a visit."""


async def written(call: Call) -> Answer:
    """Somebody wrote to the bot. What stands in channels is for people."""
    if call.event.get("channel_type") == "im":
        await _answer(call)
    return None


async def mentioned(call: Call) -> Answer:
    """Somebody named the bot in a channel: they are answered by themselves."""
    await _answer(call)
    return None


async def _answer(call: Call) -> None:
    event = call.event
    if not is_from_a_person(event):
        return
    said = await _said(call, words_of(str(event.get("text") or ""), {}), event)
    if said is None:
        await arrivals.offer(call)
    elif call.edge.heard.is_new(_channel(event), str(event["ts"])):
        await answers.tell(call, said.words)


async def _said(call: Call, text: str, event: Mapping[str, Any]) -> Say | None:
    """The answer to what is asked for; None where that is nothing that can be done."""
    if event.get("files"):
        return None
    words = asked(text, commands.WORDS)
    try:
        if words is None:
            return await _named(call, text, event)
        if words == OPEN_THINGS:
            return await home.open_things(call)
        if commands.opens_form(words):
            await call.look(standing.allowed)  # so that the person's language is known
            return Say(form_reply(call.reader, words, _post(event).dump()))
        answer = await commands.run(call, words)
    except DomainError as refused:
        answer = answers.refusal(call, refused)
    return answer if isinstance(answer, Say) else None


async def _named(call: Call, text: str, event: Mapping[str, Any]) -> Say | None:
    """The visit that is named by its number in a sentence, or by number or name alone."""
    number = number_in(text)
    is_alone = len(text) <= _NAME_LENGTH and "\n" not in text
    if number is None and (not is_alone or not text.strip()):
        return None
    try:
        meant = await finding.meant(call, number or text)
        if isinstance(meant, Found):
            return Say(list_reply(call.reader, meant))
        view, allowed, now = await commands.read(call, meant)
    except VisitNotFound:
        if number is None:
            return None
        raise
    post = _post(event, view.visit.id)
    is_bare = number is not None and len(text.strip()) <= len(number) + 1
    carried = None if is_bare else post.dump()
    return Say(named_reply(call.reader, view, now, allowed, carried))


def _post(event: Mapping[str, Any], visit: int | None = None) -> PostRef:
    thread = str(event["thread_ts"]) if event.get("thread_ts") else None
    return PostRef(_channel(event), str(event["ts"]), thread, visit)


def _channel(event: Mapping[str, Any]) -> str:
    return str(event.get("channel") or "")
