"""Two bots on one PostgreSQL, connected to one workspace: whatever comes in is handled once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.assemble import assemble
from bot.settings import Settings
from bot.slack import manifest
from models.base.words import DeliveryState
from models.records.audit import AuditEntry
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from sandbox.server import Sandbox
from tests.scenarios.company import PEOPLE, REQUEST, Company, clock_at, submission


class Pair:
    """The same company served by two bots. Slack hands each payload to one of them, in turn."""

    def __init__(self, one: Company, two: Company, life: AsyncExitStack) -> None:
        self.one, self.two = one, two
        self._life = life
        self.sandbox = one.sandbox

    async def settle(self) -> None:
        for company in (self.one, self.two, self.one):
            await company.settle()

    async def stop_one(self) -> None:
        """End the first bot; the second has to do."""
        await self._life.aclose()
        self.one = self.two

    async def both(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Hand one payload to both bots at the same time, as if it were delivered again."""
        return list(await asyncio.gather(self.one.dispatch(body), self.two.dispatch(body)))

    def rows(self, table: type[Any]) -> list[Any]:
        with self.one.bot.database.reading() as session:
            return list(session.exec(select(table)).all())

    def verbs(self, verb: str) -> int:
        return sum(entry.verb == verb for entry in self.rows(AuditEntry))


@pytest.fixture
async def pair(postgres_url: str, tmp_path: Path) -> AsyncIterator[Pair]:
    clock = clock_at()
    sandbox = Sandbox(clock=clock)
    sandbox.install(manifest())
    for user in sandbox.workspace.users.values():
        user.locale = "en-US"
    sandbox.delivery.ack_seconds *= 5
    await sandbox.start()
    settings = Settings(
        slack_bot_token=sandbox.bot_token,
        usher_clock_guard=0,  # the clock is turned by hand
        slack_app_token=sandbox.app_token,
        slack_api_url=sandbox.api_url,
        database_url=postgres_url,
        usher_files=str(tmp_path / "files"),
        port=None,
    )
    async with AsyncExitStack() as stack, AsyncExitStack() as life:
        stack.push_async_callback(sandbox.stop)
        two = await stack.enter_async_context(assemble(settings, clock.now, pace=None))
        one = await life.enter_async_context(assemble(settings, clock.now, pace=None))
        await sandbox.wait_for(lambda: sandbox.connections == 2, 20)
        pair = Pair(Company(sandbox, one, clock), Company(sandbox, two, clock), life)
        for role, handles in PEOPLE.items():
            pair.one.give_role(role, *handles)
        yield pair
        await pair.settle()
        assert sandbox.rejections == []


async def test_a_form_that_arrives_at_both_makes_one_visit(pair: Pair) -> None:
    form = await pair.one.form(pair.one.sam)
    await form.fill_all(REQUEST)
    answers = await pair.both(submission(pair.one, form))
    await pair.settle()

    assert len(pair.rows(Visit)) == 1
    assert all("V-2026-0001" in str(answer) for answer in answers)
    cards = [m for m in pair.one.lin.channel("visits") if "Details" in m.buttons]
    assert len(cards) == 1
    assert sum("Approve" in message.buttons for message in pair.one.chen.dms()) == 1


async def test_two_requests_at_once_get_two_numbers(pair: Pair) -> None:
    people = (pair.one.sam, pair.one.lin)
    forms = [await pair.one.form(person) for person in people]
    for form in forms:
        await form.fill_all(REQUEST)
    results = await asyncio.gather(*(form.submit() for form in forms))
    await pair.settle()

    assert all(result.acked and not result.errors for result in results)
    assert sorted(visit.number for visit in pair.rows(Visit)) == ["V-2026-0001", "V-2026-0002"]


async def test_a_double_click_decides_once(pair: Pair) -> None:
    await pair.one.request(pair.one.sam)
    await pair.settle()

    acks = await asyncio.gather(*(pair.one.chen.click("Approve") for _ in range(4)))
    await pair.settle()

    assert all(ack.acked for ack in acks)
    assert pair.verbs("approved") == 1
    assert sum("Approve" in message.buttons for message in pair.one.zhao.dms()) == 1


async def test_when_one_bot_is_gone_the_other_goes_on(pair: Pair) -> None:
    await pair.one.request(pair.one.sam)
    await pair.settle()
    await pair.stop_one()
    assert pair.sandbox.connections == 1

    await pair.one.chen.click("Approve")
    await pair.settle()
    await pair.one.zhao.click("Approve")
    await pair.settle()

    assert pair.verbs("approved") == 2
    sent = [row for row in pair.rows(Delivery) if row.state == DeliveryState.SENT]
    posts = [call for call in pair.sandbox.calls if call.method == "chat.postMessage"]
    assert len(posts) == len(sent), "each row is said by one of the two"
