"""When a drive takes its driver (R4.3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.base.words import TripKind
from models.cars.drivers import drive_of, furthest
from models.reading.dispatch import assigns_cars
from models.records.cars import Trip
from tests.models.reminders.test_due import rows
from tests.models.visits import REQUESTED, STANDARD, make_picture, make_trip, make_visit

AT = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "arrival", "end"),
    [
        (TripKind.DROPOFF, AT - 6 * HOUR, AT + HOUR),
        (TripKind.PICKUP, AT + 30 * MINUTE, AT + HOUR),
        (TripKind.PICKUP, AT + 2 * HOUR, AT + 2 * HOUR),
        (TripKind.PICKUP, AT + 20 * HOUR, AT + 3 * HOUR),  # the evening before, to the hotel
    ],
)
def test_a_drive_takes_its_driver_until(kind: TripKind, arrival: datetime, end: datetime) -> None:
    trip = Trip(visit_id=1, kind=kind, place="PVG", at=AT)
    visit = make_visit(arrival=arrival)
    drive = drive_of(trip, visit)
    assert (drive.start, drive.end) == (AT - 15 * MINUTE, end)
    after = Trip(visit_id=2, kind=TripKind.DROPOFF, place="", at=end + 15 * MINUTE)
    within = Trip(visit_id=2, kind=TripKind.DROPOFF, place="", at=end + 14 * MINUTE)
    assert not drive.meets(drive_of(after, visit))
    assert drive.meets(drive_of(within, visit))
    earliest, latest = furthest(drive)
    assert earliest < within.at < latest


def test_cars_are_the_dispatchers_and_the_coordinators_where_there_is_none() -> None:
    both: dict[str, list[str]] = {
        "dispatcher": ["U01LIU", "U01B"],
        "coordinator": ["U01MEI", "U01C"],
    }
    assert assigns_cars(STANDARD, both) == ["U01LIU"]
    assert assigns_cars(STANDARD, {**both, "dispatcher": []}) == ["U01MEI"]
    assert assigns_cars(STANDARD, {}) == []
    picture = make_picture(trips=[make_trip(TripKind.PICKUP)])
    assert rows(picture, "cars") == [(REQUESTED + 2 * HOUR, "U01LIU")]
    alone = replace(picture, holders={"coordinator": ["U01MEI"]})
    assert rows(alone, "cars") == [(REQUESTED + 2 * HOUR, "U01MEI")]
