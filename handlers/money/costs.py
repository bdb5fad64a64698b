"""Noting what was spent on a visit (R2.3)."""

import secrets
from datetime import datetime

from handlers.money import values
from handlers.slack.answers import Answer, Mark, Say, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from services.money import costs
from services.reading import looks
from services.reading.desk import Desk
from templates.money.replies import corrected_reply, cost_reply, gift_refused_words
from templates.money.views import correction_form, cost_form
from templates.slack import ids


async def open_cost(call: Call) -> Answer:
    """The form, from the button."""
    return await open_for(call, call.numbers[0])


async def open_for(call: Call, visit: int) -> Answer:
    """The form for one visit."""
    view, now = await call.look(
        lambda desk: (costs.spendable(desk, visit), desk.now),
        Verb.NOTE_COST,
        About(visit=visit),
    )
    return Show(cost_form(call.reader, view, now, secrets.token_hex(16)))


async def submit(call: Call) -> Answer:
    """Note it, and say at once how it was held; a gift above the procedure is refused."""
    visit, form_key = wanted(call.meta.visit), call.meta.form_key
    if form_key is None:
        raise Outdated
    form = values.cost_form(call.entries)

    def do(desk: Desk) -> tuple[costs.Noted, VisitPicture, datetime]:
        noted = costs.note_cost(desk, visit, form, form_key)
        return noted, looks.picture(desk.session, visit, desk.site), desk.now

    noted, view, now = await call.act(Verb.NOTE_COST, do, About(visit=visit))
    if noted.cost is None:
        return Mark({ids.AMOUNT: gift_refused_words(call.reader, view, noted.allowed)})
    return Say(cost_reply(call.reader, view, now, noted.cost, is_repeat=noted.is_repeat))


async def open_correction(call: Call) -> Answer:
    """Ask what was really spent."""
    visit, line = call.numbers[:2]
    (view, cost), now = await call.look(
        lambda desk: (costs.correctable(desk, visit, line), desk.now),
        Verb.NOTE_COST,
        About(visit=visit),
    )
    return Show(correction_form(call.reader, view, now, cost, secrets.token_hex(16)))


async def submit_correction(call: Call) -> Answer:
    """Put it right by a counter-line; what was noted stays in the records."""
    meta = call.meta
    visit, line, form_key = wanted(meta.visit), wanted(meta.line), meta.form_key
    if form_key is None:
        raise Outdated
    form = values.correction_form(call.entries)

    def do(desk: Desk) -> tuple[costs.Noted, VisitPicture, datetime]:
        noted = costs.correct_cost(desk, visit, line, form, form_key)
        return noted, looks.picture(desk.session, visit, desk.site), desk.now

    noted, view, now = await call.act(Verb.NOTE_COST, do, About(visit=visit))
    if noted.cost is None:
        return Mark({ids.AMOUNT: gift_refused_words(call.reader, view, noted.allowed)})
    return Say(corrected_reply(call.reader, view, now, noted.cost))
