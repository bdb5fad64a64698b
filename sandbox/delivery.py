"""Bringing payloads to the app and waiting for its acknowledgement, whatever the carrier."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sandbox.model import Json

_RETRY_REASONS = {
    "operation_timeout": "timeout",
    "http_client_error": "error",
    "http_service_error": "error",
}
PayloadKind = Literal["slash_commands", "interactive", "events_api"]


class NotAcknowledgedError(Exception):
    """The app did not answer: `code` is Slack's word for it, such as "operation_timeout"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Envelope:
    """One payload on its way; `attempt` counts redeliveries."""

    kind: PayloadKind
    payload: Json
    accepts_response: bool = False
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the app answered, after how many milliseconds."""

    response: Any
    ms: float


class Carrier(Protocol):
    """Socket Mode or HTTP."""

    async def send(self, envelope: Envelope, within: float) -> Any:
        """Deliver within seconds; return the app's response. Raises NotAcknowledgedError."""


class Delivery:
    """Sends each payload by the carrier in use."""

    def __init__(self, socket: Carrier, http: Carrier) -> None:
        self._socket = socket
        self._http = http
        self._tasks: set[asyncio.Task[None]] = set()
        self.by_http = False
        self.ack_seconds = 3.0
        self.retry_delays: Sequence[float] = (0.0, 60.0, 300.0)

    async def send(self, envelope: Envelope) -> Acknowledgement:
        """Deliver once and wait for the acknowledgement. Raises NotAcknowledgedError."""
        carrier = self._http if self.by_http else self._socket
        started = time.perf_counter()
        response = await carrier.send(envelope, self.ack_seconds)
        return Acknowledgement(response, (time.perf_counter() - started) * 1000)

    def send_event(self, payload: Json) -> asyncio.Future[bool]:
        """Deliver an event in the background; up to three times again when not acknowledged.

        Returns a future of the first delivery: whether it was acknowledged.
        """
        loop = asyncio.get_running_loop()
        first: asyncio.Future[bool] = loop.create_future()
        task = loop.create_task(self._deliver_event(payload, first))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return first

    async def settled(self) -> None:
        """Wait until no event is on its way any more, repetitions included."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Give up what is still on its way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver_event(self, payload: Json, first: asyncio.Future[bool]) -> None:
        reason = ""
        for attempt in range(1 + len(self.retry_delays)):
            if attempt:
                await asyncio.sleep(self.retry_delays[attempt - 1])
            try:
                await self.send(Envelope("events_api", payload, attempt=attempt, reason=reason))
                _settle(first, True)
                return
            except NotAcknowledgedError as failure:
                _settle(first, False)
                if failure.code == "no_retry":
                    return
                reason = _RETRY_REASONS.get(failure.code, "connection_failed")


def _settle(first: asyncio.Future[bool], acknowledged: bool) -> None:
    if not first.done():
        first.set_result(acknowledged)
