"""Requesting a visit: the form, its number, its card."""

from tests.scenarios.company import REQUEST, Company


async def test_a_request_gets_its_number_at_once_and_a_card(company: Company) -> None:
    modal = await company.form(company.sam, "Acme 15 Dec 10:00")
    assert modal.title == "New visit"
    assert modal.field("Customer").value == "Acme"
    assert modal.field("Host").value == "sam.carter"
    assert modal.field("Level").value == "B (managers)"

    await modal.fill_all(REQUEST)
    result = await modal.submit()

    assert result.view is not None
    assert "V-2026-0001" in result.view.text()
    await company.settle()
    card = company.card()
    assert "V-2026-0001" in card.text
    assert "Acme" in card.text
    assert card.buttons == ["Details", "Edit", "Reschedule", "Cancel"]
    assert "Approve" in company.chen.last_dm().buttons
