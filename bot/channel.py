"""The channel of the visit cards: found by name or id, joined where that needs nobody's leave."""

import logging
import re

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_PAGE = 200
log = logging.getLogger(__name__)


async def find_channel(client: AsyncWebClient, wanted: str) -> str | None:
    """The id of the channel that the bot can post to; it joins a public one.

    None where there is none yet; the log then says what to do. Slack's other refusals are raised
    (SlackApiError, aiohttp.ClientError, TimeoutError).
    """
    channel = await (_by_id(client, wanted) if _ID.fullmatch(wanted) else _by_name(client, wanted))
    if channel is None:
        log.warning(
            "USHER_CHANNEL: Usher sees no channel %s: create it, or invite Usher to it "
            "(/invite @Usher) if it is private; cards wait until then",
            wanted,
        )
        return None
    if not channel.get("is_member"):
        if channel.get("is_private"):
            log.warning("USHER_CHANNEL: invite Usher to %s (/invite @Usher)", wanted)
            return None
        await client.conversations_join(channel=str(channel["id"]))
        log.info("joined the channel", extra={"channel": channel["id"]})
    return str(channel["id"])


async def _by_id(client: AsyncWebClient, wanted: str) -> dict[str, object] | None:
    try:
        answer = await client.conversations_info(channel=wanted)
    except SlackApiError as refused:
        if refused.response.get("error") == "channel_not_found":
            return None
        raise
    found: dict[str, object] = answer["channel"]
    return None if found.get("is_archived") else found


async def _by_name(client: AsyncWebClient, wanted: str) -> dict[str, object] | None:
    pages = await client.conversations_list(
        types="public_channel,private_channel", exclude_archived=True, limit=_PAGE
    )
    async for page in pages:
        for channel in page["channels"]:
            if wanted in (channel["name"], channel.get("name_normalized")):
                found: dict[str, object] = channel
                return found
    return None
