"""`usher run` against the local workspace: starting, being refused, stopping, both ways in."""

import asyncio
import signal
import socket
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot.assemble import assemble
from bot.channel import VisitsChannel
from bot.clock import wall_clock
from bot.demo import demo_settings
from bot.trouble import CannotRun
from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL, Delivery
from sandbox.server import Sandbox
from services.store.database import Database, DatabaseTrouble
from tests.bot.running import STARTED, settings_of, usher_process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_works_until_a_signal_and_ends_with_0(
    sandbox: Sandbox, tmp_path: Path, number: signal.Signals
) -> None:
    async with usher_process("run", cwd=tmp_path, **settings_of(sandbox, tmp_path)) as bot:
        await sandbox.wait_online(20)
        await bot.says(STARTED)
        helped = await sandbox.persona("sam.carter").command("/visit help", channel="visits")
        assert helped.acked
        assert "/visit new" in (helped.text or "")
        ended = await bot.end(number)
    assert ended.code == 0
    assert "stopped" in ended.err
    assert "Traceback" not in ended.err
    assert "xoxb" not in ended.err
    assert not sandbox.rejections


async def test_what_is_in_hand_is_finished(sandbox: Sandbox, tmp_path: Path) -> None:
    async with usher_process("run", cwd=tmp_path, **settings_of(sandbox, tmp_path)) as bot:
        await sandbox.wait_online(20)
        await bot.says(STARTED)
        slow = sandbox.faults.add("views.open", "latency", seconds=1.0)
        sam = sandbox.persona("sam.carter")
        command = asyncio.create_task(sam.command("/visit new", channel="visits"))
        while not slow.struck:  # noqa: ASYNC110 - turns of the loop until the call arrived
            await asyncio.sleep(0)
        ended = await bot.end(signal.SIGTERM)
        acked = await command
    assert acked.acked
    assert (await sam.modal()).title == "New visit"
    assert ended.code == 0


async def test_a_wrong_token_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    value, words = "xoxb-wrong", "SLACK_BOT_TOKEN: Slack does not know this token"
    settings = {**settings_of(sandbox, tmp_path), "SLACK_BOT_TOKEN": value}
    async with usher_process("run", cwd=tmp_path, **settings) as bot:
        ended = await bot.end()
    assert ended.code == 2
    assert words in ended.err
    assert value not in ended.err
    assert "Traceback" not in ended.err


async def test_a_wrong_app_token_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db").model_copy(
        update={"slack_app_token": SecretStr("xapp-wrong")}
    )
    with pytest.raises(CannotRun, match="SLACK_APP_TOKEN: Slack refuses this token") as refused:
        async with assemble(settings, wall_clock):
            pass
    assert "xapp-wrong" not in str(refused.value)


