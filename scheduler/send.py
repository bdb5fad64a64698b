"""Talking to Slack: post, update, and look for what may have been posted. No call is repeated
here: whether to try again is decided where the outbox is known."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import orjson
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from models.reminders.outbox import CHANNEL
from scheduler.compose import Document, Rendered
from scheduler.faults import SHARED, TOO_MUCH_SAID, SlackFault, Trouble, calling, is_shared

_CALLS = logging.getLogger("usher.slack")
_CALLS.setLevel(logging.INFO)
"""With no level of its own, the library makes up a line with the whole message, customers' names
and all, for each call."""

CALL_SECONDS = 20
"""The longest that one call may take; a lease must be longer."""
EVENT_TYPE = "usher_delivery"
_LOOK_BACK = timedelta(hours=24)  # how far apart Slack's clock and ours may be
_PAGES = 10
_PAGE_SIZE = 200

ChannelOf = Callable[[], Awaitable[str | None]]
"""Finds the id of the visits channel; None where there is none."""


class _Answer(aiohttp.ClientResponse):
    """Slack gives back the whole message, as UTF-8; orjson reads that sooner."""

    async def json(
        self,
        *,
        encoding: str | None = None,
        loads: Callable[[Any], Any] = orjson.loads,
        content_type: str | None = "application/json",
    ) -> Any:
        if self.content_type == content_type and encoding is None:
            return loads(await self.read())
        return await super().json(encoding=encoding, loads=loads, content_type=content_type)


@asynccontextmanager
async def delivery_client(token: str, base_url: str) -> AsyncIterator[AsyncWebClient]:
    """A client for the dispatcher alone: one pool of connections, and no retries of its own,
    since the library's would post a message twice whose answer was lost."""
    options: dict[str, Any] = {
        "timeout": aiohttp.ClientTimeout(total=CALL_SECONDS),
        "json_serialize": lambda value: orjson.dumps(value).decode(),
        "response_class": _Answer,
        "cookie_jar": aiohttp.DummyCookieJar(),  # a bot is known by its token
    }
    async with aiohttp.ClientSession(**options) as session:
        yield AsyncWebClient(
            token=token, base_url=base_url, session=session, retry_handlers=[], logger=_CALLS
        )


Read = Callable[[str], bytes]
"""Reads what stands at a place of the store of files. Raises OSError."""


