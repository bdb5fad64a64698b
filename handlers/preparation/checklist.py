"""The checklist: done, confirmed, a problem, handed over (R5)."""

from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from services.preparation import checklist
from templates.preparation.views import hand_over_form, problem_form, reminded_reply
from templates.slack import ids


async def finish(call: Call) -> Answer:
    """Mark an item done."""
    task = call.numbers[0]
    await call.act(
        Verb.FINISH_TASK, lambda desk: checklist.finish_task(desk, task), About(task=task)
    )
    return None


async def confirm(call: Call) -> Answer:
    """Confirm that an item stands (R5.2)."""
    task = call.numbers[0]
    await call.act(Verb.CONFIRM, lambda desk: checklist.confirm_task(desk, task), About(task=task))
    return None


async def remind(call: Call) -> Answer:
    """Ask the owners of what is open once more."""
    visit = call.numbers[0]
    asked = await call.act(
        Verb.REMIND_OWNERS,
        lambda desk: checklist.remind_owners(desk, visit),
        About(visit=visit),
    )
    return Say(reminded_reply(call.reader, asked))


async def open_problem(call: Call) -> Answer:
    """Ask what does not work out."""
    number = call.numbers[0]
    view, task = await call.look(
        lambda desk: checklist.unfinished(desk, number), Verb.FINISH_TASK, About(task=number)
    )
    return Show(problem_form(call.reader, view, task))


async def submit_problem(call: Call) -> Answer:
    """Report the problem to host and coordinator."""
    task = wanted(call.meta.task)
    words = call.entries.text(ids.PROBLEM) or ""
    await call.act(
        Verb.FINISH_TASK,
        lambda desk: checklist.report_problem(desk, task, words),
        About(task=task),
    )
    return None


async def open_hand_over(call: Call) -> Answer:
    """Ask who takes it."""
    number = call.numbers[0]
    view, task = await call.look(
        lambda desk: checklist.unfinished(desk, number), Verb.HAND_OVER, About(task=number)
    )
    return Show(hand_over_form(call.reader, view, task))


async def submit_hand_over(call: Call) -> Answer:
    """Give the item to somebody else."""
    task = wanted(call.meta.task)
    person = call.entries.person(ids.OWNER) or ""
    await call.act(
        Verb.HAND_OVER, lambda desk: checklist.hand_over(desk, task, person), About(task=task)
    )
    return None
