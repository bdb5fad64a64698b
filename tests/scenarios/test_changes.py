"""Plans change: edit, reschedule, cancel; whoever was told the old is told the new (R7.7)."""

from datetime import timedelta

from sqlmodel import select

from models.records.visit import Visit
from tests.scenarios.asking import entered
from tests.scenarios.company import ARRIVAL, CARS, DEPARTURE, DROPOFF, PICKUP, Company

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


async def assign(company: Company, driver: str = "ma.long") -> None:
    """Have the dispatcher give each open trip to a driver."""
    while any("Assign driver" in message.buttons for message in company.liu.dms()):
        await company.liu.click("Assign driver")
        form = await company.liu.modal()
        await form.fill_all({"Driver": driver, "Car": "GL8"})
        assert (await form.submit()).closed
        await company.settle()


async def test_a_moved_visit_reminds_at_its_new_time(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await assign(company)
    for _ in range(2):
        await company.ma.click("Accept")
        await company.settle()

    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    assert entered(form, "Arrival") == ARRIVAL
    await form.fill_all({"Arrival": ARRIVAL + DAY, "Departure": DEPARTURE + DAY})
    await form.submit()
    await company.settle()

    # Everybody who was told the old time is told the new one.
    for someone in (company.mei, company.xu, company.dev):
        told = someone.last_dm()
        assert "15 Dec" in told.text
        assert "16 Dec" in told.text
    assert "16 Dec" in company.card().text
    # The driver is asked again, for the new time.
    assert [m.buttons for m in company.ma.dms()][-1] == ["Accept", "Can't"]
    for _ in range(2):
        await company.ma.click("Accept")
        await company.settle()
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()

    # Nothing happens at the old time.
    before = len(company.ma.dms())
    await company.until(PICKUP + HOUR)
    assert len(company.ma.dms()) == before
    await company.until(PICKUP + DAY - 15 * MINUTE)
    assert company.ma.last_dm().buttons == ["Car is here", "Etiquette"]


async def test_a_saved_edit_without_a_change_says_so(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    told = {person: len(person.dms()) for person in (company.mei, company.chen, company.zhao)}
    history = company.history()
    for button in ("Edit", "Reschedule"):
        await company.sam.click(button, message=company.card())
        await (await company.sam.modal()).submit()
        assert "stays as it was" in (await company.sam.modal()).text()
        await company.settle()
    assert told == {person: len(person.dms()) for person in told}
    assert company.history() == history


async def test_a_form_leads_back_only_where_something_lies_behind(company: Company) -> None:
    await company.approved(company.sam)
    for button, close in (("Edit", "Cancel"), ("Reschedule", "Cancel"), ("Cancel", "Close")):
        await company.sam.click(button, message=company.card())
        form = await company.sam.modal()
        assert form.close_label == close
        await form.close()
    for button in ("Edit", "Reschedule", "Cancel", "Invite leaders", "Ask for an exception"):
        await company.sam.click("Details", message=company.card())
        details = await company.sam.modal()
        assert details.close_label == "Close"
        await details.click(button)
        form = await company.sam.modal()
        assert form.submit_label
        assert form.close_label == "Back"
        await form.close()
        await details.close()


async def test_an_edit_without_a_new_date_goes_on(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Edit", message=company.card())
    form = await company.sam.modal()
    assert form.title == "Edit V-2026-0001"
    await form.fill("Party size", "6")
    result = await form.submit()
    await company.settle()

    assert result.view is not None
    assert "6 people" in company.card().text
    assert "Approved" in company.card().text


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Edit", message=company.card())
    sams = await company.sam.modal()
    await company.mei.click("Edit", message=company.card())
    meis = await company.mei.modal()
    await meis.fill("Party size", "6")
    await meis.submit()
    await company.settle()

    await sams.fill("Notes", "They like tea")
    result = await sams.submit()

    assert not result.closed
    again = await company.sam.modal()
    assert "has changed in the meantime" in again.text()
    assert again.field("Notes").value == "They like tea"
    result = await again.submit()
    assert result.view is not None
    assert "V-2026-0001" in result.view.text()


async def test_a_reschedule_overtaken_by_another_keeps_what_was_entered(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    await company.mei.click("Edit", message=company.card())
    meis = await company.mei.modal()
    await meis.fill("Party size", "6")
    await meis.submit()
    await form.fill_all({"Arrival": ARRIVAL + DAY, "Departure": DEPARTURE + DAY})

    await form.submit()

    again = await company.sam.modal()
    assert "has changed in the meantime" in again.text()
    assert entered(again, "Arrival") == (ARRIVAL + DAY)
    await again.submit()
    await company.settle()
    assert "16 Dec" in company.card().text
    assert "6 people" in company.card().text


async def test_a_cancelled_visit_tells_everybody_and_stops(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await assign(company)
    trip = company.ma.last_dm()
    tasks = company.mei.last_dm()

    await company.sam.click("Cancel", message=company.card())
    form = await company.sam.modal()
    await form.fill("Reason", "The customer's board meets that day")
    await form.submit()
    await company.settle()

    for someone in (company.chen, company.zhao, company.mei):
        assert "board meets that day" in someone.last_dm().text
    for someone in (company.dev, company.ma, company.liu):
        assert "Cancelled" in someone.last_dm().text
        assert "board meets that day" not in someone.last_dm().text, "they need no reason"
    assert "Cancelled" in company.card().text
    assert company.card().buttons == ["Details"]
    assert "Done" not in tasks.buttons
    assert "Accept" not in trip.buttons
    before = len(company.ma.dms())
    await company.until(DROPOFF + 2 * DAY)
    assert len(company.ma.dms()) == before
    assert company.ruth.dms() == []


async def test_an_old_card_of_a_visit_that_is_over_says_so(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Edit", message=company.card())
    form = await company.sam.modal()
    await company.mei.click("Cancel", message=company.card())
    reason = await company.mei.modal()
    await reason.fill("Reason", "Called off")
    await reason.submit()

    result = await form.submit()

    assert result.view is not None
    assert "Cancelled" in result.view.text() or "cancelled" in result.view.text()
    await result.view.close()


async def test_who_may_not_change_a_visit_is_told_so(company: Company) -> None:
    await company.approved(company.sam)

    for label in ("Edit", "Reschedule", "Cancel"):
        await company.xu.click(label, message=company.card())
        assert "Only the requester, the host" in company.xu.ephemeral()[-1].text


async def test_who_has_nothing_to_do_with_it_sees_no_details(company: Company) -> None:
    await company.request(company.sam)

    await company.zhou.click("Details", message=company.card())

    told = company.zhou.ephemeral()[-1]
    assert "The details are for those who take part in this visit" in told.text
    assert "Acme" not in told.text
    assert told.buttons == []


async def test_details_show_all_and_lead_on(company: Company) -> None:
    await company.approved(company.sam, Notes="Bring *samples*")
    await company.sam.click("Details", message=company.card())
    modal = await company.sam.modal()
    assert "Bring *samples*" in modal.text()
    assert "asked for the visit" in modal.text()

    await modal.click("Reschedule")

    form = await company.sam.modal()
    assert form.title == "Reschedule"
    await form.fill("Departure", DEPARTURE + HOUR)
    result = await form.submit()
    assert not result.errors
    await company.settle()
    assert "17:00" in company.card().text


async def test_the_third_modal_of_a_stack_says_its_words_itself(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Details", message=company.card())
    await (await company.sam.modal()).click("Edit")
    form = await company.sam.modal()
    await form.fill("Party size", "6")
    saved = (await form.submit()).view
    assert saved is not None
    await saved.click("Details")  # in its place
    await (await company.sam.modal()).click("Edit")
    form = await company.sam.modal()
    assert form.field("Party size").value == "6"
    await form.fill("Notes", "They like tea")
    with company.bot.database.session() as session:  # meanwhile it was given to somebody else
        visit = session.exec(select(Visit)).one()
        visit.requester_id = visit.host_id = company.lin.id

    for _ in range(2):
        await form.submit()

        form = await company.sam.modal()
        assert form.text().count("Only the requester, the host") == 1
        assert form.field("Notes").value == "They like tea"
