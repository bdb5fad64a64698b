"""Trust: who asks for a visit is told of the customers that they may know of, and no more."""

import json

import pytest

from tests.scenarios.company import Company, submission

CAPITAL = "Registered capital"


async def test_the_search_offers_customers_of_visits_that_one_may_see(company: Company) -> None:
    await company.request(company.lin, Customer="Secret Ventures")
    await company.request(company.sam, Customer="Open Optics")
    for person, expected in (
        (company.lin, ["Secret Ventures"]),
        (company.sam, ["Open Optics"]),
        (company.ma, []),
        (company.dev, []),
        (company.mei, ["Open Optics", "Secret Ventures"]),
        (company.chen, ["Open Optics", "Secret Ventures"]),
    ):
        modal = await company.form(person)
        assert await modal.options("Customer", "") == expected, person.user.handle
        await modal.close()
    modal = await company.form(company.sam)
    typed = await modal.options("Customer", "secret ventures")
    assert typed == ["New customer: “secret ventures”"], "it looks like any name typed"
    await company.request(company.sam, Customer="secret ventures")
    modal = await company.form(company.mei)
    assert await modal.options("Customer", "secret") == [
        "Secret Ventures",
        "New customer: “secret”",
    ]


@pytest.mark.parametrize("policy_name", ["star_levels"])
async def test_a_form_is_filled_with_what_one_may_see(company: Company) -> None:
    facts = {CAPITAL: "CNY 20,000,000"}
    modal = await company.form(company.lin)
    assert CAPITAL in modal.labels()
    await modal.close()
    await company.request(company.lin, Customer="Secret Ventures", **facts)
    for person, seen in ((company.lin, True), (company.sam, False), (company.ma, False)):
        modal = await company.form(person, "Secret Ventures")
        assert bool(modal.field(CAPITAL).value) is seen, person.user.handle
        assert ("20,000,000" in json.dumps(submission(company, modal))) is seen
        await modal.close()
