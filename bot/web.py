"""HTTP: where Slack calls the bot when Socket Mode is not used, and where its health is asked."""

import errno

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.health import Health
from bot.metrics import CONTENT_TYPE, Metrics
from bot.trouble import CannotRun
from services.store.database import DatabaseTrouble

EVENTS_PATH = "/slack/events"
ANYWHERE = "0.0.0.0"  # noqa: S104 - Slack calls from outside
_LAST_SECONDS = 5.0


class WebServer:
    """Serves `/healthz` (it runs), `/readyz` (it can work), `/metrics`, and with an app
    `/slack/events`. `open`, then `close`."""

    def __init__(
        self,
        app: AsyncApp | None,
        health: Health,
        metrics: Metrics,
        port: int,
        host: str = ANYWHERE,
    ) -> None:
        self._app = app
        self._health = health
        self._metrics = metrics
        self._place = (host, port)
        self._runner: web.AppRunner | None = None

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._runner is not None

    async def open(self) -> None:
        """Listen. Raises CannotRun when the port is taken."""
        host, port = self._place
        application = web.Application()
        if self._app is not None:
            application.router.add_post(EVENTS_PATH, self._events)
        application.router.add_get("/healthz", self._runs)
        application.router.add_get("/readyz", self._ready)
        application.router.add_get("/metrics", self._numbers)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_LAST_SECONDS)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self.close()
            taken = error.errno == errno.EADDRINUSE
            why = "another program has it" if taken else error.strerror
            raise CannotRun(f"PORT: cannot serve on port {port}: {why}") from error

    async def close(self) -> None:
        """Answer what is in hand, then stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _events(self, request: web.Request) -> web.Response:
        if self._app is None:
            raise web.HTTPNotFound
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def _runs(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _ready(self, _request: web.Request) -> web.Response:
        faults = await self._health.faults()
        if faults:
            return web.Response(text="not ready: " + "; ".join(faults), status=503)
        return web.Response(text="; ".join(["ready", *self._health.remarks()]))

    async def _numbers(self, _request: web.Request) -> web.Response:
        try:
            age = await self._health.oldest_due_age()
        except DatabaseTrouble:
            age = None
        text = self._metrics.text(age, is_connected=self._health.is_connected())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})
