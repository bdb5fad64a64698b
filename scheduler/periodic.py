"""What comes again and again: periodic work has its next row in the outbox ahead of its time.
Whatever does the work puts in the row after it; here is only seen to that one is there. What tells
nobody anything, such as forgetting what is kept no longer, is done at once.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date

from models.base.times import local
from scheduler.deliver import Clock
from services.customers import contacts
from services.measures import monthly
from services.reading.desk import Desk, Site
from services.store.database import Database, DatabaseTrouble

logger = logging.getLogger("usher.delivery")

Plan = Callable[[Desk], None]
PLANS: Sequence[Plan] = (monthly.plan_ahead, contacts.forget_old)
"""Each has the next row of one kind of work in the outbox, or does it; again, or on two bots, no
harm comes of it."""


class Periodic:
    """Looks once when a bot starts and once on each new day of the site; in between it costs
    nothing."""

    def __init__(
        self, database: Database, clock: Clock, site: Site, plans: Sequence[Plan] = PLANS
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = site
        self._plans = plans
        self._day: date | None = None

    async def look(self) -> None:
        """Plan ahead, if that has not been done on this day. Raises DatabaseTrouble, and then it
        is still to be done."""
        day = local(self._clock(), self._site.timezone).date()
        if day == self._day:
            return
        try:
            await asyncio.to_thread(self._plan)
        except DatabaseTrouble:
            raise
        except Exception:  # messages are sent all the same
            logger.exception("periodic work could not be planned")
        self._day = day

    def _plan(self) -> None:
        with self._database.session() as session:
            desk = Desk(session, self._clock(), self._site, None, "tick")
            for plan in self._plans:
                plan(desk)
