"""What people wrote in Slack, read out of events, shortcuts and histories; and their files."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.answers import slack_code
from handlers.slack.values import clean
from models.keeping.files import FILE_LIMIT, FILES_LIMIT, FileRefused

_SLACKBOT = "USLACKBOT"
_KINDS_OF_PEOPLE = {None, "file_share", "thread_broadcast"}
_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SECONDS = 30.0
_CHUNK = 64 * 1024
_GONE = {"file_not_found", "file_deleted"}
_SHARE_TRIES = 4
_SHARE_SECONDS = 0.5


@dataclass(frozen=True)
class Post:
    """A message as a person wrote it: words without Slack's marks, and Slack's ids of its files."""

    channel: str
    ts: str
    thread_ts: str | None
    author: str
    text: str
    files: tuple[tuple[str, str], ...] = ()  # id and name


@dataclass(frozen=True)
class Described:
    """A file as Slack describes it."""

    id: str
    name: str
    size: int
    url: str


def is_from_a_person(event: Mapping[str, Any]) -> bool:
    """Whether a person has just written this: not the app itself or another one, nor an edit, a
    deletion, or something that Slack says of a channel."""
    return (
        event.get("subtype") in _KINDS_OF_PEOPLE
        and not event.get("bot_id")
        and not event.get("app_id")
        and not event.get("hidden")
        and "edited" not in event
        and event.get("user") not in {None, "", _SLACKBOT}
    )


def post_of(channel: str, message: Mapping[str, Any], names: Mapping[str, str]) -> Post:
    """A message out of a payload; people whom it mentions are called by these names."""
    files = [each for each in message.get("files") or () if isinstance(each, Mapping)]
    return Post(
        channel=channel,
        ts=str(message.get("ts") or ""),
        thread_ts=str(message["thread_ts"]) if message.get("thread_ts") else None,
        author=str(message.get("user") or ""),
        text=words_of(str(message.get("text") or ""), names),
        files=tuple((str(each.get("id")), clean(str(each.get("name") or ""))) for each in files)[
            :FILES_LIMIT
        ],
    )


def mentioned(message: Mapping[str, Any]) -> set[str]:
    """The people whom a message names, and its author."""
    found = {
        mark[1][1:] for mark in _MARK.finditer(str(message.get("text") or "")) if mark[1][:1] == "@"
    }
    return found | {str(message.get("user") or "")}


def words_of(text: str, names: Mapping[str, str]) -> str:
    """Slack's marks in words: `<@U1>` by name, `<#C1|visits>` as #visits, a link with its label."""

    def said(mark: re.Match[str]) -> str:
        what, label = mark[1], mark[2]
        if what.startswith("@"):
            name = names.get(what[1:]) or label  # the bot itself has none
            return f"@{name}" if name else ""
        if what.startswith("#"):
            return f"#{label or what[1:]}"
        if what.startswith("!"):
            return label or f"@{what[1:].partition('^')[0]}"
        what = what.removeprefix("mailto:")
        return f"{label} ({what})" if label and label not in what else what

    return clean(unescape(_MARK.sub(said, text))).strip()


async def fetch_post(
    slack: AsyncWebClient, channel: str, ts: str, thread_ts: str | None
) -> Mapping[str, Any] | None:
    """A message that was written a while ago; None where it is gone. Raises what Slack raises."""
    span: dict[str, Any] = {"latest": ts, "oldest": ts, "inclusive": True, "limit": 2}
    if thread_ts is not None and thread_ts != ts:
        answer = await slack.conversations_replies(channel=channel, ts=thread_ts, **span)
    else:
        answer = await slack.conversations_history(channel=channel, **span)
    found: Iterable[Mapping[str, Any]] = answer.get("messages") or ()
    return next((each for each in found if each.get("ts") == ts), None)


async def place_of_file(
    slack: AsyncWebClient, file_id: str, channel: str
) -> tuple[str, str | None] | None:
    """The ts and thread of the message by which a file was shared in a channel; None where it is
    not to be found. Slack may tell of the file a moment before it tells of the message."""
    for _ in range(_SHARE_TRIES):
        try:
            answer = await slack.files_info(file=file_id)
        except SlackApiError as error:
            if slack_code(error) in _GONE:
                return None
            raise
        shares = (answer["file"] or {}).get("shares") or {}
        for kind in ("public", "private"):
            for share in (shares.get(kind) or {}).get(channel) or ():
                return str(share.get("ts")), share.get("thread_ts")
        await asyncio.sleep(_SHARE_SECONDS)
    return None


async def describe(slack: AsyncWebClient, file_id: str, known_as: str) -> Described:
    """What Slack says of a file. Raises FileRefused for one that is gone, or too large."""
    try:
        answer = await slack.files_info(file=file_id)
    except SlackApiError as error:
        if slack_code(error) in _GONE:
            raise FileRefused("gone", known_as) from error
        raise
    file: Mapping[str, Any] = answer["file"] or {}
    name = clean(str(file.get("name") or known_as))
    size = int(file.get("size") or 0)
    if size > FILE_LIMIT:
        raise FileRefused("too_large", name)
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    return Described(file_id, name, size, url)


async def download(slack: AsyncWebClient, file: Described) -> bytes:
    """A file's content, from Slack's own host alone, with the bot's token, and no more of it than
    is kept. Raises FileRefused."""
    if slack.session is None or not is_slacks(file.url, slack.base_url):
        raise FileRefused("unreachable", file.name)
    content = bytearray()
    try:
        async with slack.session.get(
            file.url,
            headers={"Authorization": f"Bearer {slack.token}"},
            allow_redirects=False,
            proxy=slack.proxy,
            timeout=aiohttp.ClientTimeout(total=_SECONDS),
        ) as answer:
            if answer.status in {403, 404, 410}:
                raise FileRefused("gone", file.name)
            if answer.status != 200:
                raise FileRefused("unreachable", file.name)
            async for chunk in answer.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > FILE_LIMIT:
                    raise FileRefused("too_large", file.name)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise FileRefused("unreachable", file.name) from error
    return bytes(content)


def is_slacks(url: str, api_url: str) -> bool:
    """Whether an address is on the host of Slack's API, or on the one beside it that has the files
    (files.slack.com), by the same scheme and port."""
    try:
        file, api = urlsplit(url), urlsplit(api_url)
        hosts = {api.hostname, f"files.{(api.hostname or '').removeprefix('www.')}"}
        return file.scheme == api.scheme and file.port == api.port and file.hostname in hosts
    except ValueError:
        return False
