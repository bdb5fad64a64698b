"""Somebody in another time zone than the site's is told which clock a form means."""

from tests.scenarios.company import Company

NOTE = "Times are in your own time zone (London); the site is in Shanghai."


async def test_a_form_names_the_clock_where_it_is_not_the_sites(company: Company) -> None:
    assert NOTE in (await company.form(company.sam)).text()
    assert NOTE not in (await company.form(company.ana)).text()


async def test_an_edit_names_the_clock_too(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.click("Edit", message=company.card())
    assert NOTE in (await company.sam.modal()).text()
