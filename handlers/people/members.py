"""The people whom Slack knows: who takes part here, kept as they change (language, zone, name)."""

from handlers.slack.answers import Answer
from handlers.slack.call import Call, Kind
from handlers.slack.people import look_up, person
from models.base.errors import Fault, InvalidForm, NotAMember
from models.records.people import Person
from services.reading import people
from services.reading.desk import Desk


async def changed(call: Call) -> Answer:
    """Somebody joined, or changed something about themselves. The event says of whom, Slack is
    asked what."""
    user = call.event.get("user")
    if isinstance(user, dict) and user.get("id"):
        await _meet(call, str(user["id"]))
    return None


async def admit(call: Call) -> None:
    """Let in who takes part here; whoever is not known is looked up first. Raises NotAMember, and
    InvalidForm for a form in which somebody is named who takes no part."""
    if call.event.get("type") in _OF_PEOPLE:
        return
    if not call.edge.knows(call.user_id) and not await meet_person(call, call.user_id):
        raise NotAMember
    named = call.named if call.kind is Kind.SUBMISSION else {}
    outside = await _outside(call, {who for people in named.values() for who in people})
    if outside:
        wrong = [block for block, people in named.items() if outside.intersection(people)]
        raise InvalidForm({block: Fault("not_a_member") for block in wrong})


_OF_PEOPLE = {"user_change", "team_join"}


async def meet_person(call: Call, user_id: str) -> bool:
    """Look somebody up who is not known here yet. Whether they take part."""
    return bool(user_id) and not await _outside(call, {user_id})


async def _outside(call: Call, user_ids: set[str]) -> set[str]:
    """Those of these people who take no part; who is not known yet is looked up."""
    if not user_ids:
        return set()

    def sort(desk: Desk) -> tuple[set[str], set[str]]:
        return people.unknown(desk.session, user_ids), people.outsiders(desk.session, user_ids)

    unknown, outside = await call.look(sort)
    if not unknown:
        return outside
    for user_id in unknown:
        await _meet(call, user_id)
    return (await call.look(sort))[1]


async def _meet(call: Call, user_id: str) -> None:
    user = await look_up(call.slack, user_id)
    known = await call.look(lambda desk: desk.session.get(Person, user_id))
    await call.edge.remember([person(user, call.edge.clock(), call.edge.workspace, known)])
