"""A local workspace with a small Bolt app, started for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox

Connect = Callable[[AsyncApp], Awaitable[AsyncSocketModeHandler]]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The seeded workspace, listening on a free port."""
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def web(sandbox: Sandbox) -> AsyncWebClient:
    """The official client with the bot token, without retries."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


@pytest.fixture
def app(sandbox: Sandbox) -> AsyncApp:
    """An unchanged Bolt app that talks to the workspace."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    return AsyncApp(client=client, process_before_response=True)


@pytest.fixture
async def connect(sandbox: Sandbox) -> AsyncIterator[Connect]:
    """Connects an app by Socket Mode; closed after the test."""
    handlers = []

    async def start(app: AsyncApp) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(app, sandbox.app_token)
        before = sandbox.connections
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await sandbox.wait_for(lambda: sandbox.connections > before)
        handlers.append(handler)
        return handler

    yield start
    for handler in handlers:
        await handler.close_async()  # type: ignore[no-untyped-call]
