"""Backup and going back, as docs/operations.md describes it: nothing is said twice afterwards."""

import asyncio
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlmodel import select

from bot.assemble import Bot, assemble
from bot.clock import wall_clock
from bot.demo import demo_settings
from bot.settings import Settings
from models.base.words import DeliveryState
from models.reminders.outbox import Delivery
from sandbox.server import Sandbox
from services.store.database import Database, parse_url
from tests import postgres
from tests.bot.commands import Ended, usher, usher_here

SAM = "U02SAMCARTER"


def owe(database: Database, *names: str) -> None:
    """Messages to Sam that are due in an instant or in an hour (`later…`)."""
    now = wall_clock()
    with database.session() as session:
        for name in names:
            due = now + timedelta(hours=1 if name.startswith("later") else 0)
            session.add(
                Delivery(
                    id=name,
                    key=name,
                    kind="missing_role",
                    recipient=SAM,
                    args={"roles": ["chairman"]},
                    due_at=due,
                    next_try_at=due,
                )
            )


def states(database: Database) -> dict[str, str]:
    """Of the messages of the test."""
    with database.reading() as session:
        query = select(Delivery).where(Delivery.recipient == SAM)
        return {row.id: row.state for row in session.exec(query)}


def put_back(folder: Path) -> None:
    """The copy takes the database's place."""
    assert sorted(path.name for path in folder.glob("copy*")) == ["copy.db"]
    for name in ("usher.db", "usher.db-wal", "usher.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copyfile(folder / "copy.db", folder / "usher.db")


async def until_sent(sandbox: Sandbox, bot: Bot, count: int) -> None:
    bot.edge.wake()
    sam = sandbox.persona("sam.carter")
    await sandbox.wait_for(lambda: len(sam.dms()) == count, 20)
    await bot.dispatcher.drain()  # said is not yet marked


async def go_back(sandbox: Sandbox, settings: Settings) -> list[str]:
    """A bot on the restored database sends what is owed; what Sam has then."""
    async with assemble(settings, wall_clock, pace=None) as bot:
        owe(bot.database, "after")
        bot.edge.wake()
        while DeliveryState.PENDING in {
            state for name, state in states(bot.database).items() if not name.startswith("later")
        }:
            await bot.dispatcher.drain()
    return [message.text for message in sandbox.persona("sam.carter").dms()]


async def test_sqlite_backed_up_while_it_works(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    url = settings.database_url.get_secret_value()

    async def command(*words: str) -> Ended:
        return await asyncio.to_thread(usher, *words, cwd=tmp_path, DATABASE_URL=url)

    async with assemble(settings, wall_clock, pace=None) as bot:
        owe(bot.database, "before")
        await until_sent(sandbox, bot, 1)
        bot.dispatcher.is_closing = True  # it sends nothing for a moment
        owe(bot.database, "owed1", "owed2", "later")
        made = await command("db", "backup", "copy.db")
        assert (made.code, made.err) == (0, "")
        bot.dispatcher.is_closing = False
        await until_sent(sandbox, bot, 3)
        refused = await command("outbox", "recheck")
        assert (refused.code, "another Usher" in refused.err) == (2, True)
    put_back(tmp_path)
    with Database(url) as database:
        assert states(database) == {
            "before": DeliveryState.SENT,
            "owed1": DeliveryState.PENDING,
            "owed2": DeliveryState.PENDING,
            "later": DeliveryState.PENDING,
        }
    checked = usher_here("outbox", "recheck", cwd=tmp_path, DATABASE_URL=url)
    assert checked.out == "2 to be looked for in Slack before they are sent.\n"
    assert len(await go_back(sandbox, settings)) == 4, "before, owed1, owed2, after: once each"


async def test_postgresql_dumped_and_restored(
    sandbox: Sandbox, tmp_path: Path, postgres_url: str, run_folder: Path
) -> None:
    settings = demo_settings(sandbox, tmp_path / "none.db").model_copy(
        update={"database_url": SecretStr(postgres_url)}
    )
    address = parse_url(postgres_url).set(drivername="postgresql")
    plain = address.render_as_string(hide_password=False)

    def program(name: str, *words: str) -> None:
        binary = postgres._binaries(run_folder) / name
        subprocess.run([str(binary), *words], check=True, timeout=50, capture_output=True)

    async with assemble(settings, wall_clock, pace=None) as bot:
        owe(bot.database, "before")
        await until_sent(sandbox, bot, 1)
        bot.dispatcher.is_closing = True
        owe(bot.database, "owed")
        dump = str(tmp_path / "usher.dump")
        await asyncio.to_thread(program, "pg_dump", "--format=custom", f"--file={dump}", plain)
        bot.dispatcher.is_closing = False
        await until_sent(sandbox, bot, 2)

    options = ("--clean", "--if-exists", "--no-owner", f"--dbname={plain}")
    await asyncio.to_thread(program, "pg_restore", *options, dump)
    with Database(postgres_url) as database:
        assert states(database) == {"before": DeliveryState.SENT, "owed": DeliveryState.PENDING}
    checked = usher_here("outbox", "recheck", cwd=tmp_path, DATABASE_URL=postgres_url)
    assert checked.out == "1 to be looked for in Slack before they are sent.\n"
    assert len(await go_back(sandbox, settings)) == 3


def test_a_backup_overwrites_nothing_and_says_what_is_wrong(tmp_path: Path) -> None:
    assert usher_here("db", "upgrade", cwd=tmp_path).code == 0
    (tmp_path / "mine.txt").write_text("a letter", encoding="utf-8")
    there = usher_here("db", "backup", "mine.txt", cwd=tmp_path)
    assert (there.code, there.err) == (2, "usher: mine.txt is there already\n")
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "a letter"
    nowhere = usher_here("db", "backup", "nowhere/copy.db", cwd=tmp_path)
    assert nowhere.code == 2
    assert nowhere.err.startswith("usher: cannot write nowhere/copy.db: ")


def test_a_backup_of_postgresql_names_the_right_program(tmp_path: Path, postgres_url: str) -> None:
    ended = usher_here("db", "backup", "copy.db", cwd=tmp_path, DATABASE_URL=postgres_url)
    assert (ended.code, ended.err) == (2, "usher: use pg_dump: this database is PostgreSQL\n")
