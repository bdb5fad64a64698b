"""The database goes away while messages are on their way: nothing is lost, nothing said twice."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from models.base.words import DeliveryState
from sandbox.server import Sandbox
from services.store.database import DatabaseTrouble, parse_url
from tests.conftest import sibling
from tests.scheduler.conftest import LIN, SAM, VISITS, Dispatch, Outbox, calls, texts
from tests.scheduler.test_tick import ticking

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


class Server:
    """Shuts one database of the server, as seen from its bots, and opens it again."""

    def __init__(self, url: str) -> None:
        self.name = parse_url(url).database
        admin = parse_url(sibling(url, "postgres"))
        self._engine = create_engine(admin, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def shut(self) -> None:
        self._do(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS false')
        self._do(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"
        )

    def open(self) -> None:
        self._do(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS true')

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def server_of(database_url: str) -> Iterator[Server]:
    server = Server(database_url)
    try:
        yield server
    finally:
        server.open()


async def test_what_was_sent_meanwhile_is_marked_afterwards(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, database_url: str
) -> None:
    with server_of(database_url) as server:

        async def channel() -> str:
            await asyncio.to_thread(server.shut)
            return VISITS

        first = outbox.owe("#", "visit_card", text="said")
        dispatcher = dispatch(channel_of=channel)
        with pytest.raises(DatabaseTrouble):
            await dispatcher.drain()
        assert texts(sandbox) == ["said"]
        with pytest.raises(DatabaseTrouble):
            await dispatcher.drain()
        server.open()
        second = outbox.owe(LIN, text="next")
        counts = await dispatcher.drain()
    assert counts.sent == 2
    assert {outbox.state(row) for row in (first, second)} == {DeliveryState.SENT}
    assert texts(sandbox) == ["said", "next"]
    assert calls(sandbox, "conversations.history") == 0


async def test_the_heartbeat_outlives_it(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, database_url: str
) -> None:
    with server_of(database_url) as server:
        async with ticking(dispatch(), 0.02) as ticker:
            ticker._shortest_pause = 0.02
            outbox.owe(LIN, text="before")
            await sandbox.wait_for(lambda: texts(sandbox) == ["before"])
            await asyncio.to_thread(server.shut)
            with pytest.raises(DatabaseTrouble):
                await asyncio.to_thread(outbox.owe, SAM, text="not stored")
            server.open()
            outbox.owe(SAM, text="after")
            await sandbox.wait_for(lambda: texts(sandbox, SAM) == ["after"], 20)
            assert ticker.is_alive
    assert texts(sandbox) == ["before", "after"]
