"""The request: opened with what was said, kept as a draft while it is filled, submitted."""

import asyncio
import secrets
from datetime import datetime
from functools import partial
from typing import Any

from handlers.request import details, live, prefill, values
from handlers.slack.answers import Answer, Offer, Refill, Say, Show
from handlers.slack.call import Call
from models.base.errors import InvalidForm, Outdated
from models.base.permissions import Verb
from models.policy import Policy
from models.records.request import Draft
from models.request.forms import AS_PROPOSED
from models.request.outlook import Outlook
from services.customers import customers
from services.reading.desk import Desk
from services.request import drafts, notice, requests
from services.request.outlook import customer_facts, outlook_of
from templates.request.replies import repeated_reply
from templates.request.visit_form import customer_options, visit_form
from templates.slack.metadata import FormMeta
from templates.slack.notice import with_notice
from templates.wording.errors import choices_gone

_OFFERED = 100


async def open_new(call: Call) -> Answer:
    """The empty form."""
    return await open_with(call, "")


async def open_with(call: Call, words: str) -> Answer:
    """The form, with customer, day and time as the words give them, and what is known of that
    customer; a draft is offered."""

    def read(desk: Desk) -> tuple[Draft | None, dict[str, Any], Outlook]:
        said = prefill.read(words, desk.now, desk.site.timezone, partial(customers.knows, desk))
        first: dict[str, Any] = dict(said)
        first |= customer_facts(desk, str(first.get("customer", "")))
        return drafts.find_draft(desk), first, leads_to(desk, first)

    draft, first, outlook = await call.look(read, Verb.REQUEST)
    form = visit_form(
        call.reader,
        call.edge.site.policy,
        first,
        meta=FormMeta(form_key=new_key(), later=values.later(first)),
        draft="offered" if draft is not None else None,
        draft_key=draft.form_key if draft is not None else None,
        site=call.edge.site.timezone,
        outlook=outlook,
    )
    return Show(form)


async def resume(call: Call) -> Answer:
    """The form as it was left. Raises Outdated where that draft is gone.

    What the procedure no longer has is left out, and named.
    """
    form_key = call.value
    policy = call.edge.site.policy

    def read(desk: Desk) -> tuple[dict[str, Any], list[str], Outlook]:
        draft = drafts.find_draft(desk, form_key)
        if draft is None:
            raise Outdated
        first = values.taken_up(draft.values)
        gone = _gone(policy, first)
        for name in gone:
            first.pop(name)
        return first, gone, leads_to(desk, first)

    first, gone, outlook = await call.look(read, Verb.REQUEST)
    form = visit_form(
        call.reader,
        policy,
        first,
        meta=FormMeta(form_key=form_key, later=values.later(first)),
        draft="resumed",
        site=call.edge.site.timezone,
        outlook=outlook,
    )
    return Refill(with_notice(form, choices_gone(gone, call.reader)) if gone else form)


async def start_afresh(call: Call) -> Answer:
    """The empty form instead of the draft, which is dropped."""
    form_key = call.meta.form_key
    if form_key is not None:
        call.edge.drafts.drop(form_key)
        await call.act(Verb.REQUEST, lambda desk: drafts.drop_draft(desk, form_key))
    meta = FormMeta(form_key=new_key())
    site = call.edge.site
    outlook = await call.look(lambda desk: leads_to(desk, {}), Verb.REQUEST)
    form = visit_form(call.reader, site.policy, {}, meta=meta, site=site.timezone, outlook=outlook)
    return Refill(form)


async def keep(call: Call) -> Answer:
    """Keep what the form holds now, and show what it leads to once something was chosen.

    Changes come in faster than they are stored: both begin at once, in the order in which people
    made them. Of an edit the visit itself is what is kept.
    """
    form = values.entered(call.view, call.entries)
    work = []
    if call.meta.form_key is not None:
        kept = values.kept(form) | (call.meta.later or {})
        work.append(keep_draft(call, call.meta.form_key, kept))
    if not call.is_typed:
        work.append(live.follow(call, form))
    await asyncio.gather(*work)
    return None


async def keep_draft(call: Call, form_key: str, entered: dict[str, str | int]) -> None:
    """Store what a form holds now; of changes that come fast the last counts."""

    async def store(newest: dict[str, str | int]) -> None:
        await call.act(Verb.REQUEST, lambda desk: drafts.keep_draft(desk, form_key, newest))

    await call.edge.drafts.store(form_key, entered, store)


async def suggest_customers(call: Call) -> Answer:
    """Known customers with the words typed so far, and those words as a new customer."""
    query = call.query
    names = await call.look(
        lambda desk: customers.known_customers(desk, query, _OFFERED - 1), Verb.REQUEST
    )
    return Offer(customer_options(call.reader, names, query)[:_OFFERED])


async def submit(call: Call) -> Answer:
    """Make a visit of the form; its number is told at once, and its details are asked for."""
    form = values.visit_form(call.entries)
    form_key = call.meta.form_key
    if form_key is None:
        raise Outdated
    call.edge.drafts.drop(form_key)

    earlier = call.meta.same_as

    def do(desk: Desk) -> tuple[requests.Submitted, datetime]:
        submitted = requests.submit_visit(desk, form, form_key)
        if earlier is not None and not submitted.is_repeat:
            notice.take_over(desk, submitted.visit, earlier)
        return submitted, desk.now

    try:
        submitted, now = await call.act(Verb.REQUEST, do)
    except InvalidForm as error:
        return await live.asked_back(call, form, error)
    if submitted.is_repeat:
        return Say(repeated_reply(call.reader, submitted.view, now))
    said = values.taken_up(call.meta.later or {})
    return details.after_sending(call, submitted, now, said)


async def close(call: Call) -> Answer:  # noqa: ARG001 - what a listener takes
    """Closed without being sent. Slack does not say what stood in it; `keep` has stored that."""
    return None


def leads_to(desk: Desk, first: dict[str, Any]) -> Outlook:
    """What the procedure makes of first values."""
    form = values.half_filled({"level": AS_PROPOSED} | first)
    return outlook_of(desk, desk.site.policy, form)


def _gone(policy: Policy, first: dict[str, Any]) -> list[str]:
    """The fields whose choice the policy has no longer."""
    known = {
        "level": {AS_PROPOSED, *(level.key for level in policy.levels)},
        "customer_kind": {kind.key for kind in policy.customer_kinds},
    }
    return [name for name, keys in known.items() if name in first and first[name] not in keys]


def new_key() -> str:
    """The key of a form that is opened now."""
    return secrets.token_hex(16)
