"""Which drive the form shows, and whether a car was asked for late (F01, F02)."""

from datetime import UTC, datetime, timedelta

import pytest

from models.base.words import TripKind
from models.cars.drives import ends_of, first_of, is_late
from models.policy.car_tables import Cars
from models.policy.moment import Offset
from models.records.cars import Trip
from tests.models.visits import STANDARD, make_visit

AT = datetime(2026, 12, 15, 1, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def drive(kind: TripKind = TripKind.RIDE, **more: object) -> Trip:
    return Trip.model_validate({"visit_id": 7, "kind": kind, "place": "A", "at": AT, **more})


@pytest.mark.parametrize(
    ("asked", "late"),
    [(AT - 2 * DAY, False), (AT - 2 * DAY + MINUTE, True), (AT - 9 * DAY, False)],
)
def test_a_car_asked_for_later_than_the_policy_wants_is_late(  # F02, P14: two days
    asked: datetime, late: bool
) -> None:
    assert Cars(ahead=Offset(-2, "d")) == STANDARD.cars
    trip, visit = drive(asked_at=asked), make_visit()
    assert is_late(trip, visit, STANDARD) is late
    assert not is_late(trip, visit, STANDARD.model_copy(update={"cars": Cars()}))


def test_a_car_of_an_older_request_was_asked_for_with_it() -> None:
    trip = drive()
    assert is_late(trip, make_visit(created_at=AT - DAY), STANDARD)
    assert not is_late(trip, make_visit(created_at=AT - 3 * DAY), STANDARD)


def test_the_form_shows_the_pickup_that_was_asked_for_first() -> None:
    later = drive(TripKind.PICKUP, id=3, at=AT - DAY)
    own = drive(TripKind.PICKUP, id=2)
    assert first_of([later, own, drive(id=1)], TripKind.PICKUP) is own
    assert first_of([drive(id=1)], TripKind.DROPOFF) is None


def test_a_drop_off_keeps_where_it_goes() -> None:
    assert ends_of(drive(TripKind.DROPOFF, other_end="B")) == ("B", "A")
    assert ends_of(drive(TripKind.PICKUP, other_end="B")) == ("A", "B")
