"""The first steps' own buttons, and the trial visit: made, run, deleted with its messages."""

import asyncio
import logging

from handlers.slack.answers import SLACK_FAILED, Answer, Say
from handlers.slack.call import Call
from models.base.permissions import Verb
from services.people import first_steps
from services.request import trial
from templates.people.first_steps import trial_deleted, trial_made, trial_names

log = logging.getLogger(__name__)


async def tick(call: Call) -> Answer:
    """The calendar is right; or the steps are left."""
    step = call.value
    await call.act(Verb.SET_ROLES, lambda desk: first_steps.tick(desk, step))
    return None


async def start(call: Call) -> Answer:
    """Make a trial visit."""
    names = trial_names(call.reader)
    await call.act(Verb.SET_ROLES, lambda desk: trial.start_trial(desk, *names))
    return Say(trial_made(call.reader))


async def delete(call: Call) -> Answer:
    """Delete it; its messages and files go after it."""
    number = call.numbers[0]
    gone = await call.act(Verb.SET_ROLES, lambda desk: trial.delete_trial(desk, number))
    call.edge.start(_delete_messages(call, gone))
    return Say(trial_deleted(call.reader))


async def _delete_messages(call: Call, gone: trial.Deleted) -> None:
    await asyncio.to_thread(call.edge.files.drop, gone.number)
    for channel, ts in gone.messages:
        try:
            await call.slack.chat_delete(channel=channel, ts=ts)
        except SLACK_FAILED as error:
            log.warning("a message of a trial visit stays: %r", error)
