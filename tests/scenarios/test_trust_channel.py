"""Trust: a visits channel that people of another company read takes nothing, and admins hear so."""

import json

import pytest

from scheduler.faults import SLOW
from tests.scenarios.company import ON_SQLITE, Company, dm

pytestmark = ON_SQLITE


@pytest.fixture(autouse=True)
def always_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack is asked each time how the channel is, not once a minute."""
    monkeypatch.setattr("bot.channel._FRESH_SECONDS", -1.0)


def said_in(company: Company, name: str) -> str:
    """All that stands in a channel and its threads."""
    channel = company.sandbox.workspace.channel(name)
    return json.dumps([[m.text, m.blocks] for m in channel.messages.values()])


async def test_nothing_is_posted_into_a_shared_channel(company: Company) -> None:
    visits = company.sandbox.workspace.channel("visits")
    visits.is_shared = True
    number = await company.request(company.sam)
    assert number not in said_in(company, "visits")
    told = dm(company.ana, "shared with another company").text
    assert "stop sharing it" in told
    assert "Approve" in company.chen.last_dm().buttons, "the visit goes on"
    visits.is_shared = False
    await company.until(company.clock.now() + SLOW)
    assert number in said_in(company, "visits")


async def test_a_card_is_not_brought_up_to_date_once_it_is_shared(company: Company) -> None:
    await company.request(company.sam)
    company.sandbox.workspace.channel("visits").is_shared = True
    before = said_in(company, "visits")
    await company.chen.click("Approve")
    await company.settle()
    assert said_in(company, "visits") == before
    assert "shared with another company" in dm(company.ana, "shared").text


async def test_cards_move_from_a_shared_channel_into_the_one_chosen_instead(
    company: Company,
) -> None:
    number = await company.request(company.sam)
    workspace = company.sandbox.workspace
    old = workspace.channel("visits")
    old.is_shared, old.name = True, "visits-old"
    new = workspace.add_channel("visits")
    before = json.dumps([[m.text, m.blocks] for m in old.messages.values()])
    await company.chen.click("Approve")
    await company.settle()
    await company.until(company.clock.now() + SLOW)
    assert json.dumps([[m.text, m.blocks] for m in old.messages.values()]) == before
    assert number in json.dumps([[m.text, m.blocks] for m in new.messages.values()])
