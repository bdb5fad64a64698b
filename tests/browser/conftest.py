"""Headless Chromium on the page of a local workspace to which a small Bolt app is connected."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    async_playwright,
    expect,
)
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.browser.exhibit import MANIFEST, Exhibit

_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VISITS = "C01VISITS0"

expect.set_options(timeout=10_000)


def chromium() -> str | None:
    """Where Chromium is on this machine."""
    usual = Path("/usr/bin/chromium")
    return str(usual) if usual.exists() else shutil.which("chromium")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests."""
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGS)
        yield browser
        await browser.close()


class Stage:
    """The workspace, the app, and windows onto them."""

    def __init__(self, browser: Browser, sandbox: Sandbox, exhibit: Exhibit) -> None:
        self.sandbox = sandbox
        self.exhibit = exhibit
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    async def open(
        self, where: str = "user=sam.carter&channel=visits", *, narrow: bool = False, **more: Any
    ) -> Page:
        """A new window at `/?{where}`, once it shows the workspace."""
        size = {"width": 390, "height": 844} if narrow else {"width": 1280, "height": 800}
        context = await self._browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            has_touch=narrow,
            is_mobile=narrow,
            timezone_id="America/New_York",  # the persona's zone must win over the browser's
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = await context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", self._request)
        await page.goto(f"{self.sandbox.url}/?{where}")
        await expect(page.locator(".conversation-head h1")).to_be_visible()
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.sandbox.url, "data:", "blob:", "ws:")):
            self.complaints.append(f"left the workspace: {request.url}")

    async def close(self) -> None:
        """Close all windows."""
        for context in self._contexts:
            await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    """A fresh workspace; at the end nothing may have been complained about."""
    sandbox = Sandbox()
    sandbox.install(MANIFEST)
    await sandbox.start()
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    exhibit = Exhibit(client)
    handler = AsyncSocketModeHandler(exhibit.app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await sandbox.wait_online()
    stage = Stage(browser, sandbox, exhibit)
    yield stage
    await stage.close()
    await handler.close_async()  # type: ignore[no-untyped-call]
    await sandbox.stop()
    assert stage.complaints == []
    assert sandbox.rejections == []
