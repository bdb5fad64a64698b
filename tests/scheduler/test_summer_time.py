"""The nights in which the clocks are changed: nothing is said twice, nothing is left out."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.server import Sandbox
from services.people import roles
from services.reading.desk import Site
from services.store.database import Database
from tests.models.visits import STANDARD
from tests.scheduler.conftest import LIN, Dispatch, Outbox, Time, texts
from tests.services.conftest import ROLES, Office

BERLIN = ZoneInfo("Europe/Berlin")
NIGHTS = [
    pytest.param(date(2026, 10, 25), 25, id="an hour comes twice"),
    pytest.param(date(2027, 3, 28), 23, id="an hour is left out"),
]
TICK = timedelta(minutes=10)


@pytest.mark.parametrize(("night", "hours"), NIGHTS)
async def test_each_half_hour_of_the_night_is_said_once_and_in_time(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, time: Time, night: date, hours: int
) -> None:
    begin = datetime.combine(night, datetime.min.time(), BERLIN).astimezone(ZoneInfo("UTC"))
    end = datetime.combine(night + timedelta(days=1), datetime.min.time(), BERLIN)
    count = int((end.astimezone(ZoneInfo("UTC")) - begin) / timedelta(minutes=30))
    assert count == 2 * hours
    for number in range(count):
        due = (begin + number * timedelta(minutes=30)).astimezone(BERLIN)
        outbox.owe(LIN, text=f"{number}", due=due)
    dispatcher, time.now = dispatch(), begin - TICK
    for step in range(6 * hours + 1):
        assert texts(sandbox) == [str(number) for number in range((step + 2) // 3)]
        time.now += TICK
        await dispatcher.drain()


@pytest.mark.parametrize(("night", "hours"), NIGHTS)
def test_hours_ahead_of_the_arrival_are_hours_as_they_pass(
    database: Database, night: date, hours: int
) -> None:
    """24 hours ahead are 24 hours, whatever the clock shows then."""
    office = Office(database)
    office.site = Site("Europe/Berlin", "en", STANDARD)
    for role, people in ROLES.items():
        office.do("U01ADMIN", roles.set_role, role, people)
    day_before = datetime.combine(night - timedelta(days=1), datetime.min.time(), BERLIN)
    office.now = day_before - timedelta(days=9)
    arrival = datetime.combine(night, datetime.min.time(), BERLIN) + timedelta(hours=10)
    office.approved(arrival=arrival, departure=arrival + timedelta(hours=8), **NO_CARS)
    checks = [due for due, _ in office.waiting("preparation_check")]
    assert checks[0] == arrival.astimezone(ZoneInfo("UTC")) - timedelta(hours=24)
    assert checks[0].astimezone(BERLIN).hour == 10 + hours - 24


NO_CARS = {"pickup_place": None, "pickup_time": None, "dropoff_time": None}
