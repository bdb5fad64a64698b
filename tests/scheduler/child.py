"""A bot's dispatcher in a process of its own, to be killed."""

import asyncio
import logging
import multiprocessing
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

from scheduler.dispatcher import Dispatcher
from scheduler.send import delivery_client
from scheduler.tick import Ticker
from services.store.database import Database
from services.store.sole_bot import sole_bot
from tests.scheduler.conftest import SITE, say, visits_channel

LEASE = timedelta(seconds=9)
"""Longer than any call takes on a busy machine, or a test would double what no bot doubles."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.scheduler.child"])


def start(database_url: str, api_url: str, token: str) -> BaseProcess:
    """Start a bot; it works until it is killed."""
    process = _FORKS.Process(target=_main, args=(database_url, api_url, token), daemon=True)
    process.start()
    return process


def wall_clock() -> datetime:
    return datetime.now(tz=UTC)


def _main(database_url: str, api_url: str, token: str) -> None:
    logging.disable(logging.CRITICAL)
    asyncio.run(_work(database_url, api_url, token))


async def _work(database_url: str, api_url: str, token: str) -> None:
    with ExitStack() as stack:
        database = stack.enter_context(Database(database_url))
        stack.enter_context(sole_bot(database))
        async with delivery_client(token, api_url) as client:
            dispatcher = Dispatcher(
                database,
                client,
                wall_clock,
                SITE,
                visits_channel,
                say,
                pace=None,
                lease=LEASE,
                claim_size=4,
            )
            if database.is_sqlite:
                dispatcher.take_over(settle=timedelta(seconds=0.2))
            Ticker(dispatcher, every=0.1).start()
            await asyncio.Event().wait()
