"""The customer's file: what is known of a company, its visits, and what leaders are warned of
(A06, A07, A21; R1.1, R1.4)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.records.audit import AuditEntry
from models.records.customers import CustomerFact
from sandbox.persona import Persona
from sandbox.persona_modal import Modal
from tests.scenarios.company import DEPARTURE, ON_SQLITE, Company, dm

HUAWEI = "华为技术有限公司"


def facts(company: Company) -> dict[str, Any]:
    """What is kept of all customers."""
    with company.bot.database.reading() as session:
        return {fact.key: fact.value for fact in session.exec(select(CustomerFact))}


async def file_of(person: Persona, name: str = "Acme") -> Modal:
    """A customer's file, as the command opens it."""
    await person.command(f"/visit customer {name}", channel="visits")
    return await person.modal()


async def fill(company: Company, person: Persona, section: str, **values: Any) -> None:
    """Fill a section of the file that the person has open, and save it."""
    view = await person.modal()
    await view.click("Fill in", near=section)
    form = await person.modal()
    await form.fill_all({key.replace("_", " "): value for key, value in values.items()})
    result = await form.submit()
    assert not result.errors
    await company.settle()


async def test_the_file_is_filled_in_sections_and_shown(company: Company) -> None:
    """A06: nature, size, industry, country, address, site, credit, market, prices, business."""
    await company.request(company.sam)
    await file_of(company.sam)
    await fill(
        company,
        company.sam,
        "Company",
        Trader_or_maker="Trader and maker",
        Industry="Pumps",
        Size_of_the_company="300 people",
        Founded="1987",
        Country_or_region="Germany",
    )
    await fill(
        company,
        company.sam,
        "Address and contact",
        Company_address="Hafenstraße 1, Hamburg",
        Website="acme.example",
        Fax="+49 40 123",
    )
    await fill(
        company,
        company.sam,
        "Market and business",
        Their_market="Northern Europe",
        Their_products="Pumps",
        Prices="EXW, 90 days",
        Credit_standing="A, no arrears",
        Recent_business="Orders up by a fifth",
    )
    await fill(company, company.sam, "Cooperation", Cooperation_so_far="Two trial orders")
    view = await company.sam.modal()
    assert "Hafenstraße 1" in view.text()
    assert "A, no arrears" in view.text()
    assert "Two trial orders" in view.text()
    assert facts(company)["nature"] == "both"
    assert len(facts(company)) == 14
    with company.bot.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.verb == "fill_customer")).all()
    assert len(entries) == 4
    assert {entry.actor_id for entry in entries} == {company.sam.id}


async def test_a_leader_is_warned_of_what_the_file_says(company: Company) -> None:
    """A21, R1.4: an entity that cannot be verified, a maker of like products."""
    await company.request(company.sam)
    asked = dm(company.chen, "Approve the visit")
    assert "Could not be verified" not in asked.text
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Customer")
    await fill(
        company,
        company.sam,
        "Company",
        Identity_of_the_company="Could not be verified",
        Makes_products_like_ours="Yes",
    )
    asked = dm(company.chen, "Approve the visit")
    assert "Could not be verified" in asked.text, "the card is brought up to date in place"
    assert "Makes products like ours" in asked.text
    assert sum("Approve the visit" in each.text for each in company.chen.dms()) == 1
    await company.chen.click("Approve", message=asked)
    await company.settle()
    assert "Could not be verified" in dm(company.zhao, "Approve the visit").text


async def test_two_people_in_one_section_lose_nothing(company: Company) -> None:
    await company.request(company.sam)
    first, second = await file_of(company.sam), await file_of(company.mei)
    await first.click("Fill in", near="Company")
    await second.click("Fill in", near="Company")
    first, second = await company.sam.modal(), await company.mei.modal()
    await first.fill_all({"Industry": "Pumps", "Founded": "1987"})
    await first.submit()
    await second.fill_all({"Industry": "Valves", "Country or region": "Germany"})
    result = await second.submit()
    assert result.view is not None
    assert "Pumps" in result.view.text(), "the second one sees what the first has saved"
    assert result.view.field("Industry").value == "Valves"
    assert result.view.field("Founded").value == "1987"
    saved = await result.view.submit()
    assert not saved.errors
    known = {"industry": "Valves", "founded": "1987", "country": "Germany"}
    assert facts(company) == known


