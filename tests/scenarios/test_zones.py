"""Somebody in another time zone than the site's is told which clock a form means."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.scenarios.company import Company

NOTE = "Times are in your own time zone (London); the site is in Shanghai."


async def test_a_form_names_the_clock_where_it_is_not_the_sites(company: Company) -> None:
    assert NOTE in (await company.form(company.sam)).text()
    assert NOTE not in (await company.form(company.ana)).text()


async def test_an_edit_names_the_clock_too(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.click("Edit", message=company.card())
    assert NOTE in (await company.sam.modal()).text()


async def test_the_first_words_of_somebody_abroad_are_taken_by_their_own_clock(
    company: Company,
) -> None:
    """Sam has not spoken to the bot before: ten o'clock is London's all the same."""
    form = await company.form(company.sam, "Acme 12 Dec 10:00")
    inputs = {block["block_id"]: block.get("element", {}) for block in form.view.blocks}
    ten = datetime(2026, 12, 12, 10, tzinfo=ZoneInfo("Europe/London"))
    assert inputs["arrival"]["initial_date_time"] == int(ten.timestamp())
