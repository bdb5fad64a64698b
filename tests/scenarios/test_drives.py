"""The cars of a visit asked for one by one: the whole car request (F01, F02, F12)."""

from datetime import timedelta
from typing import Any

from sandbox.persona import Persona
from tests.scenarios.company import ARRIVAL, CARS, DEPARTURE, DROPOFF, ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import DAY, HOUR, MINUTE, Flow, lives_by
from tests.scenarios.test_changes import assign

RIDE = ARRIVAL + 6 * HOUR
TOWN: dict[str, Any] = {
    "Kind of drive": "Ride",
    "From": "Grand Hotel, main door",
    "To": "Old town, east gate",
    "When": RIDE,
    "Use in town": "Sights and dinner",
}


async def cars(company: Company, person: Persona) -> None:
    """Open the cars of the newest visit under its Details."""
    await person.click("Details", message=company.card())
    await person.click("Cars")


async def add(company: Company, person: Persona, **more: Any) -> None:
    """Ask for one more drive, with nothing else to it."""
    await person.click("Add a drive")
    form = await person.modal()
    await form.fill_all(TOWN | more)
    result = await form.submit()
    assert not result.errors, result.errors
    assert result.view is not None
    await result.view.close()
    await company.settle()


async def test_a_ride_in_town_is_asked_for_with_all_that_the_form_of_p14_asks(  # F01
    company: Company,
) -> None:
    await company.approved(company.sam, **CARS)
    await cars(company, company.sam)
    await company.sam.click("Add a drive")
    form = await company.sam.modal()
    assert len(form.labels()) <= 10
    await form.fill_all(TOWN)
    more = (await form.submit()).view
    assert more is not None
    assert len(more.labels()) <= 10
    await more.fill_all(
        {
            "Name sign": "Welcome, Acme",
            "Flowers": ["Yes"],
            "Banner": "Welcome to Shanghai",
            "Special vehicle": "Ramp for a wheelchair",
            "Luggage": "6 suitcases",
            "Rides along": ["lin.wei"],
            "Department": "Export sales",
            "Remarks": "Two stops on the way",
        }
    )
    result = await more.submit()
    assert not result.errors
    await company.settle()

    shown = (await company.sam.modal()).text()
    for words in (
        "Ride",
        "Grand Hotel, main door → Old town, east gate",
        "Welcome, Acme",
        "Welcome to Shanghai",
        "Ramp for a wheelchair",
        "6 suitcases",
        "Export sales",
        "Two stops on the way",
        "Sights and dinner",
    ):
        assert words in shown, words
        assert words in dm(company.liu, "Assign cars").text, words
    assert "Old town" in company.sam.modals[0].text(), "the details behind are brought up to date"
    assert "Ride: car asked for" in company.history()


