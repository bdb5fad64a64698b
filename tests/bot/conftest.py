"""A local workspace for the bot's tests."""

from collections.abc import AsyncIterator

import pytest

from bot.slack import manifest
from sandbox.server import Sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The seeded workspace with the app installed, listening on a free port."""
    sandbox = Sandbox()
    sandbox.install(manifest())
    await sandbox.start()
    yield sandbox
    await sandbox.stop()
