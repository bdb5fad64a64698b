"""A guest list on its way in: pasted or out of a file, looked over line by line, saved (P02)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from models.base.limits import GUESTS_LIMIT, NOTES_LIMIT
from models.customers.guests import GuestLine
from models.customers.lists import Reading, ReadLine, key_of
from models.customers.phones import shown_phone
from models.customers.tables import TableRefused
from models.keeping.files import FileRefused
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.keeping.views import visit_choices
from templates.reading.diets import diet_words
from templates.request.guest_terms import answer
from templates.request.guests import PAGE, all_guests, turning
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta, PostRef
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.errors import field_words
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined

FILES = ("csv", "txt", "xlsx")


def paste_form(
    reader: Reader, picture: VisitPicture, now: datetime, behind: Sequence[str]
) -> dict[str, Any]:
    """Asks for a list as people have it."""
    scene = Scene.of(reader, picture, now)
    asked = Asked(
        ids.LIST,
        scene._("Guest list"),
        ids.VALUE,
        hint=scene.say("guests", "paste_hint", most=NOTES_LIMIT),
        placeholder=scene.say("guests", "paste_placeholder"),
    ).line(NOTES_LIMIT, many_lines=True)
    return _form(scene, ids.PASTE_FORM, scene._("Paste a list"), [asked], behind)


def file_form(
    reader: Reader, picture: VisitPicture, now: datetime, behind: Sequence[str]
) -> dict[str, Any]:
    """Asks for a file with a list."""
    scene = Scene.of(reader, picture, now)
    asked = Asked(
        ids.LIST,
        scene._("File"),
        ids.VALUE,
        hint=scene.say("guests", "file_hint", most=GUESTS_LIMIT),
    ).files(FILES, 1)
    return _form(scene, ids.LIST_FILE_FORM, scene._("From a file"), [asked], behind)


def _form(
    scene: Scene, callback: str, title: Text, asked: list[Block], behind: Sequence[str]
) -> dict[str, Any]:
    card = Card()
    card.buttons(all_guests(scene))
    return modal(
        callback,
        title,
        [*card.blocks, *asked],
        submit=scene._("Read"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, behind=list(behind)),
    )


def post_form(reader: Reader, visits: Sequence[VisitPicture], ref: PostRef) -> dict[str, Any]:
    """Asks which visit a list is for that somebody sent."""
    language = Language(reader)
    card = Card()
    card.small(language.say("guests", "which_visit"))
    options = visit_choices(language, visits)
    first = options[0][0] if len(options) == 1 else None
    asked = Asked(ids.VISIT, language._("Visit"), ids.VALUE).choice(options, first)
    return modal(
        ids.LIST_OF_POST_FORM,
        language._("Guests of a visit"),
        [*card.blocks, asked],
        submit=language._("Read"),
        close=language._("Cancel"),
        meta=FormMeta(shown=ref.dump()),
    )


def reading_view(reader: Reader, visit: int, behind: Sequence[str]) -> dict[str, Any]:
    """That a file is being read; what was read takes its place."""
    language = Language(reader)
    card = Card()
    card.text(language.say("guests", "reading"))
    return modal(
        ids.READING_VIEW,
        language._("Guest list"),
        card.blocks,
        close=language._("Close"),
        meta=FormMeta(visit=visit, behind=list(behind)),
    )


def lines_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    reading: Reading,
    at: Sequence[int],
    *,
    meta: FormMeta,
) -> dict[str, Any]:
    """Lines of a list to be put right, ten at most, by their places in it."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    doubtful = len(reading.doubtful)
    card.text(scene.say("guests", "doubtful", count=doubtful) if doubtful else None)
    card.small(scene.say("guests", "put_right"))
    action = ids.VALUES_AGAIN[(meta.turn or 0) % 2]
    asked = [_line_input(scene, at_, reading.lines[at_], action) for at_ in at[:PAGE]]
    return modal(
        ids.LINES_FORM,
        scene._("Put right"),
        [*card.blocks, *asked],
        submit=scene._("Read again"),
        close=scene._("Cancel"),
        meta=meta,
    )


