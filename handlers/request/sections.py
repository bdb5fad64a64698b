"""The visit notice, filled section by section (P02)."""

from datetime import datetime

from handlers.keeping.fields import read_fields
from handlers.request import guests
from handlers.slack.answers import Answer, Back, Refill, Show, View
from handlers.slack.call import Call, behind_of, wanted
from handlers.slack.edge import About
from models.base.errors import Outdated, Overtaken
from models.base.permissions import Verb
from models.keeping.entered import Entered, changed_by, marks_of
from models.policy.notice_fields import Section, fields_of
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


async def open_section(call: Call) -> Answer:
    """One section with what is known."""
    name = next((s for s, action in ids.OPEN_SECTIONS.items() if action == call.action), None)
    if name is None:
        raise Outdated
    if name is Section.GUESTS:
        return await guests.open_guests(call, call.numbers[0])
    return Show(await _form(call, call.numbers[0], name, behind_of(call)))


async def about_party(call: Call) -> Answer:
    """What is asked of the party as a whole, in the place of the guests."""
    return Refill(await _form(call, call.numbers[0], Section.GUESTS, call.meta.behind or []))


async def _form(call: Call, visit: int, name: Section, behind: list[str]) -> guests.View:
    view, now = await _read(call, visit)
    marks = marks_of(asked_in(view, name), view.notice)
    return section_form(call.reader, view, now, name, marks=marks, behind=behind)


async def submit_section(call: Call) -> Answer:
    """Take over what was entered; what somebody else has changed meanwhile is shown first."""
    visit, meta = wanted(call.meta.visit), call.meta
    try:
        name = Section(meta.section or "")
    except ValueError:
        raise Outdated from None
    entered = read_fields(call.entries, fields_of(name))
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
            marks=marks_of(asked_in(view, name), view.notice),
            entered=changed_by(asked_in(view, name), entered, meta.marks or {}),
            turn=(meta.turn or 0) + 1,
            behind=meta.behind or (),
        )
        return Refill(with_notice(fresh, words))
    if name is Section.GUESTS:
        return Show(await guests.guests_of(call, visit, behind=meta.behind or []))
    return Back(saved_reply(call.reader, view, now, filled.fields))


def _filled(
    desk: Desk,
    visit: int,
    name: Section,
    entered: dict[str, Entered],
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
