"""Approve, decline, ask for changes (R3.1)."""

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.base.words import StepState
from services.signoff import decisions
from templates.signoff.views import decision_form
from templates.slack import ids

_WITH_REASON = {StepState.DECLINED, StepState.CHANGES_ASKED}


async def approve(call: Call) -> Answer:
    """Approve. The card says so; whoever comes second is told who decided."""
    step = call.numbers[0]
    await call.act(
        Verb.DECIDE,
        lambda desk: decisions.decide(desk, step, StepState.APPROVED, None),
        About(step=step),
    )
    return None


async def open_decline(call: Call) -> Answer:
    """Ask why."""
    return await _open(call, StepState.DECLINED)


async def open_ask_changes(call: Call) -> Answer:
    """Ask what is to be changed."""
    return await _open(call, StepState.CHANGES_ASKED)


async def submit(call: Call) -> Answer:
    """Decline, or ask for changes, for the reason given."""
    meta = call.meta
    step = wanted(meta.step)
    if meta.decision not in _WITH_REASON:
        raise Outdated
    decision = StepState(meta.decision)
    comment = call.entries.text(ids.COMMENT)
    await call.act(
        Verb.DECIDE,
        lambda desk: decisions.decide(desk, step, decision, comment),
        About(step=step),
    )
    return None


async def _open(call: Call, decision: StepState) -> Answer:
    number = call.numbers[0]
    view, step = await call.look(
        lambda desk: decisions.undecided(desk, number), Verb.DECIDE, About(step=number)
    )
    return Show(decision_form(call.reader, view, step, decision))
