"""One sign-off: to the end of the ladder, never one's own matter, once for all roles, and kept."""

from datetime import timedelta

from tests.scenarios.company import START, Company, dm

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"


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


async def test_a_decision_is_taken_back_and_what_had_gone_out_says_so(company: Company) -> None:
    await company.request(company.sam)
    await company.chen.click("Approve")
    await company.settle()
    asked = company.zhao.last_dm()
    assert "Approve" in asked.buttons

    await company.chen.click("Take back")
    await company.settle()

    assert "was taken back" in company.zhao.last_dm().text
    assert company.zhao.last_dm().buttons == ["Details"]
    assert "Approve" in company.chen.last_dm().buttons
    assert "took back the decision" in company.history()
    await company.chen.click("Approve")
    await company.settle()
    assert len([m for m in company.zhao.dms() if "Approve" in m.buttons]) == 1
    await company.zhao.click("Approve")
    await company.settle()
    await company.chen.click("What was decided")  # the next leader has decided: no Take back
    assert "Take back" not in company.chen.last_dm().buttons
    await company.zhao.click("Take back")
    await company.settle()
    assert "Taken back" in dm(company.sam, "Taken back").text
    assert "not approved at present" in dm(company.mei, "not approved at present").text


async def test_a_take_back_that_comes_too_late_is_refused_in_words(company: Company) -> None:
    await company.request(company.sam)
    await company.chen.click("Approve")
    await company.settle()
    card = company.chen.last_dm()
    await company.zhao.click("Approve")
    await company.chen.click("Take back", message=card)
    assert "赵敏 has gone by your decision already" in company.chen.ephemeral()[-1].text
    await company.settle()
    mine = company.zhao.last_dm()
    company.clock.advance(timedelta(minutes=31))
    await company.zhao.click("Take back", message=mine)
    assert "30 minutes, and those are over" in company.zhao.ephemeral()[-1].text


async def test_approved_by_phone_says_so_until_the_leader_confirms(company: Company) -> None:
    number = await company.request(company.sam)
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Details", message=company.sam.ephemeral()[-1])
    await (await company.sam.modal()).click("Approved by phone")
    form = await company.sam.modal("Approved by phone")
    await form.fill("Picture", [("yes.png", b"not a picture")])
    assert (await form.submit()).errors["Picture"].startswith("The content of this file")
    await form.fill("What was said", "Yes & <welcome>")
    await form.fill("Picture", [("yes.png", PNG)])
    assert not (await form.submit()).errors
    await company.settle()

    assert "by phone, not confirmed yet" in company.card().text
    asked = dm(company.chen, "has not confirmed it yet")
    assert "Yes & <welcome>" in asked.text
    assert "yes.png" in asked.text
    await company.chen.click("Send to me", message=asked)
    await company.settle()
    [sent] = dm(company.chen, "From the files of V-2026-0001").stored.files
    assert sent.content == PNG
    assert "Approve" in company.zhao.last_dm().buttons
    await company.chen.click("Yes, I approved")
    await company.settle()

    assert "not confirmed yet" not in company.card().text
    assert "has confirmed it" in dm(company.chen, "has confirmed it").text
    assert "recorded it" in company.history()


async def test_an_approver_delegates_and_all_say_who_decided_for_whom(
    company: Company,
) -> None:  # C02, R3.1
    company.give_role("department_manager", "chen.hao", "wang.guo")
    number = await company.request(company.sam)
    await company.chen.click("Delegate")
    form = await company.chen.modal()
    await form.fill("To whom", "sam.carter")
    refused = await form.submit()
    assert "cannot decide in your place" in refused.errors["To whom"]
    await form.fill("To whom", "wang.guo")
    await form.fill("Reason", "On leave")
    await form.submit()
    await company.settle()

    assert "Delegated to" in company.chen.last_dm().text
    assert "Delegate" not in company.chen.last_dm().buttons
    asked = company.wang.last_dm()
    assert "delegates this decision to you" in asked.text
    assert "On leave" in asked.text
    assert asked.buttons[:3] == ["Approve", "Decline", "Ask for changes"]
    await company.sam.command(f"/visit why {number} approvers", channel="visits")
    assert "delegated it to" in company.sam.ephemeral()[-1].text

    await company.wang.click("Approve")
    await company.settle()

    assert "On behalf of @陈浩" in company.chen.last_dm().text
    assert "On behalf of @陈浩" in company.wang.last_dm().text
    assert "on behalf of @陈浩" in company.card().text
    assert "delegated the decision" in company.history()
    assert "(on behalf of @陈浩)" in company.history()
