"""`usher demo`: the real bot with a local Slack workspace, in one process, on a fresh database."""

import asyncio
import errno
import logging
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.assemble import Bot, assemble
from bot.demo_clock import DemoClock
from bot.demo_story import ANA, FIRST, ZONE, Run, arrival_tomorrow, assign_roles, tell
from bot.log import set_up_log
from bot.run import stop_on_signals
from bot.settings import Settings
from bot.slack import manifest
from bot.trouble import CannotRun
from sandbox.server import Sandbox
from services.reading.desk import Desk
from services.store.database import Database


@dataclass(frozen=True)
class Demo:
    """The demo's parts, for whoever steers it."""

    sandbox: Sandbox
    bot: Bot
    arrival: datetime


async def show(port: int, locale: str, say: Callable[[str], None]) -> None:
    """Serve the demo until SIGTERM or SIGINT. Raises CannotRun when the port is taken."""
    set_up_log(logging.WARNING)
    stopping = stop_on_signals()
    async with demo(port, locale) as shown:
        say(f"Usher's demo is at {shown.sandbox.url}/")
        say(
            "Choose who you are in the workspace; the clock there jumps to what comes. Ctrl-C ends."
        )
        await stopping.wait()


@asynccontextmanager
async def demo(port: int = 0, locale: str = "en") -> AsyncIterator[Demo]:
    """The workspace and the bot at work, with one approved visit tomorrow; the page opens as
    somebody with two things waiting. `locale` is what the channel reads.

    Port 0 takes any free one. Raises CannotRun when the port is taken.
    """
    sandbox = Sandbox()
    sandbox.install(manifest())
    try:
        await sandbox.start(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise CannotRun(
            f"port {port} is taken by another program: usher demo --port {port + 1}"
        ) from error
    try:
        with tempfile.TemporaryDirectory(prefix="usher-demo-") as folder:
            arrival = arrival_tomorrow(sandbox.clock.now())
            sandbox.clock.set(arrival - timedelta(days=9))
            settings = demo_settings(sandbox, Path(folder) / "usher.db", locale)
            await asyncio.to_thread(_set_up, settings, sandbox.clock.now())
            async with assemble(settings, sandbox.clock.now, pace=None) as bot:
                clock = DemoClock(sandbox.clock, bot)
                await tell(_teller(clock, bot), arrival)
                await clock.jump(sandbox.clock.now() - sandbox.clock.offset)
                sandbox.first = FIRST
                sandbox.moments, sandbox.jump = clock.moments, clock.jump
                yield Demo(sandbox, bot, arrival)
    finally:
        await sandbox.stop()


def demo_settings(sandbox: Sandbox, file: Path, locale: str = "en") -> Settings:
    """All settings of the demo, whatever the environment says."""
    return Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=SecretStr(sandbox.signing_secret),
        slack_api_url=sandbox.api_url,
        database_url=SecretStr(f"sqlite:///{file}"),
        usher_policy="standard",
        usher_timezone=ZONE.key,
        usher_locale=locale,
        usher_channel="visits",
        usher_clock_guard=0,  # its clock is turned by hand
        port=None,
    )


def _set_up(settings: Settings, now: datetime) -> None:
    """Everybody has their role before the bot starts."""
    with Database(settings.database_url.get_secret_value()) as database:
        database.upgrade()
        with database.session() as session:
            assign_roles(Desk(session, now, settings.site(), ANA, "command"))


def _teller(clock: DemoClock, bot: Bot) -> Run:
    async def run(at: datetime, actor: str, do: Callable[[Desk], None]) -> None:
        def work() -> None:
            with bot.database.session() as session:
                do(Desk(session, at, bot.site, actor, "slack"))

        await clock.jump(at)
        await asyncio.to_thread(work)
        await bot.dispatcher.drain()

    return run
