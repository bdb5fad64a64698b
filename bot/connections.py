"""Who is connected by HTTP: strangers are few, and have to make themselves heard in time."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

STRANGERS = 64
"""So many connections that have not brought anything signed stand at once. One more, and the oldest
of them is closed: there is always room for Slack and for whoever asks for the health."""
STRANGER_SECONDS = 15.0
"""So long may one of them take, with headers, body and answer together."""
_IDLE_SECONDS = 75.0
"""So long a connection that brought something signed stays open for more; longer than the minute
that balancers keep theirs."""
_UNREAD_SECONDS = 1.0
"""So long what is left of a refused request is swallowed, so that its sender hears the answer."""
log = logging.getLogger(__name__)


class Connections:
    """Makes the connections of a listening socket, to be called by it for each."""

    def __init__(
        self, server: web.Server, *, most: int = STRANGERS, seconds: float = STRANGER_SECONDS
    ) -> None:
        self._server = server
        self._most = most
        self._seconds = seconds
        self._strangers: dict[web.RequestHandler, asyncio.TimerHandle] = {}

    def __call__(self) -> web.RequestHandler:
        """A connection that was just accepted."""
        while len(self._strangers) >= self._most:
            self._drop(next(iter(self._strangers)))
        connection = _Connection(self._server, made=self._made, lost=self._forget)
        loop = asyncio.get_running_loop()
        self._strangers[connection] = loop.call_later(self._seconds, self._drop, connection)
        return connection

    def trust(self, connection: web.RequestHandler) -> None:
        """It has brought something signed: it may stay."""
        self._forget(connection)

    def is_strange(self, connection: web.RequestHandler) -> bool:
        """Whether it has not brought anything signed."""
        return connection in self._strangers

    def _made(self, connection: web.RequestHandler) -> None:
        if connection not in self._strangers:  # dropped before it was ready
            _abort(connection)

    def _forget(self, connection: web.RequestHandler) -> None:
        timer = self._strangers.pop(connection, None)
        if timer is not None:
            timer.cancel()

    def _drop(self, connection: web.RequestHandler) -> None:
        self._forget(connection)
        _abort(connection)


class _Connection(web.RequestHandler):
    """Tells when it is ready and when it has ended."""

    __slots__ = ("_lost", "_made")

    def __init__(
        self,
        server: web.Server,
        *,
        made: Callable[[web.RequestHandler], None],
        lost: Callable[[web.RequestHandler], None],
    ) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]
            auto_decompress=False,  # a few bytes could become a great many
            keepalive_timeout=_IDLE_SECONDS,
            lingering_time=_UNREAD_SECONDS,
        )
        self._made = made
        self._lost = lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is ready."""
        super().connection_made(transport)
        self._made(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """It has ended."""
        self._lost(self)
        super().connection_lost(exc)

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """What strangers send instead of HTTP is no error of ours, and no business of the log."""
        error = kw.get("exc_info")
        if isinstance(error, HttpProcessingError):
            log.warning("refused: a request that is not HTTP", extra={"why": type(error).__name__})
        else:
            super().log_exception(*args, **kw)


def _abort(connection: web.RequestHandler) -> None:
    if connection.transport is not None:
        connection.transport.abort()
