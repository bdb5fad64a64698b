"""Which rules stand behind a visit, whole."""

from datetime import datetime

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from services.reading import looks, standing
from services.reading.desk import Desk
from templates.procedure.views import why_view


async def show(call: Call) -> Answer:
    """One part of the rules behind a visit, or all of them."""
    visit, part = call.numbers[0], call.numbers[1]

    def read(desk: Desk) -> tuple[VisitPicture, frozenset[Verb], datetime]:
        view = looks.picture(desk.session, visit, desk.site)
        return view, standing.allowed(desk, view.visit), desk.now

    view, allowed, now = await call.look(read, Verb.SEE, About(visit=visit))
    return Show(why_view(call.reader, view, part, now, allowed))
