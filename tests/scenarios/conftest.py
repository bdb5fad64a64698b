"""The company of the scenarios, once on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assemble import assemble
from bot.settings import Settings
from bot.slack import manifest
from handlers.slack import door
from sandbox import triggers
from sandbox.server import Sandbox
from tests.scenarios.company import PEOPLE, Company, clock_at


@pytest.fixture
def languages() -> dict[str, str]:
    """The Slack locale of whoever does not read English; a module may say otherwise."""
    return {}


@pytest.fixture
def leniency() -> float:
    """How many times longer than Slack the workspace waits, and the bot as well.

    Whatever else a busy machine does is not what these scenarios are about; those that are about
    promptness say 1.
    """
    return 5.0


@pytest.fixture
def policy_name() -> str:
    """The procedure that the company lives by; a scenario may say another."""
    return "standard"


@pytest.fixture
async def company(
    database_url: str,
    languages: dict[str, str],
    leniency: float,
    policy_name: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> AsyncIterator[Company]:
    """Sandbox, bot and clock; everybody has their role. Nothing that Slack refuses went out."""
    monkeypatch.setattr(door, "SECONDS", door.SECONDS * leniency)
    monkeypatch.setattr(triggers, "TRIGGER_SECONDS", triggers.TRIGGER_SECONDS * leniency)
    clock = clock_at()
    sandbox = Sandbox(clock=clock)
    sandbox.install(manifest())
    for user in sandbox.workspace.users.values():
        user.locale = languages.get(user.handle, languages.get("everybody", "en-US"))
    sandbox.delivery.ack_seconds *= leniency
    await sandbox.start()
    settings = Settings(
        slack_bot_token=sandbox.bot_token,
        usher_clock_guard=0,  # the clock is turned by hand
        slack_app_token=sandbox.app_token,
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        usher_policy=policy_name,
        usher_files=str(tmp_path / "files"),
    )
    try:
        async with assemble(settings, clock.now, pace=None) as bot:
            await sandbox.wait_online()
            company = Company(sandbox, bot, clock)
            company.staff(PEOPLE)
            yield company
            await company.settle()
            assert sandbox.rejections == []
    finally:
        await sandbox.stop()
