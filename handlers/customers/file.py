"""A customer's file: read, filled section by section, its people struck out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.keeping.fields import read_fields
from handlers.slack.answers import Answer, Back, Refill, Say, Show, renew
from handlers.slack.call import Call, behind_of, wanted
from models.base.errors import Outdated, Overtaken
from models.base.permissions import Verb
from models.customers.file import CustomerFile
from models.keeping.entered import changed_by, marks_of
from models.policy.customer_fields import CustomerSection, customer_fields_of
from models.reading.finding import typed
from services.customers import contacts
from services.customers import file as files
from services.reading.desk import Desk
from services.request import survey
from templates.customers.file import (
    choice_reply,
    file_form,
    file_view,
    overtaken_words,
    saved_words,
)
from templates.slack import ids
from templates.slack.notice import with_notice


async def open_named(call: Call, words: str) -> Answer:
    """The file of the customer that the words mean, or those that they may mean."""
    meant = await call.look(lambda desk: files.meant(desk, typed(words)), Verb.REQUEST)
    if isinstance(meant, list):
        return Say(choice_reply(call.reader, meant))
    return Show(await view_of(call, meant, None, behind_of(call)))


async def open_file(call: Call) -> Answer:
    """The file of a customer."""
    customer, visit = _numbers(call)
    return Show(await view_of(call, customer, visit, behind_of(call)))


async def view_of(
    call: Call, customer: int, visit: int | None, behind: Sequence[str]
) -> dict[str, Any]:
    """The file as it stands now. Raises NotAllowed, Outdated."""
    file, now = await _read(call, customer, Verb.SEE)
    return file_view(call.reader, file, now, visit=visit, behind=behind)


async def open_section(call: Call) -> Answer:
    """One section with what is known."""
    name = next((s for s, action in ids.OPEN_FILE_SECTIONS.items() if action == call.action), None)
    if name is None:
        raise Outdated
    customer, visit = _numbers(call)
    file, now = await _read(call, customer, Verb.FILL_CUSTOMER)
    marks = marks_of(file.asked_in(name), file.known)
    behind = behind_of(call)
    return Show(file_form(call.reader, file, now, name, marks=marks, visit=visit, behind=behind))


async def submit_section(call: Call) -> Answer:
    """Take over what was entered; what somebody else has changed meanwhile is shown first."""
    meta, customer = call.meta, wanted(call.meta.customer)
    try:
        name = CustomerSection(meta.section or "")
    except ValueError:
        raise Outdated from None
    entered = read_fields(call.entries, customer_fields_of(name))
    marks = meta.marks or {}
    try:
        filled = await call.act(
            Verb.REQUEST,
            lambda desk: survey.fill_customer(desk, customer, name, entered, marks),
        )
    except Overtaken as error:
        file, now = await _read(call, customer, Verb.FILL_CUSTOMER)
        fresh = file_form(
            call.reader,
            file,
            now,
            name,
            marks=marks_of(file.asked_in(name), file.known),
            visit=meta.visit,
            entered=changed_by(file.asked_in(name), entered, marks),
            turn=(meta.turn or 0) + 1,
            behind=meta.behind or (),
        )
        return Refill(with_notice(fresh, overtaken_words(call.reader, file, error.fields)))
    return Back(saved_words(call.reader, filled.fields))


async def strike_contact(call: Call) -> Answer:
    """Offer a person no more; the file is shown as it is then."""
    numbers = call.numbers
    if len(numbers) != 2:
        raise Outdated
    await call.act(Verb.REQUEST, lambda desk: contacts.strike_contact(desk, numbers[0]))
    if call.view.get("callback_id") == ids.CUSTOMER_VIEW:
        behind = call.meta.behind or ()
        view = await view_of(call, numbers[1], call.meta.visit, behind)
        await renew(call, call.view_id, view)
    return None


async def _read(call: Call, customer: int, verb: Verb) -> tuple[CustomerFile, datetime]:
    def read(desk: Desk) -> tuple[CustomerFile, datetime]:
        return files.read_file(desk, customer, verb), desk.now

    return await call.look(read, Verb.REQUEST)


def _numbers(call: Call) -> tuple[int, int | None]:
    """The customer, and the visit from whose Details it is opened."""
    numbers = call.numbers
    if len(numbers) != 2:
        raise Outdated
    return numbers[0], numbers[1] or None