def _line_input(scene: Scene, at: int, line: ReadLine, action: str) -> Block:
    label = scene._("Line %(number)s", number=line.number)
    fault = line.fault
    hint = guard(field_words(fault, scene.reader), 1000) if fault is not None else None
    asked = Asked(f"{ids.LINE}{at}", label, action, optional=True, hint=hint)
    return asked.line(NOTES_LIMIT, line.shown, many_lines=True)


def preview_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    reading: Reading,
    file: str | None,
    *,
    page: int = 0,
    behind: Sequence[str] = (),
) -> dict[str, Any]:
    """How each line was read, ten at a time; nothing is saved yet."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    card.text(_summary(scene, reading, file))
    card.small(scene.say("guests", "not_saved"))
    lines = reading.lines
    page = min(page, max(0, len(lines) - 1) // PAGE)
    known = {key_of(guest.name, guest.title) for guest in picture.guests}
    for line in lines[page * PAGE : (page + 1) * PAGE]:
        card.small(guard(line.shown))
        for guest in line.guests:
            card.text(Text(f"`{line.number}` {_guest_line(scene, guest, known)}"))
    correct = Button(ids.PUT_RIGHT, scene._("Correct these lines"), ids.pack(scene.visit_id, page))
    card.buttons(
        *turning(scene, ids.LINES_BACK, ids.LINES_NEXT, page, len(lines)),
        correct,
        Button(ids.DROP_LIST, scene._("Discard"), ids.pack(scene.visit_id)),
    )
    return modal(
        ids.PREVIEW_FORM,
        scene._("As it was read"),
        card.blocks,
        submit=scene._("Save"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, page=page, behind=list(behind)),
    )


def _summary(scene: Scene, reading: Reading, file: str | None) -> Text:
    say, picture = scene.say, scene.picture
    guests = reading.guests
    known = {key_of(guest.name, guest.title) for guest in picture.guests}
    new = sum(key_of(guest.name, guest.title) not in known for guest in guests)
    named = sum(len(line.guests) for line in reading.lines)
    total = len(picture.guests) + new
    columns = joined(scene.language.comma, [guard(each, 60) for each in reading.left_out[:10]])
    size = picture.visit.party_size
    return joined(
        "\n",
        [
            say("guests", "from_file", name=file) if file else None,
            say("guests", "read", lines=len(reading.lines), new=new),
            say("guests", "known", count=len(guests) - new) if len(guests) > new else None,
            say("guests", "twice", count=named - len(guests)) if named > len(guests) else None,
            say("guests", "left_out", columns=columns) if columns else None,
            say("guests", "grows", size=size, total=total) if total > size else None,
        ],
    )


def _guest_line(scene: Scene, guest: GuestLine, known: set[tuple[str, str]]) -> Text:
    language = scene.language
    is_known = key_of(guest.name, guest.title) in known
    others = (guest.name_other, guest.mail, guest.nationality, guest.language)
    return joined(
        " · ",
        [
            Text(f"*{guard(guest.name)}*"),
            guard(guest.title) if guest.title else None,
            diet_words(language, scene.picture.policy, guest.diet),
            guard(shown_phone(guest.phone)) if guest.phone else None,
            answer(language, guest.sex) if guest.sex else None,
            *(guard(each) for each in others if each),
            scene.say("guests", "is_known") if is_known else None,
        ],
    )


def file_refused(reader: Reader, error: FileRefused | TableRefused) -> str:
    """Why a file could not be read."""
    language = Language(reader)
    facts = dict(error.facts)
    name = guard(str(facts.pop("name")), 100)
    return language.say(
        "guests", f"file_{facts.pop('why')}", name=name, most=GUESTS_LIMIT, **facts
    ).mrkdwn()