async def test_a_missing_channel_is_a_warning(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = {**settings_of(sandbox, tmp_path), "USHER_CHANNEL": "#receptions"}
    async with usher_process("run", cwd=tmp_path, **settings) as bot:
        await bot.says(b"USHER_CHANNEL: Usher sees no channel receptions: create it")
        await bot.says(STARTED)
        assert (await bot.end(signal.SIGTERM)).code == 0


async def test_it_joins_a_public_channel_by_itself(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db").model_copy(
        update={"usher_channel": "general"}
    )
    general = sandbox.workspace.channel("general")
    assert sandbox.workspace.bot.id not in general.members
    async with assemble(settings, wall_clock):
        await sandbox.wait_for(lambda: sandbox.workspace.bot.id in general.members)


async def test_a_private_channel_without_it_is_not_seen(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db").model_copy(
        update={"usher_channel": "C03PRIVDEALS"}
    )
    async with assemble(settings, wall_clock):
        assert "invite Usher to it if it is private" in caplog.text


async def test_a_channel_made_anew_is_found(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channel._FRESH_SECONDS", -1.0)
    workspace = sandbox.workspace
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    channel = VisitsChannel(client, "visits")
    old = workspace.channel("visits")
    assert await channel.find() == old.id
    old.archived, old.name = True, "visits-old"
    assert await channel.find() is None
    new = workspace.add_channel("visits")
    assert await channel.find() == new.id
    assert workspace.bot.id in new.members


async def test_a_channel_that_is_renamed_is_kept_by_its_id(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Also over a new start, by what was posted there; a channel of the old name goes before it."""
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    visits = sandbox.workspace.channel("visits")

    async def post(name: str) -> str | None:
        async with assemble(settings, wall_clock) as bot:
            before = len(visits.messages)
            due = wall_clock()
            card = Delivery(
                id=name, key=name, kind="missing_role", recipient=CHANNEL, due_at=due,
                args={"roles": ["chairman"]}, next_try_at=due,
            )  # fmt: skip
            with bot.database.session() as session:
                session.add(card)
            await bot.dispatcher.drain()
            with bot.database.reading() as session:
                found = session.exec(select(Delivery).where(Delivery.id == name)).one()
                assert (len(visits.messages) > before) is (found.channel == visits.id)
                return found.channel

    assert await post("first") == visits.id
    visits.name = "visits-2026"
    assert await post("renamed") == visits.id
    assert "no channel is called visits; cards go on in the one used so far" in caplog.text
    anew = sandbox.workspace.add_channel("visits")
    assert await post("anew") == anew.id


async def test_a_read_only_database_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path / 'usher.db'}") as database:
        database.upgrade()
    read_only = SecretStr(f"sqlite:///file:{tmp_path / 'usher.db'}?mode=ro&uri=true")
    settings = demo_settings(sandbox, tmp_path / "usher.db").model_copy(
        update={"database_url": read_only}
    )
    with pytest.raises(DatabaseTrouble, match="can only be read"):
        async with assemble(settings, wall_clock):
            pass


async def test_one_bot_a_sqlite_file(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    async with assemble(settings, wall_clock):
        with pytest.raises(DatabaseTrouble, match="another Usher"):
            async with assemble(settings, wall_clock):
                pass


async def test_slack_out_of_reach_is_named(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack._FIRST_TRIES", (0.01, 0.01))
    settings = demo_settings(sandbox, tmp_path / "usher.db").model_copy(
        update={"slack_api_url": f"http://127.0.0.1:{free_port()}/api/"}
    )
    with pytest.raises(CannotRun, match="SLACK_API_URL: Slack cannot be reached"):
        async with assemble(settings, wall_clock):
            pass


async def test_slack_may_answer_late(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.add("auth.test", "500")
    async with assemble(demo_settings(sandbox, tmp_path / "usher.db"), wall_clock) as bot:
        assert bot.identity.team == "Harbour Instruments"


async def test_everybody_is_known_when_it_starts(sandbox: Sandbox, tmp_path: Path) -> None:
    async with assemble(demo_settings(sandbox, tmp_path / "usher.db"), wall_clock):
        await sandbox.wait_online()
        lin = sandbox.persona("lin.wei")
        assert "申请来访" in ((await lin.command("/visit help", channel="visits")).text or "")
    assert [call.method for call in sandbox.calls].count("users.info") == 0


async def test_a_lost_socket_is_opened_again(sandbox: Sandbox, tmp_path: Path) -> None:
    async with assemble(demo_settings(sandbox, tmp_path / "usher.db"), wall_clock):
        await sandbox.wait_online()
        sandbox.faults.lose_sockets()
        assert not sandbox.online
        await sandbox.wait_online(15)
        assert (await sandbox.persona("sam.carter").command("/visit help", "visits")).acked


async def test_http_is_used_without_an_app_token(sandbox: Sandbox, tmp_path: Path) -> None:
    port = free_port()
    settings = demo_settings(sandbox, tmp_path / "usher.db").model_copy(
        update={"slack_app_token": None, "port": port}
    )
    here = f"http://127.0.0.1:{port}"
    async with assemble(settings, wall_clock), aiohttp.ClientSession() as session:
        sandbox.request_url = f"{here}/slack/events"
        assert await sandbox.verify_request_url()
        sam = sandbox.persona("sam.carter")
        assert "/visit new" in ((await sam.command("/visit help", channel="visits")).text or "")
        await sam.command("/visit new Acme", channel="visits")
        assert (await sam.modal()).field("Customer").value == "Acme"
        for path, words in (("healthz", "ok"), ("readyz", "ready")):
            async with session.get(f"{here}/{path}") as answer:
                assert (answer.status, await answer.text()) == (200, words)
        async with session.post(f"{here}/slack/events", data=b"command=/visit") as unsigned:
            assert unsigned.status == 401
    assert not sandbox.rejections


async def test_a_port_that_is_taken_is_named(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        taken = settings.model_copy(
            update={"slack_app_token": None, "port": other.getsockname()[1]}
        )
        with pytest.raises(CannotRun, match=r"PORT: .* another program has it"):
            async with assemble(taken, wall_clock):
                pass


@pytest.mark.parametrize(("seconds", "held"), [(60, True), (0, False)])
async def test_what_time_brings_waits_after_a_jump_of_the_clock(
    sandbox: Sandbox, tmp_path: Path, seconds: int, held: bool
) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    settings = settings.model_copy(update={"usher_clock_guard": seconds})
    ahead = [timedelta(0)]
    due = wall_clock() + timedelta(hours=2)
    escalation = Delivery(
        id="brought",
        key="brought",
        kind="do:escalate",
        recipient="",
        args={"step": 1},
        due_at=due,
        next_try_at=due,
    )
    async with assemble(settings, lambda: wall_clock() + ahead[0], running=lambda: 5.0) as bot:
        await bot.dispatcher.drain()
        with bot.database.session() as session:
            session.add(escalation)
        ahead[0] = timedelta(hours=3)
        await bot.dispatcher.drain()
        with bot.database.reading() as session:
            state = session.exec(select(Delivery.state).where(Delivery.id == "brought")).one()
    assert (state == DeliveryState.PENDING) is held


async def test_a_newer_database_is_left_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    settings = demo_settings(sandbox, tmp_path / "usher.db")
    with Database(settings.database_url.get_secret_value()) as database:
        database.upgrade()
        with database.session() as session:
            session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'x'")
    with pytest.raises(DatabaseTrouble, match="newer version"):
        async with assemble(settings, wall_clock):
            pass


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
