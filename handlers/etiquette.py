"""The etiquette cards of a visit (P07)."""

from handlers.answers import Answer, Show
from handlers.call import Call
from handlers.edge import About
from models.errors import Outdated
from models.etiquette import cards_of
from models.permissions import Verb
from services import looks
from templates.views import etiquette_view


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
