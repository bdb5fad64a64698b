"""The local Slack workspace as a server: Web API, Socket Mode, response URLs, uploads."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox.app import Command, Shortcut
from sandbox.args import Args
from sandbox.client import Client
from sandbox.clock import Clock
from sandbox.delivery import Delivery
from sandbox.events import EventFeed
from sandbox.faults import Faults
from sandbox.http_mode import HttpSender
from sandbox.model import Json, Rejection, SlackError
from sandbox.persona import Persona
from sandbox.rate_limit import RateLimit
from sandbox.responses import Responses
from sandbox.seed import seed
from sandbox.socket_mode import SocketHub
from sandbox.ui import Moment, Ui
from sandbox.uploads import Uploads
from sandbox.validation import data_refusal
from sandbox.web_api import Call, WebApi, read_args
from sandbox.workspace import Workspace

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SIGNING_SECRET = "sandbox-signing-secret"
_MAX_UPLOAD = 50 * 1024 * 1024


class Sandbox:
    """One local Slack workspace. `start`, point a bot at `api_url`, act through `persona`."""

    bot_token = BOT_TOKEN
    app_token = APP_TOKEN
    signing_secret = SIGNING_SECRET

    def __init__(self, clock: Clock | None = None, *, seeded: bool = True) -> None:
        self.clock = clock or Clock()
        self.workspace = Workspace(self.clock)
        if seeded:
            seed(self.workspace)
        self.faults = Faults()
        self.moments: Callable[[], Awaitable[list[Moment]]] | None = None
        self.first: list[str] = []  # handles: as whom the page opens, by language
        self.jump: Callable[[datetime], Awaitable[None]] = self._set_clock
        self._hub = SocketHub(self.workspace.changes, self.workspace.ids, self.workspace.app.id)
        self._http = HttpSender(SIGNING_SECRET)
        self.delivery = Delivery(self._hub, self._http)
        self.events = EventFeed(self.workspace, self.delivery)
        self.client = Client(self.workspace, self.delivery, self.events)
        self._responses = Responses(self.workspace)
        self._api = WebApi(
            self.workspace,
            self._hub,
            self.faults,
            bot_token=BOT_TOKEN,
            app_token=APP_TOKEN,
        )
        self.faults.connect(self._hub.refresh, self._hub.lose)
        self.ui = Ui(self)
        self._runner: web.AppRunner | None = None
        self.url = ""

    # Running

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen on a port (0: any free one). Raises OSError when it is taken."""
        app = web.Application(client_max_size=_MAX_UPLOAD)
        app.router.add_route("*", "/api/{method}", self._api.handle)
        app.router.add_get("/socket/link", self._hub.handle)
        app.router.add_post("/response/{id}", self._respond)
        app.add_routes(self.ui.routes())
        app.add_routes(Uploads(self.workspace, BOT_TOKEN).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.url = f"http://{host}:{bound}"
        self.workspace.base_url = self.url
        self.ui.start()
        self._api.socket_url = f"ws://{host}:{bound}/socket/link"

    async def stop(self) -> None:
        """Close all connections and stop listening."""
        await self.ui.stop()
        await self.delivery.stop()
        await self._hub.stop()
        await self._http.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def api_url(self) -> str:
        """The base of the Web API, with a slash at the end."""
        return f"{self.url}/api/"

    @property
    def online(self) -> bool:
        """Whether the app is connected by Socket Mode."""
        return self._hub.online

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the app has."""
        return self._hub.connections

    # Setting up

    def install(self, manifest: Json) -> None:
        """Install the app: its scopes, events, commands and shortcuts hold from now on."""
        self.workspace.install(manifest)

    @property
    def commands(self) -> list[Command]:
        """The slash commands that the manifest offers."""
        return self.workspace.app.commands

    @property
    def shortcuts(self) -> list[Shortcut]:
        """The shortcuts that the manifest offers."""
        return self.workspace.app.shortcuts

    @property
    def request_url(self) -> str | None:
        """Where payloads are sent as signed HTTP requests; None for Socket Mode."""
        return self._http.url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._http.url = url
        self.delivery.by_http = url is not None

    async def verify_request_url(self) -> bool:
        """Slack's check of the request URL: whether the app repeats the challenge."""
        return await self._http.verify()

    @property
    def rate_limit(self) -> bool:
        """Whether Slack's true rate limits are in force."""
        return self._api.rate_limit is not None

    @rate_limit.setter
    def rate_limit(self, on: bool) -> None:
        self._api.rate_limit = RateLimit() if on else None

    @property
    def sockets(self) -> SocketHub:
        """The Socket Mode connections: to refresh, warn, disable or lose them."""
        return self._hub

    # Watching

    @property
    def calls(self) -> list[Call]:
        """All Web API calls so far."""
        return self._api.calls

    @property
    def rejections(self) -> list[Rejection]:
        """Everything of the app's that was refused for its content."""
        return self.workspace.rejections

    def persona(self, ref: str) -> Persona:
        """A person by handle or user id. Raises LookupError."""
        return Persona(self.workspace, self.client, self.workspace.user(ref))

    async def wait_for(
        self,
        condition: Callable[[], Any],
        timeout: float = 5.0,  # noqa: ASYNC109
    ) -> None:
        """Wait until a condition holds, looking again after each change in the workspace.

        Raises TimeoutError that tells what was last said in the workspace.
        """
        try:
            await self.workspace.changes.until(lambda: bool(condition()), timeout)
        except TimeoutError:
            raise TimeoutError(
                f"not so after {timeout} s; last seen:\n{self._last_seen()}"
            ) from None

    async def wait_online(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until the app is connected by Socket Mode. Raises TimeoutError."""
        await self.wait_for(lambda: self.online, timeout)

    def _last_seen(self) -> str:
        return self.persona(self.workspace.app.bot_user).transcript(limit=10)

    async def _set_clock(self, moment: datetime) -> None:
        self.clock.set(moment)

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            args = await read_args(request)
            body = args.json("payload", "invalid_payload") or args.values
            url = self.workspace.permits.use_response_url(request.match_info["id"])
            refusal = data_refusal(Args(body)) if isinstance(body, dict) else None
            if refusal is not None and self.faults.refuses_data("response_url"):
                return web.json_response(refusal.answer(), status=400)
            self._responses.to_response_url(url, body)
        except SlackError as refused:
            if refused.code in ("expired_url", "used_url", "invalid_url"):
                return web.json_response(refused.answer(), status=404)
            self.workspace.reject("response_url", refused, body)
            return web.json_response(refused.answer(), status=400)
        return web.Response(text="ok")


__all__ = ["APP_TOKEN", "BOT_TOKEN", "SIGNING_SECRET", "Moment", "Sandbox"]
