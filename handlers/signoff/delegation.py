"""Delegate: somebody else decides in an approver's place (R3.1)."""

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from services.signoff import delegation
from templates.signoff.views import delegation_form
from templates.slack import ids


async def open_form(call: Call) -> Answer:
    """Ask to whom."""
    number = call.numbers[0]
    view, step = await call.look(
        lambda desk: delegation.delegable(desk, number), Verb.DELEGATE, About(step=number)
    )
    return Show(delegation_form(call.reader, view, step))


async def submit(call: Call) -> Answer:
    """Delegate it; the stand-in gets the card."""
    step, entries = wanted(call.meta.step), call.entries
    to, reason = entries.person(ids.DELEGATE_TO), entries.text(ids.REASON)
    await call.act(
        Verb.DELEGATE,
        lambda desk: delegation.delegate(desk, step, to, reason),
        About(step=step),
    )
    return None