async def test_a_ride_is_driven_told_of_and_missed_like_every_drive(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await cars(company, company.sam)
    await add(company, company.sam)
    await company.liu.click("Assign driver", near="Ride")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()
    asked = dm(company.ma, "Can you drive?")
    assert "Grand Hotel, main door" in asked.text
    assert "Old town, east gate" in asked.text
    await company.ma.click("Accept", message=asked)
    await company.until(RIDE - 15 * MINUTE)
    ready = dm(company.ma, "Be there with the car: Ride")
    assert "where the ride begins" in ready.text
    await company.until(RIDE - 10 * MINUTE)
    assert "马龙 has not reported" in dm(company.liu, "No car yet for Acme: Ride").text
    for label in ("Car is here", "Guests aboard", "Dropped off"):
        await company.ma.click(label, message=ready)
        await company.settle()
    assert "Approved" in company.card().text, "a ride in town does not end the visit"
    assert "Follow-up" not in company.card().text


@ON_SQLITE
async def test_the_last_drop_off_ends_the_visit_also_with_rides(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await cars(company, company.sam)
    await add(company, company.sam)
    for trip in ("Pickup", "Ride", "Drop-off"):
        await company.liu.click("Assign driver", near=trip)
        form = await company.liu.modal()
        await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
        await form.submit()
        await company.settle()
        await company.ma.click("Accept")
        await company.settle()
    await company.until(DROPOFF - 10 * MINUTE)
    ready = dm(company.ma, "Be there with the car: Drop-off")
    for label in ("Car is here", "Guests aboard", "Dropped off"):
        await company.ma.click(label, message=ready)
        await company.settle()
    assert "Follow-up" in company.card().text


@ON_SQLITE
async def test_what_cannot_be_driven_is_refused_beside_its_field(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await cars(company, company.sam)
    await company.sam.click("Add a drive")
    form = await company.sam.modal()
    for wrong, label, words in (
        ({"When": DEPARTURE + HOUR}, "When", "not within the visit"),
        ({"When": ARRIVAL - HOUR}, "When", "not within the visit"),
        ({"When": company.clock.now() - HOUR}, "When", "lies in the past"),
        ({"To": "", "Use in town": ""}, "To", "what the car is used for"),
        ({"From": ""}, "From", "fill this in"),
        ({"Days needed": "5"}, "Days needed", "fewer days"),
    ):
        await form.fill_all(TOWN | {"Days needed": "1"} | wrong)
        assert words in (await form.submit()).errors[label], wrong
    place = "Gate 7, " * 25
    assert len(place) == 200
    await form.fill_all(TOWN | {"Days needed": "1", "From": place})
    view = (await form.submit()).view
    assert view is not None
    assert place.strip() in view.text(), "200 characters whole"


@ON_SQLITE
async def test_a_drive_of_two_days_keeps_its_driver_until_the_last_one_ends(  # F01, R4.3
    company: Company,
) -> None:
    await company.approved(company.sam)
    await cars(company, company.sam)
    await add(company, company.sam, **{"Days needed": "2"})
    assert "2 days" in (await company.sam.modal()).text()
    await assign(company)
    await add(company, company.sam, When=DEPARTURE - 2 * HOUR, To="Port")
    await company.liu.click("Assign driver", near="Port")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    assert "already drives" in (await form.submit()).errors["Driver"]


@ON_SQLITE
async def test_a_drive_is_changed_and_removed(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await cars(company, company.sam)
    await add(company, company.sam)
    await company.liu.click("Assign driver", near="Ride")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()
    await company.ma.click("Accept")
    await company.settle()

    await company.sam.click("Change", near="Old town")
    form = await company.sam.modal()
    await form.fill_all({"To": "Port, pier 3"})
    view = (await form.submit()).view
    assert view is not None
    await view.close()
    await company.settle()
    assert "Port, pier 3" in company.ma.last_dm().text
    assert "Accept" in company.ma.last_dm().buttons, "asked anew: the way is another"

    await company.sam.click("Remove", near="Port")
    await company.settle()
    assert "no longer yours" in company.ma.last_dm().text
    assert "Port" not in (await company.sam.modal()).text()


@ON_SQLITE
async def test_rides_go_along_when_the_visit_moves(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await cars(company, company.sam)
    await add(company, company.sam)
    for view in reversed(company.sam.modals):
        await view.close()
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    day = timedelta(days=1)
    await form.fill_all({"Arrival": ARRIVAL + day, "Departure": DEPARTURE + day})
    assert (await form.submit()).errors == {}
    await company.settle()
    await cars(company, company.sam)
    assert "Wed 16 Dec" in (await company.sam.modal()).text().split("Ride")[1]


@lives_by("overseas")
async def test_a_car_asked_for_within_two_days_is_marked_late_and_not_refused(  # F02, P14
    company: Company,
) -> None:
    flow = Flow(company)
    await flow.request("c")
    await flow.approve(company.chen)
    assert "Late" not in dm(company.liu, "Assign cars").text
    company.clock.set(RIDE - 2 * DAY + MINUTE)
    await cars(company, company.sam)
    await company.sam.click("Add a drive")
    form = await company.sam.modal()
    assert "asked for in time up to Tue 15 Dec, 08:01 (16:01 Shanghai time)" in form.text()
    await form.fill_all(TOWN)
    view = (await form.submit()).view
    assert view is not None
    assert "*Late*: asked for at short notice" in view.text()
    await view.close()
    await company.settle()
    assert "*Late*: asked for at short notice" in (await company.sam.modal()).text()
    assert "*Late*: asked for at short notice" in company.sam.modals[0].text()
    said = dm(company.liu, "Assign cars").text.split("*Ride*")[1]
    assert "*Late*: asked for at short notice" in said
