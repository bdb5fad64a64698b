"""10,000 messages due at once, from visits to the strict workspace, beside the bare client.

The bare slack_sdk client posts the very same messages, as many at a time, over one connection pool
(left to itself it makes a connection for each call, and is a good deal slower). The workspace runs
in a process of its own for both. To be run alone, too:
`python -m benchmarks.storm`.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.databases import migrated, server
from benchmarks.figures import goal
from benchmarks.outbox_rows import SITE
from benchmarks.visits import NOW, know, make_visits, messages
from benchmarks.workspace import PEOPLE as ALL_PEOPLE
from benchmarks.workspace import Workspace, workspace
from bot.metrics import Metrics
from bot.run import spare_the_collector
from scheduler.dispatcher import Dispatcher
from scheduler.lanes import LANES
from scheduler.send import delivery_client
from services.database import Database
from templates.messages import render
from tests.postgres import NoPostgres

MESSAGES = 10_000
VISITS = 250
WARM_UP = 500
GOAL = 0.7
PEOPLE = ALL_PEOPLE[:1000]
AT_ONCE = LANES

Post = dict[str, Any]


@dataclass
class Storm:
    """Messages a second of each run, by who sent; `posts` are the messages themselves."""

    posts: list[Post] = field(default_factory=list)
    rates: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, rate: float) -> None:
        self.rates.setdefault(name, []).append(rate)


def measure() -> None:
    """Print the rates and their ratio beside the goal."""
    storm = Storm()
    with ExitStack() as stack:
        places: dict[str, str | None] = {"SQLite": None}
        try:
            places["PostgreSQL"] = stack.enter_context(server())
        except NoPostgres as reason:
            print(f"PostgreSQL cannot run here: {reason}")
        for name, place in places.items():
            with migrated(place) as database:
                storm.note(name, asyncio.run(_engine(database, storm)))
            storm.note("bare", asyncio.run(_bare(storm.posts)))
    bare = storm.rates.pop("bare")
    print(f"{MESSAGES} messages due at once, of {VISITS} visits to {len(PEOPLE)} people")
    print(f"  bare slack_sdk client, {AT_ONCE} at a time   {_shown(bare)}")
    for name, rates in storm.rates.items():
        ratio = _mean(rates) / _mean(bare)
        print(f"  Usher on {name:<11} {_shown(rates)}   {ratio:.2f} of bare   {goal(ratio, GOAL)}")


async def _engine(database: Database, storm: Storm) -> float:
    visits = make_visits(database, VISITS)
    know(database, PEOPLE)
    rows = messages(database, visits, PEOPLE, MESSAGES + WARM_UP, NOW)
    for row in rows[MESSAGES:]:
        row.due_at = row.next_try_at = NOW - NOW.resolution
    with database.session() as session:
        session.connection().exec_driver_sql("DELETE FROM outbox")
        session.add_all(rows)
    del rows
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
            admin.exec_driver_sql("VACUUM ANALYZE")

    async def no_channel() -> None:
        return None

    begun = time.perf_counter()

    def clock() -> datetime:
        return NOW + timedelta(seconds=time.perf_counter() - begun)

    with workspace() as place:
        async with delivery_client(place.bot_token, place.api_url) as client:
            posts = _recording(client)
            sender = Dispatcher(
                database, client, clock, SITE, no_channel, render, pace=None, watch=Metrics()
            )
            spare_the_collector()  # as the bot does when it has started
            await sender.drain(NOW - NOW.resolution)
            posts.clear()
            begun = time.perf_counter()
            counts = await sender.drain()
            taken = time.perf_counter() - begun
        _check(place, counts.sent)
    storm.posts = [{**post, "channel": _person(post)} for post in posts]
    return MESSAGES / taken


async def _bare(posts: list[Post]) -> float:
    with workspace() as place:
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(place.bot_token, place.api_url, session=session)
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


def _recording(client: AsyncWebClient) -> list[Post]:
    """Keeps what is posted from now on, for the bare client to post too."""
    posts: list[Post] = []
    post: Callable[..., Coroutine[Any, Any, Any]] = client.chat_postMessage

    async def recorded(**options: Any) -> Any:
        posts.append(options)
        return await post(**options)

    client.chat_postMessage = recorded  # type: ignore[method-assign]
    return posts


def _person(post: Post) -> str:
    """To whom it went: that person's conversation is another one in another workspace."""
    number = int(post["metadata"]["event_payload"]["id"].removeprefix("row"))
    return PEOPLE[number % len(PEOPLE)]


def _check(place: Workspace, sent: int) -> None:
    said = place.said()
    assert sent == MESSAGES, sent
    assert (said.messages, said.ids, said.refused) == (*[MESSAGES + WARM_UP] * 2, 0), said


def _mean(rates: list[float]) -> float:
    return sum(rates) / len(rates)


def _shown(rates: list[float]) -> str:
    return f"{_mean(rates):6.0f} a second ({', '.join(f'{rate:.0f}' for rate in rates)})"


if __name__ == "__main__":
    measure()
