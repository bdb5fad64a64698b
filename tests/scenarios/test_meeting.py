"""Whoever meets or rides with the guests has what they need, and no more (F08, F12, E20)."""

from datetime import timedelta

from tests.scenarios.company import ARRIVAL, CARS, ON_SQLITE, PICKUP, Company, dm
from tests.scenarios.procedures.flow import HOUR, MINUTE
from tests.scenarios.test_changes import assign
from tests.scenarios.test_drives import TOWN, cars
from tests.scenarios.test_notice import fill

PARTY = "Bob Lee, Engineer, vegan\nDr. Jane Smith, Purchasing director, no pork"
PHONE = {"Contact's phone": "+49 171 1234567"}


async def test_who_drives_greets_or_receives_them_sees_names_flight_and_phone(  # F12, P15
    company: Company,
) -> None:
    await company.approved(company.sam, **CARS, **PHONE, Guests=PARTY, Budget="5000")
    await fill(company, company.sam, "Travel", Terminal_or_station="Terminal 2")
    await fill(
        company,
        company.sam,
        "Greeting",
        Greeting_place="Exit 12",
        Who_greets="dev.nair",
        Words_on_the_name_sign="Welcome, Acme",
        Flowers_at_the_greeting="Yes",
    )
    await assign(company)
    await company.until(PICKUP - 15 * MINUTE)
    cards = [
        dm(company.ma, "Be there with the car: Pickup").text,
        dm(company.dev, "You greet the guests").text,
        dm(company.xu, "Prepare the visit").text,
    ]
    for card in cards:
        assert card.index("Dr. Jane Smith") < card.index("Bob Lee"), "the lead guest first"
        assert "Engineer" in card
        assert "LH728" in card
        assert "Terminal 2" in card
        assert "+49 171 1234567" in card
        assert "5,000" not in card
    for card in cards[:2]:
        assert not any(diet in card for diet in ("vegan", "no pork"))
        assert "Welcome, Acme" in card
        assert "Flowers" in card
    assert "Exit 12" in cards[1]
    assert cards[2].count("vegan") == cards[2].count("vegan × 1"), "for its tea: counts, no names"
    assert "Welcome, Acme" not in cards[2], "the front desk holds no sign at the airport"


@ON_SQLITE
async def test_another_greeter_takes_over(company: Company) -> None:  # F12
    await company.approved(company.sam)
    await fill(company, company.sam, "Greeting", Who_greets="dev.nair")
    await fill(company, company.sam, "Greeting", Who_greets="tom.reed")
    assert "You greet the guests" in company.tom.last_dm().text
    assert "Somebody else greets" in "\n".join(message.text for message in company.dev.dms())


async def test_escorts_hear_at_once_of_hotel_and_restaurant_with_their_car(  # E20, P18
    company: Company,
) -> None:
    await company.approved(company.sam, **CARS, **{"Second host": "lin.wei"})
    await cars(company, company.sam)
    await company.sam.click("Add a drive")
    form = await company.sam.modal()
    await form.fill_all(TOWN)
    more = (await form.submit()).view
    assert more is not None
    await more.fill_all({"Rides along": ["lin.wei"]})
    await more.submit()
    await company.settle()
    for view in reversed(company.sam.modals):
        await view.close()
    await fill(company, company.mei, "Lodging", Hotel="Grand Hotel, Bund 1")
    told = dm(company.lin, "Booked for the visit")
    assert "Hotel: Grand Hotel, Bund 1" in told.text
    assert "Grand Hotel, main door → Old town, east gate" in told.text
    assert "No driver yet" in told.text
    await company.liu.click("Assign driver", near="Ride")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8, 沪A·3K862"})
    await form.submit()
    await company.settle()
    assert "GL8, 沪A·3K862" in dm(company.lin, "Booked for the visit").text
    said = len(company.lin.dms())
    await company.mei.click("Done", near="Meals", message=dm(company.mei, "Prepare the visit"))
    await company.settle()
    assert "✅ Meals" in dm(company.lin, "Booked for the visit").text
    assert len(company.lin.dms()) <= said + 1


async def test_guests_in_their_own_car_get_place_and_route_with_the_call(  # F08, P04, R6.6
    company: Company,
) -> None:
    await company.approved(company.sam, **PHONE, **{"Travel by": "Own car"})
    await company.until(ARRIVAL - timedelta(hours=24) + MINUTE)
    warned = dm(company.mei, "come in their own car")
    assert warned.buttons == ["Fill in", "Details"]
    route = "Gate 3, Harbour Road 8; exit A4 north, 09:45"
    await fill(company, company.sam, "Travel", **{"Own car: meeting point and route": route})
    assert "meeting point and route are known" in warned.text
    await company.until(ARRIVAL - HOUR)
    call = dm(company.sam, "Call the guest").text
    assert route in call
    assert "+49 171 1234567" in call


@ON_SQLITE
async def test_a_route_that_is_missing_on_the_day_is_said_to_the_host(company: Company) -> None:
    await company.approved(company.sam, **{"Travel by": "Own car"})
    await company.until(ARRIVAL - HOUR)
    assert "No meeting point and no route" in dm(company.sam, "Call the guest").text
