"""The database is watched: whether it takes what is written, and is still the one first opened."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from models.records.people import Reader
from services.store.database import Database, DatabaseTrouble
from templates.wording.errors import database_back_words, database_lost_words

EVERY_SECONDS = 20.0
FRESH_SECONDS = 1.0
LOST = frozenset({"database_gone", "database_replaced"})
log = logging.getLogger(__name__)


class DatabaseWatch:
    """Looks every `EVERY_SECONDS` and when it is asked. A file that is gone or another one is told
    in the visits channel, without the outbox, which is gone with it."""

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        channel_of: Callable[[], Awaitable[str | None]],
        reader: Reader,
    ) -> None:
        self._database = database
        self._client = client
        self._channel_of = channel_of
        self._reader = reader
        self._looks = asyncio.Lock()
        self._looked_at: float | None = None
        self._told: tuple[str, str] | None = None
        self.trouble: DatabaseTrouble | None = None

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            try:
                await self._tell()
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                log.warning("the visits channel could not be told: %s", type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> DatabaseTrouble | None:
        """What is wrong with the database now; None: nothing. Not twice within a second."""
        async with self._looks:
            now = asyncio.get_running_loop().time()
            if self._looked_at is None or now - self._looked_at >= FRESH_SECONDS:
                self._looked_at = now
                self._note(await asyncio.to_thread(self._try))
            return self.trouble

    def _try(self) -> DatabaseTrouble | None:
        try:
            self._database.try_writing()
        except DatabaseTrouble as trouble:
            return trouble
        return None

    def _note(self, found: DatabaseTrouble | None) -> None:
        before, self.trouble = self.trouble, found
        if found is not None and (before is None or before.code != found.code):
            log.error("nothing can be written: %s", found)
        elif found is None and before is not None:
            log.warning("the database can be written again")

    async def _tell(self) -> None:
        is_lost = self.trouble is not None and self.trouble.code in LOST
        if is_lost and self._told is None:
            channel = await self._channel_of()
            if channel is None:
                return
            text = database_lost_words(self._reader)
            answer = await self._client.chat_postMessage(channel=channel, text=text)
            self._told = (str(answer["channel"]), str(answer["ts"]))
        elif self._told is not None and self.trouble is None:
            (channel, ts), text = self._told, database_back_words(self._reader)
            await self._client.chat_update(channel=channel, ts=ts, text=text)
            self._told = None
