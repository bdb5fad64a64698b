"""`/visit` and its subcommands."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers import finding
from handlers.customers import file as customer_file
from handlers.escorts import invitations
from handlers.money import costs
from handlers.people import setup
from handlers.request import guests, request_form
from handlers.signoff import exceptions
from handlers.slack.answers import Answer, Say
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.reading.finding import Found, typed
from models.reading.picture import VisitPicture
from services.reading import looks, standing
from services.reading.desk import Desk
from templates import commands
from templates.finding import list_reply
from templates.procedure.why import why_found, why_reply
from templates.request import replies

_NUMBER = re.compile(r"v-\d{4}-\d+", re.IGNORECASE)
_CHINESE = {
    "新建": "new",
    "列表": "list",
    "查看": "show",
    "依据": "why",
    "来宾": "guests",
    "客户": "customer",
    "特批": "exception",
    "例外": "exception",  # as it was called
    "费用": "cost",
    "邀请": "invite",
    "设置": "setup",
    "帮助": "help",
}
WORDS = frozenset(commands.SUBCOMMANDS) | frozenset(_CHINESE)
"""What a command may begin with, in both languages."""
_FORMS = {"new", "guests", "customer", "setup", "invite", "exception", "cost"}


async def visit(call: Call) -> Answer:
    """`/visit new …`, `list`, `setup`, `help`, and for one visit `show V-…`, `why`, `invite`,
    `exception`, `cost`; a number alone is shown."""
    return await run(call, call.text)


async def pressed(call: Call) -> Answer:
    """The same by a button that carries the words."""
    return await run(call, call.value)


def opens_form(words: str) -> bool:
    """Whether these words behind `/visit` lead to a form, which only a click can open."""
    return _word(_split(words)[0]) in _FORMS


async def run(call: Call, words: str) -> Answer:
    """Do what the words behind `/visit` say."""
    first, rest = _split(words)
    match _word(first):
        case "new":
            return await request_form.open_with(call, rest)
        case "list":
            return await finding.list_visits(call, rest)
        case "show":
            return await show(call, rest)
        case "why":
            return await why(call, rest)
        case "guests":
            return await _open(call, rest, guests.open_guests)
        case "customer":
            return await customer_file.open_named(call, rest)
        case "invite":
            return await _open(call, rest, invitations.open_for)
        case "exception":
            return await _open(call, rest, exceptions.open_for)
        case "cost":
            return await _open(call, rest, costs.open_for)
        case "setup":
            return await setup.open_setup(call)
        case "" | "help":
            return await help_(call)
        case word if _NUMBER.fullmatch(word):
            return await show(call, first)
        case _:
            return await help_(call, unknown=first)


async def help_(call: Call, unknown: str | None = None) -> Answer:
    """What each subcommand does."""
    allowed = await call.look(standing.allowed)
    return Say(commands.help_reply(call.reader, allowed, unknown))


async def show(call: Call, words: str) -> Answer:
    """One visit, or those that the words may mean."""
    meant = await finding.meant(call, words)
    if isinstance(meant, Found):
        return Say(list_reply(call.reader, meant))
    view, allowed, now = await read(call, meant)
    return Say(replies.show_reply(call.reader, view, now, allowed))


async def why(call: Call, rest: str) -> Answer:
    """Which rule of the procedure asked for what belongs to a visit; a word behind the number
    names a part or an item of it."""
    words, word = _split(rest)
    meant = await finding.meant(call, words)
    if isinstance(meant, Found):
        return Say(list_reply(call.reader, meant))
    view, allowed, now = await read(call, meant)
    if word.strip():
        return Say(why_found(call.reader, view, now, allowed, word))
    return Say(why_reply(call.reader, view, now, allowed))


async def _open(call: Call, words: str, form: Callable[[Call, int], Awaitable[Answer]]) -> Answer:
    """The form of a subcommand for one visit."""
    meant = await finding.meant(call, words)
    if isinstance(meant, Found):
        return Say(list_reply(call.reader, meant))
    return await form(call, meant)


async def read(call: Call, visit: int) -> tuple[VisitPicture, frozenset[Verb], datetime]:
    """One visit, and what the person may do with it now."""

    def look(desk: Desk) -> tuple[VisitPicture, frozenset[Verb], datetime]:
        view = looks.picture(desk.session, visit, desk.site)
        return view, standing.allowed(desk, view.visit), desk.now

    return await call.look(look, Verb.SEE, About(visit=visit))


def _word(first: str) -> str:
    """The subcommand that a word is, however it is dressed, or the word."""
    plain = typed(first).lower()
    return _CHINESE.get(plain, plain)


def _split(text: str) -> tuple[str, str]:
    parts = text.split(maxsplit=1)
    return (parts[0], parts[1]) if len(parts) > 1 else (text, "")
