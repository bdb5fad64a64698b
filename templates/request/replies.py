"""Answers to commands and forms, shown to the person alone."""

from collections.abc import Sequence
from datetime import datetime

from models.base.permissions import SEES_BUDGET, Verb
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.reading import beyond, facts, rules
from templates.reading.clashes import clash_lines
from templates.reading.notice_lines import holding_line
from templates.request.card import fill, push
from templates.request.details import change_buttons
from templates.request.read_back import read_back_line
from templates.slack.blocks import Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined


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
    fill(
        scene,
        card,
        with_budget=bool(SEES_BUDGET & allowed),
        with_words=Verb.READ_WORDS in allowed,
    )
    card.buttons(scene.details_button(), *change_buttons(scene, allowed))
    return Message(push(scene), card.done())


def submitted_words(
    reader: Reader, picture: VisitPicture, now: datetime, missing_roles: Sequence[str] = ()
) -> Card:
    """The visit's number, at once, and who is asked to approve."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    card.text(scene.say("replies", "submitted", when=scene.arrival))
    card.text(facts.notice(scene))
    card.text(holding_line(scene))
    step = picture.pending_step
    people = picture.deciders(step) if step is not None else []
    if people:
        asked = scene.language.people(people, 4)
        card.text(scene.say("replies", "submitted_asked", people=asked))
    card.text(rules.overruled_line(scene))
    card.text(joined("\n", clash_lines(scene)) or None)
    card.text(beyond.unasked(scene))
    _missing(scene.language, card, missing_roles)
    return card


def submitted_reply(
    reader: Reader, picture: VisitPicture, now: datetime, missing_roles: Sequence[str] = ()
) -> Message:
    """The same as a message, for whoever does not see the details that follow."""
    scene = Scene.of(reader, picture, now)
    card = submitted_words(reader, picture, now, missing_roles)
    card.buttons(scene.details_button())
    said = scene.say("replies", "submitted", when=scene.arrival)
    return Message(said.fallback(), card.done())


def repeated_reply(reader: Reader, picture: VisitPicture, now: datetime) -> Message:
    """That this very form had made its visit before."""
    scene = Scene.of(reader, picture, now)
    said = scene.say("replies", "repeated", when=scene.arrival)
    card = Card()
    card.text(said)
    card.text(facts.notice(scene))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def read_back_reply(reader: Reader, picture: VisitPicture, now: datetime) -> Message:
    """What the customer has confirmed, and what is open."""
    scene = Scene.of(reader, picture, now)
    said = read_back_line(scene) or scene.say("notice", "nothing_new")
    card = Card()
    card.text(said)
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def changed_reply(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    asked_again: bool,
    missing_roles: Sequence[str] = (),
) -> Message:
    """That a change is saved, and whether approvers are asked again (R3.2)."""
    scene = Scene.of(reader, picture, now)
    said = scene.say("replies", "saved", when=scene.arrival)
    card = Card()
    card.text(said)
    card.text(facts.notice(scene))
    card.text(rules.overruled_line(scene))
    card.text(joined("\n", clash_lines(scene)) or None)
    card.text(beyond.unasked(scene))
    if asked_again:
        card.text(scene.say("replies", "saved_again"))
    _missing(scene.language, card, missing_roles)
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def same_reply(reader: Reader, picture: VisitPicture, now: datetime) -> Message:
    """That nothing was changed, since what was entered is what stands there."""
    scene = Scene.of(reader, picture, now)
    said = scene.say("replies", "same")
    return short(said, scene.details_button())


def _missing(language: Language, card: Card, roles: Sequence[str]) -> None:
    if roles:
        named = joined(language.comma, [terms.role(language, role) for role in roles])
        card.text(language.say("replies", "missing_role", roles=named))
