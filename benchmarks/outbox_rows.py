"""Rows of the outbox for benchmarks, and a renderer and a client that do nothing."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from slack_sdk.web.async_client import AsyncWebClient

from models.policy import load_policy
from models.records.customers import Customer
from models.reminders.due import Owed
from scheduler.compose import Render
from scheduler.dispatcher import Dispatcher
from services.reading.desk import Site
from services.saying.outbox import add_once
from services.store.database import Database
from templates.slack.message import Message
from tests.models.visits import make_visit

T = TypeVar("T")
_STANDARD = load_policy("standard")
_UNLIMITED = _STANDARD.request.model_copy(update={"most_in_an_hour": 10**9})  # all at one moment
SITE = Site("Asia/Shanghai", "en", _STANDARD.model_copy(update={"request": _UNLIMITED}))
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
PEOPLE = 1000
VISIT_ROWS = 20
"""About as many rows as a visit owes; they are written in one transaction."""
_MESSAGE = Message("Reminder", [{"type": "section", "text": {"type": "plain_text", "text": "R"}}])


def owed(count: int, due: datetime = NOW, name: str = "row") -> Iterator[Owed]:
    """Reminders to many people, due at one moment; their keys begin with the name."""
    for number in range(count):
        yield Owed(
            key=f"{name}{number}",
            kind="call_guest",
            recipient=f"U{number % PEOPLE:05d}",
            due=due,
            expires=due + timedelta(hours=12),
            args={"step": "call_before_arrival"},
        )


def add_visits(database: Database, count: int) -> None:
    """Visits of the numbers 1 to `count`, to hang rows on."""
    with database.session() as session:
        session.add(Customer(id=1, name="Acme", name_key="acme", created_at=NOW))
        session.flush()
        for number in range(1, count + 1):
            session.add(make_visit(id=number, number=f"V-2026-{number:04d}"))


def in_parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items, so many at a time."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


def store(database: Database, rows: Iterable[Owed]) -> None:
    """Put rows into the table, a thousand in a transaction, to have them there."""
    for part in in_parts(rows, 1000):
        with database.session() as session:
            add_once(session, part, None, NOW, is_planned=True)


class NoOpClient:
    """Posts nothing, at once."""

    def __init__(self) -> None:
        self.retry_handlers: list[Any] = []
        self.posted = 0

    async def chat_postMessage(self, *, channel: str, **_: Any) -> SimpleNamespace:  # noqa: N802
        """What Slack's client is called with."""
        self.posted += 1
        return SimpleNamespace(data={"channel": f"D{channel[1:]}", "ts": f"1.{self.posted}"})


def bot(database: Database, client: object, render: Render = lambda *_: _MESSAGE) -> Dispatcher:
    """The bot's own dispatcher, its clock at `NOW` when it is made; by default it says the same to
    everybody."""

    async def no_channel() -> None:
        return None

    ahead = NOW - datetime.now(tz=UTC)
    return Dispatcher(
        database,
        cast("AsyncWebClient", client),
        lambda: datetime.now(tz=UTC) + ahead,
        SITE,
        no_channel,
        render,
        pace=None,
    )
