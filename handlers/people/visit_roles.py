"""Roles of one visit: who holds them (R4.2, P16)."""

from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.base.words import Party
from services.people import visit_roles
from templates.people.views import fill_form


async def open_fill(call: Call) -> Answer:
    """Ask who holds the roles that the procedure fills for one visit."""
    number = call.numbers[0]
    view = await call.look(
        lambda desk: visit_roles.fillable(desk, number), Verb.FILL_ROLES, About(visit=number)
    )
    return Show(fill_form(call.reader, view))


async def submit(call: Call) -> Answer:
    """Name the people chosen."""
    visit, entries = wanted(call.meta.visit), call.entries
    chosen = {role: entries.people(role) for role in entries.blocks if role not in set(Party)}
    second = entries.person(Party.SECOND_HOST)
    await call.act(
        Verb.FILL_ROLES,
        lambda desk: visit_roles.fill_roles(desk, visit, chosen, second),
        About(visit=visit),
    )
    return None
