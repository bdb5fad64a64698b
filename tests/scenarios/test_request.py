"""Requesting a visit: the form, its number, its card."""

import asyncio
import json
import re

from models.records.people import Person
from tests.scenarios.company import REQUEST, Company, submission

NUMBER = re.compile(r"V-2026-\d{4}")


async def test_a_request_gets_its_number_at_once_and_a_card(company: Company) -> None:
    modal = await company.form(company.sam, "Acme 15 Dec 10:00")
    assert modal.title == "New visit"
    assert modal.field("Customer").value == "Acme"
    assert modal.field("Host").value == "sam.carter"
    assert modal.field("Level").value == "As the procedure proposes"

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


async def test_somebody_new_is_answered_in_their_language_from_the_first_time(
    company: Company,
) -> None:
    with company.bot.database.session() as session:
        session.delete(session.get_one(Person, company.lin.id))
    company.sandbox.workspace.user("lin.wei").locale = "zh-CN"
    company.bot.edge.forget(company.lin.id)

    modal = await company.form(company.lin)

    assert modal.title == "新建来访"


async def test_the_same_form_sent_twice_at_the_same_moment_makes_one_visit(
    company: Company,
) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    body = submission(company, modal)

    answers = await asyncio.gather(*(company.dispatch(body) for _ in range(4)))

    assert all("V-2026-0001" in json.dumps(answer) for answer in answers)


async def test_people_who_request_at_the_same_moment_all_get_their_number(
    company: Company,
) -> None:
    bodies = []
    for someone in (company.sam, company.lin, company.ruth, company.zhou):
        modal = await company.form(someone)
        await modal.fill_all(REQUEST)
        bodies.append(submission(company, modal))

    answers = await asyncio.gather(*(company.dispatch(body) for body in bodies))

    numbers = {number for answer in answers for number in NUMBER.findall(json.dumps(answer))}
    assert numbers == {f"V-2026-000{number}" for number in range(1, 5)}
    await company.settle()
    assert len(company.chen.dms()) == 4
