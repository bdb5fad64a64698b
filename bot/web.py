"""HTTP: where Slack calls the bot when Socket Mode is not used, and where its health is asked.

Anybody can reach it. What is not signed by Slack is not read, gets its answer and is hung up on.
"""

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.clock import wall_clock
from bot.connections import STRANGER_SECONDS, STRANGERS, Connections
from bot.health import Health
from bot.metrics import CONTENT_TYPE, Metrics
from bot.signature import is_signed, may_be_signed
from bot.trouble import CannotRun
from services.store.database import DatabaseTrouble

EVENTS_PATH = "/slack/events"
ANYWHERE = "0.0.0.0"  # noqa: S104 - Slack calls from outside
_LAST_SECONDS = 5.0
_BODY_SECONDS = 10.0
_LARGEST_BODY = 1024 * 1024
_CERTIFICATE_CHECK = b"ssl_check=1"
_LARGEST_CHECK = 256
_HEALTH_SECONDS = 8.0
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger(__name__)


class WebServer:
    """Serves `/healthz` (it runs), `/readyz` (it can work), `/metrics`, and with an app and the
    secret that Slack signs by `/slack/events`. `open`, then `close`.

    `most` strangers are connected at once, `seconds` long.
    """

    def __init__(
        self,
        app: AsyncApp | None,
        health: Health,
        metrics: Metrics,
        port: int,
        host: str = ANYWHERE,
        *,
        secret: str = "",
        most: int = STRANGERS,
        seconds: float = STRANGER_SECONDS,
    ) -> None:
        self._app = app
        self._health = health
        self._metrics = metrics
        self._place = (host, port)
        self._secret = secret
        self._most, self._seconds = most, seconds
        self._runner: web.AppRunner | None = None
        self._connections: Connections | None = None
        self._socket: asyncio.Server | None = None
        self._answers: dict[str, asyncio.Task[web.Response]] = {}

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._runner is not None

    async def open(self) -> None:
        """Listen. Raises CannotRun when the port is taken."""
        host, port = self._place

        @web.middleware
        async def hang_up(request: web.Request, handler: _Handler) -> web.StreamResponse:
            return await self._hang_up(request, handler)

        application = web.Application(client_max_size=_LARGEST_BODY, middlewares=[hang_up])
        if self._app is not None:
            application.router.add_post(EVENTS_PATH, self._events)
        application.router.add_get("/healthz", self._runs)
        application.router.add_get("/readyz", self._ready)
        application.router.add_get("/metrics", self._numbers)
        self._runner = web.AppRunner(application, shutdown_timeout=_LAST_SECONDS)
        await self._runner.setup()
        if self._runner.server is None:
            raise RuntimeError("the runner has no server")
        self._connections = Connections(self._runner.server, most=self._most, seconds=self._seconds)
        try:
            loop = asyncio.get_running_loop()
            self._socket = await loop.create_server(self._connections, host, port)
        except OSError as error:
            await self.close()
            taken = error.errno == errno.EADDRINUSE
            why = "another program has it" if taken else error.strerror
            raise CannotRun(f"PORT: cannot serve on port {port}: {why}") from error

    async def close(self) -> None:
        """Answer what is in hand, then stop listening."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        for task in list(self._answers.values()):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _hang_up(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """A stranger is not waited for again."""
        try:
            answer = await handler(request)
        except web.HTTPException as refused:
            refused.force_close()
            raise
        if self._connections is not None and self._connections.is_strange(request.protocol):
            answer.force_close()
        return answer

    async def _events(self, request: web.Request) -> web.Response:
        if self._app is None or self._connections is None:
            raise web.HTTPNotFound
        if not may_be_signed(request.headers, wall_clock()):
            if await _is_certificate_check(request):
                return web.Response()
            raise _unsigned(request)
        body = await _body(request)
        if not is_signed(self._secret, request.headers, body, wall_clock()):
            raise _unsigned(request)
        self._connections.trust(request.protocol)
        answer = await self._app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def _runs(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _ready(self, _request: web.Request) -> web.Response:
        return await self._once("readyz", self._look)

    async def _look(self) -> web.Response:
        faults = await self._health.faults()
        if faults:
            return web.Response(text="not ready: " + "; ".join(faults), status=503)
        return web.Response(text="; ".join(["ready", *self._health.remarks()]))

    async def _numbers(self, _request: web.Request) -> web.Response:
        return await self._once("metrics", self._count)

    async def _count(self) -> web.Response:
        try:
            age = await self._health.oldest_due_age()
        except DatabaseTrouble:
            age = None
        text = self._metrics.text(age, is_connected=self._health.is_connected())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    async def _once(self, name: str, look: Callable[[], Any]) -> web.Response:
        """The same look for all who ask at the same time: however many ask, the database is asked
        once. Who has waited long enough is told that it does not answer."""
        task = self._answers.get(name)
        if task is None:
            task = self._answers[name] = asyncio.create_task(look())
            task.add_done_callback(lambda _: self._answers.pop(name))
        try:
            async with asyncio.timeout(_HEALTH_SECONDS):
                found = await asyncio.shield(task)
        except TimeoutError:
            return web.Response(text="not ready: the database does not answer", status=503)
        return web.Response(body=found.body, status=found.status, headers=found.headers)


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest from None


async def _is_certificate_check(request: web.Request) -> bool:
    """Slack looks from time to time whether the certificate is good, and need not sign that."""
    length = request.content_length
    if length is None or length > _LARGEST_CHECK:
        return False
    return _CERTIFICATE_CHECK in (await _body(request)).split(b"&")


def _unsigned(request: web.Request) -> web.HTTPException:
    log.warning("refused: a request that Slack has not signed", extra={"from": request.remote})
    return web.HTTPUnauthorized(text="not signed by Slack")
