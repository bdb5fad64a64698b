"""Slack is answered within its three seconds, whatever else is slow; the outcome is said later."""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from sqlalchemy import text

from handlers.request import details
from handlers.slack import door
from sandbox.model import SlackError
from tests.scenarios.company import ARRIVAL, ON_SQLITE, REQUEST, Company, dm


@pytest.fixture
def leniency() -> float:
    return 1.0


STILL = "Still working on it"


@asynccontextmanager
async def held(company: Company, seconds: float = 0.25) -> AsyncIterator[None]:
    """Nobody else can write to the database in the block; meanwhile listeners acknowledge after
    so many seconds, so that tests need not wait."""
    is_held, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with company.bot.database.session() as session:
            if not company.bot.database.is_sqlite:
                session.connection().execute(text("LOCK TABLE visit, approval_step, draft"))
            is_held.set()
            may_end.wait(20)

    holding = asyncio.create_task(asyncio.to_thread(hold))
    await asyncio.to_thread(is_held.wait)
    usual, door.SECONDS = door.SECONDS, seconds
    try:
        yield
    finally:
        door.SECONDS = usual
        may_end.set()
        await holding


async def test_a_slow_slack_does_not_delay_the_acknowledgement(company: Company) -> None:
    company.sandbox.faults.add(method="views.open", kind="latency", seconds=5)

    ack = await company.sam.command("/visit new Acme", channel="visits")

    assert ack.acked
    assert ack.ms < 3000
    assert STILL in (ack.text or "")
    await company.settle()
    assert "Slack did not answer in time" in company.sam.ephemeral()[-1].text


@ON_SQLITE
async def test_a_slack_that_fails_is_named_as_the_cause(company: Company) -> None:
    company.sandbox.faults.add(method="views.open", kind="500")
    ack = await company.sam.command("/visit new Acme", channel="visits")
    assert "Slack did not answer in time" in (ack.text or "")

    company.sandbox.faults.add(method="views.open", kind="429")
    ack = await company.sam.command("/visit new Acme", channel="visits")
    assert "Slack did not answer in time" in (ack.text or "")

    company.sandbox.faults.add(method="views.open", kind="drop_answer")
    ack = await company.sam.command("/visit new Acme", channel="visits")
    assert ack.acked
    assert (await company.sam.modal()).field("Lead guest").value is None


async def test_a_locked_database_does_not_delay_the_acknowledgement(company: Company) -> None:
    await company.request(company.sam)
    async with held(company, door.SECONDS):
        ack = await company.chen.click("Approve")
        assert ack.acked
        assert ack.ms < 3000
        await company.sandbox.wait_for(lambda: company.chen.sees(STILL))
    await company.settle()

    assert "Done" in company.chen.ephemeral()[-1].text
    assert "陈浩 approved" in company.chen.last_dm().text


