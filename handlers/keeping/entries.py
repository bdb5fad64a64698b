"""Entries: added from a message or a visit's details, answered, handed over, opened again."""

import secrets
from collections.abc import Mapping
from typing import Any

from handlers.keeping import files
from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from handlers.slack.posts import Post, fetch_post, mentioned, post_of
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.base.words import EntrySource, EntryState
from models.keeping.forms import EntryForm
from models.reading.finding import Wanted
from models.reading.picture import VisitPicture
from models.records.entries import Entry
from services.keeping import arrivals, entries
from services.reading import looks, people
from services.reading.desk import Desk
from services.reading.finding import find
from templates.keeping import replies, views
from templates.slack import ids
from templates.slack.inputs import OPTIONS
from templates.slack.metadata import FormMeta, PostRef


async def open_from_menu(call: Call) -> Answer:
    """*Add to the visit* in the menu of a message: its words, or its files."""
    message: Mapping[str, Any] = call.body.get("message") or {}
    channel = str((call.body.get("channel") or {}).get("id") or "")
    return await _open(call, channel, message)


async def open_from_answer(call: Call) -> Answer:
    """*Add to a visit* under the bot's answer: what the person had written, read again."""
    try:
        ref = PostRef.load(call.value)
    except ValueError:
        raise Outdated from None
    message = await fetch_post(call.slack, ref.channel, ref.ts, ref.thread_ts)
    if message is None:
        raise Outdated
    return await _open(call, ref.channel, message, ref.visit)


async def open_for_visit(call: Call) -> Answer:
    """*Note* in the details of a visit."""
    visit = call.numbers[0]
    await call.look(lambda desk: looks.get_visit(desk.session, visit), Verb.SEE, About(visit=visit))
    meta = FormMeta(visit=visit, form_key=secrets.token_hex(16))
    return Show(views.entry_form(call.reader, [], meta, site=call.edge.site.timezone))


async def _open(
    call: Call, channel: str, message: Mapping[str, Any], visit: int | None = None
) -> Answer:
    def read(desk: Desk) -> tuple[Post, str | None, int | None, list[VisitPicture]]:
        named = mentioned(message)
        known = people.names(desk.session, named)
        bots = people.outsiders(desk.session, named - {str(message.get("user") or "")})
        names = {who: name for who, name in known.items() if who not in bots}
        post = post_of(channel, message, names)
        thread = post.thread_ts or post.ts
        found = visit or arrivals.seen_in_thread(desk, channel, thread)
        offered = [] if found is not None else find(desk, Wanted(), OPTIONS).visits
        return post, names.get(post.author), found, offered

    post, author, found, offered = await call.look(read)
    if found is None and not offered:
        return Say(replies.no_visit(call.reader))
    meta = FormMeta(visit=found, form_key=secrets.token_hex(16))
    if post.files:
        return files.form(call, post, meta, offered)
    site = call.edge.site.timezone
    return Show(views.entry_form(call.reader, offered, meta, post.text, author, site))


async def submit(call: Call) -> Answer:
    """Keep it; its owner hears of it."""
    meta, filled = call.meta, call.entries
    form_key = meta.form_key
    if form_key is None:
        raise Outdated
    visit = files.chosen_visit(call)
    source = EntrySource.FORM if meta.visit is not None else EntrySource.CHAT
    form = EntryForm(
        kind=filled.choice(ids.KIND),
        text=filled.text(ids.TEXT),
        said_by=filled.text(ids.SAID_BY),
        owner_id=filled.person(ids.OWNER),
        due_at=filled.moment(ids.DUE),
    )

    def do(desk: Desk) -> tuple[entries.Added, VisitPicture]:
        added = entries.add(desk, visit, form, form_key, source)
        return added, looks.picture(desk.session, visit, desk.site)

    added, view = await call.act(Verb.SEE, do, About(visit=visit))
    return Say(replies.entry_added(call.reader, view, added.entry, is_repeat=added.is_repeat))


async def finish(call: Call) -> Answer:
    """*Done*."""
    await _settle(call, call.numbers[0])
    return None


async def open_answer(call: Call) -> Answer:
    """Ask for the answer."""
    return Show(views.answer_form(call.reader, await _waiting(call)))


async def submit_answer(call: Call) -> Answer:
    """Keep the answer: done, or needed no more."""
    filled = call.entries
    is_dropped = filled.choice(ids.SETTLED) == EntryState.DROPPED
    await _settle(call, wanted(call.meta.entry), filled.text(ids.ANSWER), is_dropped=is_dropped)
    return None


async def open_hand_over(call: Call) -> Answer:
    """Ask who takes it."""
    return Show(views.entry_hand_over_form(call.reader, await _waiting(call)))


async def submit_hand_over(call: Call) -> Answer:
    """Give it to somebody else."""
    number = wanted(call.meta.entry)
    person = call.entries.person(ids.OWNER) or ""
    await call.act(
        Verb.SETTLE_ENTRY,
        lambda desk: entries.hand_over(desk, number, person),
        About(entry=number),
    )
    return None


async def reopen(call: Call) -> Answer:
    """Open it again."""
    number = call.numbers[0]
    await call.act(
        Verb.SETTLE_ENTRY, lambda desk: entries.reopen(desk, number), About(entry=number)
    )
    return None


async def _settle(
    call: Call, number: int, answer: str | None = None, *, is_dropped: bool = False
) -> None:
    await call.act(
        Verb.SETTLE_ENTRY,
        lambda desk: entries.finish(desk, number, answer, is_dropped=is_dropped),
        About(entry=number),
    )


async def _waiting(call: Call) -> Entry:
    number = call.numbers[0]
    return await call.look(
        lambda desk: entries.waiting(desk, number), Verb.SETTLE_ENTRY, About(entry=number)
    )
