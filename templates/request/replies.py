"""Answers to commands and forms, shown to the person alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rapidfuzz import fuzz, process

from models.base.permissions import SEES_BUDGET, Verb
from models.base.words import Role
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.reading import beyond, facts, rules
from templates.request.card import fill, push
from templates.request.details import change_buttons
from templates.slack import ids
from templates.slack.blocks import Button, Card, few, rest
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined, mention

SUBCOMMANDS = ("new", "list", "show", "why", "invite", "exception", "cost", "setup", "help")
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


def list_reply(reader: Reader, pictures: Sequence[VisitPicture], now: datetime) -> Message:
    """Open visits, one line each, with a button to open it."""
    language = Language(reader, now)
    card = Card()
    if not pictures:
        said = language.say("replies", "list_none")
        card.text(said)
        card.buttons(Button(ids.NEW_VISIT, language._("New visit"), "-", "primary"))
        return Message(said.fallback(), card.done())
    title = language.say("replies", "list_title", count=len(pictures))
    card.header(title)
    shown = few(card, pictures, size=2)
    for picture in shown:
        scene = Scene.of(reader, picture, now)
        card.text(visit_line(scene), scene.details_button())
    rest(card, language, pictures, shown)
    return Message(title.fallback(), card.done())


def visit_line(scene: Scene) -> Text:
    """One visit in two lines: what and where it stands, when and who."""
    picture = scene.picture
    status = terms.status(scene.language, picture)
    sign = terms.STATUS_SIGNS[picture.status]
    urgent = "🔴 " if facts.urgency(scene) else ""
    head = Text(f"{urgent}*{scene.title}* · {sign} {status}")
    return Text(f"{head}\n{joined(' · ', [scene.arrival, facts.people_count(scene)])}")


def show_reply(
    reader: Reader, picture: VisitPicture, now: datetime, allowed: frozenset[Verb]
) -> Message:
    """One visit, with the buttons for what this person may do."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    card.header(scene.title)
    fill(scene, card, with_budget=bool(SEES_BUDGET & allowed))
    card.buttons(scene.details_button(), *change_buttons(scene, allowed))
    return Message(push(scene), card.done())


def submitted_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    missing_roles: Sequence[Role] = (),
    *,
    is_repeat: bool = False,
) -> Message:
    """The visit's number, at once, and who is asked to approve."""
    scene = Scene.of(reader, picture, now)
    said = scene.say("replies", "repeated" if is_repeat else "submitted", when=scene.arrival)
    card = Card()
    card.text(said)
    card.text(facts.urgency(scene))
    step = picture.pending_step
    people = picture.deciders(step) if step is not None else []
    if people and not is_repeat:
        asked = scene.language.people(people, 4)
        card.text(scene.say("replies", "submitted_asked", people=asked))
    card.text(rules.overruled_line(scene))
    card.text(beyond.unasked(scene))
    _missing(scene.language, card, missing_roles)
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def changed_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    asked_again: bool,
    missing_roles: Sequence[Role] = (),
) -> Message:
    """That a change is saved, and whether approvers are asked again (R3.2)."""
    scene = Scene.of(reader, picture, now)
    said = scene.say("replies", "saved", when=scene.arrival)
    card = Card()
    card.text(said)
    card.text(facts.urgency(scene))
    card.text(rules.overruled_line(scene))
    card.text(beyond.unasked(scene))
    if asked_again:
        card.text(scene.say("replies", "saved_again"))
    _missing(scene.language, card, missing_roles)
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def roles_reply(reader: Reader, holders: Mapping[str, Sequence[str]]) -> Message:
    """Who holds which role now."""
    language = Language(reader)
    said = language.say("replies", "roles_saved")
    nobody = language.say("replies", "roles_nobody")
    lines = [
        Text(f"*{terms.role(language, role)}*{language.colon}{people}")
        for role, people in (
            (role, language.people(list(holders.get(role, ())), 10) or nobody) for role in Role
        )
    ]
    card = Card()
    card.text(said)
    card.text(joined("\n", lines))
    return Message(said.fallback(), card.done())


def number_missing(reader: Reader, word: str) -> str:
    """A subcommand for one visit without its number."""
    example = Text(f"`/visit {word} V-2026-0001`")
    return Language(reader).say("replies", "number_missing", example=example).mrkdwn()


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


def still_working_words(reader: Reader) -> str:
    """Slack's three seconds are nearly over, the work is not."""
    return Language(reader).say("replies", "still_working").mrkdwn()


def done_reply(reader: Reader) -> str:
    """It is done, and shows elsewhere."""
    return Language(reader).say("replies", "done").mrkdwn()


def _missing(language: Language, card: Card, roles: Sequence[Role]) -> None:
    if roles:
        named = joined(language.comma, [terms.role(language, role) for role in roles])
        card.text(language.say("replies", "missing_role", roles=named))


def _bare(word: str) -> str:
    return " ".join(word.split())[:40]
