"""One sign-off: to the end of the ladder, never one's own matter, once for all roles, and kept."""

from datetime import timedelta

from tests.scenarios.company import START, Company, dm


async def test_silence_goes_on_to_the_end_of_the_ladder(company: Company) -> None:  # C03, R3.1
    await company.request(company.sam)
    for hours, leader in ((4, company.zhao), (8, company.helen), (12, company.wang)):
        before = len(leader.dms())
        await company.until(START + timedelta(hours=hours))
        assert len(leader.dms()) == before + 1
        assert "no answer within 4 hours" in leader.last_dm().text
    await company.until(START + timedelta(hours=40))
    assert sum("no answer within" in m.text for m in company.zhao.dms()) == 1

    await company.chen.click("Approve")  # who was passed may still decide
    await company.settle()

    for leader in (company.zhao, company.helen, company.wang):
        assert "陈浩 approved" in leader.dms()[0].text
    assert "Approve" in company.zhao.last_dm().buttons  # by their own role


async def test_nobody_decides_their_own_request(company: Company) -> None:  # R3.1
    number = await company.request(company.chen)

    assert not any("Approve" in message.buttons for message in company.chen.dms())
    asked = dm(company.zhao, "Approve the visit")
    assert "asked for this and does not decide it as well" in asked.text
    assert "One decision of yours counts for all of them" in asked.text
    why = await company.chen.command(f"/visit why {number} approvers", channel="visits")
    assert why.acked
    assert "in place of" in company.chen.ephemeral()[-1].text

    await company.zhao.click("Approve")
    await company.settle()

    assert "Approved" in company.card().text
    assert "Counts for" in company.zhao.last_dm().text


async def test_who_holds_several_of_the_roles_is_asked_once(company: Company) -> None:  # R3.1
    company.give_role("vice_president", "chen.hao")
    await company.request(company.sam)
    assert "You are asked as" in company.chen.last_dm().text

    await company.chen.click("Approve")
    await company.settle()

    assert "Approved" in company.card().text
    assert len([m for m in company.chen.dms() if "Counts for" in m.text]) == 1


async def test_what_was_decided_shows_the_card_as_it_was_read(
    company: Company,
) -> None:  # C05, R3.3
    number = await company.request(company.sam, Notes="Line 3 & <b>lunch</b> *please*")
    await company.chen.click("Approve")
    await company.settle()
    await company.zhao.click("Decline")
    form = await company.zhao.modal()
    await form.fill("Reason", "Not in March")
    await form.submit()
    await company.settle()

    await company.chen.click("What was decided")
    first = (await company.chen.modal()).text()
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Details", message=company.sam.ephemeral()[-1])
    await (await company.sam.modal()).click("What was decided")
    listed = await company.sam.modal("What was decided")
    await listed.click("Show", near="Vice president")
    second = (await company.sam.modal()).text()

    assert "陈浩 approved" in first
    assert "Approve the visit of Acme?" in first
    assert "Line 3 & <b>lunch</b> *please*" in first
    assert "Please decide by" in first
    assert "Not in March" in second
    assert "Approve the visit of Acme?" in second
