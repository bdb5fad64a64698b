"""10,000 messages due at once, from visits to the strict workspace, beside the bare client.

The bare slack_sdk client posts the very same messages, as many at a time: over one connection pool,
as ours does, and as it comes, which makes a connection for each call. The workspace runs
in a process of its own for both. Medians of some runs, taking turns. To be run alone, too:
`python -m benchmarks.storm`.
"""

import asyncio
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.databases import migrated, server
from benchmarks.figures import goal, median
from benchmarks.outbox_rows import SITE, NoOpClient, bot
from benchmarks.visits import NOW, know, make_visits, messages
from benchmarks.workspace import PEOPLE as ALL_PEOPLE
from benchmarks.workspace import Workspace, workspace
from bot.metrics import Metrics
from bot.run import spare_the_collector
from scheduler.dispatcher import Dispatcher
from scheduler.lanes import LANES
from scheduler.send import delivery_client
from services.store.database import Database
from templates.messages import render
from tests.postgres import NoPostgres

MESSAGES = 10_000
VISITS = 250
RUNS = 3
WARM_UP = 500
GOAL = 0.7
PEOPLE = ALL_PEOPLE[:1000]
AT_ONCE = LANES

Post = dict[str, Any]


def measure() -> None:
    """Print the rates and their ratios beside the goal."""
    rates: dict[str, list[float]] = {}
    with ExitStack() as stack:
        places: dict[str, str | None] = {"SQLite": None}
        try:
            places["PostgreSQL"] = stack.enter_context(server())
        except NoPostgres as reason:
            print(f"PostgreSQL cannot run here: {reason}")
        prepared = {name: _prepared(stack, place) for name, place in places.items()}
        posts = asyncio.run(_compose(*prepared["SQLite"]))
        for _ in range(RUNS):
            for name, (database, visits) in prepared.items():
                rates.setdefault(name, []).append(asyncio.run(_engine(database, visits)))
                rates.setdefault("bare", []).append(asyncio.run(_bare(posts, is_pooled=True)))
            rates.setdefault("as it comes", []).append(asyncio.run(_bare(posts, is_pooled=False)))
    bare, as_it_comes = rates.pop("bare"), rates.pop("as it comes")
    print(f"{MESSAGES} messages due at once, of {VISITS} visits to {len(PEOPLE)} people")
    print(f"  bare slack_sdk client, one pool        {_shown(bare)}")
    print(f"  bare slack_sdk client, as it comes     {_shown(as_it_comes)}")
    for name, found in rates.items():
        ratio, other = median(found) / median(bare), median(found) / median(as_it_comes)
        print(
            f"  Usher on {name:<11} {_shown(found)}   {ratio:.2f} of bare, one pool   "
            f"{goal(ratio, GOAL)}   {other:.2f} of bare as it comes   {goal(other, GOAL)}"
        )


def _prepared(stack: ExitStack, place: str | None) -> tuple[Database, list[int]]:
    database = stack.enter_context(migrated(place))
    know(database, PEOPLE)
    return database, make_visits(database, VISITS)


async def _compose(database: Database, visits: list[int]) -> list[Post]:
    """The messages as the bot composes them, for the bare client to post too."""
    _fill(database, visits)
    client = _Recorder()
    await bot(database, client, render).drain(NOW - NOW.resolution)
    client.posts.clear()
    await bot(database, client, render).drain(NOW)
    return [{**post, "channel": _person(post)} for post in client.posts]


def _person(post: Post) -> str:
    """To whom it went: that person's conversation is another one in the strict workspace."""
    number = int(post["metadata"]["event_payload"]["id"].removeprefix("row"))
    return PEOPLE[number % len(PEOPLE)]


def _fill(database: Database, visits: list[int]) -> None:
    with database.session() as session:
        session.connection().exec_driver_sql("DELETE FROM outbox")
    rows = messages(database, visits, PEOPLE, MESSAGES + WARM_UP, NOW)
    for row in rows[MESSAGES:]:
        row.due_at = row.next_try_at = NOW - NOW.resolution
    with database.session() as session:
        session.add_all(rows)
    del rows
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
            admin.exec_driver_sql("VACUUM ANALYZE")


async def _engine(database: Database, visits: list[int]) -> float:
    _fill(database, visits)

    async def no_channel() -> None:
        return None

    ahead = NOW - datetime.now(tz=UTC)

    def clock() -> datetime:
        return datetime.now(tz=UTC) + ahead

    with workspace() as place:
        async with delivery_client(place.bot_token, place.api_url) as client:
            sender = Dispatcher(
                database, client, clock, SITE, no_channel, render, pace=None, watch=Metrics()
            )
            spare_the_collector()  # as the bot does when it has started
            await sender.drain(NOW - NOW.resolution)
            begun = time.perf_counter()
            counts = await sender.drain()
            taken = time.perf_counter() - begun
        _check(place, counts.sent)
    return MESSAGES / taken


async def _bare(posts: list[Post], *, is_pooled: bool) -> float:
    with workspace() as place:
        async with aiohttp.ClientSession() as session:
            pool = session if is_pooled else None
            client = AsyncWebClient(place.bot_token, place.api_url, session=pool)
            spare_the_collector()
            await _post(client, posts[:WARM_UP])
            begun = time.perf_counter()
            await _post(client, posts)
            taken = time.perf_counter() - begun
        assert place.said().messages == MESSAGES + WARM_UP
    return MESSAGES / taken


async def _post(client: AsyncWebClient, posts: list[Post]) -> None:
    waiting = iter(posts)

    async def work() -> None:
        for post in waiting:
            await client.chat_postMessage(**post)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


class _Recorder(NoOpClient):
    """Keeps what is to be posted."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: list[Post] = []

    async def chat_postMessage(self, *, channel: str, **options: Any) -> SimpleNamespace:  # noqa: N802
        """What Slack's client is called with."""
        self.posts.append({"channel": channel, **options})
        return await super().chat_postMessage(channel=channel)


def _check(place: Workspace, sent: int) -> None:
    said = place.said()
    assert sent == MESSAGES, sent
    assert (said.messages, said.ids, said.refused) == (*[MESSAGES + WARM_UP] * 2, 0), said


def _shown(rates: list[float]) -> str:
    return f"{median(rates):6.0f} a second ({', '.join(f'{rate:.0f}' for rate in rates)})"


if __name__ == "__main__":
    measure()
