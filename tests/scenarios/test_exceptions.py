"""Going beyond the procedure: asked with a reason, decided before the money is spent (R2.2, R2.3).

The company of the three ranks with caps (P15), but with the overspend rule of P02.
"""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest

from sandbox.persona import Persona
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.asking import entered
from tests.scenarios.company import ON_SQLITE, Company, dm, submission

HOSTILE = "<!channel> *beyond* & <https://evil.example|here> " + "x" * 150


@pytest.fixture
def policy_name() -> str:
    return "ranked_caps"


async def senior(company: Company) -> str:
    """A senior visit of four, approved: dinner 700 for two and 300 for each further guest."""
    number = await company.request(company.sam, **{"Account owner": "ruth.adler"})
    for leader in (company.chen, company.helen):
        await leader.click("Approve")
        await company.settle()
    return number


async def form(company: Company, person: Persona, word: str, number: str) -> Modal:
    """The form that `/visit exception` or `/visit cost` opens."""
    ack = await person.command(f"/visit {word} {number}", channel="visits")
    assert ack.acked
    return await person.modal()


async def ask(company: Company, person: Persona, number: str, **more: Any) -> str:
    """Ask for a dinner of 1,301 on the first day; what is answered."""
    modal = await form(company, person, "exception", number)
    values = {
        "What": "Dinner",
        "Planned amount": "1301",
        "Reason for the exception": "Their chairman joins",
    }
    await modal.fill_all(values | more)
    result = await modal.submit()
    assert result.view is not None, result.errors
    words = result.view.text()
    await result.view.close()
    await company.settle()
    return words


async def note(company: Company, person: Persona, number: str, **more: Any) -> str:
    """Note a cost; what is answered."""
    modal = await form(company, person, "cost", number)
    await modal.fill_all(more)
    result = await modal.submit()
    assert result.view is not None, result.errors
    words = result.view.text()
    await result.view.close()
    await company.settle()
    return words


async def details(company: Company, person: Persona) -> str:
    """What a person reads under Details."""
    await person.click("Details", message=company.card())
    view = await person.modal()
    words = view.text()
    await view.close()
    return words


async def test_an_exception_is_asked_decided_and_holds(company: Company) -> None:
    number = await senior(company)
    await company.sam.click("Details", message=company.card())
    await (await company.sam.modal()).click("Ask for an exception")
    modal = await company.sam.modal()
    assert "dinner CN¥1,300" in modal.text()
    assert modal.field("Day").value == "Tue 15 Dec"
    await modal.fill_all(
        {"What": "Dinner", "Planned amount": "1300", "Reason for the exception": HOSTILE}
    )
    refused = await modal.submit()
    assert refused.errors["Planned amount"] == (
        "The procedure allows up to CN¥1,300; no exception is needed."
    )
    await modal.fill("Planned amount", "1301")
    answer = await modal.submit()
    assert answer.view is not None
    assert "Dinner, Tue 15 Dec, CN¥1,301" in answer.view.text()
    assert "Helen Park" in answer.view.text()
    await company.settle()

    card = company.helen.last_dm()
    for expected in ("CN¥1,301", "CN¥1,300", HOSTILE, "Sam Carter", "4 people"):
        assert expected in card.text
    assert card.buttons == ["Approve", "Decline", "Delegate", "Details"]
    await company.helen.click("Approve", message=card)
    await company.settle()

    assert "Helen Park approved" in company.helen.last_dm().text
    assert company.helen.last_dm().buttons == ["Take back", "What was decided", "Details"]
    assert "Dinner, Tue 15 Dec, CN¥1,301" in dm(company.sam, "Exception approved").text
    thread = company.history()
    assert "asked for an exception: Dinner" in thread
    assert "approved the exception as General manager: Dinner" in thread
    assert "1,301" not in thread + company.card().text  # no money in the channel
    said = await note(company, company.sam, number, What="Dinner", Amount="1350")
    assert "CN¥49 above the approved exception of CN¥1,301: company CN¥49" in said


async def test_a_decline_needs_words_and_is_told_to_asker_and_host(company: Company) -> None:
    number = await senior(company)
    await ask(company, company.ruth, number)
    await company.helen.click("Decline")
    modal = await company.helen.modal()
    assert "Dinner" in modal.text()
    assert (await modal.submit()).errors
    await modal.fill("Reason", "Lunch will do")
    assert (await modal.submit()).closed
    await company.settle()

    for person in (company.ruth, company.sam):
        assert "Lunch will do" in dm(person, "Exception declined").text
    assert "Approved" in company.card().text
    said = await note(company, company.ruth, number, What="Dinner", Amount="1500")
    assert "CN¥200 above the cap of CN¥1,300 without an approved exception" in said
    assert "CN¥1,500" in dm(company.gao, "Overspend").text
    assert "Ruth Adler" in dm(company.sam, "Overspend").text


