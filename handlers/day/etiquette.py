"""The etiquette cards of a visit (P07)."""

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.reminders.etiquette import cards_of
from services.reading import looks
from templates.day.views import etiquette_view


async def show(call: Call) -> Answer:
    """The lines of the cards that are for this person. Raises Outdated where none is any more."""
    visit = call.numbers[0]
    view = await call.look(
        lambda desk: looks.picture(desk.session, visit, desk.site), Verb.SEE, About(visit=visit)
    )
    cards = cards_of(view, call.user_id)
    if not cards:
        raise Outdated
    return Show(etiquette_view(call.reader, view, cards))
