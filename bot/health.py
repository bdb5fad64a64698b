"""Whether the bot can work: what `/readyz` says."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.watch import DatabaseWatch
from scheduler.tick import Ticker
from services.saying.backlog import is_owed, oldest_due
from services.store.database import Database, DatabaseTrouble

OLDEST_DUE = timedelta(minutes=10)
"""A row that could have been sent so long ago says that sending does not work."""


class Health:
    """Asks the parts. `is_connected` tells whether requests of Slack's come in, `failing_since`
    since when nothing gets out; `lacks` are the scopes that the app is installed without."""

    def __init__(
        self,
        database: Database,
        watch: DatabaseWatch,
        ticker: Ticker,
        clock: Callable[[], datetime],
        is_connected: Callable[[], bool],
        failing_since: Callable[[], datetime | None] = lambda: None,
        lacks: frozenset[str] = frozenset(),
    ) -> None:
        self._database = database
        self._watch = watch
        self._ticker = ticker
        self._clock = clock
        self.is_connected = is_connected
        self._failing_since = failing_since
        self._lacks = lacks

    def remarks(self) -> list[str]:
        """What does not hold the bot up, and is to be mended all the same."""
        if not self._lacks:
            return []
        return [f"the app is installed without {', '.join(sorted(self._lacks))}"]

    async def faults(self) -> list[str]:
        """What is wrong, in words; nothing when the bot can work."""
        faults = []
        if not self.is_connected():
            faults.append("no connection to Slack")
        if not self._ticker.is_alive:
            faults.append("the outbox is not looked at")
        try:
            age = await self.oldest_due_age()
        except DatabaseTrouble as away:
            return [*faults, f"the database cannot be used ({away.code})"]
        trouble = await self._watch.look()
        if trouble is not None:
            faults.append(f"nothing can be written to the database ({trouble.code})")
        if age > OLDEST_DUE:
            faults.append(f"a message waits for {age.total_seconds():.0f} s to be sent")
        return faults

    async def oldest_due_age(self) -> timedelta:
        """How long the oldest due row waits; what is tried again and again in vain, since Slack
        takes nothing. Raises DatabaseTrouble."""
        now = self._clock()
        since = await asyncio.to_thread(self._oldest_due, now)
        return max(now - since, timedelta(0)) if since is not None else timedelta(0)

    def _oldest_due(self, now: datetime) -> datetime | None:
        failing = self._failing_since()
        with self._database.reading() as session:
            due = oldest_due(session, now)
            if failing is None or now - failing <= OLDEST_DUE or not is_owed(session, now):
                return due
        return min(due or failing, failing)
