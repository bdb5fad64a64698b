"""Travel: numbers of flights and trains, the level's cars, hubs, other suppliers (A10, A34, A35,
B14)."""

from sandbox.persona_modal import Modal
from tests.scenarios.company import ARRIVAL, CARS, ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import HOUR, Flow, lives_by
from tests.scenarios.test_notice import fill, notice, section


async def details(company: Company) -> Modal:
    """Open Add details of the newest visit."""
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Add details")
    return await company.sam.modal()


async def test_a_number_that_is_no_flight_is_refused_with_an_example(
    company: Company,
) -> None:  # A10
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


@lives_by("star_levels")
async def test_guests_whose_level_gets_no_car_are_named_before_anybody_asks(  # B14, P09: 3 stars
    company: Company,
) -> None:
    await company.request(company.sam, **{"Lead guest's title": "Purchasing manager"})
    form = await details(company)
    assert "get no car" in form.text()
    assert "ask for an exception first, under Details" in form.text()
    for view in reversed(company.sam.modals):
        await view.close()
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Cars")
    assert "get no car" in (await company.sam.modal()).text()
    await company.sam.click("Add a drive")
    assert "get no car" in (await company.sam.modal()).text()


@ON_SQLITE
@lives_by("ranked_cars")
async def test_the_kinds_of_car_of_the_level_are_said_and_follow_it(  # B14, P17
    company: Company,
) -> None:
    level = company.bot.site.policy.level("ordinary").name.en
    await company.request(company.sam, Level=level)
    await company.sam.click("Edit", message=company.card())
    form = await company.sam.modal()
    assert "company car, taxi" in form.text()
    special = company.bot.site.policy.level("special").name.en
    await form.fill_all({"Level": special})
    await company.settle()
    assert "business car, hired" in (await company.sam.modal()).text()


@ON_SQLITE
async def test_a_pickup_at_short_notice_is_said_to_be_late_before_it_is_saved(  # F02
    company: Company,
) -> None:
    await company.request(company.sam)
    company.clock.set(ARRIVAL - 30 * HOUR)
    form = await details(company)
    assert "marked late" not in form.text()
    await form.fill_all({"Pickup place": "PVG", "Pickup time": ARRIVAL - HOUR})
    await company.settle()
    form = await company.sam.modal()
    assert "This pickup is asked for at short notice: it is marked late" in form.text()
    assert not (await form.submit()).errors
    await company.settle()
    await company.sam.click("Details", message=company.card())
    assert "*Late*: asked for at short notice" in (await company.sam.modal()).text()


@ON_SQLITE
@lives_by("overseas")
async def test_the_procedure_hints_at_a_hub_where_the_way_is_entered(company: Company) -> None:
    """A35, P14."""
    await company.request(company.sam)
    modal = await section(company, company.sam, "Travel")
    assert "by way of a hub" in modal.text()
    assert "by way of a hub" in company.sam.modals[1].text()


@lives_by("overseas")
async def test_other_suppliers_and_the_way_on_reach_host_and_dispatcher(  # A34, P14
    company: Company,
) -> None:
    flow = Flow(company)
    await flow.request("c")
    await flow.approve(company.chen)
    await fill(
        company,
        company.sam,
        "Travel",
        Other_suppliers_on_this_trip="Borg in Ningbo, on the 17th",
        Help_with_the_way_to_the_next_supplier="Yes",
    )
    said = dm(company.liu, "Assign cars").text
    assert "Borg in Ningbo, on the 17th" in said
    assert "Help with the way to the next supplier" in said
    await company.until(CARS["Pickup time"] - HOUR)
    assert "Borg in Ningbo, on the 17th" in dm(company.sam, "Call the guest").text
