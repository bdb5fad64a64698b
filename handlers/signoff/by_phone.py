"""Approved by phone (R3.1)."""

from handlers.signoff import values
from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from services.signoff import by_phone
from templates.signoff.by_phone import spoken_form


async def open_form(call: Call) -> Answer:
    """Ask which leader said what, and when."""
    visit = call.numbers[0]
    view, now = await call.look(
        lambda desk: (by_phone.waiting_request(desk, visit), desk.now),
        Verb.RECORD_WORD,
        About(visit=visit),
    )
    return Show(spoken_form(call.reader, view, now))


async def submit(call: Call) -> Answer:
    """Record it; the leader is asked to confirm it."""
    visit, word = wanted(call.meta.visit), values.spoken_word(call.entries)
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
