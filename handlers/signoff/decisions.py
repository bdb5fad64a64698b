"""Approve, decline, ask for changes (R3.1); what was decided (C05)."""

from datetime import datetime

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.base.words import Matter, StepState
from models.reminders.outbox import CARDS
from services.reading.desk import Desk
from services.signoff import decisions, discretion, taking_back
from templates.messages import render
from templates.signoff.record import Blocks, decided_view, decisions_view, seen_blocks
from templates.signoff.views import decision_form
from templates.slack import ids

_WITH_REASON = {StepState.DECLINED, StepState.CHANGES_ASKED}


async def approve(call: Call) -> Answer:
    """Approve. The card says so; whoever comes second is told who decided."""
    return await _decide(call, call.numbers[0], StepState.APPROVED, None)


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
    return await _decide(call, step, StepState(meta.decision), call.entries.text(ids.COMMENT))


async def take_back(call: Call) -> Answer:
    """Have it be decided again, while nobody has gone by the decision."""
    step = call.numbers[0]
    await call.act(Verb.DECIDE, lambda desk: taking_back.take_back(desk, step), About(step=step))
    return None


async def choose(call: Call) -> Answer:
    """Keep what was chosen of what the procedure leaves to the decider; the card says so."""
    number, _, choice = call.chosen.partition(":")
    if not number.isdecimal() or len(number) > 10:
        raise Outdated
    step = int(number)
    await call.act(
        Verb.DECIDE, lambda desk: discretion.choose(desk, step, choice), About(step=step)
    )
    return None


async def what_was_decided(call: Call) -> Answer:
    """The decision on one step with the card as it was seen, or all decisions of the visit."""
    visit, step = call.numbers[0], call.numbers[1]

    def read(desk: Desk) -> tuple[decisions.Kept, datetime]:
        return decisions.what_was_decided(desk, visit, step), desk.now

    kept, now = await call.look(read, Verb.SEE, About(visit=visit))
    if kept.chain is None or kept.step is None:
        return Show(decisions_view(call.reader, kept.picture, now))
    return Show(decided_view(call.reader, kept.picture, now, kept.chain, kept.step, kept.blocks))


async def _decide(call: Call, step: int, decision: StepState, comment: str | None) -> Answer:
    await call.act(
        Verb.DECIDE,
        lambda desk: decisions.decide(desk, step, decision, comment, _seen(call, desk, step)),
        About(step=step),
    )
    return None


def _seen(call: Call, desk: Desk, number: int) -> Blocks:
    """The card as it stood before the decider; where they decided elsewhere (App Home, the form
    for the reason), the card as it stands for them at this moment."""
    if call.blocks:
        return seen_blocks(call.blocks)
    view, step = decisions.undecided(desk, number)
    chain = view.chain_of(number)
    kind = CARDS[Matter(chain.sign_off.matter)] if chain is not None else CARDS[Matter.REQUEST]
    card = render(kind, view, {"step": number, "role": step.role}, call.reader, desk.now)
    return seen_blocks(card.blocks) if card is not None else []


async def _open(call: Call, decision: StepState) -> Answer:
    number = call.numbers[0]
    view, step = await call.look(
        lambda desk: decisions.undecided(desk, number), Verb.DECIDE, About(step=number)
    )
    return Show(decision_form(call.reader, view, step, decision))
