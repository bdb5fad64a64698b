"""HTTP mode: signed requests in Slack's wire form to an unchanged Bolt app."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web as aiohttp_web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.kit import JsonDict, actions, button, element, input_block, modal


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[AsyncApp]:
    """A Bolt app behind HTTP; the workspace knows its request URL."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(
        client=client, signing_secret=sandbox.signing_secret, process_before_response=True
    )
    runner = aiohttp_web.AppRunner(app.web_app())
    await runner.setup()
    site = aiohttp_web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    sandbox.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield app
    await runner.cleanup()


async def test_commands_clicks_submissions_options_and_events(
    sandbox: Sandbox, app: AsyncApp
) -> None:
    heard: list[str] = []

    @app.command("/visit")
    async def visit(ack: Any, body: JsonDict, client: Any) -> None:
        await ack("Opening")
        select = element("external_select", action_id="customer")
        form = modal(input_block(select, "Customer"), callback_id="form")
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    @app.options("customer")
    async def customers(ack: Any) -> None:
        option = {"text": {"type": "plain_text", "text": "Söhne & 公司"}, "value": "1"}
        await ack(options=[option])

    @app.view("form")
    async def submit(ack: Any, view: JsonDict) -> None:
        [[entry]] = [each.values() for each in view["state"]["values"].values()]
        heard.append(entry["selected_option"]["text"]["text"])
        await ack()

    @app.action("go")
    async def go(ack: Any) -> None:
        heard.append("clicked")
        await ack()

    @app.event("app_home_opened")
    async def opened() -> None:
        heard.append("home")
        sandbox.workspace.changes.wake()

    lin = sandbox.persona("lin.wei")
    assert (await lin.command("/visit new 公司 & co")).text == "Opening"
    form = await lin.modal()
    await form.fill("Customer", "公司")
    assert (await form.submit()).closed
    await app.client.chat_postMessage(
        channel="U01LINWEI", text="x", blocks=[actions(button(action_id="go"))]
    )
    assert (await lin.click("Go")).acked
    await lin.open_home()
    await sandbox.wait_for(lambda: "home" in heard)
    assert heard == ["Söhne & 公司", "clicked", "home"]


async def test_a_wrong_secret_is_refused_by_the_app(sandbox: Sandbox, app: AsyncApp) -> None:
    @app.command("/visit")
    async def visit(ack: Any) -> None:
        await ack("Here")

    lin = sandbox.persona("lin.wei")
    assert (await lin.command("/visit")).text == "Here"
    sandbox._http._secret = "another"
    refused = await lin.command("/visit")
    assert refused.notice == "/visit failed with the error “http_client_error”"


async def test_what_slack_says_when_the_app_fails(sandbox: Sandbox, app: AsyncApp) -> None:
    sandbox.request_url = "http://127.0.0.1:9/slack/events"
    away = await sandbox.persona("lin.wei").command("/visit")
    assert away.notice == "/visit failed with the error “dispatch_failed”"


async def test_the_request_url_is_verified(sandbox: Sandbox, app: AsyncApp) -> None:
    assert await sandbox.verify_request_url()
    sandbox.request_url = sandbox.url + "/page/index.html"
    assert not await sandbox.verify_request_url()


Retries = list[tuple[str | None, str | None]]


async def told_to_a_failing_app(sandbox: Sandbox, headers: dict[str, str]) -> Retries:
    """The retry headers of each delivery of one event to an app that answers 500."""
    seen: Retries = []

    async def fail(request: aiohttp_web.Request) -> aiohttp_web.Response:
        given = request.headers
        seen.append((given.get("X-Slack-Retry-Num"), given.get("X-Slack-Retry-Reason")))
        return aiohttp_web.Response(status=500, headers=headers)

    server = aiohttp_web.Application()
    server.router.add_post("/slack/events", fail)
    runner = aiohttp_web.AppRunner(server)
    await runner.setup()
    site = aiohttp_web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    sandbox.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    sandbox.delivery.retry_delays = (0.0, 0.0, 0.0)
    await sandbox.persona("lin.wei").open_home()
    await sandbox.delivery.settled()
    await runner.cleanup()
    return seen


async def test_repeated_events_say_so(sandbox: Sandbox) -> None:
    first, *again = await told_to_a_failing_app(sandbox, {})
    assert first == (None, None)
    assert again == [(number, "http_error") for number in ("1", "2", "3")]


async def test_an_app_may_ask_not_to_be_told_again(sandbox: Sandbox) -> None:
    seen = await told_to_a_failing_app(sandbox, {"X-Slack-No-Retry": "1"})
    assert seen == [(None, None)]
