"""The heartbeat: once a second the outbox is looked at, and at once after a change; once a day what
comes periodically is planned ahead."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.dispatcher import Dispatcher
from scheduler.periodic import Periodic
from services.store.database import DatabaseTrouble

logger = logging.getLogger("usher.delivery")

_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
BURST = 500
"""So many messages in one go are a burst."""


class Ticker:
    """Runs a dispatcher until stopped. `every` is in seconds; `periodic` plans ahead; `after_burst`
    is called, in a thread, when very many messages have been sent."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        every: float = 1.0,
        periodic: Periodic | None = None,
        after_burst: Callable[[], None] = lambda: None,
    ) -> None:
        self._dispatcher = dispatcher
        self._every = every
        self._periodic = periodic
        self._after_burst = after_burst
        self._wakes = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._shortest_pause = _SHORTEST_PAUSE

    @property
    def is_alive(self) -> bool:
        """Whether it is running."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Begin; to be called in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_job(self._beat, "interval", seconds=self._every, id="outbox")
        self._scheduler.start()
        self._task = asyncio.create_task(self._run(), name="outbox")
        self._wakes.set()

    def wake(self) -> None:
        """Something may be due: look at once. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wakes.set)

    async def stop(self) -> None:
        """Claim nothing more, finish and mark what is under way, and end."""
        self._dispatcher.is_closing = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        self._stopping.set()
        self._wakes.set()
        if self._task is not None:
            await self._task

    async def _beat(self) -> None:
        self._wakes.set()

    async def _run(self) -> None:
        pause = self._shortest_pause
        while not self._stopping.is_set():
            await self._wakes.wait()
            self._wakes.clear()
            try:
                if self._periodic is not None:
                    await self._periodic.look()
                counts = await self._dispatcher.drain(wakes=self._wakes)
                self._wake_in_turn()
                if counts.sent >= BURST:
                    await asyncio.to_thread(self._after_burst)
                pause = self._shortest_pause
            except DatabaseTrouble as trouble:
                logger.error("nothing can be delivered now: %s", trouble)
                await self._rest(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            except Exception:  # the heartbeat must outlive any error of ours
                logger.exception("the outbox could not be processed")
                await self._rest(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _wake_in_turn(self) -> None:
        """Whoever waits for their second in a conversation is served when it has passed, not at the
        beat after it, which would be every other second."""
        rest = self._dispatcher.rest()
        if rest is not None and self._loop is not None:
            seconds = max(rest.total_seconds(), 0.0)
            if seconds < self._every:
                self._loop.call_later(seconds, self._wakes.set)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
