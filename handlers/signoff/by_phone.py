"""Approved by phone (R3.1)."""

from handlers.keeping.files import READS, copied
from handlers.signoff import values
from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import Fault, InvalidForm
from models.base.permissions import Verb
from models.keeping.files import PICTURES, FileRefused
from services.keeping.files import Stored
from services.signoff import by_phone
from templates.signoff.by_phone import spoken_form
from templates.slack import ids


async def open_form(call: Call) -> Answer:
    """Ask which leader said what, and when."""
    visit = call.numbers[0]
    view, now = await call.look(
        lambda desk: (by_phone.waiting_request(desk, visit), desk.now),
        Verb.RECORD_WORD,
        About(visit=visit),
    )
    return Show(spoken_form(call.reader, view, now, takes_files=READS not in call.edge.lacks))


async def submit(call: Call) -> Answer:
    """Record it; the leader is asked to confirm it."""
    visit = wanted(call.meta.visit)
    word = values.spoken_word(call.entries, await _picture(call, visit))
    await call.act(
        Verb.RECORD_WORD,
        lambda desk: by_phone.record_word(desk, visit, word),
        About(visit=visit),
    )
    return None


async def confirm(call: Call) -> Answer:
    """The leader says that it is so."""
    step = call.numbers[0]
    await call.act(Verb.DECIDE, lambda desk: by_phone.confirm_word(desk, step), About(step=step))
    return None


async def deny(call: Call) -> Answer:
    """The leader says that it is not so."""
    step = call.numbers[0]
    await call.act(Verb.DECIDE, lambda desk: by_phone.deny_word(desk, step), About(step=step))
    return None


async def _picture(call: Call, visit: int) -> Stored | None:
    """The picture chosen, copied out of Slack. Raises InvalidForm beside the field."""
    chosen = call.entries.files(ids.SAID_PICTURE)
    if not chosen:
        return None
    number = await call.look(
        lambda desk: by_phone.waiting_request(desk, visit).visit.number,
        Verb.RECORD_WORD,
        About(visit=visit),
    )
    try:
        stored = await copied(call, number, *chosen[0])
    except FileRefused as error:
        fault = Fault(f"file_{error.facts['why']}")
        raise InvalidForm({ids.SAID_PICTURE: fault}) from error
    if stored.kind not in PICTURES:
        raise InvalidForm({ids.SAID_PICTURE: Fault("no_picture")})
    return stored
