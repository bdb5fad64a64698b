"""A request from a message: by the message's menu, or pasted over the form."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from handlers.request import values
from handlers.request.request_form import keep_draft, leads_to, new_key
from handlers.slack.answers import Answer, Beneath, Show
from handlers.slack.call import Call
from handlers.slack.posts import mentioned, words_of
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.records.request import Draft
from models.request.message.first import first_values
from models.request.message.read import read_message
from models.request.message.said import Found
from models.request.outlook import Outlook
from services.reading import people
from services.reading.desk import Desk
from services.request import drafts
from services.request.outlook import customer_facts
from templates.request.found import fill_form
from templates.request.visit_form import is_refilled, visit_form
from templates.slack import ids
from templates.slack.metadata import FormMeta

_DEFAULTS = {"host", "level"}


async def open_from_menu(call: Call) -> Answer:
    """*Make this a visit* in the menu of a message: the request, with what the message says. Its
    days are counted from the day on which it was written."""
    message: Mapping[str, Any] = call.body.get("message") or {}

    def read(desk: Desk) -> tuple[Found, dict[str, Any], Draft | None, Outlook]:
        names = people.names(desk.session, mentioned(message))
        words = words_of(str(message.get("text") or ""), names)
        found = _read(desk, words, _written_at(message) or desk.now)
        first = _first(desk, found)
        return found, first, drafts.find_draft(desk), leads_to(desk, first)

    found, first, draft, outlook = await call.look(read, Verb.REQUEST)
    later = values.later(first)
    form = visit_form(
        call.reader,
        call.edge.site.policy,
        first,
        meta=FormMeta(form_key=new_key(), later=later),
        draft="offered" if draft is not None else None,
        draft_key=draft.form_key if draft is not None else None,
        site=call.edge.site.timezone,
        outlook=outlook,
        found=found,
        has_guests=_keeps_guests(first, later),
    )
    return Show(form)


async def open_form(call: Call) -> Answer:
    """*Fill from a message* in the request: asks for the message. What the request holds is kept as
    its draft meanwhile."""
    form_key = call.meta.form_key
    if form_key is None:
        raise Outdated
    kept = values.kept(values.entered(call.view, call.entries)) | (call.meta.later or {})
    if set(kept) - _DEFAULTS:
        await keep_draft(call, form_key, kept)
    meta = FormMeta(form_key=form_key, is_refilled=is_refilled(call.view) or None)
    return Show(fill_form(call.reader, meta))


async def submit(call: Call) -> Answer:
    """The request beneath, with what the message says. What had been entered stays."""
    meta, words = call.meta, call.entries.text(ids.TEXT) or ""
    form_key = meta.form_key
    if form_key is None:
        raise Outdated

    def do(desk: Desk) -> tuple[Found, dict[str, Any], dict[str, Any], Outlook]:
        draft = drafts.find_draft(desk, form_key)
        entered = values.taken_up(draft.values) if draft is not None else {}
        found = _read(desk, words, desk.now)
        first = _first(desk, found) | entered
        if not found.is_empty:
            drafts.keep_draft(desk, form_key, values.in_json(first.items()))
        return found, first, entered, leads_to(desk, first)

    found, first, entered, outlook = await call.act(Verb.REQUEST, do)
    later = values.later(first)
    form = visit_form(
        call.reader,
        call.edge.site.policy,
        first,
        meta=FormMeta(form_key=form_key, later=later),
        site=call.edge.site.timezone,
        outlook=outlook,
        found=found,
        entered=set(entered),
        has_guests=_keeps_guests(first, later),
        has_other_ids=not meta.is_refilled,
    )
    return Beneath(form)


def _read(desk: Desk, words: str, now: datetime) -> Found:
    return read_message(words, now, desk.site.timezone, desk.site.policy.country)


def _first(desk: Desk, found: Found) -> dict[str, Any]:
    """What was found, and what is known of that customer."""
    first = first_values(found)
    return first | customer_facts(desk, str(first.get("customer", "")))


def _written_at(message: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(str(message.get("ts"))), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _keeps_guests(first: Mapping[str, Any], later: Mapping[str, Any] | None) -> bool:
    return "guests" not in first or "guests" in (later or {})
