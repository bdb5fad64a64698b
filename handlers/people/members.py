"""The people of the workspace, kept as they change: language, zone, name."""

from typing import Any

from handlers.slack.answers import Answer
from handlers.slack.call import Call, Kind
from handlers.slack.people import person
from models.records.people import Person


async def changed(call: Call) -> Answer:
    """Somebody joined, or changed something about themselves."""
    user = call.event.get("user")
    if isinstance(user, dict) and user.get("id"):
        await _keep(call, user)
    return None


async def meet(call: Call) -> None:
    """Look somebody up who has just acted and is not known here yet."""
    if call.kind is not Kind.EVENT and not call.edge.knows(call.user_id):
        known = await _known(call, call.user_id)
        if known is None:
            await _keep(call, {"id": call.user_id})


async def meet_person(call: Call, user_id: str) -> bool:
    """Look somebody up whom another has named, where they are not known here yet. Whether it is a
    person and no bot."""
    if await _known(call, user_id) is None:
        await _keep(call, {"id": user_id})
        return await _known(call, user_id) is not None
    return True


async def _keep(call: Call, user: dict[str, Any]) -> None:
    if "locale" not in user:  # the events leave it out
        answer = await call.slack.users_info(user=user["id"], include_locale=True)
        user = {**user, **answer["user"]}
    found = person(user, call.edge.clock(), await _known(call, user["id"]))
    if found is not None:
        await call.edge.remember([found])


async def _known(call: Call, user_id: str) -> Person | None:
    return await call.look(lambda desk: desk.session.get(Person, user_id))
