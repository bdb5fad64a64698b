"""Ten inputs, and the details that follow the sending (A01, A02, A04, A09)."""

import pytest

from models.base.words import TripKind
from models.reading.picture import VisitPicture
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.asking import add, asked, entered, is_details
from tests.scenarios.company import (
    ARRIVAL,
    CARS,
    DROPOFF,
    ON_SQLITE,
    PICKUP,
    REQUEST,
    Company,
    dm,
    submission,
)

TEN = [
    *("Customer", "Purpose", "Lead guest", "Lead guest's title", "Party size"),
    *("Arrival", "Departure", "Host", "Level", "Contact's phone"),
]
DETAILS = [
    *("Guests", "Travel by", "Flight or train number", "Pickup place", "Pickup time"),
    *("Drop-off time", "Drop-off place", "First meeting", "Meeting place", "Budget"),
    *("Second host", "Account owner", "Notes"),
]


def stored(company: Company, visit_id: int = 1) -> VisitPicture:
    with company.bot.database.reading() as session:
        return looks.picture(session, visit_id, company.bot.site, in_full=True)


async def sent(company: Company) -> Modal:
    """The details of a request that sam sent just now."""
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    result = await modal.submit()
    assert not result.errors
    assert result.view is not None
    return result.view


async def opened(company: Company, label: str = "Add details") -> Modal:
    """A form that sam opens under Details."""
    await company.sam.click("Details", message=company.card())
    await company.sam.click(label)
    return await company.sam.modal()


async def test_a_request_has_ten_inputs_and_the_facts_that_the_policy_asks_for(
    company: Company,
) -> None:
    modal = await company.form(company.sam)
    assert asked(modal) == [*TEN, "Customer kind", "Overseas customer"]
    assert "Proposed" not in modal.text()


async def test_the_details_open_once_the_request_is_sent_and_can_be_skipped(
    company: Company,
) -> None:
    details = await sent(company)
    assert asked(details) == DETAILS
    assert all(details.field(label).optional for label in DETAILS)
    assert (details.title, details.close_label) == ("Add details", "Skip")
    assert "V-2026-0001" in details.text()
    assert stored(company).visit.number == "V-2026-0001"  # filed before anything else is asked
    await details.close()
    await company.settle()
    assert not company.sam.modals
    assert "Approve" in company.chen.last_dm().buttons
    await company.chen.click("Approve")
    await company.settle()
    assert "Approve" in company.zhao.last_dm().buttons


async def test_details_change_the_card_that_the_approver_has(company: Company) -> None:
    details = await sent(company)
    await company.settle()
    card = dm(company.chen, "Acme")
    before = card.text
    cards, thread = len(company.chen.dms()), company.history()
    guests = "Ann Lee, Buyer, vegetarian"
    result = await add(details, CARS | {"Guests": guests, "Budget": "900", "Notes": "Tea"})
    assert not result.errors
    await company.number(result)
    assert len(company.chen.dms()) == cards
    now = dm(company.chen, "Acme")
    assert now.ts == card.ts
    for words in ("Ann Lee", "CN¥900", "Tea", "Flight LH728"):
        assert words in now.text
        assert words not in before
    assert company.history() == thread
    view = stored(company)
    trips = {trip.kind: (trip.at, trip.place) for trip in view.trips}
    place = CARS["Pickup place"]
    assert trips == {TripKind.PICKUP: (PICKUP, place), TripKind.DROPOFF: (DROPOFF, place)}
    assert view.visit.approval_round == 1


async def test_a_leader_may_decide_before_the_details_come(company: Company) -> None:
    details = await sent(company)
    await company.settle()
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()
    assert stored(company).visit.approved_at is not None
    await company.number(await add(details, CARS | {"Notes": "Tea"}))
    view = stored(company)
    assert (view.visit.notes, view.visit.status, len(view.trips)) == ("Tea", "approved", 2)
    assert "Assign driver" in dm(company.liu, "Assign cars").buttons
    assert "added details" in company.history()


