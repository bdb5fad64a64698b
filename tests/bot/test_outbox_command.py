"""`usher outbox` beside a running bot."""

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from bot.clock import wall_clock
from models.base.words import DeliveryState
from models.reminders.outbox import Delivery
from sandbox.server import Sandbox
from services.store.database import Database
from tests.bot.commands import usher, usher_here
from tests.bot.running import STARTED, settings_of, usher_process

ROW = "0f" * 16


def test_an_empty_outbox(tmp_path: Path) -> None:
    shown = usher_here("outbox", cwd=tmp_path)
    assert shown.code == 0
    assert shown.out.splitlines()[0] == "due        0"
    assert "late:" not in shown.out


def test_retry_wants_ids_or_all(tmp_path: Path) -> None:
    for words in ((), ("0f0f0f", "--failed")):
        ended = usher_here("outbox", "retry", *words, cwd=tmp_path)
        assert (ended.code, "--failed" in ended.err) == (2, True)
    ended = usher_here("outbox", "retry", "0f0f0f", cwd=tmp_path)
    assert ended.code == 2
    assert "usher: '0f0f0f' is not the id of one failed row" in ended.err


def test_dismiss_wants_ids_or_all(tmp_path: Path) -> None:
    for words in ((), ("0f0f0f", "--all")):
        ended = usher_here("outbox", "dismiss", *words, cwd=tmp_path)
        assert (ended.code, "--all" in ended.err) == (2, True)
    ended = usher_here("outbox", "dismiss", "0f0f0f", cwd=tmp_path)
    assert ended.code == 2
    assert "usher: '0f0f0f' is not the id of one failed row" in ended.err


def test_what_somebody_saw_to_is_dismissed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'usher.db'}"
    with Database(url) as database:
        database.upgrade()
        with database.session() as session:
            session.add_all(failed(f"{name}f" * 16) for name in "012")
    shown = usher_here("outbox", cwd=tmp_path, DATABASE_URL=url).out
    assert "failed     3" in shown
    ended = usher_here("outbox", "dismiss", "0f0f", cwd=tmp_path, DATABASE_URL=url)
    assert (ended.code, ended.out) == (0, "1 dismissed; they are not sent.\n")
    ended = usher_here("outbox", "dismiss", "--all", cwd=tmp_path, DATABASE_URL=url)
    assert (ended.code, ended.out) == (0, "2 dismissed; they are not sent.\n")
    shown = usher_here("outbox", cwd=tmp_path, DATABASE_URL=url).out
    assert "failed     0" in shown
    assert "failed:" not in shown
    with Database(url) as database, database.reading() as session:
        rows = session.exec(select(Delivery)).all()
        assert {(row.state, row.reason) for row in rows} == {("cancelled", "dismissed")}


def failed(row_id: str) -> Delivery:
    return Delivery(
        id=row_id,
        key=row_id,
        kind="missing_role",
        recipient="U02SAMCARTER",
        args={"roles": ["chairman"]},
        due_at=wall_clock() - timedelta(hours=1),
        next_try_at=None,
        state=DeliveryState.FAILED,
        reason="chat.postMessage:invalid_blocks",
        attempts=3,
    )


async def test_what_failed_is_listed_and_tried_again_while_the_bot_runs(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    settings = settings_of(sandbox, tmp_path)
    with Database(settings["DATABASE_URL"]) as database:
        database.upgrade()
        with database.session() as session:
            session.add(failed(ROW))
    async with usher_process("run", cwd=tmp_path, **settings) as bot:
        await bot.says(STARTED)
        shown = usher_here("outbox", cwd=tmp_path, **settings).out
        assert "failed     1" in shown
        assert f"  {ROW[:8]}  due " in shown
        assert "missing_role to U02SAMCARTER, 3 tries: chat.postMessage:invalid_blocks" in shown
        retry = ("outbox", "retry", ROW[:8])
        again = await asyncio.to_thread(usher, *retry, cwd=tmp_path, **settings)
        assert again.out == "1 to be tried again; a running bot does it within a second.\n"
        sam = sandbox.persona("sam.carter")
        await sandbox.wait_for(sam.dms, 20)
        assert "failed     0" in usher_here("outbox", "show", cwd=tmp_path, **settings).out
    assert "Nobody holds this role" in sam.last_dm().text
