"""Requesting a visit: the form, its number, its card."""

from models.people import Person
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


async def test_the_form_opens_with_one_call(company: Company) -> None:
    await company.settle()
    before = len(company.sandbox.calls)

    await company.form(company.sam, "Acme")
    await company.settle()

    calls = [call.method for call in company.sandbox.calls[before:]]
    assert calls == ["views.open"]


async def test_somebody_new_is_answered_in_their_language_from_the_second_time(
    company: Company,
) -> None:
    with company.bot.database.session() as session:
        session.delete(session.get_one(Person, company.lin.id))
    company.sandbox.workspace.user("lin.wei").locale = "zh-CN"
    company.bot.edge.forget(company.lin.id)
    modal = await company.form(company.lin)
    assert modal.title == "New visit"
    await company.settle()

    modal = await company.form(company.lin)

    assert modal.title == "新建来访"
