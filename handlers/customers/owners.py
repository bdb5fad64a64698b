"""Who has a customer: changed by the coordinator or an admin."""

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from services.customers import owners
from services.reading import looks
from templates.customers.owners import owner_form
from templates.slack import ids


async def open_owner(call: Call) -> Answer:
    """Ask for the account owner of a visit's customer."""
    number = call.numbers[0]
    view = await call.look(
        lambda desk: looks.picture(desk.session, number, desk.site),
        Verb.SET_OWNER,
        About(visit=number),
    )
    return Show(owner_form(call.reader, view))


async def submit(call: Call) -> Answer:
    """Give the customer this account owner."""
    visit, owner = wanted(call.meta.visit), call.entries.person(ids.ACCOUNT_OWNER) or ""
    await call.act(
        Verb.SET_OWNER, lambda desk: owners.set_owner(desk, visit, owner), About(visit=visit)
    )
    return None
