"""App Home: what waits for a person, their visits, what happens today."""

from datetime import date, datetime

from handlers.slack.answers import Answer, Say
from handlers.slack.call import Call
from models.base.permissions import Verb
from models.reading.picture import HomeAgenda
from services.reading import absences, home, standing
from services.reading.desk import Desk
from templates.home import home_view, waiting_reply


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
    shown, allowed, now, today = await call.look(_read)
    view = home_view(call.reader, shown, now, allowed, today)
    await call.slack.views_publish(user_id=call.user_id, view=view)


def _read(desk: Desk) -> tuple[HomeAgenda, frozenset[Verb], datetime, date]:
    return home.home_agenda(desk), standing.allowed(desk), desk.now, absences.today(desk)