@ON_SQLITE
class TestLate:
    async def test_a_number_that_comes_late_comes_to_the_form(self, company: Company) -> None:
        modal = await company.form(company.sam)
        await modal.fill_all(REQUEST)
        async with held(company):
            result = await modal.submit()
            assert result.acked
            assert result.view is not None
            assert STILL in result.view.text()
        await company.settle()

        assert "V-2026-0001" in (await company.sam.modal()).text()

    async def test_of_a_form_that_was_left_the_outcome_comes_by_message(
        self, company: Company
    ) -> None:
        modal = await company.form(company.sam)
        await modal.fill_all(REQUEST)
        async with held(company):
            result = await modal.submit()
            assert result.view is not None
            await result.view.close()
            await (await company.sam.modal()).close()
        await company.settle()

        assert "V-2026-0001" in dm(company.sam, "V-2026").text

    async def test_faults_that_are_found_late_name_their_fields(self, company: Company) -> None:
        modal = await company.form(company.sam)
        await modal.fill_all(REQUEST | {"Departure": ARRIVAL})
        async with held(company):
            await modal.submit()
        await company.settle()

        notice = await company.sam.modal()
        assert "Departure: The departure must come after the arrival" in notice.text()
        await notice.close()
        assert (await company.sam.modal()).field("Lead guest").value == "Dr. Jane Smith"

    async def test_a_refusal_that_comes_late_is_said_too(self, company: Company) -> None:
        await company.request(company.sam)
        await company.chen.click("Decline")
        form = await company.chen.modal()
        await form.fill("Reason", "No")
        card = company.chen.last_dm()
        async with held(company):
            await company.chen.click("Approve", message=card)
            await form.submit()
        await company.settle()

        said = [m.text for m in company.chen.ephemeral()] + [(await company.chen.modal()).text()]
        assert any("nothing is left to decide" in words for words in said)
        assert any("Done" in words for words in said)

    async def test_drafts_wait_in_silence(self, company: Company) -> None:
        modal = await company.form(company.sam)
        async with held(company):
            outcome = await modal.fill("Lead guest", "Ann Lee")
            assert outcome.acked
            await modal.fill("Contact's phone", "138 1234 5678")
        await company.settle()
        assert company.sam.ephemeral() == []
        await modal.close()

        modal = await company.form(company.sam)
        await modal.click("Resume draft")
        assert modal.field("Contact's phone").value == "138 1234 5678"

    async def test_on_app_home_patience_is_asked_for_by_message(self, company: Company) -> None:
        await company.request(company.sam)
        await company.chen.open_home()
        await company.settle()
        async with held(company):
            await company.chen.home.click("Approve")
            await company.sandbox.wait_for(lambda: company.chen.sees(STILL))
        await company.settle()

        assert company.chen.sees("Done")


@contextmanager
def broken(company: Company) -> Iterator[None]:
    """The database has lost its tables in the block."""
    database = company.bot.database
    for here, away in (("visit", "visit_away"), ("customer", "customer_away")):
        with database.session() as session:
            session.connection().execute(text(f"ALTER TABLE {here} RENAME TO {away}"))
    yield
    for here, away in (("visit", "visit_away"), ("customer", "customer_away")):
        with database.session() as session:
            session.connection().execute(text(f"ALTER TABLE {away} RENAME TO {here}"))


async def test_what_nobody_expected_is_said_with_a_reference(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    await company.request(company.sam)
    card = company.chen.last_dm()
    await company.bot.edge.settle()
    with broken(company):
        ack = await company.sam.command("/visit list", channel="visits")
        await company.chen.click("Approve", message=card)

    assert "Something went wrong on our side" in (ack.text or "")
    reference = re.search(r"[0-9A-F]{6}", ack.text or "")
    assert reference is not None
    assert f"[{reference.group()}] command /visit by U02SAMCARTER" in caplog.text
    assert "Something went wrong on our side" in company.chen.ephemeral()[-1].text
    await company.chen.click("Approve", message=card)
    await company.settle()
    assert "陈浩 approved" in card.text


async def test_a_failing_response_url_is_replaced_by_a_message(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    await company.request(company.sam)
    card = company.chen.last_dm()
    await company.chen.click("Approve", message=card)
    monkeypatch.setattr(company.sandbox.workspace.permits, "use_response_url", _refuse)

    await company.chen.click("Approve", message=card)

    assert "nothing is left to decide" in company.chen.last_dm().text


def _refuse(url_id: str) -> None:
    raise SlackError("expired_url")


@ON_SQLITE
async def test_nobody_is_interrupted_while_filling_a_form(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    modal = await company.form(company.sam)
    with broken(company):
        await modal.fill("Lead guest", "Ann Lee")
        assert await modal.options("Customer", "Acme") == []

    assert (await company.sam.modal()).title == "New visit"
    assert company.sam.ephemeral() == []
    assert "draft_value by U02SAMCARTER" in caplog.text
    assert "customer by U02SAMCARTER" in caplog.text


async def test_what_fails_after_it_was_done_is_not_called_undone(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)

    def broken_reply(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(details, "submitted_words", broken_reply)
    result = await modal.submit()
    await company.settle()

    assert result.view is not None
    assert "What you did is kept" in result.view.text()
    assert "V-2026-0001" in company.card().text
