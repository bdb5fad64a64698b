"""Lists of visits: by shelf and page, and the one that somebody looks for."""

from typing import Any

from models.base.permissions import Verb
from models.reading.finding import Found, Shelf, Wanted
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.request.replies import visit_line
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.inputs import option
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.slack.wire import wire
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text, guard

_SHELVES = {
    Shelf.OPEN: N_("Open visits"),
    Shelf.MINE: N_("My visits"),
    Shelf.TODAY: N_("Today"),
    Shelf.WEEK: N_("Next seven days"),
    Shelf.CLOSED: N_("Closed visits"),
    Shelf.CANCELLED: N_("Cancelled visits"),
    Shelf.ALL: N_("All visits"),
}
_WORDS_SHOWN = 60


def list_reply(reader: Reader, found: Found, allowed: frozenset[Verb] = frozenset()) -> Message:
    """One page of visits, each with a button to open it, and the ways to others; with what this
    person may do with several at once."""
    language = Language(reader, found.now)
    card = Card()
    title = _title(language, found)
    card.header(title)
    for picture in found.visits:
        scene = Scene.of(reader, picture, found.now)
        card.text(visit_line(scene), scene.details_button())
    if not found.visits:
        card.text(language.say("finding", "none"))
        card.buttons(Button(ids.NEW_VISIT, language._("New visit"), "-", "primary"))
    if found.pages > 1:
        wanted, page = found.wanted, found.wanted.page
        back, onward = (ids.pack_wanted(wanted.turned(page + step)) for step in (-1, 1))
        card.small(language.say("finding", "page", page=page + 1, pages=found.pages))
        card.buttons(
            Button(ids.LIST_BACK, language._("Previous"), back) if page else None,
            Button(ids.LIST_NEXT, language._("Next"), onward) if page + 1 < found.pages else None,
        )
    shelves = [
        (ids.pack_wanted(Wanted(shelf, found.wanted.words)), language._(words))
        for shelf, words in _SHELVES.items()
    ]
    card.select(ids.LIST_SHELF, language._("Show others"), shelves)
    card.search(ids.FIND_VISIT, language._("Find a visit"))
    if Verb.CANCEL_SEVERAL in allowed:
        card.buttons(Button(ids.CANCEL_SEVERAL, language._("Cancel requests"), "-"))
    return Message(title.fallback(), card.done())


def visit_options(reader: Reader, found: Found) -> list[dict[str, Any]]:
    """The visits found as options of a select."""
    return [wire(option(_label(reader, each, found), _value(each))) for each in found.visits]


def _title(language: Language, found: Found) -> Text:
    name = "title_words" if found.wanted.words else "title"
    return language.say(
        "finding",
        name,
        shelf=language._(_SHELVES[found.wanted.shelf]),
        words=guard(found.wanted.words, _WORDS_SHOWN),
        count=f"{found.total}+" if found.has_more else str(found.total),
    )


def _label(reader: Reader, picture: VisitPicture, found: Found) -> Text:
    scene = Scene.of(reader, picture, found.now)
    return Text(f"{guard(scene.visit.number)} {scene.arrival} {guard(picture.customer.name, 200)}")


def _value(picture: VisitPicture) -> str:
    return ids.pack(picture.visit.id, picture.visit.revision)
