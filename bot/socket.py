"""Socket Mode: the connection that the bot opens, kept alive and closed in good order."""

import asyncio
import logging
from contextlib import suppress

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.log import new_reference
from bot.slack import error_code, is_passing
from bot.trouble import CannotRun

_PING_SECONDS = 3.0
_WATCH_SECONDS = 2.0
_LAST_SECONDS = 5.0
log = logging.getLogger(__name__)


class _Handler(AsyncSocketModeHandler):
    """Counts the requests in hand, so that the bot can finish them before it ends."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        quiet = logging.getLogger("slack_bolt.socket")
        quiet.setLevel(logging.CRITICAL)  # losses are reported by the watch, errors below
        super().__init__(app, app_token, quiet, client, ping_interval=_PING_SECONDS)
        self.in_hand = 0
        self.is_idle = asyncio.Event()
        self.is_idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        self.in_hand += 1
        self.is_idle.clear()
        try:
            await super().handle(client, req)
        except (ConnectionError, aiohttp.ClientError) as error:
            log.warning("an answer was lost with the connection: %s", type(error).__name__)
        except Exception:
            log.exception("a request failed unexpectedly", extra={"reference": new_reference()})
        finally:
            self.in_hand -= 1
            if not self.in_hand:
                self.is_idle.set()


class Socket:
    """The bot's connection by Socket Mode. `open`, then `close`."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        self._handler = _Handler(app, app_token, client)
        self._client: SocketModeClient = self._handler.client
        self._watcher: asyncio.Task[None] | None = None
        self.is_connected = False

    async def open(self) -> None:
        """Connect. Raises CannotRun when Slack refuses the app token."""
        try:
            # Asked here, because the stock client would ask for ever with a token that is wrong.
            self._client.wss_uri = await self._client.issue_new_wss_url()
        except SlackApiError as refused:
            code = error_code(refused)
            if not is_passing(code):
                raise CannotRun(
                    f"SLACK_APP_TOKEN: Slack refuses this token ({code}): make an app-level token "
                    "with connections:write under Basic Information, and switch Socket Mode on"
                ) from refused
            log.warning("Slack gave no socket yet: %s", code)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("Slack gave no socket yet: %s", type(error).__name__)
        await self._handler.connect_async()  # type: ignore[no-untyped-call]
        self.is_connected = True
        self._watcher = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Finish what is in hand (a few seconds at most), then disconnect."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._handler.is_idle.wait(), _LAST_SECONDS)
        if self._watcher is not None:
            self._watcher.cancel()
        self.is_connected = False
        await self._handler.close_async()  # type: ignore[no-untyped-call]
        # The stock client leaves its own tasks to be cancelled by the loop's next turn.
        tasks = (
            self._client.message_processor,
            self._client.message_receiver,
            self._client.current_session_monitor,
        )
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)

    async def _watch(self) -> None:
        """Report losses, and have a new address fetched while the old one does not work.

        Slack's addresses are good for one connection; the stock client tries a dead one for ever.
        """
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            connected = await self._client.is_connected()
            if not connected:
                self._client.wss_uri = None
            if connected != self.is_connected:
                self.is_connected = connected
                log.warning("connected to Slack again" if connected else "connection to Slack lost")
