"""Answers about the command itself: help, and what is missing behind a word."""

from rapidfuzz import fuzz, process

from models.base.permissions import Verb
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.wording.language import Language
from templates.wording.text import joined

SUBCOMMANDS = (
    "new",
    "list",
    "show",
    "guests",
    "customer",
    "why",
    "invite",
    "exception",
    "cost",
    "setup",
    "help",
)


_NEAR_ENOUGH = 60


def help_reply(reader: Reader, allowed: frozenset[Verb], unknown: str | None = None) -> Message:
    """What each subcommand does; `unknown` is a word that was no subcommand."""
    language = Language(reader)
    card = Card()
    title = language.say("replies", "help_title")
    if unknown:
        near = process.extractOne(
            unknown, SUBCOMMANDS, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
        )
        name = "unknown_nearest" if near else "unknown"
        nearest = near[0] if near else ""
        said = language.say("replies", name, word=_bare(unknown), nearest=nearest)
        card.text(said)
        title = said
    else:
        card.header(title)
    shown = [name for name in SUBCOMMANDS if name != "setup" or Verb.SET_ROLES in allowed]
    lines = [language.say("replies", f"help_{name}") for name in shown]
    card.text(joined("\n", lines))
    card.small(language.say("replies", "help_home"))
    card.buttons(Button(ids.NEW_VISIT, language._("New visit"), "-", "primary"))
    return Message(title.fallback(), card.done())


def _bare(word: str) -> str:
    return " ".join(word.split())[:40]
