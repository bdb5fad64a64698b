"""What a procedure asks of the customer and the visit decides level, items and copies: P02, P04,
P09, P14, P16."""

from typing import Any

import pytest

from models.base.words import Phase
from tests.scenarios.company import ARRIVAL, CARS, DEPARTURE, ON_SQLITE, REQUEST, Company, dm
from tests.scenarios.procedures.flow import DAY, Flow, at, lives_by

PROVINCE, PREFECTURE = "Provincial body", "Prefecture body"


async def proposed(company: Company, **more: Any) -> str:
    """The level of a visit whose level is left to the procedure."""
    await company.request(company.sam, **(CARS | more))
    return Flow(company).picture().visit.level


@ON_SQLITE
@lives_by("abc_levels")
@pytest.mark.parametrize(
    ("kind", "title", "is_important", "level"),
    [
        (PROVINCE, "Division head", False, "a"),  # division head up
        (PROVINCE, "Bureau head", False, "a"),
        (PROVINCE, "Section head", False, "c"),
        (PREFECTURE, "Section head", True, "b"),  # section head up of important departments
        (PREFECTURE, "Division head", True, "b"),
        (PREFECTURE, "Section head", False, "c"),
        (PREFECTURE, "Clerk", True, "c"),
        (None, "Division head", True, "c"),  # others
    ],
)
async def test_p02_bodies_and_ranks(
    company: Company, kind: str | None, title: str, is_important: bool, level: str
) -> None:
    more: dict[str, Any] = {"Lead guest's title": title}
    if kind is not None:
        more["Customer kind"] = kind
    if is_important:
        more["Important visit"] = "Yes"
    assert await proposed(company, **more) == level


@ON_SQLITE
@lives_by("company_flow")
async def test_p04_guests_from_abroad_need_an_invitation_letter(company: Company) -> None:
    flow = Flow(company)
    await flow.request("level_2", **{"Overseas customer": "Yes"})
    await flow.approve(company.chen, company.zhao)
    assert "invitation" in flow.due()


@ON_SQLITE
@lives_by("star_levels")
@pytest.mark.parametrize(
    ("capital", "level"),
    [
        ("USD 2,000,000", "four_star"),  # a registered capital of USD 2 million up
        ("USD 1,999,999", "three_star"),
        ("1440 万元", "four_star"),  # at 7.2
        ("14,399,999", "three_star"),
    ],
)
async def test_p09_capital_gives_four_stars(company: Company, capital: str, level: str) -> None:
    more = {"Lead guest's title": "Manager", "Registered capital": capital}
    assert await proposed(company, **more) == level
    written = Flow(company).picture().visit.capital_currency
    assert written == ("USD" if "USD" in capital else "CNY")


@ON_SQLITE
@lives_by("star_levels")
async def test_p09_a_capital_in_wrong_units_is_named(company: Company) -> None:
    fault = await _fault(company, **{"Registered capital": "JPY 300,000,000"})
    assert "“JPY” cannot be compared" in fault
    assert "CNY, USD" in fault
    assert "with its currency" in await _fault(company, **{"Registered capital": "a lot"})


async def _fault(company: Company, **more: Any) -> str:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST | more)
    return (await modal.submit()).errors["Registered capital"]


@ON_SQLITE
@lives_by("star_levels")
async def test_p09_top_500_are_five_stars(company: Company) -> None:
    assert await proposed(company, **{"Customer kind": "World or China top 500"}) == "five_star"


@ON_SQLITE
@lives_by("overseas")
async def test_p14_a_new_customer_needs_a_background_survey(company: Company) -> None:
    flow = Flow(company)
    await flow.request("b", **{"Overseas customer": "Yes"})
    card = flow.card(company.chen)
    assert "new customer · from abroad" in card
    await flow.approve(company.chen, company.zhao)
    assert "survey" in flow.due()
    await flow.leave()

    days = 14 * DAY
    times = {"Arrival": ARRIVAL + days, "Departure": DEPARTURE + days}
    await company.request(company.sam, **times, **{"Overseas customer": "Yes"})
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()
    again = flow.picture(2)
    assert not again.is_new_customer
    assert "new customer" not in dm(company.chen, "Acme").text
    assert again.visit.status == "approved"
    assert again.task("survey") is None


@ON_SQLITE
@lives_by("overseas")
async def test_p14_the_chairman_is_asked_for_in_writing(company: Company) -> None:
    flow = Flow(company)
    chairman = {"Host": "wang.guo", "Lead guest's title": "Chairman"}
    await flow.request("a", **chairman)
    assert "must be in writing" in flow.card(company.chen)
    await flow.request("a", **chairman, Notes="The chairman is to greet and to dine")
    assert "must be in writing" not in flow.card(company.chen)


@ON_SQLITE
@lives_by("express")
async def test_p16_the_general_manager_gets_the_summary_of_key_customers(
    company: Company,
) -> None:
    assert await proposed(company, **{"Customer kind": "Key customer"}) == "a"
    flow = Flow(company)
    await flow.approve(company.chen, company.zhao)
    await flow.leave()
    assert flow.due(Phase.FOLLOW_UP)["summary"] == at(DEPARTURE, 2, "18:00")
    await company.until(at(DEPARTURE, 2, "18:00"))
    assert not any("Visit summary" in message.text for message in company.helen.dms())
    await company.sam.click("Done", message=dm(company.sam, "Visit summary"))
    await company.settle()
    assert dm(company.helen, "Visit summary"), "H15: once it is written"


@ON_SQLITE
@lives_by("express")
async def test_p16_of_other_customers_the_general_manager_hears_nothing(company: Company) -> None:
    assert await proposed(company) == "b"
    flow = Flow(company)
    await flow.approve(company.chen)
    await flow.leave()
    await company.until(at(DEPARTURE, 2, "18:00"))
    await company.sam.click("Done", message=dm(company.sam, "Visit summary"))
    await company.settle()
    assert not any("Visit summary" in message.text for message in company.helen.dms())
