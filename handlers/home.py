"""App Home: what waits for a person, their visits, what happens today."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.slack.answers import Answer, Say
from handlers.slack.call import Call
from models.base.permissions import Verb
from models.reading.picture import HomeAgenda
from services.people import first_steps
from services.people.first_steps import FirstSteps
from services.reading import absences, home, standing
from services.reading.desk import Desk
from templates.home import home_view, waiting_reply
from templates.people.first_steps import step_lines
from templates.slack.blocks import Card
from templates.wording.language import Language


async def opened(call: Call) -> Answer:
    """Somebody looks at it."""
    if call.event.get("tab", "home") == "home":
        call.edge.viewers.add(call.user_id)
        await publish(call)
    return None


async def refresh(call: Call) -> None:
    """Bring it up to date after the person has acted."""
    if call.has_acted and call.user_id in call.edge.viewers:
        await publish(call)


async def open_things(call: Call) -> Say:
    """What waits for the person, as a message."""
    shown, now = await call.look(lambda desk: (home.home_agenda(desk), desk.now))
    return Say(waiting_reply(call.reader, shown, now))


async def publish(call: Call) -> None:
    """Show the person's agenda as it is now."""
    read = await call.look(_read)
    steps = read.steps
    if steps is not None and not steps.is_told:
        await call.act(Verb.SET_ROLES, first_steps.lead)

    def first(language: Language, card: Card) -> None:
        if steps is not None:
            step_lines(
                language,
                card,
                call.edge.site.policy,
                steps.missing,
                steps.trial,
                has_calendar=steps.has_calendar,
                has_tried=steps.has_tried,
            )

    view = home_view(call.reader, read.agenda, read.now, read.allowed, read.today, first)
    await call.slack.views_publish(user_id=call.user_id, view=view)


@dataclass(frozen=True)
class _Read:
    agenda: HomeAgenda
    allowed: frozenset[Verb]
    now: datetime
    today: date
    steps: FirstSteps | None


def _read(desk: Desk) -> _Read:
    allowed = standing.allowed(desk)
    steps = first_steps.first_steps(desk) if Verb.SET_ROLES in allowed else None
    return _Read(home.home_agenda(desk), allowed, desk.now, absences.today(desk), steps)
