"""The request: opened with what was said, kept as a draft while it is filled, submitted."""

import secrets
from datetime import datetime

from handlers import prefill, values
from handlers.answers import Answer, Offer, Refill, Say, Show
from handlers.call import Call
from models.errors import Outdated
from models.permissions import Verb
from models.picture import VisitPicture
from models.visit import Draft
from services import drafts, looks, requests
from services.desk import Desk
from templates.metadata import FormMeta
from templates.replies import submitted_reply
from templates.views import customer_options, visit_form

_OFFERED = 100


async def open_new(call: Call) -> Answer:
    """The empty form."""
    return await open_with(call, "")


async def open_with(call: Call, words: str) -> Answer:
    """The form, with customer, day and time as the words give them; a draft is offered."""

    def read(desk: Desk) -> tuple[Draft | None, datetime]:
        return drafts.find_draft(desk), desk.now

    draft, now = await call.look(read, Verb.REQUEST)
    first = prefill.read(words, now, call.reader.timezone)
    form = visit_form(
        call.reader,
        call.edge.site.policy,
        first,
        meta=FormMeta(form_key=_new_key()),
        draft="offered" if draft is not None else None,
        draft_key=draft.form_key if draft is not None else None,
        site=call.edge.site.timezone,
    )
    return Show(form)


async def resume(call: Call) -> Answer:
    """The form as it was left. Raises Outdated where that draft is gone."""
    form_key = call.value
    draft = await call.look(lambda desk: drafts.find_draft(desk, form_key), Verb.REQUEST)
    if draft is None:
        raise Outdated
    form = visit_form(
        call.reader,
        call.edge.site.policy,
        values.taken_up(draft.values),
        meta=FormMeta(form_key=draft.form_key),
        draft="resumed",
        site=call.edge.site.timezone,
    )
    return Refill(form)


async def start_afresh(call: Call) -> Answer:
    """The empty form instead of the draft, which is dropped."""
    form_key = call.meta.form_key
    if form_key is not None:
        call.edge.drafts.drop(form_key)
        await call.act(Verb.REQUEST, lambda desk: drafts.drop_draft(desk, form_key))
    meta = FormMeta(form_key=_new_key())
    site = call.edge.site
    return Refill(visit_form(call.reader, site.policy, {}, meta=meta, site=site.timezone))


async def keep(call: Call) -> Answer:
    """Keep what the form holds now. Changes come in faster than they are stored."""
    form_key = call.meta.form_key
    if form_key is None:
        return None  # an edit: the visit itself is what is kept

    async def store(newest: dict[str, str | int]) -> None:
        await call.act(Verb.REQUEST, lambda desk: drafts.keep_draft(desk, form_key, newest))

    entered = values.kept(values.visit_form(call.entries))
    await call.edge.drafts.store(form_key, entered, store)
    return None


async def suggest_customers(call: Call) -> Answer:
    """Known customers with the words typed so far, and those words as a new customer."""
    query = call.query
    names = await call.look(
        lambda desk: looks.known_customers(desk.session, query, _OFFERED - 1), Verb.REQUEST
    )
    return Offer(customer_options(call.reader, names, query)[:_OFFERED])


async def submit(call: Call) -> Answer:
    """Make a visit of the form; its number is told at once."""
    form = values.visit_form(call.entries)
    form_key = call.meta.form_key
    if form_key is None:
        raise Outdated
    call.edge.drafts.drop(form_key)

    def do(desk: Desk) -> tuple[requests.Submitted, VisitPicture, datetime]:
        submitted = requests.submit_visit(desk, form, form_key)
        view = looks.picture(desk.session, submitted.visit.id or 0, desk.site)
        return submitted, view, desk.now

    submitted, view, now = await call.act(Verb.REQUEST, do)
    return Say(
        submitted_reply(
            call.reader, view, now, submitted.missing_roles, is_repeat=submitted.is_repeat
        )
    )


async def close(call: Call) -> Answer:  # noqa: ARG001 - what a listener takes
    """Closed without being sent. Slack does not say what stood in it; `keep` has stored that."""
    return None


def _new_key() -> str:
    return secrets.token_hex(16)
