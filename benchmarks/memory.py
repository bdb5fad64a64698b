"""Memory of the whole bot: after its start, and while it delivers 100,000 messages; beside Bolt's.

`usher run` in a process of its own, on SQLite, in Socket Mode, against a local workspace that
forgets what was said. To be run alone, too: `python -m benchmarks.memory`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col, func, select

from benchmarks.figures import at_most
from benchmarks.visits import make_visits, messages
from benchmarks.workspace import PEOPLE, Workspace, workspace
from models.base.words import DeliveryState
from models.reminders.outbox import Delivery
from services.store.database import Database

WARM_UP = 20_000
"""By then the kept texts are as many as are kept, and the largest claims have been made."""
DELIVERIES = 100_000
STEP = 10_000
VISITS = 250
GROWTH_GOAL_MB = 5.0
_PATIENCE = 300.0
_SETTLES = 3.0
_HERE = Path(__file__).resolve().parent.parent
_BOT = "from bot.cli import main; main()"
_BOLT = """
import asyncio, os
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

async def main():
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client)
    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client)
    await handler.start_async()

asyncio.run(main())
"""


def measure() -> None:
    """Print the figures in MB and the growth beside its goal."""
    with TemporaryDirectory() as folder, workspace(len(PEOPLE), forgets=True) as place:
        bolt = _bolt(place, folder)
        with Database(f"sqlite:///{Path(folder) / 'usher.db'}") as database:
            database.upgrade()
            visits = make_visits(database, VISITS)
            with database.session() as session:
                session.connection().exec_driver_sql("DELETE FROM outbox")
            with _running(_BOT, ["run"], place, folder) as bot:
                started = _settled(bot)
                sizes = list(_deliver(database, visits, place, bot))
    warm, last = sizes[0], sizes[-1]
    print(f"Memory (RSS), {DELIVERIES} deliveries after {WARM_UP} to warm up, SQLite")
    print(f"  bare Bolt process, connected   {bolt:6.1f} MB")
    print(f"  Usher after its start          {started:6.1f} MB   {started / bolt:.1f} of bare Bolt")
    print(f"  Usher after the warm-up        {warm:6.1f} MB")
    print(f"  Usher after every {STEP}        {', '.join(f'{size:.1f}' for size in sizes[1:])}")
    growth = last - warm
    print(f"  growth since the warm-up       {growth:6.1f} MB   {at_most(growth, GROWTH_GOAL_MB)}")


def _deliver(
    database: Database, visits: list[int], place: Workspace, bot: subprocess.Popen[bytes]
) -> Iterator[float]:
    """Have rows delivered, the warm-up and then step by step; the size after each."""
    first = 0
    for count in (WARM_UP, *[STEP] * (DELIVERIES // STEP)):
        rows = messages(database, visits, PEOPLE, count, datetime.now(tz=UTC), first)
        with database.session() as session:
            session.add_all(rows)
        del rows
        first += count
        begun = time.monotonic()
        while _left(database):
            if bot.poll() is not None or time.monotonic() - begun > _PATIENCE:
                raise RuntimeError(f"{_left(database)} rows were not delivered")
            time.sleep(0.2)
        yield _settled(bot)
    said = place.said().messages
    if said != first:
        raise RuntimeError(f"{said} of {first} messages stand in the conversations")


def _bolt(place: Workspace, folder: str) -> float:
    with _running(_BOLT, [], place, folder) as process:
        return _settled(process)


@contextmanager
def _running(
    code: str, words: list[str], place: Workspace, folder: str
) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "SLACK_BOT_TOKEN": place.bot_token,
        "SLACK_APP_TOKEN": place.app_token,
        "SLACK_API_URL": place.api_url,
        "DATABASE_URL": "sqlite:///usher.db",
        "PYTHONPATH": str(_HERE),
    }
    with (Path(folder) / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *words],
            env={"PATH": os.environ["PATH"], **settings},
            cwd=folder,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def _settled(process: subprocess.Popen[bytes]) -> float:
    """The resident memory in MB, once the process has been left alone for a moment."""
    time.sleep(_SETTLES)
    shown = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, check=True
    )
    return int(shown.stdout) / 1024


def _left(database: Database) -> int:
    waiting = col(Delivery.state).in_([DeliveryState.PENDING, DeliveryState.CLAIMED])
    of_visits = col(Delivery.visit_id).is_not(None)
    with database.reading() as session:
        return session.exec(
            select(func.count()).select_from(Delivery).where(waiting, of_visits)
        ).one()


if __name__ == "__main__":
    measure()
