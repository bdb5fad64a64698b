"""Many requests of one person, cancelled at once."""

from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call
from models.base.permissions import Verb
from services.request import bulk
from templates.request.bulk import called_off_reply, cancel_several_form
from templates.slack import ids


async def open_cancel(call: Call) -> Answer:
    """Ask whose requests, and why."""
    waiting = await call.look(bulk.waiting_by_person, Verb.CANCEL_SEVERAL)
    return Show(cancel_several_form(call.reader, waiting))


async def submit(call: Call) -> Answer:
    """Cancel them; whoever is concerned is told once."""
    person, reason = call.entries.person(ids.OWNER) or "", call.entries.text(ids.REASON) or ""
    done = await call.act(Verb.CANCEL_SEVERAL, lambda desk: bulk.cancel_of(desk, person, reason))
    return Say(called_off_reply(call.reader, done.person, done.numbers, done.left))
