"""A request that nobody decides lapses; a date left open rests and comes back (R3.1)."""

from datetime import timedelta

from tests.scenarios.company import ARRIVAL, CARS, DEPARTURE, Company, dm

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def test_an_undecided_request_lapses_at_the_arrival(company: Company) -> None:
    await company.request(company.sam)
    await company.until(ARRIVAL - DAY)
    assert "Still undecided" in dm(company.sam, "Still undecided").text
    await company.until(ARRIVAL - 2 * HOUR)
    assert len([m for m in company.sam.dms() if "Still undecided" in m.text]) == 2

    await company.until(ARRIVAL)

    for person in (company.sam, company.xu, company.mei):
        assert "Not approved" in dm(person, "Not approved").text
    assert "Lapsed" in company.card().text
    assert company.card().buttons == ["Details", "Reschedule", "Cancel"]
    card = company.chen.dms()[0]
    assert "the request has lapsed" in card.text
    assert "Approve" not in card.buttons
    await company.until(DEPARTURE + 2 * DAY)
    assert not any("eedback" in m.text for m in company.zhou.dms())

    await company.sam.click("Reschedule", message=dm(company.sam, "Not approved"))
    form = await company.sam.modal()
    await form.fill("Arrival", ARRIVAL + 14 * DAY)
    await form.fill("Departure", DEPARTURE + 14 * DAY)
    assert not (await form.submit()).errors
    await company.settle()
    assert "Waiting for approval" in company.card().text
    assert "Approve" in company.chen.last_dm().buttons


async def test_a_late_click_is_told_that_the_request_has_lapsed(company: Company) -> None:
    await company.request(company.sam)
    await company.chen.click("Decline")
    form = await company.chen.modal()
    await form.fill("Reason", "Too late")
    await company.until(ARRIVAL)
    answer = await form.submit()
    assert answer.view is not None
    assert "Lapsed, not approved" in answer.view.text()


async def test_a_date_left_open_frees_the_driver_and_comes_back(company: Company) -> None:
    number = await company.approved(company.sam, **CARS)
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Details", message=company.sam.ephemeral()[-1])
    await (await company.sam.modal()).click("Date open")
    form = await company.sam.modal("Date open")
    await form.fill("Reason", "Their board meets")
    await form.submit()
    await company.settle()

    assert "Postponed, date open" in company.card().text
    assert company.card().buttons == ["Details", "Reschedule", "Cancel"]
    assert "Their board meets" in dm(company.chen, "Postponed, date open").text
    before = len(company.mei.dms())
    await company.until(DEPARTURE + DAY)
    assert len(company.mei.dms()) == before  # reminders rest

    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    for label, moment in (("Arrival", ARRIVAL), ("Departure", DEPARTURE)):
        await form.fill(label, moment + 14 * DAY)
    await form.submit()
    await company.settle()
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()
    assert "Approved" in company.card().text
