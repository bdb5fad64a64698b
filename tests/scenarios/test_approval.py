"""Leaders decide: in order, once, with reasons; silence goes on to the next (R3.1)."""

import asyncio
from datetime import datetime, timedelta

import pytest

from services.people import roles
from tests.scenarios.company import ARRIVAL, DEPARTURE, REQUEST, SHANGHAI, START, Company, dm


async def test_a_declined_request_ends_with_its_reason(company: Company) -> None:
    await company.request(company.sam)

    await company.chen.click("Decline")
    form = await company.chen.modal()
    await form.fill("Reason", "No capacity that week")
    assert (await form.submit()).closed
    await company.settle()

    assert "No capacity that week" in dm(company.sam, "Declined").text
    assert company.chen.last_dm().buttons == ["Take back", "What was decided", "Details"]
    assert "Declined" in company.card().text
    assert company.card().buttons == ["Details"]
    assert company.zhao.dms() == []


async def test_asked_for_changes_reopen_the_form_with_its_values(company: Company) -> None:
    await company.request(company.sam, Notes="Wants to see line 3")
    await company.chen.click("Approve")
    await company.settle()
    await company.zhao.click("Ask for changes")
    form = await company.zhao.modal()
    await form.fill("What is to be changed", "Please bring <b>fewer</b> people & a *plan*")
    await form.submit()
    await company.settle()

    await company.sam.click("Change request")
    form = await company.sam.modal()
    assert "Please bring <b>fewer</b> people & a *plan*" in form.text()
    assert form.field("Customer").value == "Acme"
    assert form.field("Notes").value == "Wants to see line 3"
    await form.fill("Party size", "2")
    result = await form.submit()
    await company.settle()

    assert result.view is not None
    assert "Approve" in company.chen.last_dm().buttons
    assert "2 people" in company.chen.last_dm().text
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()
    assert "Approved" in company.card().text


async def test_an_answer_that_comes_twice_opens_no_old_form(company: Company) -> None:
    await company.request(company.sam)
    await company.chen.click("Ask for changes")
    form = await company.chen.modal()
    await form.fill("What is to be changed", "Fewer people")
    await form.submit()
    await company.settle()
    asked = dm(company.sam, "Changes asked for")
    await company.sam.click("Change request", message=asked)
    form = await company.sam.modal()
    await form.submit()
    await (await company.sam.modal()).close()
    await company.settle()

    await company.sam.click("Change request", message=asked)

    assert "has changed in the meantime" in company.sam.ephemeral()[-1].text


async def test_of_two_leaders_who_click_at_once_one_decides(company: Company) -> None:
    company.give_role("department_manager", "chen.hao", "helen.park")
    await company.request(company.sam)
    await company.chen.click("Decline")
    form = await company.chen.modal()
    await form.fill("Reason", "Too many people")

    acks = await asyncio.gather(company.helen.click("Approve"), form.submit())
    await company.settle()

    assert all(ack.acked for ack in acks)
    for leader in (company.chen, company.helen):
        assert "Approve" not in leader.last_dm().buttons
        assert "Decline" not in leader.last_dm().buttons
    said = [m.text for m in company.helen.ephemeral()]
    said += [acks[1].view.text()] if acks[1].view is not None else []
    assert len(said) == 1
    assert "nothing is left to decide" in said[0]


async def test_who_clicks_second_is_told_who_decided(company: Company) -> None:
    company.give_role("department_manager", "chen.hao", "helen.park")
    await company.request(company.sam)
    await company.chen.click("Decline")
    form = await company.chen.modal()
    await form.fill("Reason", "Too many people")
    await company.helen.click("Approve")

    result = await form.submit()

    assert result.view is not None
    assert "Helen Park approved" in result.view.text()


async def test_who_is_no_approver_any_more_is_told_so(company: Company) -> None:
    await company.request(company.sam, Host="chen.hao")
    card = dm(company.chen, "Approve the visit")
    company.give_role("department_manager", "helen.park")

    labels = ("Approve", "Decline", "Ask for changes")  # at once: soon they are gone from the card
    await asyncio.gather(*(company.chen.click(label, message=card) for label in labels))
    told = company.chen.ephemeral()
    assert ["for the approvers of this level" in each.text for each in told] == [True] * 3


async def test_silence_goes_on_to_the_next_leader(company: Company) -> None:
    await company.request(company.sam)

    await company.until(START + timedelta(hours=4))

    asked = company.zhao.last_dm()
    assert "no answer within 4 hours" in asked.text
    assert "Approve" in asked.buttons
    assert "Approve" in company.chen.last_dm().buttons
    await company.zhao.click("Approve")
    await company.settle()
    assert "赵敏 approved" in company.chen.last_dm().text


async def test_a_late_request_is_marked_urgent_and_skips_no_approval(company: Company) -> None:
    tomorrow = datetime(2026, 12, 8, 15, 0, tzinfo=SHANGHAI)
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    await modal.fill_all({"Arrival": tomorrow, "Departure": tomorrow + timedelta(hours=3)})

    result = await modal.submit()

    assert result.view is not None
    assert "rgent" in result.view.text()
    await company.settle()
    assert "rgent" in company.chen.last_dm().text
    assert "rgent" in company.card().text
    assert company.zhao.dms() == []


async def test_a_role_that_nobody_holds_is_named_with_what_to_do(company: Company) -> None:
    company.give_role("vice_president")
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    result = await modal.submit()
    assert result.view is not None
    assert "Vice president" in result.view.text()
    assert "/visit setup" in result.view.text()
    await company.settle()
    await company.chen.click("Approve")
    await company.settle()

    assert "Vice president" in dm(company.sam, "/visit setup").text
    await company.ana.click("Assign people")
    form = await company.ana.modal()
    await form.fill("Vice president", ["zhao.min"])
    await form.submit()
    await company.settle()

    assert "Approve" in dm(company.zhao, "Approve the visit").buttons


async def test_a_later_date_is_approved_again(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    day = timedelta(days=1)
    await form.fill_all({"Arrival": ARRIVAL + day, "Departure": DEPARTURE + day})
    result = await form.submit()
    await company.settle()

    assert result.view is not None
    assert "asked again" in result.view.text()
    assert "Approve" in company.chen.last_dm().buttons


async def test_a_new_approver_is_asked_about_every_visit_that_waits(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "AT_ONCE", 1)
    company.give_role("department_manager")
    for customer in ("Acme", "Borg", "Cobb"):
        await company.request(company.sam, Customer=customer)

    company.give_role("department_manager", "wang.guo")
    await company.settle()

    asked = [message.text for message in company.wang.dms() if "Approve" in message.buttons]
    assert len(asked) == 3
    for customer in ("Acme", "Borg", "Cobb"):
        assert any(customer in text for text in asked)
