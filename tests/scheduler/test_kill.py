"""The process is killed at any moment, answers are lost, Slack fails: every reminder stands exactly
once in its conversation afterwards."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from multiprocessing.process import BaseProcess

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import col, select

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL, Delivery
from sandbox.server import Sandbox
from scheduler.dispatcher import Dispatcher
from scheduler.send import EVENT_TYPE
from services.store.database import Database
from tests.scheduler import child
from tests.scheduler.conftest import SITE, Outbox, posted, say, visits_channel

PATIENCE = 40.0


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A workspace in real time, since processes of their own take part."""
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def owe_many(outbox: Outbox, sandbox: Sandbox, count: int) -> list[str]:
    """Reminders to many people and cards of the channel, some due now, some in the next second."""
    now = child.wall_clock()
    people = [
        user for user in sandbox.workspace.users if user.startswith("U") and "USHER" not in user
    ]
    rows = []
    for number in range(count):
        is_card = number % 7 == 0
        rows.append(
            outbox.owe(
                CHANNEL if is_card else people[number % len(people)],
                "visit_card" if is_card else "call_guest",
                text=f"reminder {number}",
                due=now + timedelta(milliseconds=10 * number),
            )
        )
    return rows


def said(sandbox: Sandbox) -> Counter[str]:
    """How often each row stands in the conversations."""
    return Counter(
        message.metadata["event_payload"]["id"]
        for message in posted(sandbox)
        if message.metadata and message.metadata["event_type"] == EVENT_TYPE
    )


async def until_said(sandbox: Sandbox, count: int) -> None:
    await sandbox.wait_for(lambda: len(posted(sandbox)) >= count, PATIENCE)


async def kill(process: BaseProcess) -> None:
    process.kill()
    await asyncio.to_thread(process.join)


async def finish(database: Database, client: AsyncWebClient) -> None:
    """What is still owed is delivered by one last bot, later."""
    later = child.wall_clock() + timedelta(hours=1)
    dispatcher = Dispatcher(database, client, lambda: later, SITE, visits_channel, say, pace=None)
    for step in range(200):
        await dispatcher.drain(later + timedelta(seconds=10 * step))
        with database.reading() as session:
            waiting = select(Delivery.seq).where(
                col(Delivery.state).in_([DeliveryState.PENDING, DeliveryState.CLAIMED])
            )
            if session.exec(waiting).first() is None:
                return


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_again_and_again_every_reminder_is_said_exactly_once(
    outbox: Outbox, database_url: str, database: Database, sandbox: Sandbox, seed: int,
    client: AsyncWebClient,
) -> None:  # fmt: skip
    chance = random.Random(seed)
    rows = owe_many(outbox, sandbox, 50)
    sandbox.faults.add("chat.postMessage", "latency", share=0.3, seconds=0.01, seed=seed)
    reached = 0
    for _ in range(4):
        bot = child.start(database_url, sandbox.api_url, sandbox.bot_token)
        reached += chance.randint(2, 12)
        target = min(reached, len(rows))
        await until_said(sandbox, target)
        await kill(bot)
        reached = max(reached, len(posted(sandbox)))
    sandbox.faults.clear()
    await finish(database, client)
    assert said(sandbox) == Counter(rows)
    assert {row.state for row in outbox.rows()} == {DeliveryState.SENT}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_three_bots_with_kills_and_faults_say_each_reminder_exactly_once(
    outbox: Outbox, database_url: str, database: Database, sandbox: Sandbox, client: AsyncWebClient
) -> None:
    chance = random.Random(7)
    rows = owe_many(outbox, sandbox, 150)
    sandbox.faults.add("chat.postMessage", "drop_answer", share=0.05, seed=1)
    sandbox.faults.add("chat.postMessage", "429", share=0.05, seed=2)
    sandbox.faults.add("chat.postMessage", "500", share=0.02, seed=3)
    bots = [child.start(database_url, sandbox.api_url, sandbox.bot_token) for _ in range(3)]
    for step in range(1, 7):
        await until_said(sandbox, 20 * step)
        place = chance.randrange(3)
        await kill(bots[place])
        bots[place] = child.start(database_url, sandbox.api_url, sandbox.bot_token)
    for bot in bots:
        await kill(bot)
    await finish(database, client)
    assert said(sandbox) == Counter(rows)
    assert {row.state for row in outbox.rows()} == {DeliveryState.SENT}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_replicas_share_the_work_without_doubles(
    outbox: Outbox, database_url: str, sandbox: Sandbox
) -> None:
    rows = owe_many(outbox, sandbox, 200)
    bots = [child.start(database_url, sandbox.api_url, sandbox.bot_token) for _ in range(3)]
    await until_said(sandbox, 200)
    for bot in bots:
        await kill(bot)
    assert said(sandbox) == Counter(rows)
    assert not any(call.method == "conversations.history" for call in sandbox.calls)
