"""Travel: numbers of flights and trains, the level's cars, hubs, other suppliers (A10, A34, A35,
B14)."""

from sandbox.persona_modal import Modal
from tests.scenarios.company import CARS, ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import Flow, lives_by
from tests.scenarios.test_notice import fill, notice, section


async def details(company: Company) -> Modal:
    """Open Add details of the newest visit."""
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Add details")
    return await company.sam.modal()


async def test_a_number_that_is_no_flight_is_refused_with_an_example(company: Company) -> None:  # A10
    await company.request(company.sam)
    form = await details(company)
    await form.fill_all({"Travel by": "Flight", "Flight or train number": "next Tuesday"})
    refused = (await form.submit()).errors["Flight or train number"]
    assert "LH728" in refused
    await form.fill_all({"Flight or train number": "lh 728"})
    assert not (await form.submit()).errors
    await company.settle()
    assert "Flight LH728" in company.card().text


@ON_SQLITE
async def test_a_train_too_and_the_way_back(company: Company) -> None:  # A10
    await company.request(company.sam)
    form = await details(company)
    await form.fill_all({"Travel by": "Train", "Flight or train number": "LH728"})
    assert "G1372" in (await form.submit()).errors["Flight or train number"]
    await form.fill_all({"Flight or train number": "g1372"})
    assert not (await form.submit()).errors
    await company.settle()
    assert "Train G1372" in company.card().text
    modal = await section(company, company.sam, "Travel")
    await modal.fill_all({"Return flight or train": "by plane"})
    assert "LH728 or G1372" in (await modal.submit()).errors["Return flight or train"]
    await modal.fill_all({"Return flight or train": "mu 5101"})
    assert not (await modal.submit()).errors
    assert notice(company)["return_number"] == "MU5101"
