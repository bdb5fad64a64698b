"""Socket Mode: the app's WebSocket connections, and what is sent through them."""

import asyncio
import json
import time
import uuid
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.changes import BotOnline, Changes
from sandbox.delivery import Envelope, NotAcknowledgedError
from sandbox.ids import Ids
from sandbox.model import Json

MAX_CONNECTIONS = 10
TICKET_SECONDS = 30.0
_DRAIN_SECONDS = 10.0


class _Connection:
    def __init__(self, number: int, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.number = number
        self.socket = socket
        self.request = request
        self.draining = False


class SocketHub:
    """All connections of the app; each payload goes through one of them, in turn."""

    def __init__(self, changes: Changes, ids: Ids, app_id: str) -> None:
        self._changes = changes
        self._ids = ids
        self._app_id = app_id
        self._tickets: dict[str, float] = {}
        self._connections: list[_Connection] = []
        self._turn = 0
        self._numbers = 0
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.enabled = True

    @property
    def online(self) -> bool:
        """Whether the app is connected."""
        return any(not each.draining for each in self._connections)

    @property
    def connections(self) -> int:
        """How many connections take payloads."""
        return sum(not each.draining for each in self._connections)

    def ticket(self) -> str:
        """A pass for one connection within 30 seconds."""
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        return ticket

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        until = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if time.monotonic() > until:
            return web.Response(status=403, text="invalid or used ticket")
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        refusal = "" if self.enabled else "link_disabled"
        if len(self._connections) >= MAX_CONNECTIONS:
            refusal = "too_many_websockets"
        if refusal:
            await socket.send_json({"type": "disconnect", "reason": refusal})
            await socket.close()
            return socket
        self._numbers += 1
        connection = _Connection(self._numbers, socket, request)
        self._connections.append(connection)
        try:
            await socket.send_json(self._hello())
            self._changes.emit(BotOnline(True))
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            self._connections.remove(connection)
            if not self.online:
                self._changes.emit(BotOnline(False))
        return socket

    async def send(self, envelope: Envelope, within: float) -> Any:
        """Deliver through the next connection in turn.

        Raises NotAcknowledgedError: dispatch_failed without a connection, operation_timeout.
        """
        envelope_id = str(uuid.uuid4())
        body: Json = {
            "envelope_id": envelope_id,
            "type": envelope.kind,
            "payload": envelope.payload,
            "accepts_response_payload": envelope.accepts_response,
        }
        if envelope.kind == "events_api":
            body |= {"retry_attempt": envelope.attempt, "retry_reason": envelope.reason}
        answered = self._waiting[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await self._next().socket.send_str(json.dumps(body, ensure_ascii=False))
            response = await asyncio.wait_for(answered, within)
        except TimeoutError:
            raise NotAcknowledgedError("operation_timeout") from None
        except ConnectionError:
            raise NotAcknowledgedError("dispatch_failed") from None
        finally:
            del self._waiting[envelope_id]
        return response if envelope.accepts_response else None

    def refresh(self) -> None:
        """Ask the connections to be renewed; they take nothing new from now on."""
        for connection in self._connections:
            if not connection.draining:
                connection.draining = True
                self._in_background(self._say_goodbye(connection, "refresh_requested"))

    def warn(self) -> None:
        """Say that the connections will be renewed in about ten seconds."""
        for connection in self._connections:
            message = {"type": "disconnect", "reason": "warning", "debug_info": self._debug_info()}
            self._in_background(connection.socket.send_json(message))

    def disable(self) -> None:
        """Switch Socket Mode off for the app, as its settings page does."""
        self.enabled = False
        for connection in self._connections:
            connection.draining = True
            self._in_background(self._say_goodbye(connection, "link_disabled"))

    def lose(self) -> None:
        """Cut all connections as a broken network does."""
        for connection in self._connections:
            connection.draining = True
            if connection.request.transport is not None:
                connection.request.transport.abort()

    async def stop(self) -> None:
        """Close all connections."""
        for task in tuple(self._tasks):
            task.cancel()
        for connection in tuple(self._connections):
            await connection.socket.close()

    def _next(self) -> _Connection:
        ready = [each for each in self._connections if not each.draining and not each.socket.closed]
        if not ready:
            raise NotAcknowledgedError("dispatch_failed")
        self._turn += 1
        return ready[self._turn % len(ready)]

    def _acknowledge(self, data: str) -> None:
        try:
            message = json.loads(data)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload"))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections,
            "debug_info": self._debug_info(),
            "connection_info": {"app_id": self._app_id},
        }

    def _debug_info(self) -> Json:
        return {
            "host": "applink-sandbox",
            "build_number": 1,
            "approximate_connection_time": 18060,
        }

    async def _say_goodbye(self, connection: _Connection, reason: str) -> None:
        message = {"type": "disconnect", "reason": reason, "debug_info": self._debug_info()}
        await connection.socket.send_json(message)
        await asyncio.sleep(_DRAIN_SECONDS)
        await connection.socket.close()

    def _in_background(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