async def test_of_two_leaders_who_click_at_once_one_decides(company: Company) -> None:
    number = await senior(company)
    company.give_role("general_manager", "helen.park", "wang.guo")
    await ask(company, company.sam, number)

    await asyncio.gather(company.helen.click("Approve"), company.wang.click("Approve"))
    await company.settle()

    said = [m.text for leader in (company.helen, company.wang) for m in leader.ephemeral()]
    assert len(said) == 1
    assert "nothing is left to decide" in said[0]
    for leader in (company.helen, company.wang):
        assert not {"Approve", "Decline"} & set(leader.last_dm().buttons)


async def test_a_form_submitted_twice_asks_once(company: Company) -> None:
    number = await senior(company)
    modal = await form(company, company.sam, "exception", number)
    values = {
        "What": "Dinner",
        "Planned amount": "1400",
        "Reason for the exception": "Their chairman joins",
    }
    await modal.fill_all(values)
    body = submission(company, modal)

    answers = await asyncio.gather(company.dispatch(body), company.dispatch(body))
    await company.settle()

    assert [answer["response_action"] for answer in answers] == ["update", "update"]
    with company.bot.database.reading() as session:
        assert len(looks.picture(session, 1, company.bot.site).exceptions) == 1
    assert len([m for m in company.helen.dms() if "Exception for" in m.text]) == 1


async def test_a_cancelled_visit_leaves_nothing_to_decide(company: Company) -> None:
    number = await senior(company)
    await ask(company, company.sam, number)
    await company.sam.click("Cancel", message=company.card())
    modal = await company.sam.modal()
    await modal.fill("Reason", "Typhoon")
    await modal.submit()
    await company.settle()

    cards = [m for m in company.helen.dms() if "Exception for" in m.text]
    assert [card.buttons for card in cards] == [["Details"]]
    assert "the visit was cancelled" in cards[0].text
    ack = await company.sam.command(f"/visit exception {number}", channel="visits")
    assert ack.acked
    assert "Cancelled" in company.sam.ephemeral()[-1].text


async def test_money_that_is_spent_is_not_asked_for_any_more(company: Company) -> None:
    number = await senior(company)
    await note(company, company.sam, number, What="Dinner", Amount="1500")
    modal = await form(company, company.sam, "exception", number)
    values = {"What": "Dinner", "Planned amount": "1500", "Reason for the exception": "It was"}
    await modal.fill_all(values)
    assert "spent already" in (await modal.submit()).errors["What"]


async def test_details_home_and_why_show_exceptions_and_costs(company: Company) -> None:
    number = await senior(company)
    await ask(company, company.sam, number)
    home = await company.helen.open_home()
    assert "Decide on an exception" in home.text
    await home.click("Approve", near="Decide on an exception")
    await company.settle()
    await note(company, company.sam, number, What="Leisure", Amount="3500")

    words = await details(company, company.sam)
    assert "✅ *Dinner, Tue 15 Dec* · CN¥1,301 · Approved · @Helen Park" in words
    assert "Their chairman joins" in words
    assert "⚠️ *Leisure*: CN¥3,500 · @Sam Carter" in words
    assert "CN¥100 above the cap of CN¥3,400" in words
    await company.ana.command(f"/visit why {number}", channel="visits")
    why = company.ana.ephemeral()[-1].text
    assert re.search(r"Dinner, Tue 15 Dec.*\[\[exception\]\] any approvers.*line \d+", why)
    assert re.search(r"Leisure: CN¥3,500.*\[\[level\]\] senior leisure.*line \d+", why)

    for person, sees in ((company.xu, False), (company.gao, True)):
        assert ("*Leisure*: CN¥3,500" in await details(company, person)) is sees


async def test_two_who_note_at_once_share_one_cap(company: Company) -> None:
    number = await senior(company)
    forms = [await form(company, person, "cost", number) for person in (company.sam, company.mei)]
    for modal in forms:
        await modal.fill_all({"What": "Leisure", "Amount": "2000"})

    await asyncio.gather(*(modal.submit() for modal in forms))
    await company.settle()

    with company.bot.database.reading() as session:
        costs = looks.picture(session, 1, company.bot.site).costs
    assert sorted(cost.over for cost in costs) == [0, 600]  # 4,000 against 3,400


