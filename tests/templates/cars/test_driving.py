"""App Home offers a drive's reports near its time only (F03)."""

from datetime import timedelta

import pytest

from models.base.words import TripKind, TripState
from models.reading.picture import HomeAgenda, WaitingItem
from templates.home import home_view
from templates.slack.message import Message
from tests.models.visits import make_trip
from tests.templates.scenes import NOW, make, reader
from tests.templates.test_messages import labels

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "ahead", "offered"),
    [
        (TripState.ASSIGNED, 200, ["Accept", "Can't"]),
        (TripState.ACCEPTED, 200, ["Can't"]),
        (TripState.ACCEPTED, 4, ["Can't"]),
        (TripState.ACCEPTED, 3, ["Car is here"]),
        (TripState.HERE, 3, ["Guests aboard", "Take back"]),
        (TripState.ABOARD, 3, ["Dropped off", "Take back"]),
    ],
)
def test_home_offers_reports_near_the_time(
    state: TripState, ahead: int, offered: list[str]
) -> None:
    trip = make_trip(
        TripKind.PICKUP, state=state, driver_id="U01MA", assignment=1, at=NOW + ahead * HOUR
    )
    if state in {TripState.HERE, TripState.ABOARD}:
        trip.here_at = NOW
    waiting = [WaitingItem("trip", make(trips=[trip]), trip.at, trip=trip)]
    view = home_view(
        reader("en", "U01MA"), HomeAgenda([], waiting, []), NOW, frozenset(), NOW.date()
    )
    assert labels(Message("", view["blocks"])) == ["New visit", "I am away", *offered, "Details"]
