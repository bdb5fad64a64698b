"""An app that was installed for an earlier version: named at the start, and what needs the new
scopes is left out in words."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.assemble import assemble
from bot.settings import Settings
from bot.slack import manifest
from sandbox.server import Sandbox
from tests.bot.test_run import free_port
from tests.scenarios.company import PEOPLE, Company, clock_at

NEW = ("app_mentions:read", "files:read", "files:write")


def installed_before() -> dict[str, Any]:
    """The manifest with which the app was installed: the bot's own has more."""
    old = manifest()
    scopes = old["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope not in NEW]
    return old


@pytest.fixture
async def company(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[tuple[Company, int]]:
    caplog.set_level(logging.INFO)
    clock, port = clock_at(), free_port()
    sandbox = Sandbox(clock=clock)
    sandbox.install(installed_before())
    for user in sandbox.workspace.users.values():
        user.locale = "en-US"
    sandbox.delivery.ack_seconds *= 5
    await sandbox.start()
    settings = Settings(
        slack_bot_token=sandbox.bot_token,
        usher_clock_guard=0,  # the clock is turned by hand
        slack_app_token=sandbox.app_token,
        slack_api_url=sandbox.api_url,
        database_url=f"sqlite:///{tmp_path / 'usher.db'}",
        port=port,
    )
    try:
        async with assemble(settings, clock.now, pace=None) as bot:
            await sandbox.wait_online()
            company = Company(sandbox, bot, clock)
            company.staff(PEOPLE)
            yield company, port
    finally:
        await sandbox.stop()


async def test_what_is_missing_is_named_and_left_out_in_words(
    company: tuple[Company, int], caplog: pytest.LogCaptureFixture
) -> None:
    at_work, port = company
    at_start = caplog.get_records("setup")
    [said] = [each for each in at_start if "the app lacks scopes" in each.getMessage()]
    facts = vars(said)
    assert facts["missing"] == ",".join(NEW)
    assert "files that people send are not copied" in facts["left_out"]
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/readyz") as answer,
    ):
        assert answer.status == 200, "it works all the same"
        assert await answer.text() == f"ready; the app is installed without {', '.join(NEW)}"

    await at_work.request(at_work.sam)
    await at_work.sam.click("Details", message=at_work.card())
    details = await at_work.sam.modal()
    assert "Note" in details.buttons
    assert "Add to my calendar" not in details.buttons
    await details.close()

    await at_work.sam.write_to_bot("", ("stand.png", b"\x89PNG\r\n\x1a\n"))
    await at_work.settle()
    told = at_work.sam.last_dm()
    assert "I cannot open files yet" in told.text
    assert told.buttons == []
