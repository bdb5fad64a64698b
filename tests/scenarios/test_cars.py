"""Cars: assigned, refused, given on, missing (R6)."""

from datetime import timedelta

import pytest

from services.cars.trips import assign_car
from services.reading.desk import Desk
from templates.cars import views
from tests.scenarios.company import ARRIVAL, CARS, DROPOFF, PICKUP, Company, dm
from tests.scenarios.test_changes import assign

MINUTE = timedelta(minutes=1)
PICKUP_ONLY = {name: CARS[name] for name in ("Pickup place", "Pickup time")}


async def test_only_drivers_are_offered(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await company.liu.click("Assign driver")
    form = await company.liu.modal()

    assert form.field("Driver").options == ["马龙", "Tom Reed"]


async def test_without_drivers_the_form_says_what_to_do(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    company.give_role("driver")
    await company.liu.click("Assign driver")
    form = await company.liu.modal()

    assert "Nobody holds the role of driver" in form.text()
    assert form.submit_label is None


async def test_a_driver_who_lost_the_role_meanwhile_is_refused(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await company.liu.click("Assign driver")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    company.give_role("driver", "tom.reed")

    result = await form.submit()

    assert "no driver yet" in result.errors["Driver"]


async def test_who_drives_elsewhere_is_marked_and_only_chosen_knowingly(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await assign(company)
    await company.approved(company.sam, Customer="Borg", **PICKUP_ONLY)
    await company.liu.click("Assign driver")
    form = await company.liu.modal()
    assert form.field("Driver").options == ["Tom Reed", "马龙 · busy 08:45–10:00"]
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})

    result = await form.submit()
    assert "already drives for V-2026-0001" in result.errors["Driver"]
    assert form.field("Car").value == "GL8"

    await form.fill("Two drives at once", ["Assign even so"])
    assert (await form.submit()).closed
    await company.settle()
    assert [m.text for m in company.ma.dms() if "Accept" in m.buttons][-1].count("Borg") == 1


async def test_who_became_busy_since_the_form_opened_is_asked_about_anew(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await company.approved(company.sam, Customer="Borg", **PICKUP_ONLY)
    first, second = [m for m in company.liu.dms() if "Assign driver" in m.buttons]
    await company.liu.click("Assign driver", message=second)
    late = await company.liu.modal()
    await late.fill_all({"Driver": "ma.long", "Car": "GL8"})
    with company.bot.database.session() as session:  # the coordinator is quicker
        desk = Desk(session, company.clock.now(), company.bot.site, company.mei.id, "slack")
        assign_car(desk, 1, company.ma.id, "Benz V")

    assert not (await late.submit()).closed

    form = await company.liu.modal()
    assert "already drives for V-2026-0001" in form.text()
    assert form.field("Car").value == "GL8"
    await form.fill("Two drives at once", ["Assign even so"])
    assert (await form.submit()).closed
    await company.settle()
    assert "Assign driver" not in second.buttons
    assert first.buttons == ["Change driver"]


async def test_many_drivers_are_searched(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "OPTIONS", 1)
    await company.approved(company.sam, **PICKUP_ONLY)
    await company.liu.click("Assign driver")
    form = await company.liu.modal()
    assert await form.options("Driver", "tom") == ["Tom Reed"]
    await form.fill_all({"Driver": "tom.reed", "Car": "GL8"})
    assert (await form.submit()).closed
    await company.settle()
    assert "Accept" in company.tom.last_dm().buttons


async def test_only_the_dispatcher_assigns(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    card = dm(company.liu, "Assign cars")
    company.give_role("dispatcher", "mei.fang")
    company.give_role("front_desk", "liu.yang")

    await company.liu.click("Assign driver", message=card)

    assert "Only the dispatcher" in company.liu.ephemeral()[-1].text


async def test_without_a_dispatcher_the_coordinator_assigns(company: Company) -> None:
    company.give_role("dispatcher")
    await company.approved(company.sam, **PICKUP_ONLY)
    card = dm(company.mei, "Assign cars")
    await company.mei.open_home()
    assert "Assign driver" in company.mei.home.buttons

    await company.mei.click("Assign driver", message=card)
    form = await company.mei.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    assert (await form.submit()).closed
    await company.settle()
    await company.ma.click("Can't", message=company.ma.last_dm())
    await (await company.ma.modal()).submit()
    await company.settle()
    assert "cannot drive" in company.mei.last_dm().text
    assert "Assign driver" in company.mei.last_dm().buttons

    company.give_role("dispatcher", "liu.yang")
    await company.settle()
    assert "Assign driver" in dm(company.liu, "Assign cars").buttons


async def test_a_drive_given_to_somebody_else_is_not_the_first_ones(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await company.liu.click("Assign driver")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()
    old = company.ma.last_dm()
    await company.ma.click("Accept")
    await company.settle()
    assert old.buttons == ["Can't"]

    await company.until(PICKUP - 10 * MINUTE)
    alert = company.liu.last_dm()
    assert "马龙 has not reported" in alert.text
    ready = company.ma.last_dm()
    await company.liu.click("Change driver", message=alert)
    form = await company.liu.modal()
    await form.fill_all({"Driver": "tom.reed", "Car": "Benz V"})
    await form.submit()
    await company.settle()

    assert "no longer yours" in ready.text
    assert ready.buttons == []
    assert company.ma.sees("no longer yours")
    assert dm(company.tom, "Be there with the car").buttons == ["Car is here", "Etiquette"]


async def test_a_driver_who_accepted_may_still_fall_ill(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await assign(company)
    card = company.ma.last_dm()
    await company.ma.click("Accept", message=card)
    await company.settle()

    await company.ma.click("Can't", message=card)
    form = await company.ma.modal()
    await form.fill("Reason", "Ill")
    await form.submit()
    await company.settle()

    assert "cannot drive" in dm(company.liu, "Ill").text
    assert card.buttons == ["I can after all"]
    assert "Assign driver" in company.liu.dms()[0].buttons

    await company.ma.click("I can after all", message=card)
    await company.settle()

    assert card.buttons == ["Can't"]
    assert "You have accepted" in card.text
    assert company.liu.dms()[0].buttons == ["Change driver"]


async def test_a_visit_that_ended_by_a_slip_of_the_driver_goes_on(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await assign(company)
    for card in company.ma.dms():
        await company.ma.click("Accept", message=card)
        await company.settle()
    await company.ma.open_home()
    assert "Car is here" not in company.ma.home.buttons  # it is a week to come

    await company.until(DROPOFF - 10 * MINUTE)
    ready = company.ma.last_dm()
    for label in ("Car is here", "Guests aboard", "Dropped off"):
        await company.ma.click(label, message=ready)
        await company.settle()
    assert "Follow-up" in company.card().text

    await company.ma.click("Take back", message=ready)
    await company.settle()

    assert "Follow-up" not in company.card().text
    assert "Approved" in company.card().text
    assert ready.buttons == ["Dropped off", "Take back"]
    assert "the last report was taken back" in company.history()
    await company.ma.click("Dropped off", message=ready)
    await company.settle()
    assert "Follow-up" in company.card().text


async def test_who_may_not_press_a_button_of_a_card_is_told_who_may(company: Company) -> None:
    await company.approved(company.sam)

    await company.tom.click("Edit", message=company.card())

    assert "Only the requester, the host" in company.tom.ephemeral()[-1].text


async def test_a_driver_who_clicks_an_old_card_is_told(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await assign(company)
    card = company.ma.last_dm()
    await company.mei.click("Cancel", message=company.card())
    form = await company.mei.modal()
    await form.fill("Reason", "Called off")
    await form.submit()

    await company.ma.click("Accept", message=card)  # before the card is brought up to date

    assert "ancelled" in company.ma.ephemeral()[-1].text


async def test_a_car_that_is_not_reported_alarms_host_and_dispatcher(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await assign(company)
    await company.ma.click("Accept")
    await company.until(PICKUP - 10 * MINUTE)

    alarms = [dm(company.sam, "No car yet"), dm(company.liu, "No car yet")]
    assert all("马龙" in alarm.text for alarm in alarms)
    await company.ma.click("Car is here")
    await company.settle()

    assert all("was reported at" in alarm.text for alarm in alarms)


async def test_a_driver_says_no_without_a_reason(company: Company) -> None:
    await company.approved(company.sam, **PICKUP_ONLY)
    await assign(company)
    await company.ma.click("Can't")
    form = await company.ma.modal()
    assert (await form.submit()).closed
    await company.settle()

    assert "马龙 cannot drive" in company.liu.last_dm().text
    assert "Driver cannot" in company.card().text


async def test_guests_in_their_own_car_are_called(company: Company) -> None:
    await company.approved(company.sam, **{"Travel by": "Own car"})

    await company.until(ARRIVAL - 60 * MINUTE)

    assert "without a car of ours" in dm(company.sam, "Call the guest").text
    assert company.liu.dms() == []
