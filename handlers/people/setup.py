"""`/visit setup`: who holds which role."""

from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call, Kind
from models.base.permissions import Verb
from services.people import roles
from services.reading import people
from services.reading.desk import Desk
from templates.people.replies import roles_reply
from templates.people.views import setup_form


async def open_setup(call: Call) -> Answer:
    """The people of each role; the one that something waits for comes first."""
    holders = await call.look(lambda desk: people.holders(desk.session), Verb.SET_ROLES)
    is_button = call.kind is not Kind.COMMAND
    policy = call.edge.site.policy
    wanted = call.value if is_button and call.value in policy.company.keys else None
    return Show(setup_form(call.reader, policy, holders, wanted))


async def submit(call: Call) -> Answer:
    """Give the roles to the people chosen; visits that wait for somebody go on at once."""
    entries, policy = call.entries, call.edge.site.policy
    keys = policy.company.keys
    chosen = {role: entries.people(role) for role in keys if entries.has(role)}

    def do(desk: Desk) -> dict[str, list[str]]:
        roles.set_roles(desk, chosen)
        return people.holders(desk.session)

    return Say(roles_reply(call.reader, policy, await call.act(Verb.SET_ROLES, do)))
