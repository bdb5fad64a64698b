"""The customer's file: what is known of a company, its visits, and what leaders are warned of
(A06, A07, A21; R1.1, R1.4)."""

from typing import Any

from sqlmodel import select

from models.records.audit import AuditEntry
from models.records.customers import CustomerFact
from sandbox.persona import Persona
from sandbox.persona_modal import Modal
from tests.scenarios.company import Company, dm


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