async def test_who_may_not_is_told_whom_to_ask(company: Company) -> None:
    number = await senior(company)
    await company.xu.command(f"/visit exception {number}", channel="visits")
    assert "asked for by the requester, the host" in company.xu.ephemeral()[-1].text
    await company.xu.command(f"/visit cost {number}", channel="visits")
    assert "Costs are noted by the host" in company.xu.ephemeral()[-1].text
    await company.sam.command("/visit cost", channel="visits")
    offered = company.sam.ephemeral()[-1]
    assert number in offered.text
    assert "Details" in offered.buttons


async def test_costs_wait_for_the_approval(company: Company) -> None:
    number = await company.request(company.sam)
    await company.sam.command(f"/visit cost {number}", channel="visits")
    assert "not approved yet" in company.sam.ephemeral()[-1].text
    assert "Note a cost" not in await details(company, company.sam)


@ON_SQLITE
@pytest.mark.parametrize("policy_name", ["standard"])
async def test_a_gift_above_the_procedure_is_refused_and_reported(company: Company) -> None:
    number = await company.approved(company.sam)
    modal = await form(company, company.mei, "cost", number)
    await modal.fill_all({"What": "Gifts", "Amount": "99999"})
    refused = await modal.submit()
    assert "Gifts above the procedure are refused" in refused.errors["Amount"]
    await company.settle()
    for person in (company.gao, company.sam):  # finance, and the keeper of secrets: the host
        assert "CN¥99,999" in dm(person, "Gift refused").text


@ON_SQLITE
@pytest.mark.parametrize("languages", [{"everybody": "zh-CN"}])
async def test_all_of_it_in_chinese(company: Company) -> None:
    await company.sam.command("/visit new 蓝海 12月15日 10:00", channel="visits")
    modal = await company.sam.modal()
    await modal.fill_all(
        {
            "来访目的": "验厂",
            "主宾": "王总",
            "主宾职务": "采购总监",
            "来访人数": "4",
            "离开时间": entered(modal, "到达时间") + timedelta(hours=30),
        }
    )
    result = await modal.submit()
    number = await company.number(result)
    for leader in (company.chen, company.helen):
        await leader.click("同意")
        await company.settle()
    await company.sam.command(f"/visit 特批 {number}", channel="visits")
    modal = await company.sam.modal()
    await modal.fill_all({"事项": "晚餐", "计划金额": "1300", "特批理由": "董事长出席"})
    assert (await modal.submit()).errors["计划金额"] == "制度标准为 ¥1,300 以内，无需申请特批。"
    await modal.fill("计划金额", "1301")
    answer = await modal.submit()
    assert answer.view is not None
    await answer.view.close()
    await company.settle()
    assert company.helen.last_dm().buttons == ["同意", "不同意", "委托", "详情"]
    await company.helen.click("同意")
    await company.settle()
    assert "特批已同意" in company.sam.last_dm().text
    await company.sam.command(f"/visit 费用 {number}", channel="visits")
    modal = await company.sam.modal()
    await modal.fill_all({"事项": "午餐", "金额": "1301"})
    result = await modal.submit()
    assert result.view is not None
    assert "公司承担" in result.view.text()
    for person in (company.sam, company.helen):
        for message in person.dms():
            english = re.findall(r"\b(?:exception|cost|dinner|allows|cap)\b", message.text)
            assert not english, message.text


async def test_a_cost_is_put_right_with_its_reason(company: Company) -> None:
    number = await senior(company)
    modal = await form(company, company.sam, "cost", number)
    await modal.fill_all({"What": "Leisure", "Amount": "3500"})
    await modal.submit()
    await company.settle()
    await company.sam.modals[-1].close()
    await company.sam.click("Details", message=company.card())
    await (await company.sam.modal()).click("Correct")
    modal = await company.sam.modal("Correct")
    assert modal.field("Right amount").value == "3500"
    assert (await modal.submit()).errors["Reason"]
    await modal.fill_all({"Right amount": "350", "Reason": "A zero too many"})
    result = await modal.submit()
    assert result.view is not None, result.errors
    assert "Leisure is noted with CN¥350" in result.view.text()
    await company.settle()
    shown = await details(company, company.gao)
    assert "*Leisure*: CN¥350" in shown
    assert "CN¥3,500" not in shown.partition("History")[0]
    assert "corrected a cost: Leisure" in company.history()
