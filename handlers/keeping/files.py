"""Files: copied from Slack to a visit, and sent to who asks; and a visit for people's calendars."""

import asyncio
from collections.abc import Sequence

from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call
from handlers.slack.edge import About
from handlers.slack.posts import Post, describe, download
from models.base.errors import Fault, InvalidForm, Outdated
from models.base.permissions import Verb
from models.keeping.files import FileRefused, check
from models.reading.picture import VisitPicture
from models.records.files import VisitFile
from services.keeping import calendar
from services.keeping import files as kept
from services.reading import looks
from services.reading.desk import Desk
from services.store.files import digest
from templates.keeping import replies, views
from templates.slack import ids
from templates.slack.metadata import FormMeta
from templates.wording.text import clip

READS, WRITES = "files:read", "files:write"
"""What the app must be installed with to take files, and to send any."""
_NAME_CARRIED = 60


def form(call: Call, post: Post, meta: FormMeta, offered: Sequence[VisitPicture]) -> Answer:
    """Asks which visit a message's files are for, and what they are."""
    if READS in call.edge.lacks:
        return Say(replies.lacks(call.reader, READS))
    named = [[file_id, clip(name, _NAME_CARRIED)] for file_id, name in post.files]
    meta = FormMeta(visit=meta.visit, form_key=meta.form_key, files=named)
    return Show(views.files_form(call.reader, offered, meta, [name for _, name in post.files]))


async def submit(call: Call) -> Answer:
    """Copy the files out of Slack, one after the other, and note those that are kept. Nothing of a
    file is noted before the store has it whole."""
    visit, use = chosen_visit(call), call.entries.choice(ids.USE)
    if not call.meta.files:
        raise Outdated
    number = await call.look(
        lambda desk: looks.get_visit(desk.session, visit).number, Verb.SEE, About(visit=visit)
    )
    stored: list[kept.Stored] = []
    refused: list[FileRefused] = []
    for file_id, name in call.meta.files:
        try:
            stored.append(await copied(call, number, file_id, name))
        except FileRefused as error:
            refused.append(error)
    if not stored:
        return Say(replies.files_added(call.reader, None, [], refused))

    def do(desk: Desk) -> tuple[list[VisitFile], VisitPicture]:
        files = kept.add_files(desk, visit, use, stored)
        return files, looks.picture(desk.session, visit, desk.site)

    files, view = await call.act(Verb.SEE, do, About(visit=visit))
    return Say(replies.files_added(call.reader, view, files, refused))


async def copied(call: Call, visit: str, file_id: str, name: str) -> kept.Stored:
    """Copy one file out of Slack into the folder of a visit's number. Raises FileRefused."""
    described = await describe(call.slack, file_id, name)
    content = await download(call.slack, described)

    def keep() -> kept.Stored:
        checked = check(described.name, content)
        place = call.edge.files.keep(visit, checked.name, content)
        size, sha256 = len(content), digest(content)
        return kept.Stored(checked.name, checked.kind, size, sha256, file_id, place)

    return await asyncio.to_thread(keep)


async def send(call: Call) -> Answer:
    """Send the person one file of a visit."""
    visit, number = call.numbers[:2]
    if WRITES in call.edge.lacks:
        return Say(replies.lacks(call.reader, WRITES))
    file = await call.act(
        Verb.SEE, lambda desk: kept.ask_for(desk, visit, number), About(visit=visit)
    )
    return Say(replies.file_sent(call.reader, file))


async def send_calendar(call: Call) -> Answer:
    """Send the person a visit for their calendar."""
    visit = call.numbers[0]
    if WRITES in call.edge.lacks:
        return Say(replies.lacks(call.reader, WRITES))
    await call.act(Verb.SEE, lambda desk: calendar.ask(desk, visit), About(visit=visit))
    return Say(replies.calendar_coming(call.reader))


def chosen_visit(call: Call) -> int:
    """The visit that a form is about, or that was chosen in it. Raises InvalidForm without one."""
    if call.meta.visit is not None:
        return call.meta.visit
    chosen = call.entries.choice(ids.VISIT) or ""
    if not chosen.isdecimal():
        raise InvalidForm({ids.VISIT: Fault("required")})
    return int(chosen)
