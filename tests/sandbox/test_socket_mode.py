"""Socket Mode: connections in turn, redelivery of events, renewal, loss, tickets."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import User
from sandbox.server import Sandbox
from tests.sandbox.conftest import Connect
from tests.sandbox.kit import JsonDict


class Raw:
    """A Socket Mode client by hand, to see what goes over the wire."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._session = aiohttp.ClientSession()
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []

    async def url(self) -> str:
        headers = {"Authorization": f"Bearer {self._sandbox.app_token}"}
        opening = self._sandbox.api_url + "apps.connections.open"
        async with self._session.post(opening, headers=headers) as answer:
            return str((await answer.json())["url"])

    async def connect(self) -> aiohttp.ClientWebSocketResponse:
        socket = await self._session.ws_connect(await self.url())
        self.sockets.append(socket)
        return socket

    async def get(self, address: str) -> int:
        async with self._session.get(address.replace("ws:", "http:")) as answer:
            return answer.status

    async def close(self) -> None:
        for socket in self.sockets:
            await socket.close()
        await self._session.close()


@pytest.fixture
async def raw(sandbox: Sandbox) -> AsyncIterator[Raw]:
    client = Raw(sandbox)
    yield client
    await client.close()


async def received(socket: aiohttp.ClientWebSocketResponse) -> JsonDict:
    message: JsonDict = await socket.receive_json(timeout=3)
    return message


async def test_hello_and_envelopes(sandbox: Sandbox, raw: Raw) -> None:
    socket = await raw.connect()
    hello = await received(socket)
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": sandbox.workspace.app.id}
    act = asyncio.create_task(sandbox.persona("lin.wei").command("/visit new"))
    envelope = await received(socket)
    assert envelope["type"] == "slash_commands"
    assert envelope["accepts_response_payload"] is True
    assert "retry_attempt" not in envelope
    assert envelope["payload"]["command"] == "/visit"
    assert envelope["payload"]["channel_name"] == "directmessage"
    answer = {"envelope_id": envelope["envelope_id"], "payload": {"text": "Hi"}}
    await socket.send_str("not json")
    await socket.send_json({"envelope_id": "someone else's"})
    await socket.send_json(answer)
    assert (await act).text == "Hi"
    await socket.send_json(answer)
    home = asyncio.create_task(sandbox.persona("lin.wei").open_home())
    event = await received(socket)
    await socket.send_json({"envelope_id": event["envelope_id"]})
    await home
    assert event["type"] == "events_api"
    assert event["accepts_response_payload"] is False
    assert (event["retry_attempt"], event["retry_reason"]) == (0, "")
    assert event["payload"]["event"]["type"] == "app_home_opened"
    assert event["payload"]["authorizations"][0]["is_bot"] is True


async def test_each_payload_goes_to_one_connection_in_turn(sandbox: Sandbox, raw: Raw) -> None:
    sockets = [await raw.connect() for _ in range(3)]
    for socket in sockets:
        await received(socket)
    heard: list[int] = []

    async def answer(number: int) -> None:
        async for message in sockets[number]:
            heard.append(number)
            envelope_id = json.loads(message.data)["envelope_id"]
            await sockets[number].send_json({"envelope_id": envelope_id})

    tasks = [asyncio.create_task(answer(number)) for number in range(3)]
    for _ in range(6):
        assert (await sandbox.persona("lin.wei").command("/visit")).acked
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert sorted(heard) == [0, 0, 1, 1, 2, 2]
    assert heard[:3] == heard[3:]


