"""A workspace, an outbox, and a dispatcher between them; time is what the test says."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from models.base.words import DeliveryState
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.reminders.outbox import LIVE_KINDS, Delivery
from sandbox.clock import Clock as WorkspaceClock
from sandbox.model import Message as Posted
from sandbox.server import Sandbox
from scheduler.dispatcher import Dispatcher
from scheduler.send import delivery_client
from services.reading.desk import Site
from services.store.database import Database
from templates.slack.message import Message
from tests.models.visits import ARRIVAL, SHANGHAI, STANDARD, make_visit

NOW = ARRIVAL - timedelta(days=1)
SITE = Site(SHANGHAI, "en", STANDARD)
LIN, SAM, RUTH, MA = "U01LINWEI", "U02SAMCARTER", "U03RUTHADLER", "U11MALONG"
VISITS = "C01VISITS0"


class Time:
    """The one clock of a test: the dispatcher's and the workspace's."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **step: float) -> datetime:
        self.now += timedelta(**step)
        return self.now


def say(
    kind: str,
    picture: VisitPicture | None,
    args: dict[str, Any],
    reader: Reader,
    now: datetime,
    late: timedelta | None,
) -> Message | None:
    """A stand-in for the templates: `text`, `thread` and `broadcast` of args, and lateness."""
    text = args.get("text", kind)
    if text is None:
        return None
    words = str(text) + (f" late {late}" if late else "")
    if args.get("from_visit") and picture is not None:
        words = f"{words} {picture.visit.party_size}"
    return Message(
        words,
        [{"type": "section", "text": {"type": "plain_text", "text": words}}],
        in_thread=bool(args.get("thread")),
        broadcast=bool(args.get("broadcast")),
        is_live=kind in LIVE_KINDS,
    )


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def sandbox(time: Time) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(clock=WorkspaceClock(source=time))
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[AsyncWebClient]:
    async with delivery_client(sandbox.bot_token, sandbox.api_url) as client:
        yield client


async def visits_channel() -> str | None:
    return VISITS


Dispatch = Callable[..., Dispatcher]


@pytest.fixture
def dispatch(database: Database, client: AsyncWebClient, time: Time) -> Dispatch:
    """Makes a dispatcher; every call is another process as far as the outbox can tell."""

    def make(**options: Any) -> Dispatcher:
        given: dict[str, Any] = {"render": say, "channel_of": visits_channel, "pace": None}
        given |= {"database": database, "client": client, "clock": time} | options
        return Dispatcher(site=SITE, **given)

    return make


@dataclass
class Outbox:
    """The rows of a test."""

    database: Database
    count: int = 0

    def owe(self, recipient: str = LIN, kind: str = "call_guest", **values: Any) -> str:
        """Owe one row, due now unless said otherwise; `text`, `thread` go into its args."""
        self.count += 1
        args = {name: values.pop(name) for name in ("text", "thread", "broadcast", "from_visit")
                if name in values}  # fmt: skip
        due = values.pop("due", NOW)
        row = Delivery(
            id=f"row{self.count:029d}",
            key=f"key{self.count}",
            kind=kind,
            recipient=recipient,
            args=args | values.pop("args", {}),
            due_at=due,
            next_try_at=values.pop("next_try_at", due),
            **values,
        )
        with self.database.session() as session:
            session.add(row)
        return row.id

    def row(self, row_id: str) -> Delivery:
        with self.database.reading() as session:
            row = session.exec(select(Delivery).where(Delivery.id == row_id)).one()
            session.expunge(row)
            return row

    def state(self, row_id: str) -> DeliveryState:
        return DeliveryState(self.row(row_id).state)

    def change(self, row_id: str, **values: Any) -> None:
        with self.database.session() as session:
            row = session.exec(select(Delivery).where(Delivery.id == row_id)).one()
            for name, value in values.items():
                setattr(row, name, value)

    def touch(self, row_id: str, now: datetime, **args: Any) -> None:
        """The card shows something else now."""
        row = self.row(row_id)
        if row.state == DeliveryState.SENT:
            self.change(row_id, state=DeliveryState.PENDING, next_try_at=now)
        self.change(row_id, revision=row.revision + 1, args=row.args | args)

    def rows(self) -> list[Delivery]:
        with self.database.reading() as session:
            found = list(session.exec(select(Delivery)).all())
            session.expunge_all()
            return found


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
def visit(database: Database) -> int:
    """A visit to hang rows on."""
    return add_visit(database)


def add_visit(database: Database, **changes: Any) -> int:
    from models.records.customers import Customer

    with database.session() as session:
        session.add(Customer(id=1, name="Acme", name_key="acme", created_at=NOW))
        session.flush()
        visit = make_visit(**({"requester_id": LIN, "host_id": LIN} | changes))
        session.add(visit)
        return visit.id or 0


def posted(sandbox: Sandbox, recipient: str | None = None) -> list[Posted]:
    """What the bot said, in order; to one recipient or to all."""
    workspace = sandbox.workspace
    bot = workspace.app.bot_user
    channels = list(workspace.channels.values())
    if recipient is not None:
        channels = [workspace.channels.get(recipient) or workspace.app_dm(recipient)]
    found = [m for c in channels for m in c.messages.values() if m.user == bot]
    return sorted(found, key=lambda message: message.ts)


def texts(sandbox: Sandbox, recipient: str | None = None) -> list[str]:
    return [message.text for message in posted(sandbox, recipient)]


def calls(sandbox: Sandbox, method: str) -> int:
    return sum(call.method == method for call in sandbox.calls)
