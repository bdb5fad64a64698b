"""D12: changing who comes is warned of before saving once the guests were told, and said again."""

from datetime import timedelta

import pytest

from tests.scenarios.company import ON_SQLITE, Company, dm
from tests.scenarios.test_away import TODAY, go_away
from tests.scenarios.test_invitations import invite

pytestmark = [ON_SQLITE, pytest.mark.parametrize("policy_name", ["company_flow"])]


async def test_another_host_is_warned_of_and_the_guests_are_told_again(company: Company) -> None:
    await company.approved(company.sam, Host="lin.wei")
    await company.lin.click("Done", message=dm(company.lin, "Prepare"), near="Guests told")
    await company.settle()
    await company.sam.click("Details", message=company.card())
    details = await company.sam.modal()
    await details.click("Edit")
    form = await company.sam.modal()
    assert "Why somebody else comes" not in form.labels()
    await form.fill("Host", "zhou.jie")
    await company.settle()
    form = await company.sam.modal()
    assert "The guests have been told who comes" in form.text()
    await form.fill("Why somebody else comes", "Lin is ill")
    result = await form.submit()
    assert not result.errors
    await company.settle()
    card = dm(company.zhou, "than the guests were told")
    assert "Lin is ill" in card.text
    assert "they are told again" in company.history()
    await company.zhou.click("Done", message=card)
    await company.settle()
    assert "Guests told who hosts and who drives: name, phone, number plate: done" in (
        company.history()
    )


async def test_a_leader_the_guests_were_told_of_is_withdrawn_for_a_reason(company: Company) -> None:
    await company.approved(company.sam, Host="lin.wei")
    await invite(company, "helen.park")
    await company.helen.click("I will attend")
    await company.settle()
    await company.lin.click("Done", message=dm(company.lin, "Prepare"), near="Guests told")
    await company.settle()
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Withdraw")
    form = await company.sam.modal("Withdraw")
    assert "have been told that" in form.text()
    await form.fill("Reason", "The CEO goes *instead*")
    assert not (await form.submit()).errors
    await company.settle()
    assert "The CEO goes *instead*" in dm(company.lin, "than the guests were told").text


async def test_an_absence_is_told_as_the_reason(company: Company) -> None:
    await company.approved(company.sam, Host="lin.wei")
    await company.lin.click("Done", message=dm(company.lin, "Prepare"), near="Guests told")
    await company.settle()
    await go_away(company, "lin", "zhou.jie", TODAY, TODAY + timedelta(days=10))
    card = dm(company.zhou, "than the guests were told").text
    assert "Why: @林薇 is away until Thu 17 Dec" in card
