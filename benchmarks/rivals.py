"""The same work done with job queues: one APScheduler job, or one procrastinate job, a reminder."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONDict

from services.database import parse_url

THREADS = 10
CONCURRENCY = 20


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
    """APScheduler's SQLAlchemyJobStore. Rates are jobs a second."""

    def __init__(self, address: str) -> None:
        store = SQLAlchemyJobStore(url=parse_url(address).render_as_string(hide_password=False))
        self._scheduler = BackgroundScheduler(
            jobstores={"default": store},
            executors={"default": ThreadPoolExecutor(THREADS)},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
            timezone=UTC,
        )
        self._scheduler.start(paused=True)

    def add(self, count: int, due: datetime, first: int = 0) -> float:
        """Adds jobs one by one, which is the only way there is."""
        with timed() as taken:
            for number in range(first, first + count):
                self._scheduler.add_job(send, "date", run_date=due, args=(number,), id=f"r{number}")
        return count / taken[0]

    def move(self, count: int, due: datetime, first: int = 0) -> float:
        """Gives jobs another time."""
        with timed() as taken:
            for number in range(first, first + count):
                self._scheduler.reschedule_job(f"r{number}", trigger="date", run_date=due)
        return count / taken[0]

    def drain(self, count: int) -> float:
        """Runs all jobs that are due, to the last."""
        left, done = count, threading.Event()
        lock = threading.Lock()

        def ran(_event: object) -> None:
            nonlocal left
            with lock:
                left -= 1
                if not left:
                    done.set()

        self._scheduler.add_listener(ran, EVENT_JOB_EXECUTED)
        with timed() as taken:
            self._scheduler.resume()
            if not done.wait(300):
                raise TimeoutError(f"{left} jobs have not run")
        self._scheduler.shutdown()
        return count / taken[0]


class Procrastinate:
    """procrastinate on PostgreSQL, deferring many at once as it can. Rates are jobs a second."""

    def __init__(self, address: str) -> None:
        url = parse_url(address).set(drivername="postgresql")
        connector = PsycopgConnector(
            conninfo=url.render_as_string(hide_password=False), max_size=CONCURRENCY
        )
        self._app = App(connector=connector)
        self._ran = 0

        @self._app.task(name="send")
        async def send_one(number: int) -> None:  # noqa: ARG001 - a job has its argument
            self._ran += 1

        self._task = send_one

    async def measure(
        self, count: int, batch: int, drained: int, due: datetime
    ) -> tuple[float, float, float]:
        """Defers `count` jobs, `batch` at a time; moves a tenth of them; runs `drained` others.
        The rates of each."""
        logging.getLogger("procrastinate").setLevel(logging.ERROR)
        async with self._app.open_async():
            await self._app.schema_manager.apply_schema_async()
            later = datetime.now(tz=UTC) + timedelta(days=9)
            ids: list[int] = []
            with timed() as added:
                for first in range(0, count, batch):
                    jobs = _jobs(first, batch)
                    deferrer = self._task.configure(schedule_at=later)
                    ids += await deferrer.batch_defer_async(*jobs)
            moves = count // 10  # a job cannot be moved: it is cancelled and deferred anew
            with timed() as moved:
                for number, job in enumerate(ids[:moves]):
                    await self._app.job_manager.cancel_job_by_id_async(job)
                    await self._task.configure(schedule_at=later).defer_async(number=number)
            for first in range(0, drained, 1000):
                await self._task.configure(schedule_at=due).batch_defer_async(*_jobs(first, 1000))
            with timed() as ran:
                await self._app.run_worker_async(
                    wait=False,
                    concurrency=CONCURRENCY,
                    install_signal_handlers=False,
                    listen_notify=False,
                )
        if self._ran != drained:
            raise RuntimeError(f"{self._ran} of {drained} jobs ran")
        return count / added[0], moves / moved[0], drained / ran[0]


def _jobs(first: int, count: int) -> list[JSONDict]:
    return [{"number": first + place} for place in range(count)]
