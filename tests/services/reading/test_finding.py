"""Finding visits: shelves, words and pages; the day is the person's own."""

from datetime import UTC, datetime, timedelta

import pytest

from models.base.errors import VisitNotFound
from models.reading.finding import Shelf, Wanted, typed
from models.records.people import Person
from services.people.roles import set_role
from services.reading import people
from services.reading.desk import Desk
from services.reading.finding import find, meant
from services.request import changes
from tests.services.conftest import LIN, MEI, START, Office


def customers(office: Office, person: str, wanted: Wanted) -> list[str]:
    return [view.customer.name for view in office.do(person, find, wanted).visits]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (" “#V-2026-0001.” ", "V-2026-0001"),
        ("Ｖ－２０２６－０００１", "V-2026-0001"),
        ("「欧瑞恩」", "欧瑞恩"),
        ("Orion  Optics", "Orion Optics"),
        ("V-2026-0001。", "V-2026-0001"),
        ("V-2026-0001.", "V-2026-0001"),
        ("（V–2026–0001）", "V-2026-0001"),
        ("＂Ｏｒｉｏｎ＂", "Orion"),
        ("V-2026\u200b-0001", "V-2026-0001"),
        ("Orion – Optics", "Orion – Optics"),
        ("...", ""),
    ],
)
def test_what_was_typed_is_read_without_its_dress(words: str, expected: str) -> None:
    assert typed(words) == expected


def test_a_cancelled_visit_is_on_its_own_shelf(office: Office) -> None:
    gone, _ = office.approved(customer="Gone"), office.approved(customer="Here")
    office.do(LIN, changes.cancel_visit, gone, "Flight cancelled")
    for person in (LIN, MEI):
        assert customers(office, person, Wanted()) == ["Here"]
        assert customers(office, person, Wanted(Shelf.CANCELLED)) == ["Gone"]
        assert customers(office, person, Wanted(Shelf.ALL)) == ["Here", "Gone"]


def test_a_page_beyond_the_last_is_the_last(office: Office) -> None:
    for number in range(3):
        office.submit(customer=f"Customer {number}")
    for person in (LIN, MEI):
        found = office.do(person, find, Wanted(page=9), 2)
        assert (found.wanted.page, found.total, found.pages) == (1, 3, 2)
        assert len(found.visits) == 1


def test_a_percent_sign_is_a_percent_sign(office: Office) -> None:
    office.submit(customer="100% Silk")
    office.submit(customer="100 Silk")
    assert customers(office, MEI, Wanted(Shelf.ALL, "0%")) == ["100% Silk"]
    with pytest.raises(VisitNotFound):
        office.do(MEI, meant, "_")


def test_today_is_the_persons_own_day_and_counts_cars(office: Office) -> None:
    """The guests land at half past midnight; the car leaves the evening before."""
    arrival = datetime(2026, 12, 14, 16, 30, tzinfo=UTC)  # the 15th, 00:30 in Shanghai
    office.approved(
        arrival=arrival,
        departure=arrival + timedelta(hours=9),
        meeting_at=None,
        pickup_time=arrival - timedelta(hours=1),
        dropoff_time=None,
    )
    abroad = "U01ABROAD"

    def know(desk: Desk) -> None:
        person = Person(
            user_id=abroad,
            name="Abroad",
            locale="en-US",
            timezone="America/New_York",
            refreshed_at=START,
        )
        people.remember(desk.session, [person])

    office.do(MEI, know)
    today = Wanted(Shelf.TODAY)
    office.now = datetime(2026, 12, 14, 4, 0, tzinfo=UTC)  # noon of the 14th in Shanghai
    assert customers(office, MEI, today) == ["Acme"]  # for the car
    office.now -= timedelta(hours=13)  # the 13th in Shanghai
    assert customers(office, MEI, today) == []
    office.do("U01ADMIN", set_role, "coordinator", [MEI, abroad])
    office.now = datetime(2026, 12, 14, 4, 0, tzinfo=UTC)  # the 13th, 23:00 in New York
    assert customers(office, abroad, today) == []
    office.now += timedelta(hours=2)
    assert customers(office, abroad, today) == ["Acme"]
