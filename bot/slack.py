"""The ways to call Slack: one client for clicks, one for the work behind them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings, leave_proxies_out
from bot.trouble import CannotRun

CLICK_SECONDS = 2.5
"""Slack waits 3 s for an answer to a click; a call that takes longer than this comes too late."""
_BEHIND_SECONDS = 30.0
_FIRST_TRIES = (1.0, 2.0, 4.0, 8.0)
_MANIFEST = Path(__file__).parent / "manifest.yaml"
_TOKEN_FAULTS = {
    "account_inactive": "the app was removed from the workspace: install it again",
    "invalid_auth": "Slack does not know this token: copy it again",
    "not_allowed_token_type": "this is another kind of token: copy the bot token (xoxb-…)",
    "not_authed": "the token is empty: copy it again",
    "token_expired": "the token has expired: install the app again",
    "token_revoked": "the token was revoked: install the app again",
}
_LEFT_OUT = {
    "files:read": "files that people send are not copied",
    "files:write": "files and calendar entries are not sent",
    "app_mentions:read": "mentions are not answered",
}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Identity:
    """Who the bot is in its workspace."""

    team_id: str
    team: str
    user_id: str
    bot_id: str
    lacks: frozenset[str] = frozenset()
    """Scopes of the manifest that the app is installed without."""


@dataclass(frozen=True)
class Clients:
    """Web API clients. The dispatcher has one of its own (scheduler/).

    `clicks` answers people: it waits shortly, repeats nothing, and has no token, which Bolt gives
    to each request's copy. `behind` does what nobody waits for, patiently.
    """

    clicks: AsyncWebClient
    behind: AsyncWebClient


@asynccontextmanager
async def open_clients(settings: Settings) -> AsyncIterator[Clients]:
    """Clients with connections of their own, kept alive between calls and closed at the end."""
    leave_proxies_out(settings.slack_api_url)
    sessions = [
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds))
        for seconds in (CLICK_SECONDS, _BEHIND_SECONDS)
    ]

    def client(number: int, token: str | None, retry_handlers: list[Any]) -> AsyncWebClient:
        return AsyncWebClient(
            token=token,
            base_url=settings.slack_api_url,
            session=sessions[number],
            retry_handlers=retry_handlers,
        )

    patient = [AsyncConnectionErrorRetryHandler(), AsyncRateLimitErrorRetryHandler(3)]
    try:
        yield Clients(
            clicks=client(0, None, []),
            behind=client(1, settings.bot_token, patient),
        )
    finally:
        for session in sessions:
            await session.close()


async def find_out_identity(client: AsyncWebClient) -> Identity:
    """Ask Slack whose token it is. Raises CannotRun naming the setting at fault."""
    for wait in (*_FIRST_TRIES, None):
        try:
            answer = await client.auth_test()
            break
        except SlackApiError as refused:
            reason = error_code(refused)
            if wait is None or not is_passing(reason):
                raise CannotRun(_why(reason)) from refused
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = str(error) or type(error).__name__
        if wait is None:
            raise CannotRun(
                f"SLACK_API_URL: Slack cannot be reached at {client.base_url}: {reason}"
            )
        log.warning("Slack does not answer yet: %s", reason, extra={"again_in": f"{wait}s"})
        await asyncio.sleep(wait)
    lacks = _missing_scopes(answer.headers)
    if lacks:
        log.warning(
            "the app lacks scopes: give it those of bot/manifest.yaml and install it again",
            extra={"missing": ",".join(sorted(lacks)), "left_out": left_out(lacks)},
        )
    return Identity(answer["team_id"], answer["team"], answer["user_id"], answer["bot_id"], lacks)


def error_code(refused: SlackApiError) -> str:
    """Slack's word for what it refused; the HTTP status where the answer was not Slack's own."""
    data = refused.response.data
    if isinstance(data, dict) and data.get("error"):
        return str(data["error"])
    return f"status_{refused.response.status_code}"


def is_passing(code: str) -> bool:
    """Whether a refusal says nothing about the call: the same may succeed in a while."""
    return code.startswith("status_") or code in {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
    }


def _why(code: str) -> str:
    if code in _TOKEN_FAULTS:
        place = "it is on your Slack app's page under OAuth & Permissions"
        return f"SLACK_BOT_TOKEN: {_TOKEN_FAULTS[code]} ({code}); {place}"
    return f"SLACK_API_URL: Slack refused the first call: {code}"


def left_out(lacks: frozenset[str]) -> str:
    """What the app does not do without these scopes, in words."""
    return "; ".join(words for scope, words in _LEFT_OUT.items() if scope in lacks) or "nothing"


def _missing_scopes(headers: dict[str, Any]) -> frozenset[str]:
    """Slack names the token's scopes in a header; an older installation may lack some."""
    given = next((v for name, v in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if given is None:
        return frozenset()
    return frozenset(manifest_scopes()) - {scope.strip() for scope in str(given).split(",")}


def manifest() -> dict[str, Any]:
    """The app manifest, as data."""
    return deepcopy(_manifest())


@cache
def _manifest() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(_MANIFEST.read_text(encoding="utf-8"))
    return data


def manifest_scopes() -> list[str]:
    """The scopes that the bot needs."""
    scopes: list[str] = manifest()["oauth_config"]["scopes"]["bot"]
    return scopes
