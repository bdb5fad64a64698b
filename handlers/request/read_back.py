"""Reading the key facts back to the customer (R1.3)."""

from datetime import datetime

from handlers.slack.answers import Answer, Back, Refill, Show
from handlers.slack.call import Call, behind_of, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from services.reading.desk import Desk
from services.request import read_back
from templates.request.read_back import read_back_form
from templates.request.replies import read_back_reply
from templates.slack import ids

_LOCALES = {ids.READ_BACK_EN: "en", ids.READ_BACK_ZH: "zh"}


async def open_sheet(call: Call) -> Answer:
    """The sheet: in English for customers from abroad, else in the site's language."""
    view, now = await _read(call, call.numbers[0])
    locale = "en" if view.visit.is_overseas else call.edge.site.locale
    return Show(read_back_form(call.reader, view, now, locale, behind_of(call)))


async def in_language(call: Call) -> Answer:
    """The same in another language."""
    view, now = await _read(call, call.numbers[0])
    behind = call.meta.behind or ()
    return Refill(read_back_form(call.reader, view, now, _LOCALES[call.action], behind))


async def submit(call: Call) -> Answer:
    """Keep what the customer has confirmed."""
    visit, shown = wanted(call.meta.visit), call.meta.marks or {}
    confirmed = call.entries.choices(ids.CONFIRMED)

    def do(desk: Desk) -> tuple[VisitPicture, datetime]:
        read_back.confirm_facts(desk, visit, confirmed, shown)
        return read_back.to_read_back(desk, visit), desk.now

    view, now = await call.act(Verb.FILL_NOTICE, do, About(visit=visit))
    return Back(read_back_reply(call.reader, view, now))


async def _read(call: Call, visit: int) -> tuple[VisitPicture, datetime]:
    return await call.look(
        lambda desk: (read_back.to_read_back(desk, visit), desk.now),
        Verb.FILL_NOTICE,
        About(visit=visit),
    )
