"""`usher run`: from the settings to a bot that works until it is told to stop."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.assemble import assemble
from bot.clock import wall_clock
from bot.log import report_lost_errors, set_up_log
from bot.settings import Settings

log = logging.getLogger(__name__)


async def serve(settings: Settings, clock: Callable[[], datetime] = wall_clock) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand.

    Raises CannotRun, SettingsError or DatabaseTrouble when the bot cannot start.
    """
    set_up_log()
    stopping = stop_on_signals()
    is_up = asyncio.Event()
    working = asyncio.create_task(_work(settings, clock, stopping, is_up))
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if stopping.is_set() and not is_up.is_set():
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    log.info("stopped")


async def _work(
    settings: Settings,
    clock: Callable[[], datetime],
    stopping: asyncio.Event,
    is_up: asyncio.Event,
) -> None:
    async with assemble(settings, clock) as bot:
        is_up.set()
        spare_the_collector()
        way = "Socket Mode" if settings.uses_socket_mode else f"HTTP on port {settings.http_port}"
        facts = {"workspace": bot.identity.team, "way": way, "policy": settings.usher_policy}
        log.info("Usher is at work", extra=facts)
        await stopping.wait()
        log.info("stopping: finishing what is in hand")


_COLLECTED_AFTER = (20_000, 20, 10)
"""Objects made and kept until the youngest are looked through; how often that is done until the
older ones are, and those until all are."""


def spare_the_collector() -> None:
    """What starting has made is never garbage: the collector need not go through it again. Nor
    need it look every 700 objects, of which one message makes hundreds. Together this takes more
    than a tenth of the work out of a storm of messages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; errors that nobody awaits are logged from now on."""
    loop = asyncio.get_running_loop()
    report_lost_errors(loop)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping
