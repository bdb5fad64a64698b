"""The visit notice, filled section by section (P02)."""

from datetime import datetime

from handlers.request.behind import behind_of
from handlers.slack.answers import Answer, Back, Refill, Show, View
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from handlers.slack.values import Entries
from models.base.errors import Outdated, Overtaken
from models.base.permissions import Verb
from models.policy.notice_fields import NoticeField, Section, fields_of
from models.reading.notice import asked_in
from models.reading.picture import VisitPicture
from services.reading.desk import Desk
from services.request import notice
from templates.request.notice_replies import overtaken_words, saved_reply
from templates.request.sections import section_form, sections_view
from templates.slack import ids
from templates.slack.notice import with_notice


async def show_notice(call: Call) -> Answer:
    """The whole notice, section by section."""
    return Show(await notice_of(call, call.numbers[0], behind_of(call)))


async def notice_of(call: Call, visit: int, behind: list[str]) -> View:
    """The view of a visit's whole notice."""
    view, now = await _read(call, visit)
    return sections_view(call.reader, view, now, behind)


async def open_guests(call: Call, visit: int) -> Answer:
    """The first section of a visit."""
    return await section_of(call, visit, Section.GUESTS)


async def open_section(call: Call) -> Answer:
    """One section with what is known."""
    name = next((s for s, action in ids.OPEN_SECTIONS.items() if action == call.action), None)
    if name is None:
        raise Outdated
    return await section_of(call, call.numbers[0], name)


async def section_of(call: Call, visit: int, name: Section) -> Show:
    """The form of one section of a visit."""
    view, now = await _read(call, visit)
    marks = _marks(view, name)
    return Show(section_form(call.reader, view, now, name, marks=marks, behind=behind_of(call)))


async def submit_section(call: Call) -> Answer:
    """Take over what was entered; what somebody else has changed meanwhile is shown first."""
    visit, meta = wanted(call.meta.visit), call.meta
    try:
        name = Section(meta.section or "")
    except ValueError:
        raise Outdated from None
    asked = [field for field in fields_of(name) if call.entries.has(field.key)]
    entered = {field.key: _entered(call.entries, field) for field in asked}
    about = About(visit=visit)
    try:
        filled, view, now = await call.act(
            Verb.FILL_NOTICE,
            lambda desk: _filled(desk, visit, name, entered, meta.marks or {}),
            about,
        )
    except Overtaken as error:
        view, now = await _read(call, visit)
        words = overtaken_words(call.reader, view, now, error.fields)
        fresh = section_form(
            call.reader,
            view,
            now,
            name,
            marks=_marks(view, name),
            entered=notice.changed_by(asked_in(view, name), entered, meta.marks or {}),
            turn=(meta.turn or 0) + 1,
            behind=meta.behind or (),
        )
        return Refill(with_notice(fresh, words))
    return Back(saved_reply(call.reader, view, now, filled.fields))


def _filled(
    desk: Desk,
    visit: int,
    name: Section,
    entered: dict[str, notice.Entered],
    marks: dict[str, str],
) -> tuple[notice.Filled, VisitPicture, datetime]:
    filled = notice.fill_section(desk, visit, name, entered, marks)
    return filled, notice.fillable(desk, visit), desk.now


async def _read(call: Call, visit: int) -> tuple[VisitPicture, datetime]:
    return await call.look(
        lambda desk: (notice.fillable(desk, visit), desk.now),
        Verb.FILL_NOTICE,
        About(visit=visit),
    )


def _marks(view: VisitPicture, name: Section) -> dict[str, str]:
    """By what another value of each field is noticed."""
    return {field.key: notice.mark_of(view.notice.get(field.key)) for field in asked_in(view, name)}


def _entered(entries: Entries, field: NoticeField) -> notice.Entered:
    match field.kind:
        case "choice":
            return entries.choice(field.key)
        case "choices":
            return entries.choices(field.key)
        case "number":
            return entries.integer(field.key)
        case "amount":
            return entries.amount(field.key)
        case "moment":
            return entries.moment(field.key)
        case "person":
            return entries.person(field.key)
        case "people":
            return entries.people(field.key)
        case _:
            return entries.text(field.key)
