"""Anybody can reach HTTP: what strangers send takes nothing away from Slack and the health."""

import asyncio
import hashlib
import hmac
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncApp

from bot.assemble import assemble
from bot.clock import wall_clock
from bot.connections import STRANGERS
from bot.demo import demo_settings
from bot.health import Health
from bot.metrics import Metrics
from bot.ration import MOST
from bot.signature import is_signed
from bot.web import WebServer
from sandbox.server import Sandbox
from scheduler.tick import Ticker
from tests.bot.running import STARTED, settings_of, usher_process
from tests.bot.test_run import free_port

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: usher\r\n\r\n"
POST = b"POST /slack/events HTTP/1.1\r\nHost: usher\r\n"
STAMP, OLD = b"Stamp: now\r\n", b"Stamp: old\r\n"  # the time is put in when a test runs
UNSIGNED = b"HTTP/1.1 401 Unauthorized\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def stamped(age: int = 0) -> bytes:
    """Headers as Slack sends them, with a signature that is none of its."""
    at = int(wall_clock().timestamp()) - age
    return b"X-Slack-Request-Timestamp: %d\r\nX-Slack-Signature: v0=00\r\n" % at


def signature(body: bytes, at: int, secret: str = SECRET) -> str:
    said = b"v0:%d:%s" % (at, body)
    return "v0=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


async def say(port: int, words: bytes) -> Ends:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    await writer.drain()
    return reader, writer


async def heard(ends: Ends) -> bytes:
    """All that comes until the other end hangs up."""
    reader, writer = ends
    try:
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def ask(port: int, words: bytes) -> bytes:
    return await heard(await say(port, words))


def open_files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


@asynccontextmanager
async def open_server(
    sandbox: Sandbox, folder: Path, *, most: int = 8, seconds: float = 30.0
) -> AsyncIterator[int]:
    """A server of its own beside a bot, with small limits; the port."""
    port = free_port()
    settings = demo_settings(sandbox, folder / "usher.db")
    app = AsyncApp(token="xoxb-1", signing_secret=SECRET, process_before_response=True)
    async with assemble(settings, wall_clock) as bot:
        health = Health(bot.database, bot.watch, Ticker(bot.dispatcher), wall_clock, lambda: True)
        server = WebServer(
            app, health, Metrics(), port, "127.0.0.1", secret=SECRET, most=most, seconds=seconds
        )
        await server.open()
        try:
            yield port
        finally:
            await server.close()


@pytest.mark.parametrize(
    "unfinished",
    [
        b"",
        b"GET /hea",
        POST + b"X-Half: a hea",
        POST + FORM + b"Content-Length: 4000\r\n" + STAMP + b"\r\ncommand=",
        POST + FORM + b"Transfer-Encoding: chunked\r\n" + STAMP + b"\r\n5\r\ncom",
        POST + FORM + b"Content-Length: 20\r\n\r\nssl_check=1",
    ],
    ids=["nothing", "line", "headers", "body", "chunk", "check"],
)
async def test_what_is_not_finished_is_not_waited_for(
    sandbox: Sandbox, tmp_path: Path, unfinished: bytes
) -> None:
    async with open_server(sandbox, tmp_path, seconds=0.1) as port:
        assert await ask(port, unfinished.replace(STAMP, stamped())) == b""


async def test_words_that_trickle_in_gain_no_time(sandbox: Sandbox, tmp_path: Path) -> None:
    async with open_server(sandbox, tmp_path, seconds=0.1) as port:
        reader, writer = await say(port, b"GET /healthz HTTP/1.1\r\n")
        ended = asyncio.create_task(heard((reader, writer)))
        while not ended.done():
            writer.write(b"X: y\r\n")
            await asyncio.wait({ended}, timeout=0.02)
        assert ended.result() == b""


