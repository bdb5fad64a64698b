"""The channel of the visit cards: found by name or id, joined where that needs nobody's leave."""

import asyncio
import logging
import re
from collections.abc import Callable

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import error_code
from scheduler.faults import SHARED, SlackFault, Trouble, is_shared

_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_PAGE = 200
_FRESH_SECONDS = 60.0
log = logging.getLogger(__name__)


class VisitsChannel:
    """The channel that USHER_CHANNEL names: looked for until it is there, then remembered by its
    id, and asked about from time to time, since it may be archived and made anew.

    `used` tells the channel that cards were last posted to: where none bears the name any more, it
    was renamed, and is kept.
    """

    def __init__(
        self, client: AsyncWebClient, wanted: str, used: Callable[[], str | None] = lambda: None
    ) -> None:
        self._client = client
        self._wanted = wanted
        self._used = used
        self._id: str | None = None
        self._asked_at = 0.0
        self._has_warned = False

    async def find(self) -> str | None:
        """The id of the channel that the bot can post to; it joins a public one.

        None where there is none yet; the log then says once what to do. Slack's other refusals
        are raised (SlackApiError, aiohttp.ClientError, TimeoutError), and DatabaseTrouble;
        SlackFault CLOSED for one that people of another company read.
        """
        now = asyncio.get_running_loop().time()
        if self._id is not None and now - self._asked_at > _FRESH_SECONDS:
            if not await self._still_there(self._id):
                self._id, self._has_warned = None, False
            self._asked_at = now
        if self._id is None:
            self._id = await self._look()
            self._asked_at = now
        return self._id

    async def _still_there(self, channel_id: str) -> bool:
        """Whether it is as it was; when Slack does not tell, it counts as being there."""
        try:
            answer = await self._client.conversations_info(channel=channel_id)
        except SlackApiError as refused:
            return error_code(refused) != "channel_not_found"
        except (aiohttp.ClientError, TimeoutError):
            return True
        channel = answer["channel"]
        is_lost = channel.get("is_archived") or is_shared(channel)
        return bool(channel.get("is_member")) and not is_lost

    async def _look(self) -> str | None:
        by_id = _ID.fullmatch(self._wanted)
        channel = await (self._by_id(self._wanted) if by_id else self._by_name())
        if channel is None and not by_id:
            channel = await self._renamed()
        if channel is None:
            self._warn(
                "Usher sees no channel %s: create it, or invite Usher to it if it is private "
                "(/invite @Usher)"
            )
            return None
        if is_shared(channel):
            self._warn("%s is shared with another company: stop that, or choose another channel")
            raise SlackFault("conversations.info", Trouble.CLOSED, SHARED)
        if not channel.get("is_member"):
            if channel.get("is_private"):
                self._warn("Usher is not in %s: invite it (/invite @Usher)")
                return None
            await self._client.conversations_join(channel=str(channel["id"]))
            log.info("joined the channel of the visit cards", extra={"channel": channel["id"]})
        return str(channel["id"])

    async def _renamed(self) -> dict[str, object] | None:
        used = await asyncio.to_thread(self._used)
        found = await self._by_id(used) if used is not None else None
        if found is None or not found.get("is_member"):
            return None
        log.warning(
            "USHER_CHANNEL: no channel is called %s; cards go on in the one used so far, write its "
            "new name or its id there",
            self._wanted,
            extra={"called": found.get("name"), "channel": found["id"]},
        )
        return found

    async def _by_id(self, channel_id: str) -> dict[str, object] | None:
        try:
            answer = await self._client.conversations_info(channel=channel_id)
        except SlackApiError as refused:
            if error_code(refused) == "channel_not_found":
                return None
            raise
        found: dict[str, object] = answer["channel"]
        return None if found.get("is_archived") else found

    async def _by_name(self) -> dict[str, object] | None:
        pages = await self._client.conversations_list(
            types="public_channel,private_channel", exclude_archived=True, limit=_PAGE
        )
        async for page in pages:
            for channel in page["channels"]:
                if self._wanted in (channel["name"], channel.get("name_normalized")):
                    found: dict[str, object] = channel
                    return found
        return None

    def _warn(self, words: str) -> None:
        if not self._has_warned:
            self._has_warned = True
            log.warning("USHER_CHANNEL: " + words + "; visit cards wait until then", self._wanted)
