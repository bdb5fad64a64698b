"""Three bots on PostgreSQL, one killed every second, a Slack that fails: each reminder once.

Shortened; `make bench` runs it whole.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.server import Sandbox
from tests.scheduler.chaos import rage


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A workspace in real time, since processes of their own take part."""
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.mark.timeout(150)
async def test_every_reminder_is_said_exactly_once(postgres_url: str, sandbox: Sandbox) -> None:
    after = await rage(postgres_url, sandbox, 200, timedelta(seconds=4), seed=11)
    assert after.is_exactly_once, after
    assert after.kills == 4
    assert after.dropped
    assert after.limited
    assert after.failed
