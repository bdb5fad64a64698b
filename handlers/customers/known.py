"""What is known of a guest who comes again: taken over into the visit, or struck out."""

from handlers.slack.answers import Answer
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from services.customers import contacts


async def take_over(call: Call) -> Answer:
    """Have the visit say it."""
    visit, fact = _numbers(call)
    await call.act(
        Verb.FILL_NOTICE, lambda desk: contacts.take_over(desk, visit, fact), About(visit=visit)
    )
    return None


async def strike(call: Call) -> Answer:
    """Propose it no more."""
    visit, fact = _numbers(call)
    await call.act(
        Verb.FILL_NOTICE, lambda desk: contacts.strike_out(desk, visit, fact), About(visit=visit)
    )
    return None


def _numbers(call: Call) -> tuple[int, int]:
    numbers = call.numbers
    if len(numbers) != 2:
        raise Outdated
    return numbers[0], numbers[1]