async def test_earlier_visits_are_there_with_what_came_of_them(company: Company) -> None:
    """A07, P19: date, level, satisfaction, outcome, and what was promised and is open."""
    number = await company.approved(company.sam)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Note")
    note = await company.sam.modal()
    await note.fill_all({"Kind": "Promise", "What was said or happened": "Samples by January"})
    await note.submit()
    await company.settle()
    while company.sam.modals:
        await company.sam.modals[-1].close()
    await company.until(DEPARTURE + timedelta(hours=3))
    await company.sam.click("Give feedback")
    form = await company.sam.modal()
    await form.fill_all({"Satisfaction": "96", "Intention": "Signed"})
    result = await form.submit()
    assert not result.errors
    await company.settle()
    file = await file_of(company.sam)
    line = f"Tue 15 Dec · *{number}* · B (managers) · Site audit"
    assert line in file.text()
    assert "96 of 100" in file.text()
    assert "Won" in file.text()
    assert "Samples by January" in file.text()


@ON_SQLITE
async def test_few_read_prices_and_only_who_runs_a_visit_fills(company: Company) -> None:
    number = await company.approved(company.sam)
    await file_of(company.sam)
    await fill(company, company.sam, "Market and business", Prices="EXW, 90 days")
    for person, reads, fills in (
        (company.sam, True, True),
        (company.mei, True, True),
        (company.chen, True, False),
        (company.xu, False, False),
    ):
        view = await file_of(person)
        assert ("EXW" in view.text()) is reads, person.user.handle
        assert ("Fill in" in view.buttons) is fills, person.user.handle
    await company.tom.command("/visit customer Acme", channel="visits")
    assert "There is no customer “Acme” that you may see" in company.tom.ephemeral()[-1].text
    assert number


@ON_SQLITE
@pytest.mark.parametrize("languages", [{"mei.fang": "zh-CN"}])
async def test_chinese_customers_are_found_by_pinyin_and_initials(company: Company) -> None:
    await company.request(company.sam, Customer=HUAWEI)
    await company.request(company.sam, Customer="单氏重工")
    for words, name in (
        ("huawei", HUAWEI),
        ("hw", HUAWEI),
        ("shans", "单氏重工"),
    ):
        modal = await company.form(company.mei)
        assert name in await modal.options("客户", words), words
        await modal.close()
    await company.mei.command("/visit 客户 hwjs", channel="visits")
    file = await company.mei.modal()
    assert "企业概况" in file.text()
    assert HUAWEI in file.text()
    await company.mei.command("/visit list huawei", channel="visits")
    assert HUAWEI in company.mei.ephemeral()[-1].text


async def test_two_spellings_are_merged_with_all_that_hangs_on_them(company: Company) -> None:
    await company.request(company.sam, Customer="Acme GmbH")
    await company.request(company.sam, Customer="ACME Germany")
    await file_of(company.sam, "acme germany")
    await fill(company, company.sam, "Company", Industry="Pumps")
    theirs = await company.sam.modal()
    assert "Merge with…" not in theirs.buttons
    await theirs.click("Fill in", near="Address and contact")
    open_before = await company.sam.modal()
    await file_of(company.mei, "acme germany")
    await company.mei.click("Merge with…")
    form = await company.mei.modal()
    await form.fill("The right customer", "Acme GmbH")
    result = await form.submit()
    assert result.view is not None
    assert "“ACME Germany” becomes a spelling of *Acme GmbH*" in result.view.text()
    assert "1 visit · 0 contacts · Industry" in result.view.text()
    await result.view.submit()
    await company.settle()
    assert "Acme GmbH" in company.card().text
    await open_before.fill_all({"Website": "acme.example"})
    saved = await open_before.submit()
    assert not saved.errors
    file = await file_of(company.sam, "ACME germany")
    assert "Also called: ACME Germany" in file.text()
    assert "Pumps" in file.text()
    assert "acme.example" in file.text(), "the form of before saves to the one customer"
    assert "V-2026-0001" in file.text()
    assert "V-2026-0002" in file.text()