async def test_events_are_delivered_again_commands_are_not(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.delivery.ack_seconds = 0.05
    sandbox.delivery.retry_delays = (0.0, 0.0, 0.0)
    socket = await raw.connect()
    await received(socket)
    await sandbox.persona("lin.wei").open_home()
    seen = [await received(socket) for _ in range(4)]
    assert [each["retry_attempt"] for each in seen] == [0, 1, 2, 3]
    assert [each["retry_reason"] for each in seen] == ["", "timeout", "timeout", "timeout"]
    assert len({each["payload"]["event_id"] for each in seen}) == 1
    assert len({each["envelope_id"] for each in seen}) == 4
    late = await sandbox.persona("lin.wei").command("/visit")
    assert late.notice == "/visit failed with the error “operation_timeout”"
    assert (await received(socket))["type"] == "slash_commands"
    with pytest.raises(TimeoutError):
        await socket.receive(timeout=0.2)


async def test_an_acknowledged_event_is_not_repeated(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    sandbox.delivery.retry_delays = (0.0, 0.0, 0.0)
    heard: list[str] = []

    @app.event("app_home_opened")
    async def opened(event: JsonDict) -> None:
        heard.append(event["user"])
        sandbox.workspace.changes.wake()

    await connect(app)
    await sandbox.persona("lin.wei").open_home()
    await sandbox.persona("sam.carter").open_home()
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert sorted(heard) == ["U01LINWEI", "U02SAMCARTER"]


async def test_events_wait_for_the_app_to_come_back(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    sandbox.delivery.retry_delays = (0.0, 0.3, 0.3)
    heard: list[str] = []

    @app.event("app_home_opened")
    async def opened(event: JsonDict) -> None:
        heard.append(event["user"])
        sandbox.workspace.changes.wake()

    await sandbox.persona("lin.wei").open_home()
    await connect(app)
    await sandbox.wait_for(lambda: heard == ["U01LINWEI"])


async def test_a_renewed_connection_loses_nothing(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/visit")
    async def visit(ack: Any) -> None:
        await ack("Here")

    await connect(app)
    sandbox.faults.refresh_socket()
    assert sandbox.connections == 0
    await sandbox.wait_online()
    assert (await sandbox.persona("lin.wei").command("/visit")).text == "Here"


async def test_a_lost_connection_comes_back(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/visit")
    async def visit(ack: Any) -> None:
        await ack("Here")

    handler = await connect(app)
    client: Any = handler.client
    client.ping_interval = 0.1
    sandbox.faults.lose_sockets()
    await sandbox.wait_for(lambda: not sandbox.online)
    await client.connect_to_new_endpoint(force=True)
    await sandbox.wait_online()
    assert (await sandbox.persona("lin.wei").command("/visit")).text == "Here"


async def test_goodbyes(sandbox: Sandbox, raw: Raw) -> None:
    socket = await raw.connect()
    await received(socket)
    sandbox.sockets.warn()
    assert (await received(socket))["reason"] == "warning"
    sandbox.sockets.disable()
    assert (await received(socket))["reason"] == "link_disabled"
    refused = await raw.connect()
    assert (await received(refused))["reason"] == "link_disabled"


async def test_ten_connections_and_no_more(sandbox: Sandbox, raw: Raw) -> None:
    for _ in range(10):
        assert (await received(await raw.connect()))["type"] == "hello"
    eleventh = await received(await raw.connect())
    assert eleventh == {"type": "disconnect", "reason": "too_many_websockets"}
    assert sandbox.connections == 10


async def test_a_ticket_is_good_for_one_connection(sandbox: Sandbox, raw: Raw) -> None:
    url = await raw.url()
    socket = await raw._session.ws_connect(url)
    raw.sockets.append(socket)
    assert await raw.get(url) == 403
    assert await raw.get(f"{sandbox.url}/socket/link?ticket=made-up") == 403


async def test_events_that_the_manifest_asks_for(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, web: AsyncWebClient
) -> None:
    events = ["message.channels", "message.im", "app_mention", "reaction_added"]
    events += ["member_joined_channel", "app_home_opened"]
    sandbox.install(
        {
            "display_information": {"name": "Usher"},
            "oauth_config": {"scopes": {"bot": ["chat:write", "reactions:write", "channels:join"]}},
            "settings": {"event_subscriptions": {"bot_events": events}},
        }
    )
    heard: list[tuple[str, str]] = []

    async def keep(event: JsonDict) -> None:
        heard.append((event["type"], str(event.get("channel_type", ""))))
        sandbox.workspace.changes.wake()

    for name in ("message", "app_mention", "reaction_added", "member_joined_channel"):
        app.event(name)(keep)
    await connect(app)
    lin = sandbox.persona("lin.wei")
    await lin.say("Hello @usher", channel="visits")
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert sorted(heard) == [("app_mention", ""), ("message", "channel")]
    heard.clear()
    await lin.say("Hello", channel="general")
    await lin.say("Hi")
    await sandbox.wait_for(lambda: heard == [("message", "im")])
    heard.clear()
    said = lin.channel("visits")[-1]
    await web.reactions_add(channel="C01VISITS0", timestamp=said.ts, name="wave")
    await web.conversations_join(channel="C02GENERAL")
    await sandbox.wait_for(lambda: len(heard) >= 1)


async def test_newcomers_and_changed_people(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    sandbox.install(
        {
            "display_information": {"name": "Usher"},
            "settings": {"event_subscriptions": {"bot_events": ["team_join", "user_change"]}},
        }
    )
    heard: list[tuple[str, str, str]] = []

    async def keep(event: JsonDict) -> None:
        user = event["user"]
        heard.append((event["type"], user["id"], user["locale"]))
        sandbox.workspace.changes.wake()

    app.event("team_join")(keep)
    app.event("user_change")(keep)
    await connect(app)
    sandbox.workspace.add_user(User("U99NEWCOMER", "new.comer", "New Comer", locale="de-DE"))
    sandbox.workspace.change_user("U02SAMCARTER", locale="zh-CN", tz="Asia/Shanghai")
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert sorted(heard) == [
        ("team_join", "U99NEWCOMER", "de-DE"),
        ("user_change", "U02SAMCARTER", "zh-CN"),
    ]
