"""Response URLs: five uses, half an hour, where the interaction took place."""

from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from sandbox.server import Sandbox
from sandbox.triggers import Permits
from tests.sandbox.block_samples import cell, table
from tests.sandbox.conftest import Connect
from tests.sandbox.kit import JsonDict, actions, button, section

LIN = "U01LINWEI"


async def answer(url: str, **body: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as reply:
        return reply.status, await reply.text()


@pytest.fixture
async def command_url(sandbox: Sandbox, app: AsyncApp, connect: Connect) -> str:
    """The response URL of a command that 林薇 used in #visits."""
    heard: list[str] = []

    @app.command("/visit")
    async def visit(ack: Any, body: JsonDict) -> None:
        await ack()
        heard.append(body["response_url"])

    await connect(app)
    await sandbox.persona("lin.wei").command("/visit", channel="visits")
    return heard[0]


async def test_five_uses(sandbox: Sandbox, command_url: str) -> None:
    for number in range(5):
        assert await answer(command_url, text=str(number)) == (200, "ok")
    status, text = await answer(command_url, text="6")
    assert status == 404
    assert "used_url" in text
    lin, sam = sandbox.persona("lin.wei"), sandbox.persona("sam.carter")
    assert [each.text for each in lin.ephemeral()] == ["0", "1", "2", "3", "4"]
    assert sam.ephemeral() == []


async def test_in_the_channel_even_where_the_bot_is_no_member(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/visit")
    async def visit(ack: Any, respond: Any) -> None:
        await ack(text="Hello all", response_type="in_channel")
        await respond(text="More", response_type="in_channel")

    await connect(app)
    await sandbox.persona("lin.wei").command("/visit now", channel="general")
    seen = [each.text for each in sandbox.persona("sam.carter").channel("general")]
    assert seen == ["More", "/visit now", "Hello all"]


async def test_half_an_hour(sandbox: Sandbox) -> None:
    now = 0.0
    workspace = sandbox.workspace
    workspace.permits = Permits(workspace.ids, monotonic=lambda: now)
    url_id = workspace.permits.response_url(LIN, "C01VISITS0")
    now = 1800.0
    assert (await answer(f"{sandbox.url}/response/{url_id}", text="x"))[0] == 200
    now = 1800.1
    status, text = await answer(f"{sandbox.url}/response/{url_id}", text="x")
    assert (status, "expired_url" in text) == (404, True)
    status, text = await answer(f"{sandbox.url}/response/unknown", text="x")
    assert (status, "invalid_url" in text) == (404, True)


async def test_bad_content_is_refused_and_kept(sandbox: Sandbox, command_url: str) -> None:
    status, text = await answer(command_url, blocks=[{"type": "header"}])
    assert status == 400
    assert "invalid_blocks" in text
    assert sandbox.rejections[0].where == "response_url"


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_replacing_and_deleting_the_original(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, ephemeral: bool
) -> None:
    bodies: list[JsonDict] = []

    @app.action("go")
    async def go(ack: Any, body: JsonDict, respond: Callable[..., Any]) -> None:
        await ack()
        bodies.append(body)
        await respond(text="Replaced", replace_original=True, blocks=[section("Replaced")])
        await respond(text="Beside it", replace_original=False)

    await connect(app)
    blocks = [section("Original"), actions(button(action_id="go"))]
    if ephemeral:
        await app.client.chat_postEphemeral(channel="C01VISITS0", user=LIN, text="x", blocks=blocks)
    else:
        await app.client.chat_postMessage(channel="C01VISITS0", text="x", blocks=blocks)
    lin = sandbox.persona("lin.wei")
    await lin.click("Go")
    assert lin.sees("Replaced")
    assert not lin.sees("Original")
    assert lin.ephemeral()[-1].text == "Beside it"
    [body] = bodies
    assert body["container"]["is_ephemeral"] is ephemeral
    assert ("message" in body) is not ephemeral
    assert (await answer(body["response_url"], delete_original=True))[0] == 200
    assert not lin.sees("Replaced")
    assert (await answer(body["response_url"], delete_original=True))[0] == 400


async def test_a_plan_without_tables(sandbox: Sandbox, command_url: str) -> None:
    sandbox.faults.add(kind="data_blocks")
    blocks = [table([cell()])]
    status, text = await answer(command_url, blocks=blocks)
    assert status == 400
    assert "invalid_blocks" in text
    assert await answer(command_url, blocks=blocks) == (200, "ok")
    assert sandbox.rejections == []
