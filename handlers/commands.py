"""`/visit` and its subcommands."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.escorts import invitations
from handlers.money import costs
from handlers.people import setup
from handlers.request import request_form
from handlers.signoff import exceptions
from handlers.slack.answers import Answer, Say
from handlers.slack.call import Call
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from services.reading import home, looks, standing
from services.reading.desk import Desk
from templates import commands
from templates.procedure.why import why_found, why_reply
from templates.request import replies

_NUMBER = re.compile(r"v-\d{4}-\d+", re.IGNORECASE)
_WORDS = {
    "新建": "new",
    "列表": "list",
    "查看": "show",
    "依据": "why",
    "例外": "exception",
    "费用": "cost",
    "邀请": "invite",
    "设置": "setup",
    "帮助": "help",
}


async def visit(call: Call) -> Answer:
    """`/visit new …`, `list`, `setup`, `help`, and for one visit `show V-…`, `why`, `invite`,
    `exception`, `cost`; a number alone is shown."""
    first, rest = _split(call.text)
    word = _WORDS.get(first, first.lower())
    match word:
        case "new":
            return await request_form.open_with(call, rest)
        case "list":
            return await list_visits(call)
        case "show":
            return await show(call, rest)
        case "why":
            return await why(call, rest)
        case "invite":
            return await invitations.open_by_number(call, rest)
        case "exception":
            return await _open(call, rest, exceptions.open_for, word)
        case "cost":
            return await _open(call, rest, costs.open_for, word)
        case "setup":
            return await setup.open_setup(call)
        case "" | "help":
            return await help_(call)
        case _ if _NUMBER.fullmatch(first):
            return await show(call, first)
        case _:
            return await help_(call, unknown=first)


async def help_(call: Call, unknown: str | None = None) -> Answer:
    """What each subcommand does."""
    allowed = await call.look(standing.allowed)
    return Say(commands.help_reply(call.reader, allowed, unknown))


async def list_visits(call: Call) -> Answer:
    """The open visits that the person may see."""
    pictures, now = await call.look(lambda desk: (home.visible_visits(desk), desk.now))
    return Say(replies.list_reply(call.reader, pictures, now))


async def show(call: Call, number: str) -> Answer:
    """One visit. What is not there and what is not theirs look alike."""
    if not number:
        return Say(commands.number_missing(call.reader, "show"))
    view, allowed, now = await _read(call, number)
    return Say(replies.show_reply(call.reader, view, now, allowed))


async def why(call: Call, rest: str) -> Answer:
    """Which rule of the procedure asked for what belongs to a visit; a word behind the number
    names a part or an item of it."""
    number, word = _split(rest)
    if not number:
        return Say(commands.number_missing(call.reader, "why"))
    view, allowed, now = await _read(call, number)
    if word.strip():
        return Say(why_found(call.reader, view, now, allowed, word))
    return Say(why_reply(call.reader, view, now, allowed))


async def _open(
    call: Call, number: str, form: Callable[[Call, int], Awaitable[Answer]], word: str
) -> Answer:
    """The form of a subcommand for one visit."""
    if not number:
        return Say(commands.number_missing(call.reader, word))
    view, _, _ = await _read(call, number)
    return await form(call, view.visit.id or 0)


async def _read(call: Call, number: str) -> tuple[VisitPicture, frozenset[Verb], datetime]:
    def read(desk: Desk) -> tuple[VisitPicture, frozenset[Verb], datetime]:
        found = looks.seen_visit(desk, number)
        view = looks.picture(desk.session, found.id or 0, desk.site)
        return view, standing.allowed(desk, found), desk.now

    return await call.look(read)


def _split(text: str) -> tuple[str, str]:
    parts = text.split(maxsplit=1)
    return (parts[0], parts[1]) if len(parts) > 1 else (text, "")
