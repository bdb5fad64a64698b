"""Answers whose blocks Slack refuses reach the person all the same, in words."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import wall_clock
from handlers.slack import answers
from handlers.slack.call import Call
from handlers.slack.edge import Edge
from models.policy import load_policy
from sandbox.server import Sandbox
from services.reading.desk import Site
from services.store.database import Database
from services.store.files import FileStore
from templates.slack.message import Message

LIN = "U01LINWEI"
WORDS = "Harbour Instruments: 120,000"
TABLE = Message(
    WORDS, [{"type": "table", "rows": [[{"type": "raw_text", "text": "Harbour Instruments"}]]}]
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def edge(tmp_path: Path) -> AsyncIterator[Edge]:
    with Database(f"sqlite:///{tmp_path / 'usher.db'}") as database:
        edge = Edge(
            database,
            Site("Asia/Shanghai", "en", load_policy("standard")),
            wall_clock,
            files=FileStore(tmp_path / "files"),
            team_id="T1",
        )
        yield edge
        await edge.close()


def click(sandbox: Sandbox, edge: Edge, **more: Any) -> Call:
    """A button that 林薇 pressed in a message."""
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    return Call(edge, client, {"type": "block_actions", "user": {"id": LIN}, **more})


@pytest.mark.parametrize("has_url", [True, False], ids=["response URL", "message"])
async def test_a_plan_without_tables_is_answered_in_words(
    sandbox: Sandbox, edge: Edge, caplog: pytest.LogCaptureFixture, has_url: bool
) -> None:
    caplog.set_level(logging.INFO)
    lin = sandbox.persona("lin.wei")
    dm = sandbox.workspace.app_dm(LIN).id
    permit = sandbox.workspace.permits.response_url(LIN, dm)
    address = f"{sandbox.url}/response/{permit}" if has_url else ""
    sandbox.faults.add(kind="data_blocks", share=1)
    await answers.tell(click(sandbox, edge, response_url=address), TABLE)
    said = (lin.ephemeral() if has_url else lin.dms())[-1]
    assert (said.text, said.stored.blocks) == (WORDS, [])
    assert "is answered in plain text" in caplog.text
    assert "Harbour" not in caplog.text


async def test_a_plan_with_tables_is_answered_whole(sandbox: Sandbox, edge: Edge) -> None:
    await answers.tell(click(sandbox, edge), TABLE)
    assert sandbox.persona("lin.wei").last_dm().stored.blocks


async def test_another_refusal_is_raised(sandbox: Sandbox, edge: Edge) -> None:
    sandbox.faults.add("chat.postMessage", "error", error="not_in_channel")
    with pytest.raises(SlackApiError):
        await answers.tell(click(sandbox, edge), TABLE)
    assert sandbox.persona("lin.wei").dms() == []
