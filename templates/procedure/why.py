"""`/visit why V-…`: which rule of which file asked for what belongs to a visit."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath

from models.base.permissions import Verb
from models.customers.names import fold
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.procedure.parts import PARTS, parts
from templates.procedure.said import Line, shown, with_rule
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined

EVERYTHING = 0
"""The number of all parts together; those of `PARTS` count from 1."""
_SHORT = 3
"""So many lines of a part are shown at first."""
_FEW = 12
"""So many lines in all need no shortening."""
_MOST_FOUND = 24
_PARAGRAPH = 2500
"""Characters of lines in one block; Slack takes 3,000, and escapes make them longer."""


def why_reply(
    reader: Reader, picture: VisitPicture, now: datetime, allowed: frozenset[Verb]
) -> Message:
    """The first lines of each part, each with a button to read all of it where there is more."""
    scene = Scene.of(reader, picture, now)
    card = _head(scene, allowed)
    found = {name: shown(scene, lines, allowed) for name, lines in parts(scene, allowed).items()}
    is_short = sum(map(len, found.values())) <= _FEW
    for name, lines in found.items():
        first = lines if is_short else lines[:_SHORT]
        more = len(lines) - len(first)
        words = [heading(scene, name), *first]
        if more:
            words.append(scene.language.and_more(more))
        button = _button(scene, name) if more else None
        if joined("\n", words).needs_rich and button is not None:
            card.text(joined("\n", words))
            card.buttons(button)
        else:
            card.text(joined("\n", words), button)
    card.small(scene.say("why", "how_to_ask"))
    everything = None if is_short else _button(scene, None)
    card.buttons(everything, scene.details_button())
    return Message(scene.say("why", "title").fallback(), card.done())


def why_found(
    reader: Reader, picture: VisitPicture, now: datetime, allowed: frozenset[Verb], word: str
) -> Message:
    """The lines of the parts that are called so, or in which all the words stand."""
    scene = Scene.of(reader, picture, now)
    hits = matching(scene, parts(scene, allowed), word)
    found = {name: shown(scene, lines, allowed) for name, lines in hits.items()}
    card = _head(scene, allowed)
    room = _MOST_FOUND
    for name, lines in found.items():
        first = lines[:room]
        room -= len(first)
        if first:
            for paragraph in paragraphs([heading(scene, name), *first]):
                card.text(paragraph)
    left = sum(map(len, found.values())) - (_MOST_FOUND - room)
    if left:
        card.small(scene.language.and_more(left))
    if not found:
        names = joined(scene.language.comma, [heading(scene, name) for name in PARTS])
        card.text(scene.say("why", "not_found", word=guard(word, 60)))
        card.text(scene.say("why", "there_are", names=names))
    card.buttons(_button(scene, None), scene.details_button())
    return Message(scene.say("why", "title").fallback(), card.done())


def matching(scene: Scene, found: dict[str, list[Line]], word: str) -> dict[str, list[Line]]:
    """The parts that the word names, whole; else the lines that have all its words, in what is said
    or in the name of the rule."""
    wanted = fold(word)
    named = {
        name: lines
        for name, lines in found.items()
        if wanted in {name, name.removesuffix("s"), fold(heading(scene, name).plain()).strip("*")}
    }
    if named:
        return named
    hits = {
        name: [line for line in lines if _has(scene, line, wanted)] for name, lines in found.items()
    }
    return {name: lines for name, lines in hits.items() if lines}


def _has(scene: Scene, line: Line, wanted: str) -> bool:
    there = fold(with_rule(scene, line).plain())
    return all(word in there for word in wanted.split())


def heading(scene: Scene, name: str) -> Text:
    """What a part is called."""
    return scene.say("why", f"part_{name}")


def procedure_line(scene: Scene, allowed: frozenset[Verb]) -> Text:
    """By which procedure the visit runs; for admins its file by its own name, the one that the
    visit keeps."""
    policy = scene.picture.policy
    name = scene.language.own(policy.title)
    if Verb.SET_ROLES not in allowed:
        return scene.say("why", "procedure", name=name)
    return scene.say("why", "file", file=guard(PurePath(policy.file).name), name=name)


def paragraphs(lines: Sequence[Text]) -> list[Text]:
    """The lines in as few blocks as have room for them."""
    found: list[list[Text]] = [[]]
    for line in lines:
        if found[-1] and sum(map(len, found[-1])) + len(line) > _PARAGRAPH:
            found.append([])
        found[-1].append(line)
    return [joined("\n", part) for part in found]


def _head(scene: Scene, allowed: frozenset[Verb]) -> Card:
    card = Card()
    card.header(scene.say("why", "title"))
    card.small(procedure_line(scene, allowed))
    return card


def _button(scene: Scene, name: str | None) -> Button:
    number = EVERYTHING if name is None else PARTS.index(name) + 1
    label = scene._("Show all") if name is not None else scene._("Every rule")
    return Button(ids.WHY, label, ids.pack(scene.visit_id, number))
