"""I am away, I am back; and all of somebody handed over."""

from handlers.people.members import meet_person
from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call
from models.base.errors import Fault, InvalidForm
from models.base.permissions import Verb
from services.people import absence
from services.reading import absences
from templates.people.absence import away_form, hand_all_form, handed_all_reply
from templates.slack import ids


async def open_away(call: Call) -> Answer:
    """Ask from when to when, and who stands in."""
    today = await call.look(absences.today, Verb.BE_AWAY)
    return Show(away_form(call.reader, call.edge.site.policy, today))


async def submit_away(call: Call) -> Answer:
    """Keep it; what is open goes along when it begins."""
    entries = call.entries
    first, last = entries.calendar_day(ids.AWAY_FROM), entries.calendar_day(ids.AWAY_TO)
    to = entries.person(ids.STAND_IN)
    await _is_person(call, ids.STAND_IN, to)
    await call.act(Verb.BE_AWAY, lambda desk: absence.go_away(desk, first, last, to))
    return None


async def back(call: Call) -> Answer:
    """End it; what nobody has acted on comes back."""
    number = call.numbers[0]
    await call.act(Verb.BE_AWAY, lambda desk: absence.come_back(desk, number))
    return None


async def open_hand_all(call: Call) -> Answer:
    """Ask from whom to whom."""
    await call.look(absences.today, Verb.HAND_OVER_ALL)
    return Show(hand_all_form(call.reader))


async def submit_hand_all(call: Call) -> Answer:
    """Hand it over; both are told once."""
    who, to = call.entries.person(ids.HANDED_FROM), call.entries.person(ids.HANDED_TO)
    reason = call.entries.text(ids.REASON)
    await _is_person(call, ids.HANDED_TO, to)
    done = await call.act(
        Verb.HAND_OVER_ALL, lambda desk: absence.hand_over_all(desk, who, to, reason)
    )
    return Say(handed_all_reply(call.reader, who or "", to or "", done.visits, done.customers))


async def _is_person(call: Call, field: str, user_id: str | None) -> None:
    """Look somebody up who is not known here yet. Raises InvalidForm for a bot."""
    if user_id is not None and not await meet_person(call, user_id):
        raise InvalidForm({field: Fault("not_here")})