async def test_the_oldest_stranger_goes_when_there_are_too_many(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with open_server(sandbox, tmp_path, most=8) as port:
        held = [await say(port, POST + FORM + b"Content-Length: 900\r\n") for _ in range(40)]
        assert b"ok" in await ask(port, HEALTH)
        for ends in held[:-8]:
            assert await heard(ends) == b""
        for ends in held[-7:]:
            ends[1].write(b"\r\n")
            assert await ends[0].readline() == UNSIGNED
        for _, writer in held[-8:]:
            writer.close()


@pytest.mark.parametrize(
    "headers",
    [
        b"",
        OLD,
        b"X-Slack-Request-Timestamp: soon\r\nX-Slack-Signature: v0=00\r\n",
        "X-Slack-Request-Timestamp: ١٢\r\nX-Slack-Signature: v0=00\r\n".encode(),
        b"X-Slack-Request-Timestamp: " + b"9" * 5000 + b"\r\nX-Slack-Signature: v0=00\r\n",
    ],
    ids=["none", "old", "words", "digits", "long"],
)
async def test_a_body_is_not_waited_for_where_the_headers_tell(
    sandbox: Sandbox, tmp_path: Path, headers: bytes
) -> None:
    headers = headers.replace(OLD, stamped(age=301))
    asked = POST + FORM + headers + b"Content-Length: 1000000\r\n\r\n"
    async with open_server(sandbox, tmp_path) as port:
        reader, writer = await say(port, asked)
        assert await reader.readline() == UNSIGNED
        writer.close()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"command=/visit", b"401"),
        (b"\xff\xfe\x00", b"401"),
        (b"payload=%7B%22type%22", b"401"),
        (b"x" * 2_000_000, b"413"),
    ],
)
async def test_a_wrong_signature_is_refused_whatever_it_is_for(
    sandbox: Sandbox, tmp_path: Path, body: bytes, status: bytes
) -> None:
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    async with open_server(sandbox, tmp_path) as port:
        reader, writer = await say(port, POST + FORM + stamped() + length)
        writer.write(body)
        assert (await reader.readline()).split()[1] == status
        writer.close()


async def test_slack_may_look_at_the_certificate_unsigned(sandbox: Sandbox, tmp_path: Path) -> None:
    body = b"token=abc&ssl_check=1"
    async with open_server(sandbox, tmp_path) as port:
        said = await ask(port, POST + FORM + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert said.startswith(b"HTTP/1.1 200 OK")


async def test_who_signs_may_stay_and_who_does_not_may_not(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    body = b'{"type": "url_verification", "challenge": "abc"}'
    at = int(wall_clock().timestamp())
    signed = (
        POST
        + b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
        + b"X-Slack-Request-Timestamp: %d\r\n" % at
        + b"X-Slack-Signature: %s\r\n\r\n" % signature(body, at).encode()
        + body
    )
    async with open_server(sandbox, tmp_path, most=2, seconds=0.1) as port:
        reader, writer = await say(port, signed)
        assert (await reader.readuntil(b'abc"}'))[:15] == b"HTTP/1.1 200 OK"
        for _ in range(4):
            assert b"Connection: close" in await ask(port, HEALTH)
        assert await ask(port, b"") == b"", "a stranger's time has passed by now"
        writer.write(signed)
        assert (await reader.readuntil(b'abc"}'))[:15] == b"HTTP/1.1 200 OK"
        writer.close()


def test_a_signature_holds_for_its_body_secret_and_five_minutes() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    at = int(now.timestamp())
    headers = {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": signature(b"a", at)}
    assert is_signed(SECRET, headers, b"a", now)
    assert is_signed(SECRET, headers, b"a", now + timedelta(minutes=5))
    assert not is_signed(SECRET, headers, b"b", now)
    assert not is_signed("other", headers, b"a", now)
    assert not is_signed(SECRET, headers, b"a", now + timedelta(minutes=5, seconds=1))
    assert not is_signed(SECRET, headers | {"X-Slack-Signature": "v0=é\udc80"}, b"a", now)


async def test_a_bot_under_all_of_it_works_and_keeps_its_log_short(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    port = free_port()
    settings = settings_of(sandbox, tmp_path) | {
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "PORT": str(port),
    }
    broken = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/9.9\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        POST + b"Content-Length: -5\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n" + stamped() + b"\r\nZZ\r\nnonsense\r\n",
        POST + b"X: " + b"a" * 20_000 + b"\r\n\r\n",
        POST + FORM + b"Content-Length: 14\r\n\r\ncommand=/visit",
        POST + FORM + b"Content-Length: 3\r\n" + stamped() + b"\r\n\xff\xfe\x00",
    ]
    async with usher_process("run", cwd=tmp_path, **settings) as bot:
        await bot.says(STARTED)
        before = open_files(bot.process.pid)
        held = [await say(port, POST + FORM + b"Content-Length: 9\r\n") for _ in range(250)]
        for _ in range(40):
            await asyncio.gather(*(ask(port, words) for words in broken))
        assert b"ok" in await ask(port, HEALTH)
        assert open_files(bot.process.pid) <= before + STRANGERS + 20
        sandbox.request_url = f"http://127.0.0.1:{port}/slack/events"
        assert await sandbox.verify_request_url()
        answer = await sandbox.persona("sam.carter").command("/visit help", channel="visits")
        assert "/visit new" in (answer.text or "")
        for _, writer in held:
            writer.close()
        ended = await bot.end(signal.SIGTERM)
    assert ended.code == 0
    lines = ended.err.splitlines()
    assert len(lines) <= 3 * MOST + 10, ended.err
    assert "Traceback" not in ended.err
