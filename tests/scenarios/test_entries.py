"""What people say is kept with a visit from where it was said, and goes on until it is settled."""

from datetime import timedelta

from sandbox.persona_modal import Modal
from tests.scenarios.company import ARRIVAL, START, Company, dm

WORDS = "They ask for the <b>test report</b> & a price by Friday"


async def written(company: Company, **more: object) -> None:
    """林薇 writes in the thread of the visit card; Sam adds it to the visit from there."""
    said = (await company.lin.say(WORDS, thread=company.card())).posted
    ack = await company.sam.shortcut("Add to the visit", message=said)
    assert ack.acked, ack.notice
    form = await company.sam.modal("Add to the visit")
    assert "Visit" not in form.labels(), "the thread says which"
    assert form.field("What was said or happened").value == WORDS
    assert form.field("Said by").value == "林薇"
    await form.fill_all({"Kind": "Promise", "Owner": company.ruth.id, **more})
    result = await form.submit()
    assert result.view is not None, result.errors
    assert "Ruth Adler has it now" in result.view.text()
    await result.view.close()
    await company.settle()


async def test_from_a_message_to_its_owner_and_settled(company: Company) -> None:
    await company.request(company.sam)
    await written(company, Due=ARRIVAL - timedelta(days=1))
    card = dm(company.ruth, "Promise · V-2026-0001 Acme")
    assert WORDS in card.text
    assert "Said by 林薇" in card.text
    assert card.buttons == ["Done", "Answer", "Hand over", "Details"]

    await company.sam.click("Details", message=company.card())
    details = (await company.sam.modal()).text().replace("*", "")
    assert "Open" in details
    assert "Promise · @Ruth Adler · until" in details
    assert WORDS in details

    await company.ruth.click("Answer", message=card)
    form = await company.ruth.modal("Answer")
    await form.fill("Answer", "Sent on Thursday")
    assert (await form.submit()).closed
    await company.settle()
    assert "Promise: done by @Ruth Adler" in card.text
    assert "Sent on Thursday" in card.text
    assert card.buttons == []
    assert len(company.ruth.dms()) == 1, "one message, brought up to date"


async def test_a_note_from_the_details_is_done_and_opened_again(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Note")
    form = await company.sam.modal("Add to the visit")
    assert form.field("Owner").value == "sam.carter"
    await form.fill_all({"Kind": "Complaint", "What was said or happened": "The room was cold"})
    assert (await form.submit()).acked
    await company.settle()
    card = dm(company.sam, "Complaint · V-2026-0001")
    await company.sam.click("Done", message=card)
    await company.settle()
    assert "Complaint: done by @Sam Carter" in card.text
    await company.sam.click("Details", message=company.card())
    details = await company.sam.modal()
    assert "Settled" in details.text()
    await details.click("Reopen")
    await company.settle()
    assert card.buttons == ["Done", "Answer", "Hand over", "Details"]
    assert "Complaint: opened again by" in (await _details(company)).text()


async def _details(company: Company) -> Modal:
    while company.sam.modals:
        await company.sam.modals[-1].close()
    await company.sam.click("Details", message=company.card())
    return await company.sam.modal()


async def test_handed_over_with_its_card(company: Company) -> None:
    await company.request(company.sam)
    await written(company)
    old = dm(company.ruth, "Promise · V-2026-0001")
    await company.ruth.click("Hand over", message=old)
    form = await company.ruth.modal("Hand over")
    await form.fill("New owner", company.zhou.id)
    assert (await form.submit()).closed
    await company.settle()
    assert "Promise: now with @周杰" in old.text
    assert old.buttons == []
    await company.zhou.click("Done", message=dm(company.zhou, "Promise · V-2026-0001"))
    await company.settle()
    assert "Promise: done by @周杰" in dm(company.ruth, "Promise").text


async def test_the_first_click_counts_and_others_may_not(company: Company) -> None:
    await company.request(company.sam)
    await written(company)
    card = dm(company.ruth, "Promise · V-2026-0001")
    old_blocks = list(card.stored.blocks)
    await company.ruth.click("Done", message=card)
    await company.settle()
    card.stored.blocks = old_blocks  # a phone that has not caught up
    await company.ruth.click("Done", message=card)
    assert "Ruth Adler marked this as done" in company.ruth.ephemeral()[-1].text
    await company.ruth.click("Hand over", message=card)
    assert "marked this as done" in company.ruth.ephemeral()[-1].text


async def test_bad_input_is_said_beside_the_field(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Note")
    form = await company.sam.modal("Add to the visit")
    await form.fill_all(
        {"Kind": "Call", "What was said or happened": "Later", "Due": START - timedelta(days=1)}
    )
    errors = (await form.submit()).errors
    assert errors == {"Due": "This lies in the past. Please choose a time to come, or none."}
    await company.settle()
    assert not any("Call · V-2026-0001" in each.text for each in company.sam.dms())


async def test_elsewhere_the_visit_is_chosen_among_those_one_may_see(company: Company) -> None:
    await company.request(company.sam)
    said = (await company.lin.say("Acme wants a sample", channel="visits")).posted
    await company.ma.shortcut("Add to the visit", message=said)
    assert "There is no open visit that you may see" in (await company.ma.modal()).text()
    await company.sam.shortcut("Add to the visit", message=said)
    form = await company.sam.modal("Add to the visit")
    await form.fill("Visit", "V-2026-0001 · Acme · Tue 15 Dec")
    await form.fill("Kind", "Intention")
    assert (await form.submit()).acked
    await company.settle()
    assert "Acme wants a sample" in dm(company.sam, "Intention · V-2026-0001").text
