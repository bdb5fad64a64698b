"""After the visit: feedback, putting a reminder off, what came of it (R8)."""

from handlers.aftercare import values
from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.base.words import Outcome
from services.aftercare import follow_up, outcome
from templates.aftercare.views import feedback_form


async def open_feedback(call: Call) -> Answer:
    """The feedback form."""
    visit = call.numbers[0]
    view = await call.look(
        lambda desk: follow_up.without_feedback(desk, visit),
        Verb.GIVE_FEEDBACK,
        About(visit=visit),
    )
    return Show(feedback_form(call.reader, view))


async def submit_feedback(call: Call) -> Answer:
    """Keep the feedback."""
    visit = wanted(call.meta.visit)
    form = values.feedback_form(call.entries)
    await call.act(
        Verb.GIVE_FEEDBACK,
        lambda desk: follow_up.record_feedback(desk, visit, form),
        About(visit=visit),
    )
    return None


async def remind_tomorrow(call: Call) -> Answer:
    """Not today."""
    task = call.numbers[0]
    await call.act(Verb.FINISH_TASK, lambda desk: follow_up.put_off(desk, task), About(task=task))
    return None


async def landed(call: Call) -> Answer:
    """The project was won."""
    return await _came_of_it(call, Outcome.LANDED)


async def ended(call: Call) -> Answer:
    """Nothing comes of it."""
    return await _came_of_it(call, Outcome.ENDED)


async def outcome_back(call: Call) -> Answer:
    """It was a slip, or is open again."""
    visit = call.numbers[0]
    await call.act(
        Verb.RECORD_OUTCOME,
        lambda desk: outcome.take_back_outcome(desk, visit),
        About(visit=visit),
    )
    return None


async def _came_of_it(call: Call, what: Outcome) -> Answer:
    visit = call.numbers[0]
    await call.act(
        Verb.RECORD_OUTCOME,
        lambda desk: outcome.record_outcome(desk, visit, what),
        About(visit=visit),
    )
    return None
