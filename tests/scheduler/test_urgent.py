"""An alert of the day that falls due behind a large backlog does not wait for it. Time is virtual:
calls to Slack and rendering take what the test says, the databases' own time is left out."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from models.records.people import Reader
from models.reminders.due import Owed
from scheduler.dispatcher import PACE, Dispatcher
from scheduler.lanes import LANES
from services.saying.outbox import add_once
from services.store.database import Database
from tests.scheduler.conftest import NOW, SITE, say, visits_channel
from tests.virtual_time import VirtualLoop, run

DUE = NOW + timedelta(seconds=2)
HURRY = "U00HURRY"
DIGEST = 0.75
"""How far back in the backlog there is a digest for whoever the alert is for."""


@dataclass
class Slack:
    """Takes `latency` seconds a call, `slow` seconds from the first second on."""

    loop: VirtualLoop
    latency: float
    slow: float
    calls: int = 0
    urgent_at: datetime | None = None
    retry_handlers: tuple[Any, ...] = ()
    dispatcher: Dispatcher | None = None

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.loop.time())

    async def chat_postMessage(  # noqa: N802
        self, *, channel: str, text: str, **_: Any
    ) -> SimpleNamespace:
        self.calls += 1
        if channel[1:] == HURRY[1:] and text.startswith("call_guest"):
            self.urgent_at = self.now()
            assert self.dispatcher is not None
            self.dispatcher.is_closing = True  # what comes after it matters no more
        await asyncio.sleep(self.latency if self.loop.time() < 1 else self.slow)
        return SimpleNamespace(data={"channel": f"D{channel[1:]}", "ts": f"1.{self.calls}"})


async def beat(wakes: asyncio.Event) -> None:
    """The tick: the outbox is looked at once a second, whatever is under way."""
    while True:
        await asyncio.sleep(1)
        wakes.set()


@pytest.mark.parametrize(
    ("backlog", "latency", "slow", "rendering", "longest"),
    [
        (3000, 0.05, 0.05, 0.0, 1.0),
        (3000, 0.2, 0.2, 0.003, 1.0),
        (3000, 1.0, 1.0, 0.003, 1.0),
        (3000, 0.02, 0.02, 0.005, 1.0),
        (6000, 0.01, 3.0, 0.0, 3.1),  # Slack becomes slow: one of the calls under way has to end
    ],
)
def test_an_alert_goes_out_at_once_behind_thousands_of_digests(
    database: Database,
    backlog: int,
    latency: float,
    slow: float,
    rendering: float,
    longest: float,
) -> None:
    people = [HURRY if n == int(DIGEST * backlog) else f"U{n:06d}" for n in range(backlog)]
    digests = [Owed(f"d{n}", "feedback_nudge", who, NOW) for n, who in enumerate(people)]
    with database.session() as session:
        add_once(session, digests, None, NOW, is_planned=True)
        alert = Owed("alert", "call_guest", HURRY, DUE)
        add_once(session, [alert], None, NOW, is_planned=True)

    async def drain(loop: VirtualLoop) -> Slack:
        slack = Slack(loop, latency, slow)

        def render(kind: str, view: Any, args: Any, reader: Reader, *rest: Any) -> Any:
            loop.spend(rendering)
            assert reader.user_id, "whoever looks at the reader renders for nobody else"
            return say(kind, view, args, reader, *rest)

        slack.dispatcher = Dispatcher(
            database,
            cast("AsyncWebClient", slack),
            slack.now,
            SITE,
            visits_channel,
            render,
            pace=PACE,
        )
        wakes = asyncio.Event()
        beats = asyncio.create_task(beat(wakes))
        await slack.dispatcher.drain(wakes=wakes)
        beats.cancel()
        return slack

    slack = run(drain)
    assert slack.urgent_at is not None
    waited = (slack.urgent_at - DUE).total_seconds()
    assert 0 <= waited <= longest, waited
    assert slack.calls < backlog, "there was a backlog left"
    assert slack.calls > LANES, "and it was on its way"
