"""How important a request is, as whoever rates it says (P18)."""

from handlers.slack.answers import Answer
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from services.request import rating


async def rate(call: Call) -> Answer:
    """Keep the level chosen; the card says so."""
    number, _, level = call.chosen.partition(":")
    if not number.isdecimal() or len(number) > 10:
        raise Outdated
    visit = int(number)
    await call.act(Verb.RATE, lambda desk: rating.rate(desk, visit, level), About(visit=visit))
    return None
