"""HTTP: where Slack calls the bot when Socket Mode is not used, and where its health is asked."""

import errno
from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.trouble import CannotRun

EVENTS_PATH = "/slack/events"
ANYWHERE = "0.0.0.0"  # noqa: S104 - Slack calls from outside
_LAST_SECONDS = 5.0


class WebServer:
    """Serves `/slack/events`, `/healthz` (it runs) and `/readyz` (it can work). `open`, `close`."""

    def __init__(
        self,
        app: AsyncApp,
        is_ready: Callable[[], Awaitable[bool]],
        port: int,
        host: str = ANYWHERE,
    ) -> None:
        self._app = app
        self._is_ready = is_ready
        self._place = (host, port)
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen. Raises CannotRun when the port is taken."""
        host, port = self._place
        application = web.Application()
        application.router.add_post(EVENTS_PATH, self._events)
        application.router.add_get("/healthz", self._health)
        application.router.add_get("/readyz", self._ready)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_LAST_SECONDS)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            taken = error.errno == errno.EADDRINUSE
            why = "another program has it" if taken else error.strerror
            raise CannotRun(f"PORT: cannot serve on port {port}: {why}") from error

    async def close(self) -> None:
        """Answer what is in hand, then stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _events(self, request: web.Request) -> web.Response:
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _ready(self, _request: web.Request) -> web.Response:
        ready = await self._is_ready()
        return web.Response(text="ready" if ready else "not ready", status=200 if ready else 503)
