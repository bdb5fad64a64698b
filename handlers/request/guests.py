"""The guests of a visit one by one (P02, P04). Their views take each other's place: Slack lays at
most three over each other."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.keeping.fields import words_or_codes
from handlers.keeping.files import READS, copied
from handlers.slack.answers import Answer, Refill, Show
from handlers.slack.call import Call, behind_of, wanted
from handlers.slack.edge import About
from handlers.slack.values import Entries
from models.base.errors import Fault, InvalidForm, Overtaken
from models.base.permissions import Verb
from models.customers.party import GuestField, fields_of_part
from models.keeping.files import PICTURES, FileRefused
from models.reading.picture import VisitPicture
from models.records.customers import Guest
from services.keeping.files import Stored
from services.reading.desk import Desk
from services.request import notice, party, readings
from templates.request.guest_replies import removed_words, saved_words, theirs_words
from templates.request.guests import PAGE, guest_form, guests_view
from templates.slack.metadata import FormMeta
from templates.slack.notice import with_notice
from templates.wording.text import Text

View = dict[str, Any]


async def open_guests(call: Call, visit: int) -> Answer:
    """The guests of a visit."""
    return Show(await guests_of(call, visit, behind=behind_of(call)))


async def show_all(call: Call) -> Answer:
    """The list again, or another page of it."""
    visit, page = call.numbers[:2]
    return Refill(await guests_of(call, visit, page=page, behind=call.meta.behind or []))


async def guests_of(
    call: Call, visit: int, *, page: int = 0, behind: list[str], said: Text | None = None
) -> View:
    """The view of a visit's guests."""

    def read(desk: Desk) -> tuple[VisitPicture, datetime, int | None]:
        waiting = readings.waiting(desk, visit)
        count = len(waiting.reading.lines) if waiting is not None else None
        return notice.fillable(desk, visit), desk.now, count

    view, now, count = await call.look(read, Verb.FILL_NOTICE, About(visit=visit))
    return guests_view(call.reader, view, now, page=page, behind=behind, said=said, waiting=count)


async def add(call: Call) -> Answer:
    """The first step of what is asked of somebody new."""
    return Refill(await _form(call, call.numbers[0], 1, None, call.meta))


async def change(call: Call) -> Answer:
    """The first step of what is known of a guest."""
    visit, guest, page = call.numbers[:3]
    return Refill(await _form(call, visit, 1, guest, replace(call.meta, page=page)))


async def remove(call: Call) -> Answer:
    """Take a guest off the list."""
    visit, guest = call.numbers[:2]

    def do(desk: Desk) -> tuple[str, VisitPicture, datetime]:
        name = party.remove_guest(desk, visit, guest)
        return name, notice.fillable(desk, visit), desk.now

    name, view, now = await call.act(Verb.FILL_NOTICE, do, About(visit=visit))
    said = removed_words(call.reader, view, now, name)
    meta = call.meta
    shown = await guests_of(call, visit, page=meta.page or 0, behind=meta.behind or [], said=said)
    return Refill(shown)


async def submit(call: Call) -> Answer:
    """Save a step; the next one follows, or the list."""
    meta, visit = call.meta, wanted(call.meta.visit)
    part = wanted(meta.part)
    fields = [field for field in fields_of_part(part) if call.entries.has(field.key)]
    entered = {field.key: _entered(call.entries, field) for field in fields}
    photo = await _photo(call, visit)

    def do(desk: Desk) -> tuple[party.Seated, VisitPicture, datetime]:
        saved = party.save_guest(desk, visit, meta.guest, entered, meta.marks or {}, photo)
        return saved, notice.fillable(desk, visit), desk.now

    try:
        saved, view, now = await call.act(Verb.FILL_NOTICE, do, About(visit=visit))
    except Overtaken as error:
        return Refill(await _overtaken(call, visit, meta, error, entered))
    if part == 1:
        return Show(await _form(call, visit, 2, saved.guest_id, meta))
    guest = party.guest_in(view, wanted(saved.guest_id))
    said = saved_words(call.reader, view, now, guest.name, saved.party_size, saved.alike)
    page = view.guests.index(guest) // PAGE
    return Show(await guests_of(call, visit, page=page, behind=meta.behind or [], said=said))


async def _form(
    call: Call,
    visit: int,
    part: int,
    guest_id: int | None,
    meta: FormMeta,
    entered: dict[str, party.Entered] | None = None,
) -> View:
    """A step of what is asked of a guest, with what is known, over it with what was entered."""
    fields = fields_of_part(part)

    def read(desk: Desk) -> tuple[VisitPicture, datetime, Guest | None]:
        view = notice.fillable(desk, visit)
        guest = party.guest_in(view, guest_id) if guest_id is not None else None
        return view, desk.now, guest

    view, now, guest = await call.look(read, Verb.FILL_NOTICE, About(visit=visit))
    known = party.values_of(view.policy, guest, fields)
    marks = party.marks_of(view.policy, guest, fields)
    return guest_form(
        call.reader,
        view,
        now,
        part,
        guest,
        known | (entered or {}),
        meta=FormMeta(
            visit=visit,
            guest=guest_id,
            page=meta.page,
            behind=meta.behind,
            marks=marks,
            turn=meta.turn,
        ),
        takes_files=READS not in call.edge.lacks,
    )


async def _overtaken(
    call: Call, visit: int, meta: FormMeta, error: Overtaken, entered: dict[str, party.Entered]
) -> View:
    """The form anew: what the person has changed stands, all else is as it is now."""
    part, guest_id = wanted(meta.part), wanted(meta.guest)
    fields = fields_of_part(part)
    mine = party.changed_by(entered, meta.marks or {})
    meta = replace(meta, turn=(meta.turn or 0) + 1)
    form = await _form(call, visit, part, guest_id, meta, mine)

    def read(desk: Desk) -> tuple[VisitPicture, datetime, dict[str, party.Entered]]:
        view = notice.fillable(desk, visit)
        guest = party.guest_in(view, guest_id)
        return view, desk.now, party.values_of(view.policy, guest, fields)

    view, now, theirs = await call.look(read, Verb.FILL_NOTICE, About(visit=visit))
    return with_notice(form, theirs_words(call.reader, view, now, error.fields, theirs))


async def _photo(call: Call, visit: int) -> Stored | None:
    """The picture chosen, copied out of Slack. Raises InvalidForm beside the field."""
    chosen = call.entries.files("photo")
    if not chosen:
        return None
    number = await call.look(
        lambda desk: notice.fillable(desk, visit).visit.number,
        Verb.FILL_NOTICE,
        About(visit=visit),
    )
    try:
        stored = await copied(call, number, *chosen[0])
    except FileRefused as error:
        raise InvalidForm({"photo": Fault(f"file_{error.facts['why']}")}) from error
    if stored.kind not in PICTURES:
        raise InvalidForm({"photo": Fault("no_picture")})
    return stored


def _entered(entries: Entries, field: GuestField) -> party.Entered:
    match field.kind:
        case "tick":
            return entries.is_ticked(field.key)
        case "file":
            return None
        case _:
            return words_or_codes(entries, field.key, field.kind)
