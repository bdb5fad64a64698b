"""A policy that cannot be used, or is gone: named at the command line and at the start, and a bot
at work goes on by what it has."""

import os
import signal
from pathlib import Path

import pytest
from sqlmodel import select

from bot.assemble import assemble
from bot.clock import wall_clock
from bot.demo import demo_settings
from bot.settings import SettingsError, load_settings
from models.policy.load import SHIPPED
from models.records.people import Person
from models.records.procedure import PolicyVersion
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from sandbox.server import Sandbox
from services.people import roles
from services.procedure import watch
from services.reading.desk import Desk
from services.store.database import Database
from tests.bot.commands import usher_here
from tests.bot.running import STARTED, settings_of, usher_process
from tests.policy.make import BASE
from tests.services.conftest import CHEN, LIN, START, Office

TEXT = (SHIPPED / "standard.toml").read_text(encoding="utf-8")


def edit(old: str, new: str) -> bytes:
    assert old in BASE
    return BASE.replace(old, new, 1).encode()


BAD: dict[str, tuple[bytes, str]] = {
    "unknown key": (edit("per_head = 50", "per_haed = 50"), "did you mean 'per_head'?"),
    "wrong unit": (edit("per_head = 50", 'per_head = "50 USD"'), "is not an amount"),
    "wrong distance": (edit("arrival -10m", "arrival -10 min"), "'-10 min' is not an offset"),
    "caps": (edit("per_head = 100", "per_head = 40"), "level high: lunch 40 is below 50 of low"),
    "role": (
        edit('approvers = ["department_manager"]', 'approvers = ["boss"]'),
        "[[level]] low approvers number 1: 'boss' is not known here",
    ),
    "loop": (
        edit(
            'approvers = ["department_manager", "vice_president"]',
            'approvers = ["vice_president", "vice_president"]',
        ),
        "the chain loops: vice_president is asked twice",
    ),
    "after arrival": (edit("arrival -1d 17:00", "arrival +1d 17:00"), "may fall after the arrival"),
    "two levels": (
        edit('over = ["low"]', ""),
        "levels low and high both claim a guest (rank staff): say with `over`",
    ),
    "syntax": (b'name = "mine\n', "cannot be read: "),
    "no text": (b"\xff\xfe\x00name", "it is not UTF-8 text"),
    "large": (b"#" * (10 * 2**20), "at most 1 MB"),
}


@pytest.fixture(params=BAD)
def bad(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """A file that cannot be used, and what names its fault."""
    content, said = BAD[request.param]
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    return str(file), said


def test_check_names_it(bad: tuple[str, str], tmp_path: Path) -> None:
    ended = usher_here("policy", "check", bad[0], cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert bad[1] in ended.err
    assert all(line.startswith(f"usher: {bad[0]}: ") for line in ended.err.splitlines())
    assert "Traceback" not in ended.err


def test_a_start_with_it_names_the_setting(
    bad: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith(("USHER_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("USHER_POLICY", bad[0])
    with pytest.raises(SettingsError) as caught:
        load_settings(env_file=tmp_path / ".env")
    assert str(caught.value).startswith(f"USHER_POLICY {bad[0]}: ")
    assert bad[1] in str(caught.value)


@pytest.mark.parametrize("what", ["gone", "a folder"])
def test_a_start_without_its_file_ends_with_2(tmp_path: Path, what: str) -> None:
    if what == "a folder":
        (tmp_path / "mine.toml").mkdir()
    words = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "USHER_POLICY": "mine.toml"}
    ended = usher_here("run", cwd=tmp_path, **words)
    assert ended.code == 2
    assert ended.err.startswith("usher: USHER_POLICY ")
    assert "mine.toml" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("what", ["gone", "broken"])
async def test_a_bot_at_work_goes_on_when_its_file_is(
    sandbox: Sandbox, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(TEXT, encoding="utf-8")
    settings = {**settings_of(sandbox, tmp_path), "USHER_POLICY": str(file)}
    async with usher_process("run", cwd=tmp_path, **settings) as bot:
        await sandbox.wait_online(20)
        await bot.says(STARTED)
        if what == "gone":
            file.unlink()
        else:
            file.write_bytes(BAD["unknown key"][0])
        for words in (("apply", "--yes"), ("check", str(file))):
            refused = usher_here("policy", *words, cwd=tmp_path, **settings)
            assert refused.code == 2, words
            assert "mine.toml" in refused.err
        sam = sandbox.persona("sam.carter")
        acked = await sam.command("/visit new", channel="visits")
        assert acked.acked
        assert (await sam.modal()).title == "New visit"
        ended = await bot.end(signal.SIGTERM)
    assert ended.code == 0
    assert "Traceback" not in ended.err
    again = usher_here("run", cwd=tmp_path, **settings)
    assert again.code == 2
    assert "usher: USHER_POLICY " in again.err


def look_over(office: Office) -> list[str]:
    found: list[str] = office.do(None, watch.look_over)
    return found


@pytest.fixture
def company(database: Database) -> Office:
    """Some roles are held; the approver of level a is not."""
    office = Office(database)
    office.now = START
    office.do("U01ADMIN", roles.set_role, "department_manager", [CHEN])
    return office


def missing(office: Office) -> list[Delivery]:
    with office.database.reading() as session:
        query = select(Delivery).where(Delivery.kind == "missing_role")
        return [row for row in session.exec(query) if row.visit_id is None]


def test_roles_that_nobody_holds_are_told_to_the_admins_once(company: Office) -> None:
    admin = Person(
        user_id="U01ANA", name="Ana", locale="en-US", timezone="UTC", refreshed_at=START,
        is_workspace_admin=True,
    )  # fmt: skip
    with company.database.session() as session:
        session.add(admin)
    lines = look_over(company)
    assert any("nobody holds the role vice_president" in line for line in lines)
    assert not any("nobody holds the role department_manager" in line for line in lines)
    look_over(company)
    (row,) = missing(company)
    assert row.recipient == "U01ANA"
    assert "vice_president" in row.args["roles"]
    company.do("U01ADMIN", roles.set_role, "vice_president", [LIN])
    look_over(company)
    assert len(missing(company)) == 2


def test_before_any_role_is_given_nobody_is_told(database: Database) -> None:
    office = Office(database)
    (line,) = look_over(office)
    assert "no role has been given to anybody yet" in line
    assert missing(office) == []


def test_a_version_that_cannot_be_read_is_named_at_the_start(company: Office) -> None:
    visit_id = company.submit()
    with company.database.session() as session:
        session.add(
            PolicyVersion(digest="aa" * 8, name="newer", file="n.toml", text="[x]", kept_at=START)
        )
        visit = session.get_one(Visit, visit_id)
        visit.policy_digest, visit.policy_name = "aa" * 8, "newer"
        session.add(visit)
    lines = look_over(company)
    assert any("a kept version of newer" in line and "n.toml: " in line for line in lines)


async def test_the_admin_reads_which_roles_are_missing(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    ana = sandbox.persona("ana.silva")
    with Database(settings.database_url.get_secret_value()) as database:
        database.upgrade()
        with database.session() as session:
            desk = Desk(session, wall_clock(), settings.site(), None, "command")
            roles.set_role(desk, "admin", [ana.id])
    async with assemble(settings, wall_clock):
        await sandbox.wait_for(lambda: any("Nobody holds" in m.text for m in ana.dms()))
    (said,) = (m for m in ana.dms() if "Nobody holds" in m.text)
    assert "Department manager" in said.text
    assert "Assign people" in said.buttons
    assert "nobody holds the role department_manager" in caplog.text
