"""The visit notice: asked in sections after the sending, shown where it matters (A10, A15, B13)."""

from typing import Any

from sandbox.persona import Persona
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.company import ARRIVAL, ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import Flow, at, lives_by


def notice(company: Company) -> dict[str, Any]:
    """What is kept of the notice of the only visit."""
    with company.bot.database.reading() as session:
        return looks.picture(session, 1, company.bot.site).notice


async def section(company: Company, person: Persona, name: str) -> Modal:
    """A section of the visit's notice, opened under its Details."""
    await person.click("Details", message=company.card())
    await person.click("Visit notice")
    view = await person.modal()
    await view.click("Fill in", near=name)
    return await person.modal()


async def fill(company: Company, person: Persona, name: str, **values: Any) -> None:
    """Fill a section of the notice and save it."""
    modal = await section(company, person, name)
    await modal.fill_all({key.replace("_", " "): value for key, value in values.items()})
    result = await modal.submit()
    assert not result.errors
    await company.settle()


@lives_by("abc_levels")
async def test_sections_are_filled_saved_by_themselves_and_shown(company: Company) -> None:
    await Flow(company).request("b")
    await fill(
        company,
        company.sam,
        "Travel",
        From="Frankfurt",
        Terminal_or_station="Terminal 2",
        Return_ticket="To be bought by us",
    )
    assert notice(company) == {
        "travel_from": "Frankfurt",
        "terminal": "Terminal 2",
        "return_ticket": "wanted",
    }
    behind = await company.sam.modal()
    assert "Terminal 2" in behind.text(), "the view behind is brought up to date"
    assert "Terminal 2" in company.sam.modals[0].text(), "and the details below it"
    for view in reversed(company.sam.modals):
        await view.close()
    modal = await section(company, company.sam, "Travel")
    assert modal.field("From").value == "Frankfurt"
    assert modal.field("Return ticket").hint == "✱ Wanted for this visit"
    assert not modal.field("From").hint
    assert "Terminal or station" in modal.labels()


@lives_by("abc_levels")
async def test_the_card_says_how_complete_it_is_and_details_who_owes_what(
    company: Company,
) -> None:
    await Flow(company).request("b")
    assert "*Notice* ▰" in company.card().text
    assert "1 of 14" in company.card().text, company.card().text
    await company.sam.click("Details", message=company.card())
    details = (await company.sam.modal()).text()
    assert "Missing: Guests, Contact's phone, Men, Women, Return ticket" in details
    assert "by Sun 13 Dec, 09:00 (17:00 Shanghai time)" in details


@ON_SQLITE
@lives_by("abc_levels")
async def test_what_is_missing_when_it_is_due_is_asked_for_once(company: Company) -> None:
    flow = Flow(company)
    await flow.request("c")
    await flow.approve(company.chen)
    wanted = "Still missing in the notice"
    await company.until(at(ARRIVAL, -2, "16:59"))
    assert not any(wanted in message.text for message in company.sam.dms())
    await company.until(at(ARRIVAL, -2, "17:01"))
    asked = dm(company.sam, wanted)
    assert "Return ticket" in asked.text
    assert asked.buttons == ["Fill in", "Details"]
    await company.sam.click("Fill in", message=asked)
    view = await company.sam.modal()
    await view.click("Fill in", near="Travel")
    form = await company.sam.modal()
    await form.fill_all({"Return ticket": "Booked"})
    await form.submit()
    await company.settle()
    assert "Return ticket" not in dm(company.sam, wanted).text, "brought up to date in place"
    assert sum(wanted in message.text for message in company.sam.dms()) == 1


async def test_two_people_in_one_section_lose_nothing(company: Company) -> None:
    await company.request(company.sam)
    first = await section(company, company.sam, "Wishes")
    second = await section(company, company.mei, "Wishes")
    await first.fill_all({"Topics": "Prices", "Special wishes": "Quiet room"})
    await first.submit()
    await second.fill_all({"Topics": "Delivery", "Places they want to see": "Workshop 2"})
    result = await second.submit()
    assert result.view is not None
    assert "Prices" in result.view.text()
    assert result.view.field("Topics").value == "Delivery"
    assert result.view.field("Special wishes").value == "Quiet room"
    assert result.view.field("Places they want to see").value == "Workshop 2"
    saved = await result.view.submit()
    assert not saved.errors
    assert notice(company) == {
        "topics": "Delivery",
        "places_to_see": "Workshop 2",
        "wishes": "Quiet room",
    }


@ON_SQLITE
@lives_by("abc_levels")
async def test_why_names_what_the_procedure_wants(company: Company) -> None:
    await Flow(company).request("b")
    await company.sam.command("/visit why V-2026-0001 notice", channel="visits")
    said = company.sam.ephemeral()[-1].text
    assert "Who pays for the lodging" in said
    assert "P02" in said
