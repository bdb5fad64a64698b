"""Who is shown which etiquette cards of a visit, and when (P07)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from models.base.words import TripKind, TripState, VisitStatus
from models.policy.load import parse_policy
from models.reading.picture import VisitPicture
from models.reminders.due import owed
from models.reminders.etiquette import cards_of
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    STANDARD,
    make_picture,
    make_trip,
    make_visit,
)

LIN, SAM, XU, MA = "U01LIN", "U01SAM", "U01XU", "U01MA"
HOUR = timedelta(hours=1)
PICKUP = ARRIVAL - HOUR
MEETING = ARRIVAL + 2 * HOUR


def shown(picture: VisitPicture) -> dict[str, tuple[datetime, datetime | None]]:
    rows = [row for row in owed(picture) if row.kind == "etiquette"]
    assert len({row.recipient for row in rows}) == len(rows)  # one for each reader
    return {row.recipient: (row.due, row.expires) for row in rows}


def fetched(**changes: Any) -> VisitPicture:
    """A visit whose guests are fetched by MA."""
    trips = [
        make_trip(TripKind.PICKUP, driver_id=MA, state=TripState.ACCEPTED),
        make_trip(TripKind.DROPOFF, driver_id="U01TOM", state=TripState.ACCEPTED),
    ]
    return make_picture(make_visit(**changes), trips=trips)


def test_before_the_arrival_and_the_meeting_host_and_driver_by_the_days_messages() -> None:
    picture = fetched(second_host_id=SAM, meeting_at=MEETING)
    assert shown(picture) == {
        SAM: (MEETING - HOUR, MEETING),  # the second host before the meeting
        XU: (ARRIVAL - HOUR, ARRIVAL),  # the front desk before the arrival
    }


def test_before_the_arrival_where_there_is_neither() -> None:
    assert shown(make_picture(make_visit(second_host_id=SAM))) == {
        SAM: (ARRIVAL - HOUR, ARRIVAL),
        XU: (ARRIVAL - HOUR, ARRIVAL),
    }


def test_it_moves_with_the_visit_and_stays_one_message() -> None:
    def keys(picture: VisitPicture) -> set[str]:
        return {row.key for row in owed(picture) if row.kind == "etiquette"}

    later = fetched(arrival=ARRIVAL + 24 * HOUR, departure=DEPARTURE + 24 * HOUR)
    assert keys(later) == keys(fetched())
    assert shown(later)[XU] == (ARRIVAL + 23 * HOUR, ARRIVAL + 24 * HOUR)


def test_who_is_several_things_gets_all_of_it_at_once() -> None:
    picture = fetched(host_id=XU, meeting_at=MEETING)
    assert XU not in shown(picture), "the call an hour before the pickup carries them"
    keys = [card.key for card in cards_of(picture, XU)]
    assert len(keys) == len(set(keys))
    assert {"waiting", "front_desk", "corridors"} <= set(keys)


@pytest.mark.parametrize(
    ("person", "here", "not_here"),
    [
        (LIN, {"dress", "waiting", "lifts", "farewell"}, {"tea", "front_desk", "driver"}),
        (SAM, {"tea", "second_host", "cards_both_hands"}, {"waiting", "lifts"}),
        (XU, {"front_desk", "tea", "lifts"}, {"dress", "second_host"}),
        (MA, {"driver"}, {"dress"}),
        ("U01TOM", set(), {"driver"}),
        ("U01MEI", set(), {"dress"}),
    ],
)
def test_the_cards_of_each(person: str, here: set[str], not_here: set[str]) -> None:
    keys = {card.key for card in cards_of(fetched(second_host_id=SAM), person)}
    assert here <= keys
    assert keys.isdisjoint(not_here)
    assert keys or not here


def test_guests_from_abroad_have_a_card_of_their_own() -> None:
    assert "overseas_manners" not in {card.key for card in cards_of(fetched(), LIN)}
    abroad = fetched(is_overseas=True)
    assert "overseas_manners" in {card.key for card in cards_of(abroad, LIN)}


@pytest.mark.parametrize(
    ("cards", "people"), [([], set()), (["tea"], {XU}), (["driver", "dress"], set())]
)
def test_the_policy_names_the_cards(cards: list[str], people: set[str]) -> None:
    data = STANDARD.model_dump(mode="python", by_alias=True, exclude_unset=True)
    policy = parse_policy(data | {"cards": cards}, "", "mine.toml")
    picture = make_picture(make_visit(), policy, trips=fetched().trips)
    assert set(shown(picture)) == people


@pytest.mark.parametrize(
    "changes",
    [
        {"status": VisitStatus.REQUESTED, "approved_at": None},
        {"status": VisitStatus.CANCELLED},
        {"status": VisitStatus.FOLLOW_UP, "left_at": DEPARTURE},
    ],
)
def test_only_while_guests_are_expected(changes: dict[str, Any]) -> None:
    assert shown(fetched(**changes)) == {}
