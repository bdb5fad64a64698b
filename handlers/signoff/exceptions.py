"""Asking for an exception to the procedure (R2.2)."""

import secrets
from datetime import datetime

from handlers.signoff import values
from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from services.reading import looks
from services.reading.desk import Desk
from services.signoff import exceptions
from templates.money.views import exception_form
from templates.signoff.replies import exception_reply


async def open_exception(call: Call) -> Answer:
    """The form, from the button."""
    return await open_for(call, call.numbers[0])


async def open_for(call: Call, visit: int) -> Answer:
    """The form for one visit."""
    view, now = await call.look(
        lambda desk: (exceptions.exceptable(desk, visit), desk.now),
        Verb.REQUEST_EXCEPTION,
        About(visit=visit),
    )
    return Show(exception_form(call.reader, view, now, secrets.token_hex(16)))


async def submit(call: Call) -> Answer:
    """Ask for it; who is asked to decide is told at once."""
    visit, form_key = wanted(call.meta.visit), call.meta.form_key
    if form_key is None:
        raise Outdated
    form = values.exception_form(call.entries)

    def do(desk: Desk) -> tuple[exceptions.Asked, VisitPicture, datetime]:
        asked = exceptions.request_exception(desk, visit, form, form_key)
        return asked, looks.picture(desk.session, visit, desk.site), desk.now

    asked, view, now = await call.act(Verb.REQUEST_EXCEPTION, do, About(visit=visit))
    return Say(
        exception_reply(
            call.reader,
            view,
            now,
            asked.exception.id,
            asked.missing_roles,
            is_repeat=asked.is_repeat,
        )
    )
