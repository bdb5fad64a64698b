"""Levels at work: the form proposes one and says why, lets it be overruled with a reason, and shows
a budget above what it allows."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest

from models.records.visit import Visit
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.asking import is_details
from tests.scenarios.company import (
    ARRIVAL,
    DEPARTURE,
    ON_SQLITE,
    REQUEST,
    SHANGHAI,
    Company,
    dm,
)

WHY, EXCEPTION = "Why this level", "Reason for the exception"
A, B, C = (
    "A (top leaders, key customers)",
    "B (managers)",
    "C (buyers, technicians)",
)
ONE_DAY = {"Departure": ARRIVAL + timedelta(hours=6)}


def stored(company: Company, visit_id: int = 1) -> Visit:
    with company.bot.database.reading() as session:
        return looks.picture(session, visit_id, company.bot.site).visit


def proposed(modal: Modal) -> str:
    """The line beneath the level."""
    found = re.search(r"^.*(Proposed|建议).*$", modal.text(), re.MULTILINE)
    assert found, modal.text()
    return found.group().replace("*", "")


async def filled(company: Company, **more: Any) -> Modal:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST | more)
    return modal


async def sent(company: Company, **more: Any) -> Modal:
    """The details of a request that was sent."""
    result = await (await filled(company, **more)).submit()
    assert is_details(result.view), result
    assert result.view is not None
    return result.view


async def test_the_form_proposes_the_level_as_it_is_filled(company: Company) -> None:
    modal = await company.form(company.sam)
    assert modal.field("Level").value == "As the procedure proposes"
    assert "Proposed" not in modal.text()  # an empty form proposes nothing
    await modal.fill("Arrival", ARRIVAL)
    assert proposed(modal).startswith("Proposed so far: B (managers)")
    await modal.fill("Lead guest's title", "Chairman")
    assert "so far" in proposed(modal)  # nothing moves while somebody types
    await modal.fill("Purpose", "Signing")
    assert proposed(modal) == f"Proposed: {A} · highest guest from Vice president up"
    await modal.fill("Lead guest's title", "Buyer")
    await modal.fill("Customer kind", "Key account")
    assert proposed(modal) == f"Proposed: {A} · customer: Key account"
    await modal.fill("Customer kind", None)
    assert proposed(modal) == f"Proposed: {C} · highest guest up to Supervisor"
    await modal.fill_all({"Lead guest's title": "Poet", "Arrival": ARRIVAL})
    assert "because no rule of the procedure fits these guests" in proposed(modal)
    assert modal.field("Lead guest's title").value == "Poet"
    assert modal.field("Purpose").value == "Signing"

    await modal.fill_all(REQUEST)
    await company.number(await modal.submit())

    assert (stored(company).level, stored(company).level_reason) == ("b", None)
    assert "as the procedure proposes" in dm(company.chen, "Acme").text


async def test_a_form_is_not_shown_anew_while_nothing_changes_in_it(company: Company) -> None:
    modal = await filled(company)
    state = modal.view.hash
    await modal.fill_all({"Purpose": "Signing", "Host": "sam.carter", "Arrival": ARRIVAL})
    assert modal.view.hash == state


async def test_choices_that_come_at_once_leave_the_last_one_shown(company: Company) -> None:
    modal = await filled(company, Level=A)
    assert WHY in modal.labels()
    await asyncio.gather(modal.fill("Level", C), modal.fill("Customer kind", "Key account"))
    await company.bot.edge.settle()
    assert A in proposed(modal)
    assert WHY in modal.labels()


async def test_another_level_needs_a_reason_that_the_approvers_read(company: Company) -> None:
    modal = await filled(company, Level=A)
    assert not modal.field(WHY).optional
    assert "Another level needs a reason" in modal.text()
    assert (await modal.submit()).errors == {WHY: "Please complete this required field."}
    await modal.fill(WHY, "Their *chairman* <!here> joins by video")
    number = await company.number(await modal.submit())

    visit = stored(company)
    assert (visit.level, visit.level_reason) == ("a", "Their *chairman* <!here> joins by video")
    card = dm(company.chen, "Acme").text
    assert "was chosen; the procedure proposes B (managers)" in card.replace("*", "")
    assert "joins by video" in card
    why = await company.sam.command(f"/visit why {number}", channel="visits")
    assert "joins by video" in (why.text or "")
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Details")
    assert "joins by video" in (await company.sam.modal()).text()


async def test_back_to_the_procedure_asks_for_no_reason(company: Company) -> None:
    modal = await filled(company, Level=A)
    await modal.fill("Level", "As the procedure proposes")
    assert WHY not in modal.labels()
    await modal.fill("Level", B)
    assert WHY not in modal.labels()
    await company.number(await modal.submit())
    assert stored(company).level == "b"


async def test_a_form_sent_without_the_reason_comes_back_with_the_field(company: Company) -> None:
    modal = await filled(company, Level=B, **{"Contact's phone": "138 1234 5678"})
    await modal.fill("Lead guest's title", "Chairman")  # typed last: nothing has shown it yet
    assert WHY not in modal.labels()

    result = await modal.submit()

    assert result.acked
    assert not result.closed
    assert "Please say why" in modal.text()
    assert modal.field("Contact's phone").value == "138 1234 5678"
    assert modal.field("Lead guest's title").value == "Chairman"
    assert modal.field("Level").value == B
    await modal.fill(WHY, "A short stop on the way")
    await company.number(await modal.submit())
    assert stored(company).level_reason == "A short stop on the way"


async def test_without_a_rule_for_the_guests_any_level_will_do(company: Company) -> None:
    modal = await filled(company, **{"Lead guest's title": "Poet", "Level": C})
    assert WHY not in modal.labels()
    await company.number(await modal.submit())
    assert (stored(company).level, stored(company).level_reason) == ("c", None)


@ON_SQLITE
@pytest.mark.parametrize("with_reason", [True, False])
async def test_a_budget_above_the_caps(company: Company, with_reason: bool) -> None:
    # One day, four guests at B: 4 x (80 + 120) for meals, 4 x 200 leisure, 4 x 150 gifts.
    modal = await sent(company, **ONE_DAY)
    await modal.fill_all({"Budget": "2200", "Travel by": "Train"})
    assert EXCEPTION not in modal.labels()
    await modal.fill_all({"Budget": "2750", "Travel by": "Flight"})
    assert "Above what the level allows (CN¥2,200), by CN¥550" in modal.text().replace("*", "")
    assert "shared: department 50%, handler 50%" in modal.text()
    assert modal.field(EXCEPTION).optional
    if with_reason:
        await modal.fill(EXCEPTION, "The signing dinner")
    await company.number(await modal.submit())

    card = dm(company.chen, "Acme").text.replace("*", "")
    assert "a budget of CN¥2,750; the level allows CN¥2,200 in all" in card
    chain = [step.reasons for step in _steps(company)]
    if with_reason:
        assert "The signing dinner" in card
        assert "No exception was asked for" not in card
        assert chain == [[("level", "b"), ("exception", "any")]] * 2
    else:
        words = "what is spent above is shared: department 50%, handler 50%"
        assert f"No exception was asked for; {words}" in card
        assert chain == [[("level", "b")]] * 2


@ON_SQLITE
@pytest.mark.parametrize("opened", ["after sending", "Add details", "Edit"])
async def test_a_budget_above_the_caps_is_said_before_it_is_saved(
    company: Company, opened: str
) -> None:
    modal: Modal = await sent(company, **ONE_DAY)
    if opened != "after sending":
        await modal.close()
        await company.settle()
        await company.sam.click("Details", message=company.card())
        await company.sam.click(opened)
        modal = await company.sam.modal()
    await modal.fill("Budget", "2750")  # typed last: nothing has shown it yet
    assert EXCEPTION not in modal.labels()

    result = await modal.submit()

    assert not result.errors
    assert stored(company).budget is None
    assert "Above what the level allows (CN¥2,200), by CN¥550" in modal.text().replace("*", "")
    assert "shared: department 50%, handler 50%" in modal.text()
    assert modal.field("Budget").value == "2750"
    await modal.fill(EXCEPTION, "The signing dinner")
    await company.number(await modal.submit())
    assert stored(company).exception_reason == "The signing dinner"


@ON_SQLITE
@pytest.mark.parametrize("policy_name", ["abc_levels"])
async def test_an_exception_asked_for_with_the_request_brings_its_approvers(
    company: Company,
) -> None:
    modal = await sent(company)
    await modal.fill_all({"Budget": "5000", "Travel by": "Train"})
    assert EXCEPTION in modal.labels()
    await modal.fill(EXCEPTION, "A delegation of the ministry joins")
    await company.number(await modal.submit())
    roles = [step.role for step in _steps(company)]
    assert roles == ["department_manager", "vice_president"]  # C alone asks the first only


def _steps(company: Company) -> list[Any]:
    with company.bot.database.reading() as session:
        return looks.picture(session, 1, company.bot.site).approvals


async def test_a_draft_is_taken_up_with_all_that_was_chosen(company: Company) -> None:
    more = {"Customer kind": "Key account", "Overseas customer": "Yes", "Level": B}
    modal = await filled(company, **more)
    await modal.fill(WHY, "Only the engineers come")
    await modal.close()

    modal = await company.form(company.sam)
    await modal.click("Resume draft")

    assert modal.field("Customer kind").value == "Key account"
    assert modal.field("Overseas customer").value == ["Yes, from abroad"]
    assert modal.field(WHY).value == "Only the engineers come"
    assert "customer: Key account" in proposed(modal)
    await modal.fill("Level", A)
    assert WHY not in modal.labels()
    await modal.fill("Level", B)
    await modal.fill(WHY, "Only the engineers come")
    await company.number(await modal.submit())
    visit = stored(company)
    assert (visit.customer_kind, visit.is_overseas) == ("key_account", True)
    assert visit.level_reason == "Only the engineers come"
    assert "Key account · from abroad" in dm(company.chen, "Acme").text


async def test_what_is_known_of_a_customer_is_there_at_the_next_request(company: Company) -> None:
    await company.request(
        company.sam, **{"Customer kind": "Key account", "Overseas customer": "Yes"}
    )
    stranger = await company.form(company.lin, "acme")
    assert stranger.field("Customer kind").value is None, "theirs who may see the visit"
    modal = await company.form(company.sam, "acme")
    assert modal.field("Customer kind").value == "Key account"
    assert modal.field("Overseas customer").value == ["Yes, from abroad"]
    assert A in proposed(modal)
    other = await company.form(company.sam, "Globex")
    assert other.field("Customer kind").value is None


@ON_SQLITE
async def test_a_meeting_lies_within_the_visit(company: Company) -> None:
    for meeting in (ARRIVAL - timedelta(minutes=5), DEPARTURE):
        modal = await filled(company, **{"First meeting": meeting})
        assert "The first meeting must" in (await modal.submit()).errors["First meeting"]


# Editing


async def edited(company: Company) -> Modal:
    await company.sam.click("Edit", message=company.card())
    return await company.sam.modal()


async def test_an_edit_follows_the_procedure_where_the_level_is_left_to_it(
    company: Company,
) -> None:
    await company.request(company.sam)
    modal = await edited(company)
    assert modal.field("Level").value == "As the procedure proposes"
    await modal.fill("Lead guest's title", "Chairman")
    await modal.fill("Purpose", "Signing")
    assert f"Proposed: {A}" in proposed(modal)
    assert not (await modal.submit()).errors
    await company.settle()
    assert (stored(company).level, stored(company).level_reason) == ("a", None)


async def test_an_edit_that_leaves_the_level_behind_needs_a_reason(company: Company) -> None:
    await company.request(company.sam)
    modal = await edited(company)
    await modal.fill_all({"Level": B, "Notes": "New people"})
    await modal.fill("Lead guest's title", "Chairman")
    await modal.submit()
    assert "Please say why" in modal.text()
    assert modal.field("Notes").value == "New people"
    await modal.fill(WHY, "They asked for a plain reception")
    assert not (await modal.submit()).errors
    await company.settle()
    visit = stored(company)
    assert (visit.level, visit.level_reason) == ("b", "They asked for a plain reception")
    modal = await edited(company)
    assert modal.field("Level").value == B
    assert modal.field(WHY).value == "They asked for a plain reception"
    await modal.fill("Notes", "")
    assert not (await modal.submit()).errors


@ON_SQLITE
async def test_moving_a_visit_asks_for_no_reason(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.click("Reschedule", message=company.card())
    modal = await company.sam.modal()
    days = timedelta(days=2)
    await modal.fill_all({"Arrival": ARRIVAL + days, "Departure": DEPARTURE + days})
    assert not (await modal.submit()).errors
    await company.settle()
    assert stored(company).arrival.astimezone(SHANGHAI) == ARRIVAL + days
    assert stored(company).level == "b"


@ON_SQLITE
async def test_an_exception_asked_for_in_an_edit_asks_the_approvers_anew(company: Company) -> None:
    await company.request(company.sam, **ONE_DAY, Budget="2750")
    await company.chen.click("Approve")
    await company.settle()
    modal = await edited(company)
    await modal.fill(EXCEPTION, "The signing dinner")
    await modal.submit()
    await company.settle()
    assert stored(company).approval_round == 2
    assert "Reason for the exception" in dm(company.chen, "Approve again").text
    await company.chen.click("Details", message=dm(company.chen, "Approve again"))
    assert "The signing dinner" in (await company.chen.modal()).text()


# In Chinese


@ON_SQLITE
@pytest.mark.parametrize("languages", [{"lin.wei": "zh-CN", "chen.hao": "zh-CN"}])
async def test_it_is_said_in_chinese(company: Company) -> None:
    modal = await company.form(company.lin)
    await modal.fill_all(
        {
            "客户": "远航",
            "来访目的": "签约",
            "主宾": "沈清",
            "主宾职务": "董事长",
            "来访人数": "4",
            "到达时间": ARRIVAL,
            "离开时间": ARRIVAL + timedelta(hours=6),
            "接待级别": "B 级（经理）",
        }
    )
    level = "建议级别：A 级（高层、大客户）"
    assert proposed(modal).startswith(f"{level} · 来宾最高职级：副总经理及以上")
    await modal.fill("为何选此级别", "仅工程师来访")
    details = (await modal.submit()).view
    assert details is not None
    assert (details.title, details.submit_label, details.close_label) == (
        "补充信息",
        "保存",
        "跳过",
    )
    await details.fill_all({"预算": "9000", "交通方式": "飞机"})
    assert "超出该级别标准（¥2,200） ¥6,800" in details.text().replace("*", "")
    assert "超出部分分担如下：部门 50%、经办人 50%" in details.text()
    await details.fill("特批理由", "签约晚宴")
    result = await details.submit()
    assert not result.errors
    await company.settle()
    card = company.chen.last_dm().text
    assert "仅工程师来访" in card
    assert "签约晚宴" in card
