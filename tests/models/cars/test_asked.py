"""What a car request may say (F01)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.base.words import TripKind
from models.cars.asked import AskedDrive, DriveWishes
from models.records.cars import Trip
from tests.models.visits import ARRIVAL, DEPARTURE, make_visit

NOW = ARRIVAL - timedelta(days=7)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asked(kind: str = TripKind.RIDE, **more: Any) -> AskedDrive:
    said = {"drive_from": "Hotel", "drive_to": "Port", "drive_at": ARRIVAL + HOUR, "drive_days": 1}
    return AskedDrive(drive_kind=kind, **(said | more))


@pytest.mark.parametrize(
    ("form", "field", "code"),
    [
        (asked("boat"), "drive_kind", "required"),
        (asked(drive_from=" \u200b"), "drive_from", "required"),
        (asked(TripKind.DROPOFF, drive_to="\u3164"), "drive_to", "required"),
        (asked(drive_to=None), "drive_to", "drive_to_missing"),
        (asked(drive_from="x" * 301), "drive_from", "too_long"),
        (asked(drive_purpose="x" * 1001), "drive_purpose", "too_long"),
        (asked(drive_at=None), "drive_at", "required"),
        (asked(drive_at=NOW), "drive_at", "drive_past"),
        (asked(drive_at=ARRIVAL - HOUR), "drive_at", "drive_outside"),
        (asked(drive_at=DEPARTURE + HOUR), "drive_at", "drive_outside"),
        (asked(TripKind.PICKUP, drive_at=ARRIVAL - 3 * DAY), "drive_at", "drive_outside"),
        (asked(TripKind.DROPOFF, drive_at=DEPARTURE + 2 * DAY), "drive_at", "drive_outside"),
        (asked(drive_days=0), "drive_days", "number_between"),
        (asked(drive_days=91), "drive_days", "number_between"),
        (asked(drive_days=None), "drive_days", "number_between"),
        (asked(drive_days=30), "drive_days", "drive_too_long"),
    ],
)
def test_what_cannot_stand_is_named(form: AskedDrive, field: str, code: str) -> None:
    faults = form.faults(NOW, make_visit())
    assert {name: fault.code for name, fault in faults.items()}[field] == code


@pytest.mark.parametrize(
    "form",
    [
        asked(),
        asked(drive_to=None, drive_purpose="Sights"),
        asked(drive_from="x" * 200),
        asked(TripKind.PICKUP, drive_at=ARRIVAL - DAY),
        asked(TripKind.DROPOFF, drive_at=DEPARTURE + HOUR, drive_from=None),
    ],
)
def test_what_can_be_driven_stands(form: AskedDrive) -> None:
    assert form.faults(NOW, make_visit()) == {}


def test_a_time_that_stays_may_lie_in_the_past() -> None:
    at: datetime = ARRIVAL + HOUR
    kept = Trip(visit_id=7, kind=TripKind.RIDE, place="Hotel", at=at)
    assert asked().faults(at + HOUR, make_visit(), kept) == {}


def test_wishes_are_only_too_long() -> None:
    assert DriveWishes().faults() == {}
    said = DriveWishes(drive_sign="x" * 201, drive_note="x" * 1001)
    assert set(said.faults()) == {"drive_sign", "drive_note"}