class Slack:
    """The calls that delivering needs. Each raises SlackFault, never anything of the library."""

    def __init__(self, client: AsyncWebClient, channel_of: ChannelOf, read: Read) -> None:
        if client.retry_handlers:
            raise ValueError("a delivery client must not retry by itself: retry_handlers=[]")
        self._client = client
        self._channel_of = channel_of
        self._read = read
        self._conversations: dict[str, str] = {}  # by recipient

    def met(self, recipient: str, conversation: str) -> None:
        """Remember the conversation that a person turned out to have; no channel is one's own."""
        if recipient != CHANNEL and conversation[:1] == "D":
            self._conversations[recipient] = conversation

    async def target(self, recipient: str) -> str:
        """Where to post: a person's conversation if known, else their id; the visits channel."""
        if recipient == CHANNEL:
            return await self._visits_channel()
        return self._conversations.get(recipient, recipient)

    async def conversation(self, recipient: str) -> str:
        """The conversation with a recipient, opened if need be: only that can be searched."""
        if recipient == CHANNEL:
            return await self._visits_channel()
        if recipient in self._conversations:
            return self._conversations[recipient]
        with calling("conversations.open"):
            answer = await self._client.conversations_open(users=recipient)
            opened = _text(answer, "channel", "id")
        self.met(recipient, opened)
        return opened

    async def post(
        self,
        channel: str,
        row_id: str,
        message: Rendered,
        thread_ts: str | None,
        *,
        is_plain: bool = False,
    ) -> tuple[str, str]:
        """Post a message that bears the row's id, `is_plain` without its blocks; returns its
        conversation and ts."""
        thread: dict[str, Any] = {}
        if thread_ts is not None:
            thread = {"thread_ts": thread_ts, "reply_broadcast": message.broadcast}
        await self._refuse_shared(channel)
        with calling("chat.postMessage"):
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=[] if is_plain else message.blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"id": row_id}},
                unfurl_links=message.attachment is not None,  # of its own file: that shares it
                unfurl_media=message.attachment is not None,
                **thread,
            )
            return _text(answer, "channel"), _text(answer, "ts")

    async def upload(self, document: Document) -> tuple[str, str]:
        """Keep a document with Slack, for nobody to see; returns its id and address. The message
        that names the address shares it. Raises FileNotFoundError where the store has it no more.
        """
        content = document.content
        if content is None:
            content = await asyncio.to_thread(self._read, document.place)
        with calling("files.getUploadURLExternal"):
            begun = await self._client.files_getUploadURLExternal(
                filename=document.name, length=len(content)
            )
            url, file_id = _text(begun, "upload_url"), _text(begun, "file_id")
        with calling("files.upload"):
            await self._put(url, content)
        with calling("files.completeUploadExternal"):
            await self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": document.name}]
            )
        with calling("files.info"):
            return file_id, _text(await self._client.files_info(file=file_id), "file", "permalink")

    async def discard(self, file_id: str) -> None:
        """Remove a document that no message shares after all."""
        with calling("files.delete"):
            await self._client.files_delete(file=file_id)

    async def _put(self, url: str, content: bytes) -> None:
        if self._client.session is None:
            raise ValueError("a delivery client has a session of its own")
        async with self._client.session.post(url, data=content, proxy=self._client.proxy) as answer:
            answer.raise_for_status()

    async def update(
        self, channel: str, ts: str, message: Rendered, *, is_plain: bool = False
    ) -> None:
        """Bring a message up to date in place; its metadata stay. Where the visits channel was
        closed and made anew, what stood in the old one is gone: SlackFault CARD_GONE."""
        blocks = [] if is_plain else message.blocks  # an empty list takes those away that stand
        try:
            await self._refuse_shared(channel)
            with calling("chat.update"):
                await self._client.chat_update(
                    channel=channel, ts=ts, text=message.text, blocks=blocks
                )
        except SlackFault as fault:
            if await self.has_left(channel, fault):
                raise SlackFault(fault.method, Trouble.CARD_GONE, fault.reason) from fault
            raise

    async def has_left(self, channel: str, fault: SlackFault) -> bool:
        """Whether the call failed because the visits channel is another one by now."""
        is_closed = fault.trouble == Trouble.CLOSED and channel[:1] != "D"
        return is_closed and await self._visits_channel() != channel

    async def _refuse_shared(self, channel: str) -> None:
        """Raise SlackFault CLOSED for a channel that people of another company read: the visits
        channel, and one that was it before and where a card still stands."""
        if channel[:1] not in {"C", "G"}:
            return
        with calling("conversations.list"):
            present = await self._channel_of()
        if present is None or present == channel:
            return
        with calling("conversations.info"):
            answer = await self._client.conversations_info(channel=channel)
        if is_shared(answer["channel"]):
            raise SlackFault("conversations.info", Trouble.CLOSED, SHARED)

    async def join(self, channel: str) -> None:
        """Become a member of a public channel."""
        with calling("conversations.join"):
            await self._client.conversations_join(channel=channel)

    async def find(
        self, channel: str, row_id: str, since: datetime, thread_ts: str | None
    ) -> str | None:
        """The ts of the message that bears the row's id, if the conversation has it.

        Looks from the newest back to a day before `since`, so that clocks may differ by that.
        Where too much was said since to look through it all: SlackFault UNSURE.
        """
        oldest = str((since - _LOOK_BACK).timestamp())
        options: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": _PAGE_SIZE}
        cursor = ""
        for _ in range(_PAGES):
            answer = await self._page(options, thread_ts, cursor)
            for message in answer.get("messages") or ():
                if _bears(message, row_id):
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
        method = "conversations.history" if thread_ts is None else "conversations.replies"
        raise SlackFault(method, Trouble.UNSURE, TOO_MUCH_SAID)

    async def _page(
        self, options: dict[str, Any], thread_ts: str | None, cursor: str
    ) -> AsyncSlackResponse:
        options = {**options, "include_all_metadata": True}
        if cursor:
            options["cursor"] = cursor
        if thread_ts is not None:
            with calling("conversations.replies"):
                return await self._client.conversations_replies(ts=thread_ts, **options)
        with calling("conversations.history"):
            return await self._client.conversations_history(**options)

    async def _visits_channel(self) -> str:
        with calling("conversations.list"):
            channel = await self._channel_of()
        if channel is None:
            raise SlackFault("conversations.list", Trouble.CLOSED, "channel_not_found")
        return channel


def _bears(message: dict[str, Any], row_id: str) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("id") == row_id


def _text(answer: AsyncSlackResponse, *path: str) -> str:
    found: Any = answer.data
    for name in path:
        found = found[name] if isinstance(found, dict) else None
    if not isinstance(found, str):
        raise ValueError(f"the answer has no {'.'.join(path)}")
    return found
