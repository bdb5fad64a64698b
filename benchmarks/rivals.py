"""The same work done with job queues: one APScheduler job, or one procrastinate job, a reminder.

Each as its makers mean it to be used, and as quick as it gets here: durable commits, no limit on
lateness, enough threads or workers.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONDict
from sqlalchemy import create_engine, event

from services.store.database import parse_url

THREADS = 10
WORKERS, CONCURRENCY = 4, 10
"""One worker of procrastinate's is slower, whatever its concurrency; more than four are not
quicker."""


@contextmanager
def timed() -> Iterator[list[float]]:
    """Puts the seconds that the block took into the list."""
    taken: list[float] = []
    begun = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - begun)


def send(number: int) -> None:
    """Sends nothing. A job store keeps it by name."""


class JobStore:
    """APScheduler's SQLAlchemyJobStore on one database. Rates are jobs a second. On SQLite it may
    be given our write-ahead log, which it does not turn on by itself."""

    def __init__(self, address: str, *, writes_ahead: bool = False) -> None:
        engine = create_engine(parse_url(address))
        if writes_ahead:
            event.listen(engine, "connect", _write_ahead)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": SQLAlchemyJobStore(engine=engine)},
            executors={"default": ThreadPoolExecutor(THREADS)},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
            timezone=UTC,
        )
        self._engine = engine
        self._scheduler.start(paused=True)

    def measure(self, count: int) -> tuple[float, float, float]:
        """Adds so many jobs, gives each another time, and runs them, all due. The rates of each.

        One by one, which is the only way there is.
        """
        past = datetime.now(tz=UTC) - timedelta(seconds=1)
        later = past + timedelta(days=9)
        with timed() as added:
            for number in range(count):
                self._scheduler.add_job(
                    send, "date", run_date=later, args=(number,), id=f"r{number}"
                )
        with timed() as moved:
            for number in range(count):
                self._scheduler.reschedule_job(f"r{number}", trigger="date", run_date=past)
        with timed() as ran:
            self._drain(count)
        self._scheduler.shutdown()
        self._engine.dispose()
        return count / added[0], count / moved[0], count / ran[0]

    def _drain(self, count: int) -> None:
        left, done, lock = count, threading.Event(), threading.Lock()

        def ran(_event: object) -> None:
            nonlocal left
            with lock:
                left -= 1
                if not left:
                    done.set()

        self._scheduler.add_listener(ran, EVENT_JOB_EXECUTED)
        self._scheduler.resume()
        if not done.wait(600):
            raise TimeoutError(f"{left} jobs have not run")


def _write_ahead(connection: Any, _record: object) -> None:
    """As ours: a write-ahead log, every commit on the disk."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


class Procrastinate:
    """procrastinate on PostgreSQL. Rates are jobs a second."""

    def __init__(self, address: str) -> None:
        url = parse_url(address).set(drivername="postgresql")
        connector = PsycopgConnector(
            conninfo=url.render_as_string(hide_password=False),
            max_size=WORKERS * CONCURRENCY,
        )
        self._app = App(connector=connector)
        self._ran = 0

        @self._app.task(name="send")
        async def send_one(number: int) -> None:  # noqa: ARG001 - a job has its argument
            self._ran += 1

        self._task = send_one

    async def measure(self, count: int, batch: int) -> tuple[float, float, float]:
        """Defers so many jobs, `batch` at a time, and gives each another time; then runs as many
        others, all due, with nothing else in the queue. The rates of each.

        A job cannot be given another time: it is cancelled and deferred anew.
        """
        logging.getLogger("procrastinate").setLevel(logging.ERROR)
        past = datetime.now(tz=UTC) - timedelta(seconds=1)
        async with self._app.open_async():
            await self._app.schema_manager.apply_schema_async()
            with timed() as added:
                ids = [
                    await self._defer(first, batch, past + timedelta(days=9))
                    for first in range(0, count, batch)
                ]
            with timed() as moved:
                for number, some in enumerate(ids):
                    manager = self._app.job_manager
                    await asyncio.gather(*(manager.cancel_job_by_id_async(job) for job in some))
                    await self._defer(number * batch, batch, past + timedelta(days=10))
            await self._app.connector.execute_query_async("TRUNCATE procrastinate_jobs CASCADE")
            for first in range(0, count, 1000):
                await self._defer(first, 1000, past)
            await self._app.connector.execute_query_async("ANALYZE")
            with timed() as ran:
                await asyncio.gather(*(self._work() for _ in range(WORKERS)))
        if self._ran != count:
            raise RuntimeError(f"{self._ran} of {count} jobs ran")
        return count / added[0], count / moved[0], count / ran[0]

    async def _defer(self, first: int, batch: int, at: datetime) -> list[int]:
        jobs: list[JSONDict] = [{"number": first + place} for place in range(batch)]
        return await self._task.configure(schedule_at=at).batch_defer_async(*jobs)

    async def _work(self) -> None:
        await self._app.run_worker_async(
            wait=False,
            concurrency=CONCURRENCY,
            install_signal_handlers=False,
            listen_notify=False,
        )
