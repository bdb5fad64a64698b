"""B16: the vice president chooses sights, a souvenir or neither on the card of the decision."""

from datetime import timedelta

import pytest

from tests.scenarios.company import DROPOFF, ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import Flow

pytestmark = [ON_SQLITE, pytest.mark.parametrize("policy_name", ["star_levels"])]
PLACE = "Sights / Souvenir"


async def details(company: Company) -> str:
    await company.sam.click("Details", message=company.card())
    return (await company.sam.modal()).text()


async def test_chosen_on_the_card_and_shown_in_details(company: Company) -> None:
    await Flow(company).request("four_star")
    with pytest.raises(AssertionError):
        await company.chen.choose(PLACE, "Souvenir")  # the manager is not asked for it
    await company.chen.click("Approve")
    await company.settle()
    assert "to be chosen" in await details(company)
    await company.zhao.choose(PLACE, "Souvenir")
    await company.settle()
    assert "Souvenir, chosen by" in company.zhao.last_dm().text
    await company.zhao.click("Approve")
    await company.settle()
    assert "Souvenir, chosen by" in await details(company)
    assert "chose for the guests: Souvenir" in company.history()
    card = dm(company.sam, "Prepare the visit").text
    assert "Souvenir" in card
    assert "Sights" not in card
    await company.until(DROPOFF - timedelta(minutes=30))
    assert "Souvenir handed over" in dm(company.sam, "Before the guests leave").text


async def test_who_approved_without_choosing_can_still_choose(company: Company) -> None:
    flow = Flow(company)
    await flow.request("four_star")
    await flow.approve(company.chen, company.zhao)
    assert "Sights" not in dm(company.sam, "Prepare the visit").text
    await company.zhao.choose(PLACE, "Sights")
    await company.settle()
    assert "sights" in flow.due()
    with pytest.raises(AssertionError):
        await company.zhao.choose(PLACE, "Neither")  # chosen: the card asks no more
