"""What `/healthz`, `/readyz` and `/metrics` say, with HTTP and with Socket Mode."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.assemble import Bot, assemble
from bot.clock import wall_clock
from bot.demo import demo_settings
from bot.health import OLDEST_DUE
from bot.trouble import CannotRun
from models.reminders.outbox import Delivery
from sandbox.server import Sandbox
from tests.bot.test_run import free_port
from tests.scheduler.test_database_away import server_of


@dataclass
class Served:
    """A bot, and what it serves."""

    bot: Bot
    session: aiohttp.ClientSession
    place: str

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(f"{self.place}/{path}") as answer:
            return answer.status, await answer.text()

    def owe(self, row_id: str, recipient: str, ago: timedelta, **values: Any) -> None:
        due = wall_clock() - ago
        given = {"next_try_at": due} | values
        with self.bot.database.session() as session:
            session.add(
                Delivery(
                    id=row_id,
                    key=row_id,
                    kind="missing_role",
                    recipient=recipient,
                    args={"roles": ["chairman"]},
                    due_at=due,
                    **given,
                )
            )


@asynccontextmanager
async def serving(
    sandbox: Sandbox,
    folder: Path,
    *,
    socket: bool,
    clock: Callable[[], datetime] = wall_clock,
    change: dict[str, Any] | None = None,
) -> AsyncIterator[Served]:
    port = free_port()
    settings = demo_settings(sandbox, folder / "usher.db")
    settings = settings.model_copy(update={"port": port} | (change or {}))
    if not socket:
        settings = settings.model_copy(update={"slack_app_token": None})
    async with assemble(settings, clock) as bot, aiohttp.ClientSession() as session:
        yield Served(bot, session, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("socket", [True, False])
async def test_a_bot_at_work_is_ready_and_counts(
    sandbox: Sandbox, tmp_path: Path, socket: bool
) -> None:
    async with serving(sandbox, tmp_path, socket=socket) as served:
        assert await served.get("healthz") == (200, "ok")
        assert await served.get("readyz") == (200, "ready")
        served.owe("now", "U02SAMCARTER", timedelta(0))
        served.owe("late", "U01LINWEI", timedelta(minutes=5))
        served.owe("nobody", "U99NOBODY", timedelta(0))
        sam, lin = sandbox.persona("sam.carter"), sandbox.persona("lin.wei")
        await sandbox.wait_for(lambda: sam.dms() and lin.dms(), 20)
        numbers = ""
        while 'outcome="failed"' not in numbers or numbers.count('"sent"') < 1:
            status, numbers = await served.get("metrics")
            assert status == 200
        assert 'usher_deliveries_total{kind="missing_role",outcome="failed"} 1.0' in numbers
        assert 'usher_deliveries_total{kind="missing_role",outcome="sent"} 2.0' in numbers
        assert 'usher_deliveries_late_total{kind="missing_role"} 1.0' in numbers
        assert 'usher_delivery_lag_seconds_bucket{le="900.0"} 2.0' in numbers
        assert "usher_connected 1.0" in numbers
        assert "usher_oldest_due_seconds 0.0" in numbers
        assert "usher_claim_seconds_count" in numbers
        assert "process_resident_memory_bytes" in numbers
        status, _ = await served.get("slack/events")
        assert status == (404 if socket else 405)


@pytest.mark.parametrize("socket", [True, False])
async def test_a_row_that_is_not_sent_makes_it_unready_and_not_deaf(
    sandbox: Sandbox, tmp_path: Path, socket: bool
) -> None:
    async with serving(sandbox, tmp_path, socket=socket) as served:
        served.bot.dispatcher.is_closing = True
        served.owe("stuck", "U02SAMCARTER", OLDEST_DUE + timedelta(minutes=1))
        status, said = await served.get("readyz")
        assert status == 503
        assert said.startswith("not ready: a message waits for 66")
        assert await served.get("healthz") == (200, "ok")
        if not socket:
            sandbox.request_url = f"{served.place}/slack/events"
        answer = await sandbox.persona("sam.carter").command("/visit help")
        assert answer.acked
        assert answer.text


@pytest.mark.parametrize("error", ["invalid_auth", "fatal_error"])
async def test_a_slack_that_takes_nothing_makes_it_unready(
    sandbox: Sandbox, tmp_path: Path, error: str
) -> None:
    """However often it is tried again."""
    ahead = [timedelta(0)]
    sandbox.faults.add("chat.postMessage", "error", share=1.0, error=error)

    def clock() -> datetime:
        return wall_clock() + ahead[0]

    async with serving(sandbox, tmp_path, socket=True, clock=clock) as served:
        served.owe("vain", "U02SAMCARTER", timedelta(0))
        for _ in range(14):
            await served.bot.dispatcher.drain()
            assert await served.get("readyz") == (200, "ready") or ahead[0] >= OLDEST_DUE
            ahead[0] += timedelta(minutes=1)
        status, said = await served.get("readyz")
        assert (status, "a message waits for 8" in said) == (503, True), said
        sandbox.faults.clear()
        ahead[0] += timedelta(minutes=10)
        await served.bot.dispatcher.drain()
        assert await served.get("readyz") == (200, "ready")


async def test_a_row_that_waits_for_people_does_not(sandbox: Sandbox, tmp_path: Path) -> None:
    async with serving(sandbox, tmp_path, socket=True) as served:
        again = wall_clock() + timedelta(minutes=5)
        served.owe("closed", "#", timedelta(hours=3), next_try_at=again, attempts=30)
        assert await served.get("readyz") == (200, "ready")


async def test_a_lost_socket_makes_it_unready_for_a_while(sandbox: Sandbox, tmp_path: Path) -> None:
    async with serving(sandbox, tmp_path, socket=True) as served:
        await sandbox.wait_online()
        sandbox.faults.add("apps.connections.open", "500", share=1.0)
        sandbox.faults.lose_sockets()
        while (await served.get("readyz")) == (200, "ready"):
            pass
        assert await served.get("readyz") == (503, "not ready: no connection to Slack")
        assert "usher_connected 0.0" in (await served.get("metrics"))[1]
        sandbox.faults.clear()
        while (await served.get("readyz")) != (200, "ready"):
            pass


async def test_a_database_that_fails_makes_it_unready(sandbox: Sandbox, tmp_path: Path) -> None:
    async with serving(sandbox, tmp_path, socket=True) as served:
        with served.bot.database.session() as session:
            session.connection().exec_driver_sql("ALTER TABLE outbox RENAME TO elsewhere")
        status, said = await served.get("readyz")
        assert (status, said) == (503, "not ready: the database cannot be used (database_outdated)")
        assert "usher_oldest_due_seconds NaN" in (await served.get("metrics"))[1]
        with served.bot.database.session() as session:
            session.connection().exec_driver_sql("ALTER TABLE elsewhere RENAME TO outbox")


async def test_a_postgresql_that_is_away_makes_it_unready_until_it_is_back(
    sandbox: Sandbox, tmp_path: Path, postgres_url: str
) -> None:
    change = {"database_url": SecretStr(postgres_url)}
    with server_of(postgres_url) as server:
        async with serving(sandbox, tmp_path, socket=True, change=change) as served:
            assert await served.get("readyz") == (200, "ready")
            await asyncio.to_thread(server.shut)
            status, said = await served.get("readyz")
            assert (status, "the database cannot be used" in said) == (503, True)
            assert await served.get("healthz") == (200, "ok")
            server.open()
            while (await served.get("readyz")) != (200, "ready"):
                pass


def test_with_socket_mode_nothing_is_served_unless_a_port_is_set(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    assert settings.http_port is None
    assert settings.model_copy(update={"slack_app_token": None}).http_port == 3000
    assert settings.model_copy(update={"port": 8080}).http_port == 8080


async def test_a_port_that_is_taken_is_named_with_socket_mode_too(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with serving(sandbox, tmp_path, socket=True) as served:
        port = int(served.place.rpartition(":")[2])
        other = demo_settings(sandbox, tmp_path / "other.db").model_copy(update={"port": port})
        with pytest.raises(CannotRun, match=r"PORT: .* another program has it"):
            async with assemble(other, wall_clock):
                pass