async def test_details_are_added_whenever_they_are_known(company: Company) -> None:
    await company.number(
        await add(await sent(company), {"Notes": "Tea", "Second host": "mei.fang"})
    )
    details = await opened(company)
    assert details.field("Notes").value == "Tea"
    assert details.field("Second host").value == "mei.fang"
    await details.fill_all({"Meeting place": "Room 301"})
    await company.number(await details.submit())
    visit = stored(company).visit
    assert (visit.notes, visit.second_host_id, visit.meeting_place) == (
        "Tea",
        company.mei.id,
        "Room 301",
    )


async def test_what_was_begun_of_the_details_is_not_lost(company: Company) -> None:
    details = await sent(company)
    await details.fill_all({"Notes": "Tea", "Pickup time": PICKUP, "Travel by": "Train"})
    await details.close()
    await company.settle()
    assert stored(company).visit.notes is None
    form = await company.form(company.sam)
    assert "Resume draft" not in form.buttons  # it is none of a request
    await form.close()

    details = await opened(company)
    assert "did not save" in details.text()
    assert details.field("Notes").value == "Tea"
    assert entered(details, "Pickup time") == PICKUP
    assert details.field("Travel by").value == "Train"
    await details.fill("Pickup place", "Pudong")
    await company.number(await details.submit())
    assert stored(company).visit.notes == "Tea"
    assert "did not save" not in (await opened(company)).text()


@ON_SQLITE
async def test_cars_that_cannot_be_are_refused_beside_the_field(company: Company) -> None:
    details = await sent(company)
    await details.fill_all({"Drop-off time": DROPOFF, "First meeting": ARRIVAL})
    assert list((await details.submit()).errors) == ["Drop-off place"]
    await details.fill_all({"Drop-off place": "Hongqiao", "First meeting": DROPOFF})
    assert "after the first meeting" in (await details.submit()).errors["Drop-off time"]
    await details.fill("First meeting", ARRIVAL)
    await company.number(await details.submit())
    (trip,) = stored(company).trips
    assert (trip.kind, trip.place) == (TripKind.DROPOFF, "Hongqiao")
    edit = await opened(company, "Edit")
    assert (edit.field("Pickup place").value, edit.field("Drop-off place").value) == (
        None,
        "Hongqiao",
    )


@ON_SQLITE
async def test_a_phone_that_cannot_be_dialled_is_refused(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST | {"Contact's phone": "ask Jane"})
    assert "phone number" in (await modal.submit()).errors["Contact's phone"]
    await modal.fill("Contact's phone", "138 1234 5678")
    await company.number(await modal.submit())
    assert stored(company).visit.contact_phone == "+8613812345678"


@ON_SQLITE
async def test_the_phone_is_with_whoever_drives_calls_and_meets(company: Company) -> None:
    phone = {"Contact's phone": "138 1234 5678"}
    number = await company.approved(company.sam, **(CARS | phone))
    await company.liu.click("Assign driver", near="Pickup")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()
    dialled = "<tel:+8613812345678|+86 138 1234 5678>"
    assert dialled in str(company.ma.last_dm().blocks)
    await company.ma.click("Accept")
    await company.until(PICKUP)
    assert dialled in str(dm(company.sam, "Call the guest now").blocks)
    assert "+86 138 1234 5678" not in company.card().text + company.history()
    await company.xu.command(f"/visit show {number}")
    await company.xu.click("Details", message=company.xu.ephemeral()[-1])
    assert "+86 138 1234 5678" in (await company.xu.modal()).text()


@ON_SQLITE
async def test_a_request_that_was_sent_twice_asks_for_its_details_once(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    again = submission(company, modal)
    assert is_details((await modal.submit()).view)
    answer = await company.dispatch(again)
    assert "V-2026-0001" in str(answer)
    assert "add_details_form" not in str(answer)


@ON_SQLITE
@pytest.mark.parametrize("languages", [{"lin.wei": "zh-CN"}])
async def test_only_who_may_change_a_visit_is_offered_its_details(company: Company) -> None:
    await company.request(company.sam)
    for person, offers in ((company.sam, True), (company.chen, False), (company.gao, False)):
        await person.click("Details", message=company.card())
        modal = await person.modal()
        assert ("Add details" in modal.buttons) is offers
        await modal.close()
