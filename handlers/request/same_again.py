"""An earlier visit as the draft of a new one: all but its dates."""

from typing import Any

from handlers.request import values
from handlers.request.request_form import leads_to, new_key
from handlers.slack.answers import Answer, Show
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.permissions import Verb
from models.request.outlook import Outlook
from services.reading import looks
from services.reading.desk import Desk
from services.request.stored import form_of
from templates.request.visit_form import visit_form
from templates.slack.metadata import FormMeta

_OF_ITS_OWN = frozenset(
    {
        *("arrival", "departure", "pickup_time", "dropoff_time", "meeting_time"),
        *("level", "level_reason", "exception_reason", "told_reason", "travel_number", "budget"),
    }
)
"""What belongs to that visit alone: dates, flight, money, and reasons that leaders were given."""


async def open_form(call: Call) -> Answer:
    """The request with what an earlier visit says; its dates are empty."""
    visit = call.numbers[0]

    def read(desk: Desk) -> tuple[dict[str, Any], Outlook]:
        form = form_of(looks.picture(desk.session, visit, desk.site))
        first = {name: value for name, value in dict(form).items() if name not in _OF_ITS_OWN}
        return first, leads_to(desk, first)

    first, outlook = await call.look(read, Verb.READ_NOTES, About(visit=visit))
    form = visit_form(
        call.reader,
        call.edge.site.policy,
        first,
        meta=FormMeta(form_key=new_key(), later=values.later(first), same_as=visit),
        site=call.edge.site.timezone,
        outlook=outlook,
    )
    return Show(form)
