"""The people of the workspace, kept as they change: language, zone, name."""

from handlers.answers import Answer
from handlers.call import Call
from handlers.people import person
from models.people import Person


async def changed(call: Call) -> Answer:
    """Somebody joined, or changed something about themselves."""
    user = call.event.get("user")
    if not isinstance(user, dict):
        return None
    if "locale" not in user and user.get("id"):
        answer = await call.slack.users_info(user=user["id"], include_locale=True)
        user = {**user, **answer["user"]}
    user_id = str(user.get("id"))
    known = await call.look(lambda desk: desk.session.get(Person, user_id))
    found = person(user, call.edge.clock(), known)
    if found is not None:
        await call.edge.remember([found])
    return None
