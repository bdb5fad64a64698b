"""The details of a visit: asked once its request is sent, and whenever more becomes known."""

from datetime import datetime
from typing import Any

from handlers.request import values
from handlers.request.changes import take_over
from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from models.records.request import Draft
from models.records.visit import Visit
from models.request.outlook import Outlook, look_out
from services.reading.desk import Desk
from services.request import changes, drafts
from services.request.outlook import outlook_of
from services.request.requests import Submitted
from services.request.stored import form_of
from templates.request.details_form import details_form
from templates.request.replies import submitted_reply, submitted_words
from templates.slack.metadata import FormMeta


def after_sending(call: Call, submitted: Submitted, now: datetime, said: dict[str, Any]) -> Answer:
    """The details of the request that was sent just now, with what was `said` of them already."""
    view, missing = submitted.view, submitted.missing_roles
    form = details_form(
        call.reader,
        view,
        now,
        said,
        meta=_meta(view.visit),
        site=call.edge.site.timezone,
        outlook=look_out(view.policy, form_of(view), view.visit.timezone),
        sent=submitted_words(call.reader, view, now, missing),
    )
    return Show(form, submitted_reply(call.reader, view, now, missing))


async def open_details(call: Call) -> Answer:
    """The form with what the visit says so far, and what its person entered and did not save."""
    return Show(await _form(call, call.numbers[0]))


async def submit_details(call: Call) -> Answer:
    """Take the details over; all else of the visit stays."""
    entered = values.details(call.entries)
    visit, revision = wanted(call.meta.visit), wanted(call.meta.revision)
    knows_caps = call.entries.has("exception_reason")
    form_key = call.meta.form_key
    if form_key is not None:
        call.edge.drafts.drop(form_key)

    def do(desk: Desk) -> changes.Changed:
        changed = changes.add_details(desk, visit, revision, entered, knows_caps=knows_caps)
        if form_key is not None:
            drafts.drop_draft(desk, form_key)
        return changed

    return await take_over(call, visit, entered, do, lambda: _form(call, visit, dict(entered)))


async def _form(call: Call, visit: int, entered: dict[str, Any] | None = None) -> dict[str, object]:
    """The form with the visit's present details, or with what was entered."""

    def read(desk: Desk) -> tuple[VisitPicture, datetime, dict[str, Any], bool, Outlook]:
        view = changes.changeable(desk, visit)
        form = form_of(view)
        draft: Draft | None = None
        if entered is None:
            draft = drafts.find_draft(desk, _key(view.visit))
        first = values.taken_up(draft.values) if draft is not None else entered
        shown = dict(form) if first is None else dict(form) | values.whole(first)
        outlook = outlook_of(desk, view.policy, values.half_filled(shown), view.visit)
        return view, desk.now, shown, draft is not None, outlook

    view, now, first, is_resumed, outlook = await call.look(read, Verb.EDIT, About(visit=visit))
    return details_form(
        call.reader,
        view,
        now,
        first,
        meta=_meta(view.visit),
        site=call.edge.site.timezone,
        outlook=outlook,
        is_resumed=is_resumed,
    )


def _meta(visit: Visit) -> FormMeta:
    return FormMeta(visit=visit.id, revision=visit.revision, form_key=_key(visit))


def _key(visit: Visit) -> str:
    return drafts.details_key(visit.id or 0, visit.revision)
