"""Reminders, several bots, one of them killed every second, a Slack that fails: what is left.

Run short among the tests, and whole among the benchmarks. The faults come from fixed seeds; when
the kills strike is a matter of the machine.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess

from sqlmodel import col, func, select

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL, Delivery
from sandbox.server import Sandbox
from scheduler.send import EVENT_TYPE
from services.store.database import Database
from tests.scheduler import child
from tests.scheduler.conftest import Outbox, calls, posted

BOTS = 3
PATIENCE = 120.0


@dataclass(frozen=True)
class Aftermath:
    """What became of the reminders: `said` is how often each stands in the conversations."""

    rows: list[str]
    said: Counter[str]
    states: Counter[str]
    kills: int
    dropped: int
    limited: int
    failed: int
    looked: int
    seconds: float

    @property
    def is_exactly_once(self) -> bool:
        """Whether every reminder is marked as sent and stands once, and nothing else does."""
        sent = {DeliveryState.SENT.value: len(self.rows)}
        return self.said == Counter(self.rows) and self.states == Counter(sent)


async def rage(
    database_url: str, sandbox: Sandbox, count: int, over: timedelta, seed: int
) -> Aftermath:
    """Let `count` reminders fall due within `over`, while bots are killed and Slack fails; then
    let the bots finish. The workspace must run on real time, the database be PostgreSQL."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    with Database(database_url) as database:
        rows = await asyncio.to_thread(_owe, Outbox(database), sandbox, count, over)
        struck = [
            sandbox.faults.add("*", "drop_answer", share=0.05, seed=seed),
            sandbox.faults.add("*", "429", share=0.05, seed=seed + 1),
            sandbox.faults.add("*", "500", share=0.02, seed=seed + 2),
        ]
        with _bots(database_url, sandbox) as bots:
            kills = await _kill_by_turns(bots, database_url, sandbox, over, seed)
            async with asyncio.timeout(PATIENCE):
                while await asyncio.to_thread(_left, database):  # noqa: ASYNC110 - others work
                    await asyncio.sleep(0.2)
        states = await asyncio.to_thread(_states, database)
    dropped, limited, failed = (fault.struck for fault in struck)
    return Aftermath(
        rows,
        said(sandbox),
        states,
        kills,
        dropped,
        limited,
        failed,
        looked=calls(sandbox, "conversations.history"),
        seconds=loop.time() - started,
    )


def said(sandbox: Sandbox) -> Counter[str]:
    """How often each row stands in the conversations."""
    return Counter(
        message.metadata["event_payload"]["id"]
        for message in posted(sandbox)
        if message.metadata and message.metadata["event_type"] == EVENT_TYPE
    )


def _owe(outbox: Outbox, sandbox: Sandbox, count: int, over: timedelta) -> list[str]:
    now = child.wall_clock()
    users = sandbox.workspace.users
    people = [user for user in users if user.startswith("U") and "USHER" not in user]
    rows = []
    for number in range(count):
        is_card = number % 7 == 0
        row = Delivery(
            id=f"row{number:029d}",
            key=f"key{number}",
            kind="visit_card" if is_card else "call_guest",
            recipient=CHANNEL if is_card else people[number % len(people)],
            args={"text": f"reminder {number}"},
            due_at=now + over * (number / count),
            next_try_at=now + over * (number / count),
        )
        rows.append(row)
    with outbox.database.session() as session:
        session.add_all(rows)
    return [f"row{number:029d}" for number in range(count)]


@contextmanager
def _bots(database_url: str, sandbox: Sandbox) -> Iterator[list[BaseProcess]]:
    bots = [child.start(database_url, sandbox.api_url, sandbox.bot_token) for _ in range(BOTS)]
    try:
        yield bots
    finally:
        for bot in bots:
            bot.kill()
            bot.join()


async def _kill_by_turns(
    bots: list[BaseProcess], database_url: str, sandbox: Sandbox, over: timedelta, seed: int
) -> int:
    """SIGKILL one of them every second until all is due, and start another in its place."""
    chance, kills = random.Random(seed), 0
    await sandbox.wait_for(lambda: posted(sandbox), PATIENCE)
    for _ in range(int(over.total_seconds())):
        await asyncio.sleep(1.0)
        place = chance.randrange(BOTS)
        bots[place].kill()
        await asyncio.to_thread(bots[place].join)
        bots[place] = child.start(database_url, sandbox.api_url, sandbox.bot_token)
        kills += 1
    return kills


def _left(database: Database) -> int:
    waiting = col(Delivery.state).in_([DeliveryState.PENDING, DeliveryState.CLAIMED])
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(Delivery).where(waiting)).one()


def _states(database: Database) -> Counter[str]:
    with database.reading() as session:
        query = select(Delivery.state, func.count()).group_by(col(Delivery.state))
        return Counter(dict(session.exec(query).all()))
