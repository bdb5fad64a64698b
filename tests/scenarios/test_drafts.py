"""What was begun is not lost: drafts (also of a bot that was restarted meanwhile)."""

import asyncio
from datetime import timedelta

from services.reading.desk import Desk
from services.request.drafts import keep_draft
from tests.scenarios.asking import entered
from tests.scenarios.company import ARRIVAL, PICKUP, REQUEST, Company, submission


async def test_a_closed_form_can_be_taken_up_again(company: Company) -> None:
    modal = await company.form(company.sam)
    assert "Resume draft" not in modal.buttons
    more = {
        "Lead guest": "Ann Lee",
        "Contact's phone": "138 1234 5678",
        "Customer kind": "Key account",
    }
    await modal.fill_all(REQUEST | more)
    await modal.close()

    modal = await company.form(company.sam)
    assert modal.field("Lead guest").value is None
    await modal.click("Resume draft")

    assert "Acme" in modal.field("Customer").value
    assert modal.field("Lead guest").value == "Ann Lee"
    assert modal.field("Contact's phone").value == "138 1234 5678"
    assert modal.field("Customer kind").value == "Key account"
    assert entered(modal, "Arrival") == ARRIVAL
    assert modal.field("Purpose").value == "Site audit"
    result = await modal.submit()
    assert result.view is not None
    await result.view.close()
    await company.settle()
    assert "Ann Lee" in company.chen.last_dm().text
    modal = await company.form(company.sam)
    assert "Resume draft" not in modal.buttons


async def test_a_prefilled_form_is_worth_a_draft_only_once_it_was_touched(company: Company) -> None:
    # What the command's words gave can be given again by the same words; a draft of it would only
    # be offered in the way of the next request.
    modal = await company.form(company.sam, "Acme 12 Dec 10:00")
    assert "Acme" in modal.field("Customer").value
    await modal.close()
    modal = await company.form(company.sam)
    assert "Resume draft" not in modal.buttons
    await modal.close()

    modal = await company.form(company.sam, "Acme 12 Dec 10:00")
    await modal.fill("Lead guest", "Ann Lee")
    await modal.close()

    modal = await company.form(company.sam)
    await modal.click("Resume draft")
    assert modal.field("Lead guest").value == "Ann Lee"
    assert "Acme" in modal.field("Customer").value  # the words are part of what was begun
    assert modal.field("Arrival").value is not None


async def test_starting_afresh_drops_the_draft(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill("Lead guest", "Ann Lee")
    await modal.close()
    modal = await company.form(company.sam)
    await modal.click("Resume draft")
    assert modal.field("Lead guest").value == "Ann Lee"

    await modal.click("Start afresh")

    assert modal.field("Lead guest").value is None
    assert modal.field("Host").value == "sam.carter"
    await modal.close()
    modal = await company.form(company.sam)
    assert "Resume draft" not in modal.buttons


async def test_beginning_another_request_loses_no_draft(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill("Lead guest", "Ann Lee")
    await modal.close()
    company.clock.advance(timedelta(minutes=5))
    modal = await company.form(company.sam)
    await modal.fill("Lead guest", "Bob Ray")
    await modal.click("Resume draft")
    assert modal.field("Lead guest").value == "Ann Lee"
    await modal.fill_all(REQUEST)
    await company.number(await modal.submit())

    modal = await company.form(company.sam)
    await modal.click("Resume draft")

    assert modal.field("Lead guest").value == "Bob Ray"


async def test_drafts_are_ones_own(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill("Lead guest", "Ann Lee")
    await modal.close()

    modal = await company.form(company.lin)

    assert "Resume draft" not in modal.buttons


async def test_of_changes_that_come_fast_the_last_counts(company: Company) -> None:
    modal = await company.form(company.sam)
    for number in range(8):
        await asyncio.gather(
            modal.fill("Lead guest", f"note {number}"), modal.fill("Party size", "7")
        )
    await company.settle()
    await modal.close()

    modal = await company.form(company.sam)
    await modal.click("Resume draft")

    assert modal.field("Lead guest").value == "note 7"
    assert modal.field("Party size").value == "7"


async def test_a_draft_that_was_sent_from_another_device_is_gone(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    on_the_phone = submission(company, modal)
    other = await company.form(company.sam)
    assert "Resume draft" in other.buttons
    await company.dispatch(on_the_phone)

    await other.click("Resume draft")

    assert "changed in the meantime" in (await company.sam.modal()).text()


async def test_what_was_said_of_details_before_is_there_once_they_are_asked(
    company: Company,
) -> None:
    # Of a draft of the whole form, as it was asked before, or of the words behind the command.
    said = {"customer": "Acme", "notes": "They like tea", "pickup_time": int(PICKUP.timestamp())}
    with company.bot.database.session() as session:
        desk = Desk(session, company.clock.now(), company.bot.site, company.sam.id, "slack")
        keep_draft(desk, "old", said)
    modal = await company.form(company.sam)
    await modal.click("Resume draft")
    assert "Acme" in modal.field("Customer").value
    await modal.fill("Party size", "7")
    await modal.close()  # and taken up once more

    modal = await company.form(company.sam)
    await modal.click("Resume draft")
    await modal.fill_all(REQUEST)
    details = (await modal.submit()).view

    assert details is not None
    assert details.field("Notes").value == "They like tea"
    assert entered(details, "Pickup time") == PICKUP


async def test_a_known_name_wins_over_the_day_in_it(company: Company) -> None:
    form = await company.form(company.lin, "Acme Monday")
    field = form.field("Customer")
    assert field.value == "Acme"
    assert "If the customer is called “Acme Monday”" in (field.hint or "")
    await form.close()
    await company.request(company.lin, Customer="Acme Monday")
    form = await company.form(company.lin, "Acme Monday")
    field = form.field("Customer")
    assert (field.value, field.hint) == ("Acme Monday", None)
    assert form.field("Arrival").value is None
