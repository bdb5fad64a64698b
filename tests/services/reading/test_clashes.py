"""Another visit of the customer at that time, and a host who is elsewhere, are seen (C04)."""

from datetime import timedelta
from typing import Any

import pytest

from models.base.words import StepState
from services.request import changes
from services.request.requests import submit_visit
from services.signoff import decisions
from tests.services.conftest import CHEN, DEV, LIN, MEI, START, XU, Office

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ARRIVAL = START + 9 * DAY
NO_CARS: dict[str, Any] = {"pickup_time": None, "pickup_place": None, "dropoff_time": None}


def submit(
    office: Office, customer: str, host: str, after: timedelta = timedelta(0), **more: Any
) -> int:
    arrival = ARRIVAL + after
    stay = {"arrival": arrival, "departure": arrival + 8 * HOUR}
    return office.submit(customer=customer, host=host, **(stay | NO_CARS | more))


def seen(office: Office, visit_id: int) -> list[tuple[str, bool, tuple[str, ...]]]:
    clashes = office.look(visit_id).clashes
    return [(each.number[-1], each.is_same_customer, each.hosts) for each in clashes]


@pytest.mark.parametrize(
    ("customer", "host", "after", "expected"),
    [
        ("Globex", DEV, 0, []),
        ("Acme", DEV, 0, [("1", True, ())]),
        ("Globex", MEI, 0, [("1", False, (MEI,))]),
        ("Acme", MEI, 4, [("1", True, (MEI,))]),
        ("Acme", MEI, 8, []),  # they come when the others leave
        ("Acme", MEI, -8, []),
    ],
)
def test_what_overlaps_is_seen(
    office: Office, customer: str, host: str, after: int, expected: list[Any]
) -> None:
    submit(office, "Acme", MEI)
    second = submit(office, customer, host, after * HOUR)
    assert seen(office, second) == expected


def test_a_second_host_counts_on_either_side(office: Office) -> None:
    first = submit(office, "Acme", MEI, second_host=DEV)
    second = submit(office, "Globex", DEV, second_host=XU)
    assert seen(office, second) == [("1", False, (DEV,))]
    assert seen(office, first) == [("2", False, (DEV,))]


def test_what_is_off_clashes_with_nothing(office: Office) -> None:
    first = submit(office, "Acme", MEI)
    second = submit(office, "Acme", MEI)
    office.do(LIN, changes.cancel_visit, first, "Strike")
    assert seen(office, second) == []
    step = office.look(second).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "No room")
    assert seen(office, second) == []


def test_who_asks_is_told_at_once(office: Office) -> None:
    submit(office, "Acme", MEI)
    form = office.form(customer="Acme", host=DEV, arrival=ARRIVAL, **NO_CARS)
    made = office.do(LIN, submit_visit, form, "another")
    assert [each.number for each in made.view.clashes] == ["V-2026-0001"]
