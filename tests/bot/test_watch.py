"""A database that takes nothing, is gone, or is another one: noticed, told, nothing promised."""

import resource
import shutil
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from sandbox.server import Sandbox
from tests.bot.running import STARTED, settings_of, usher_process
from tests.bot.test_health import Served, serving
from tests.bot.test_run import free_port

LOST = "Usher has lost its database"


@pytest.fixture(autouse=True)
def looked_at_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.watch.EVERY_SECONDS", 0.05)
    monkeypatch.setattr("bot.watch.FRESH_SECONDS", 0.0)


def take_away(file: Path) -> Callable[[], None]:
    away = file.with_name("away.db")
    file.rename(away)

    def put_back() -> None:
        away.replace(file)

    return put_back


def replace(file: Path) -> Callable[[], None]:
    put_back = take_away(file)
    shutil.copy(file.with_name("away.db"), file)
    return put_back


async def ready(served: Served, said: str) -> None:
    while said not in (await served.get("readyz"))[1]:
        pass


@pytest.mark.parametrize(
    ("lose", "code"), [(take_away, "database_gone"), (replace, "database_replaced")]
)
async def test_a_file_that_is_gone_or_another_is_told_and_takes_nothing(
    sandbox: Sandbox,
    tmp_path: Path,
    lose: Callable[[Path], Callable[[], None]],
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "usher.db"
    sam, lin = sandbox.persona("sam.carter"), sandbox.persona("lin.wei")

    def said() -> str:
        return " ".join(str(each.text) for each in sam.channel("visits"))

    async with serving(sandbox, tmp_path, socket=True) as served:
        await sandbox.wait_online()
        await ready(served, "ready")
        await lin.command("/visit list", channel="visits")  # her language is known by now
        put_back = lose(file)
        await ready(served, f"not ready: the database cannot be used ({code})")
        assert await served.get("healthz") == (200, "ok")
        await sandbox.wait_for(lambda: LOST in said())
        assert "nothing can be written: the database" in caplog.text
        refused = await sam.command("/visit new Acme", channel="visits")
        assert "Usher cannot store anything at the moment" in (refused.text or "")
        refused = await lin.command("/visit list", channel="visits")
        assert "没有任何更改" in (refused.text or "")
        assert (code == "database_gone") is not file.exists()
        put_back()
        await ready(served, "ready")
        await sandbox.wait_for(lambda: "database is back" in said())
        served.owe("now", "U02SAMCARTER", timedelta(0))
        await sandbox.wait_for(lambda: bool(sam.dms()), 20)
    assert LOST not in said()


async def test_a_disk_that_takes_nothing_makes_it_unready(sandbox: Sandbox, tmp_path: Path) -> None:
    port = free_port()
    settings = settings_of(sandbox, tmp_path) | {"PORT": str(port)}
    place = f"http://127.0.0.1:{port}"

    async with (
        usher_process("run", cwd=tmp_path, **settings) as bot,
        aiohttp.ClientSession() as session,
    ):

        async def until(status: int) -> str:
            while True:
                async with session.get(f"{place}/readyz") as answer:
                    if answer.status == status:
                        return await answer.text()

        await bot.says(STARTED)
        await until(200)
        before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (0, -1))
        assert "nothing can be written to the database" in await until(503)
        async with session.get(f"{place}/healthz") as answer:
            assert answer.status == 200
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)
        await until(200)
        ended = await bot.end(signal.SIGTERM)
    assert ended.code == 0
    assert "nothing can be written: " in ended.err
    assert "the database can be written again" in ended.err
