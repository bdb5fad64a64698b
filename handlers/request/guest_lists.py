"""Guest lists on their way in: pasted, out of a file, or sent to the bot; nothing is saved before
it was looked over (P02)."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.keeping.files import READS, chosen_visit
from handlers.request.guests import View, guests_of
from handlers.slack.answers import SLACK_FAILED, Answer, Refill, Say, Show, renew
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from handlers.slack.posts import Post, describe, download, fetch_post, post_of
from models.base.errors import DomainError, Fault, InvalidForm, Outdated
from models.base.permissions import Verb
from models.customers.lists import Reading, read_pasted, read_table
from models.customers.tables import TableRefused, table_of
from models.keeping.files import FileRefused
from models.reading.finding import Wanted
from models.reading.picture import VisitPicture
from services.keeping import arrivals
from services.reading.desk import Desk
from services.reading.finding import find
from services.request import notice, party, readings
from templates.keeping.replies import lacks, no_visit
from templates.request.guest_lists import (
    file_form,
    file_refused,
    lines_form,
    paste_form,
    post_form,
    preview_form,
    reading_view,
)
from templates.request.guest_replies import listed_words, nothing_read
from templates.request.guests import PAGE
from templates.slack import ids
from templates.slack.inputs import OPTIONS
from templates.slack.metadata import FormMeta, PostRef
from templates.slack.notice import with_notice
from templates.wording.errors import error_words, field_words, slack_trouble_words

log = logging.getLogger(__name__)


async def open_paste(call: Call) -> Answer:
    """Ask for a list."""
    visit = call.numbers[0]
    return Refill(paste_form(call.reader, *await _read(call, visit), call.meta.behind or []))


async def open_file(call: Call) -> Answer:
    """Ask for a file with a list."""
    if READS in call.edge.lacks:
        return Say(lacks(call.reader, READS))
    visit = call.numbers[0]
    return Refill(file_form(call.reader, *await _read(call, visit), call.meta.behind or []))


async def submit_paste(call: Call) -> Answer:
    """Read what was pasted, and show how."""
    visit, text = wanted(call.meta.visit), call.entries.text(ids.LIST)
    view, _ = await _read(call, visit)
    reading = await asyncio.to_thread(read_pasted, text or "", view.policy.country)
    if not reading.lines:
        raise InvalidForm({ids.LIST: Fault("required")})
    return Show(await _kept(call, visit, reading, None, call.meta.behind or []))


async def submit_file(call: Call) -> Answer:
    """Say that the file is being read; what was read follows."""
    visit, chosen = wanted(call.meta.visit), call.entries.files(ids.LIST)
    if not chosen:
        raise InvalidForm({ids.LIST: Fault("required")})
    behind = call.meta.behind or []
    view, now = await _read(call, visit)
    form = file_form(call.reader, view, now, behind)
    call.edge.start(_follow(call, visit, chosen[:1], behind, form))
    return Show(reading_view(call.reader, visit, behind))


async def open_post(call: Call) -> Answer:
    """*Guests of a visit* under the bot's answer to words or a file: which visit they are of."""
    try:
        ref = PostRef.load(call.value)
    except ValueError:
        raise Outdated from None

    def read(desk: Desk) -> list[VisitPicture]:
        found = ref.visit or arrivals.seen_in_thread(desk, ref.channel, ref.thread_ts or ref.ts)
        if found is not None:
            return [notice.fillable(desk, found)]
        return find(desk, Wanted(), OPTIONS).visits

    offered = await call.look(read)
    if not offered:
        return Say(no_visit(call.reader))
    return Show(post_form(call.reader, offered, ref))


async def submit_post(call: Call) -> Answer:
    """Read the message again, its words or its file."""
    visit, post = chosen_visit(call), await _post(call)
    view, _ = await _read(call, visit)
    if post.files:
        if READS in call.edge.lacks:
            return Say(lacks(call.reader, READS))
        call.edge.start(_follow(call, visit, post.files[:1], [], None))
        return Show(reading_view(call.reader, visit, []))
    reading = await asyncio.to_thread(read_pasted, post.text, view.policy.country)
    return Show(await _kept(call, visit, reading, None, []))


async def go_on(call: Call) -> Answer:
    """A list that was read before and not saved."""
    return Refill(await _next(call, call.numbers[0], call.meta.behind or []))


async def turn(call: Call) -> Answer:
    """Another page of how the lines were read."""
    visit, page = call.numbers[:2]
    return Refill(await _next(call, visit, call.meta.behind or [], page=page))


async def put_right(call: Call) -> Answer:
    """The lines of a page, to be put right."""
    visit, page = call.numbers[:2]
    behind = call.meta.behind or []
    found, view, now = await _waiting(call, visit)
    count = len(found.reading.lines)
    at = list(range(page * PAGE, min((page + 1) * PAGE, count)))
    meta = FormMeta(visit=visit, page=page, behind=behind)
    return Refill(lines_form(call.reader, view, now, found.reading, at, meta=meta))


