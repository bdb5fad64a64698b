"""The visit notice: asked in sections after the sending, shown where it matters (A10, A15, B13)."""

from datetime import timedelta
from typing import Any

from sandbox.persona import Persona
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.company import ARRIVAL, CARS, ON_SQLITE, START, Company, dm
from tests.scenarios.procedures.flow import Flow, at, lives_by

LATER = ARRIVAL + timedelta(days=31)


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


async def test_key_facts_are_read_back_confirmed_and_opened_again_by_a_change(
    company: Company,
) -> None:
    """A19: names, numbers, dates and flights, in the customer's language."""
    await company.request(company.sam, **CARS)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Read back")
    form = await company.sam.modal()
    sheet = str(form.field("To read out or to copy").value)
    assert "LH728" in sheet
    assert "Dr. Jane Smith" in sheet
    assert "Tue 15 Dec, 10:00" in sheet
    assert "All times are Shanghai time." in sheet
    await form.click("中文")
    form = await company.sam.modal()
    assert "到达时间" in str(form.field("To read out or to copy").value)
    ticks = form.field("Confirmed by the customer")
    await form.fill_all({"Confirmed by the customer": ticks.options[:3]})
    await form.submit()
    await company.settle()
    details = await company.sam.modal()
    assert "*Confirmed by the customer*: 3 of 7" in details.text()
    await details.click("Edit")
    edit = await company.sam.modal()
    await edit.fill_all({"Party size": "5", "Notes": "Nothing else"})
    result = await edit.submit()
    assert not result.errors
    await company.settle()
    await company.sam.click("Details", message=company.card())
    assert "2 of 7. Open: Party size" in (await company.sam.modal()).text(), "it is open again"


@lives_by("thirteen_steps")
async def test_confirmed_again_is_who_when_and_by_what(company: Company) -> None:
    """A33: the sales office confirms the visit again; the item is done by what is entered."""
    company.give_roles({"sales_supervisor": ["gao.yun"], "area_sales_manager": []})
    flow = Flow(company)
    await flow.request("important")
    await flow.approve(company.chen, company.zhao)
    card = dm(company.mei, "Visit confirmed again with the customer")
    await company.mei.click("Fill in", message=card)
    form = await company.mei.modal("Wishes and topics")
    await form.fill_all(
        {"Confirmed again with": "Jane Smith", "Confirmed by": "Phone", "Confirmation": START}
    )
    await form.submit()
    await company.settle()
    assert "✅ *Visit confirmed again with the customer*" in dm(company.mei, "confirmed again").text


@ON_SQLITE
@lives_by("meetings")
async def test_a_plain_meeting_goes_the_same_way(company: Company) -> None:
    """A28: the same form, its own chain, nothing of hotel and meals."""
    flow = Flow(company)
    await flow.request("meeting", Purpose="Meeting only")
    assert flow.picture().visit.level == "meeting"
    await flow.approve(company.chen)
    keys = {task.key for task in flow.picture().preparation}
    assert "meeting_room" in keys
    assert not keys & {"hotel", "meals", "welcome_words"}


@ON_SQLITE
@lives_by("meetings")
async def test_the_office_is_told_at_the_sending_when_top_leaders_are_needed(
    company: Company,
) -> None:
    """A29: from the vice president up; a visit below goes to the office with its approval."""
    flow = Flow(company)
    await flow.request("c")
    assert not any("needs top leaders" in message.text for message in company.mei.dms())
    await flow.request("b")
    told = dm(company.mei, "needs top leaders")
    assert "V-2026-0002" in told.text
    assert "it is not approved yet" in told.text


async def test_a_dearer_lodging_than_the_level_s_asks_for_the_exception(company: Company) -> None:
    """B09, B13: who bears it is chosen for the visit, proposed by the level."""
    await company.request(company.sam, Level="C (buyers, technicians)")
    modal = await section(company, company.sam, "Lodging")
    assert "By the level" in str(modal.field("Who pays for the lodging").hint)
    await modal.fill_all(
        {"Who pays for the lodging": "The company", "The guest's own allowance a day": "200"}
    )
    await modal.submit()
    await company.settle()
    assert "Ask for an exception before the money is spent" in company.sam.modals[0].text()
    assert notice(company) == {"lodging_by": "company", "per_diem": "200"}


async def test_the_leaders_it_suggests_are_chosen_already_when_leaders_are_invited(
    company: Company,
) -> None:
    """A16."""
    await company.request(company.sam)
    await fill(company, company.sam, "Wishes", Leaders_suggested_to_take_part=["helen.park"])
    for view in reversed(company.sam.modals):
        await view.close()
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Invite leaders")
    form = await company.sam.modal()
    assert "helen.park" in form.field("Whom to invite").value


async def test_a_complaint_asks_the_host_whether_a_new_project_hides_behind_it(
    company: Company,
) -> None:
    """A18: the host is asked once; of other purposes nobody is."""
    await company.approved(company.sam, Host="lin.wei", Purpose="Complaint")
    asked = dm(company.lin, "A new project behind it")
    await company.lin.click("Fill in", message=asked)
    view = await company.lin.modal()
    await view.click("Fill in", near="Wishes and topics")
    form = await company.lin.modal()
    await form.fill_all({"A new project behind it": "A second line in Hefei"})
    await form.submit()
    await company.settle()
    assert notice(company) == {"new_project": "A second line in Hefei"}
    await company.approved(company.sam, Host="lin.wei", Purpose="Courtesy visit", Customer="Bravo")
    assert not any("A new project" in m.text and "Bravo" in m.text for m in company.lin.dms())


async def test_an_earlier_visit_is_asked_for_again_without_its_dates(company: Company) -> None:
    number = await company.request(company.sam, **CARS, Notes="Quiet room please")
    await fill(company, company.sam, "Wishes", Topics="Prices", Request_came_by="Phone")
    for view in reversed(company.sam.modals):
        await view.close()
    await company.sam.click("Cancel", message=company.card())
    form = await company.sam.modal()
    await form.fill("Reason", "They come later")
    await form.submit()
    await company.settle()
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Same again")
    form = await company.sam.modal("New visit")
    assert form.field("Customer").value == "Acme"
    assert form.field("Lead guest").value == "Dr. Jane Smith"
    assert form.field("Arrival").value is None
    await form.fill_all({"Arrival": ARRIVAL + timedelta(days=30), "Departure": LATER})
    result = await form.submit()
    assert result.view is not None, result.errors
    assert result.view.field("Pickup place").value == "Pudong airport, terminal 2"
    assert result.view.field("Notes").value == "Quiet room please"
    assert await company.number(result) != number
    with company.bot.database.reading() as session:
        assert looks.picture(session, 2, company.bot.site).notice == {"topics": "Prices"}
