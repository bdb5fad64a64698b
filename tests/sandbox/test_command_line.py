"""`python -m sandbox` as its own process."""

import asyncio
import json
import signal
import sys
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]


async def started(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_it_tells_how_to_connect_and_ends_in_order(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        json.dumps(
            {
                "display_information": {"name": "Usher"},
                "features": {"bot_user": {"display_name": "Usher the bot"}},
            }
        )
    )
    process = await started("--port", "0", "--manifest", str(manifest))
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().strip() for _ in range(5)]
    told = dict(line.split("=", 1) for line in lines[1:])
    assert lines[0].startswith("The workspace is at http://127.0.0.1:")
    web = AsyncWebClient(token=told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"])
    me = await web.auth_test()
    assert me["team"] == "Harbour Instruments"
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")


async def test_what_cannot_be_served(sandbox: Sandbox, tmp_path: Path) -> None:
    taken = await started("--port", sandbox.url.rpartition(":")[2])
    _, errors = await taken.communicate()
    assert taken.returncode == 1
    assert b"cannot serve on port" in errors
    unreadable = await started("--manifest", str(tmp_path / "none.json"))
    _, errors = await unreadable.communicate()
    assert unreadable.returncode == 2
    assert b"cannot read the manifest" in errors


async def test_an_empty_workspace() -> None:
    sandbox = Sandbox(seeded=False)
    assert [user.handle for user in sandbox.workspace.users.values()] == ["usher"]
    assert sandbox.workspace.channels == {}