async def submit_lines(call: Call) -> Answer:
    """Read lines again; the next doubtful ones follow, or how all were read."""
    meta, visit = call.meta, wanted(call.meta.visit)
    texts = {
        int(place): call.entries.text(block)
        for block in call.entries.blocks
        if block.startswith(ids.LINE) and (place := block.removeprefix(ids.LINE)).isdecimal()
    }
    await call.act(
        Verb.FILL_NOTICE,
        lambda desk: readings.put_right(desk, visit, texts),
        About(visit=visit),
    )
    turn = (meta.turn or 0) + 1
    return Show(await _next(call, visit, meta.behind or [], page=meta.page or 0, turn=turn))


async def drop(call: Call) -> Answer:
    """Leave a list that was read."""
    visit = call.numbers[0]
    await call.act(Verb.FILL_NOTICE, lambda desk: readings.drop(desk, visit), About(visit=visit))
    return Refill(await guests_of(call, visit, behind=call.meta.behind or []))


async def save(call: Call) -> Answer:
    """Add the guests of the list."""
    meta, visit = call.meta, wanted(call.meta.visit)

    def do(desk: Desk) -> tuple[party.Seated, VisitPicture, datetime]:
        seated = readings.save(desk, visit)
        return seated, notice.fillable(desk, visit), desk.now

    try:
        seated, view, now = await call.act(Verb.FILL_NOTICE, do, About(visit=visit))
    except InvalidForm as error:  # the preview has no inputs to say it beside
        words = " ".join(field_words(fault, call.reader) for fault in error.faults.values())
        shown = await _next(call, visit, meta.behind or [], page=meta.page or 0)
        return Show(with_notice(shown, words))
    added, filled = len(seated.added), len(seated.filled)
    said = listed_words(call.reader, view, now, added, filled, seated.party_size)
    return Show(await guests_of(call, visit, behind=meta.behind or [], said=said))


async def _follow(
    call: Call,
    visit: int,
    files: Sequence[tuple[str, str]],
    behind: list[str],
    form: View | None,
) -> None:
    """Read a file and show how it was read, in the place of *Reading…*; what cannot be read is said
    there, over the form that asks for another one."""
    try:
        shown = await _of_file(call, visit, *files[0], behind)
    except (FileRefused, TableRefused) as error:
        view, now = await _read(call, visit)
        again = form or file_form(call.reader, view, now, behind)
        shown = with_notice(again, file_refused(call.reader, error))
    except DomainError as error:
        waiting = reading_view(call.reader, visit, behind)
        shown = with_notice({**waiting, "blocks": []}, error_words(error, call.reader))
    except SLACK_FAILED as error:
        log.warning("a guest list of %s was not fetched: %r", call.user_id, error)
        waiting = reading_view(call.reader, visit, behind)
        shown = with_notice({**waiting, "blocks": []}, slack_trouble_words(call.reader))
    await renew(call, call.view_id, shown)


async def _of_file(call: Call, visit: int, file_id: str, name: str, behind: list[str]) -> View:
    described = await describe(call.slack, file_id, name)
    content = await download(call.slack, described)
    view, _ = await _read(call, visit)

    def read() -> Reading:
        return read_table(table_of(described.name, content), view.policy.country)

    return await _kept(call, visit, await asyncio.to_thread(read), described.name, behind)


async def _kept(
    call: Call, visit: int, reading: Reading, file: str | None, behind: list[str]
) -> View:
    """Have a list wait, and show what is to be looked over of it."""
    if not any(line.guests for line in reading.lines) and len(reading.lines) > PAGE:
        view, now = await _read(call, visit)
        form = paste_form if file is None else file_form
        again = form(call.reader, view, now, behind)
        return with_notice(again, nothing_read(call.reader, view, now))
    await call.act(
        Verb.FILL_NOTICE,
        lambda desk: readings.keep(desk, visit, reading, file),
        About(visit=visit),
    )
    return await _next(call, visit, behind)


async def _next(call: Call, visit: int, behind: list[str], *, page: int = 0, turn: int = 0) -> View:
    """The doubtful lines of the list that waits, ten at a time; without any, how it was read."""
    found, view, now = await _waiting(call, visit)
    reading = found.reading
    doubtful = [at for at, line in enumerate(reading.lines) if line.fault is not None]
    if doubtful:
        meta = FormMeta(visit=visit, page=page, turn=turn, behind=behind)
        return lines_form(call.reader, view, now, reading, doubtful[:PAGE], meta=meta)
    return preview_form(call.reader, view, now, reading, found.file, page=page, behind=behind)


async def _waiting(call: Call, visit: int) -> tuple[readings.Waiting, VisitPicture, datetime]:
    return await call.look(
        lambda desk: (readings.wanted(desk, visit), notice.fillable(desk, visit), desk.now),
        Verb.FILL_NOTICE,
        About(visit=visit),
    )


async def _read(call: Call, visit: int) -> tuple[VisitPicture, datetime]:
    return await call.look(
        lambda desk: (notice.fillable(desk, visit), desk.now),
        Verb.FILL_NOTICE,
        About(visit=visit),
    )


async def _post(call: Call) -> Post:
    """The message that the form is about. Raises Outdated where it is gone."""
    try:
        ref = PostRef.load(call.meta.shown or "")
    except ValueError:
        raise Outdated from None
    message: Mapping[str, Any] | None = await fetch_post(
        call.slack, ref.channel, ref.ts, ref.thread_ts
    )
    if message is None:
        raise Outdated
    return post_of(ref.channel, message, {})
