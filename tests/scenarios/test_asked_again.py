"""A leader who approved is asked again: what has changed first, buttons under Details too (C04)."""

from datetime import timedelta

from templates.slack import phone
from tests.scenarios.company import ARRIVAL, DEPARTURE, Company, dm

DAY = timedelta(days=1)


async def moved(company: Company) -> None:
    """Have an approved visit moved by a day."""
    await company.approved(company.sam, Budget="900")
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    await form.fill_all({"Arrival": ARRIVAL + DAY, "Departure": DEPARTURE + DAY})
    await form.submit()
    await company.settle()


async def test_the_card_says_what_has_changed_in_ten_lines(company: Company) -> None:
    await moved(company)
    card = company.chen.last_dm()
    lines = card.text.split("\n")
    assert lines[0] == "Approve again: Acme?"
    assert lines[1] == "Arrival: Tue 15 Dec → Wed 16 Dec, 10:00".replace("Arrival", "*Arrival*")
    assert card.buttons == ["Approve", "Decline", "Ask for changes", "Delegate", "Details"]
    assert phone.lines(card.blocks) <= 10
    await company.chen.open_home()
    home = company.chen.home
    assert "Changed*: Arrival, Departure" in home.text
    assert "Budget CN¥900" in home.text


async def test_details_decide_as_the_card_does(company: Company) -> None:
    await moved(company)
    await company.chen.click("Details", message=company.chen.last_dm())
    details = await company.chen.modal()
    assert details.buttons[:3] == ["Approve", "Decline", "Ask for changes"]

    await details.click("Approve")
    await company.settle()

    assert "Approve" not in details.buttons
    assert "陈浩 approved" in company.chen.last_dm().text
    assert "Approve" in company.zhao.last_dm().buttons

    await company.zhao.click("Details", message=company.zhao.last_dm())
    await (await company.zhao.modal()).click("Decline")
    form = await company.zhao.modal()
    await form.fill("Reason", "Not that day")
    await form.submit()
    await company.settle()
    assert "Declined" in company.card().text


async def test_both_hear_of_a_second_visit_at_that_time(company: Company) -> None:
    await company.request(company.sam)
    modal = await company.form(company.lin)
    await modal.fill_all(
        {
            "Customer": "Acme",
            "Purpose": "Site audit",
            "Lead guest": "Bo",
            "Lead guest's title": "Buyer",
            "Party size": "2",
            "Arrival": ARRIVAL,
            "Departure": DEPARTURE,
        }
    )
    result = await modal.submit()
    assert result.view is not None
    assert "another visit of Acme: V-2026-0001" in result.view.text()
    await company.settle()
    assert "another visit of Acme: V-2026-0001" in dm(company.chen, "V-2026-0002").text
