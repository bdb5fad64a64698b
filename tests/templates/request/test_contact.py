"""The phone of the contact: to be pressed, by whoever meets the guests (R1.7, A04, F12)."""

import pytest

from models.base.permissions import Verb
from models.base.words import TripState
from models.reading.picture import VisitPicture
from templates.reading.facts import contact
from templates.request.details import details_view
from templates.slack.scene import Scene
from templates.wording.text import Text, dial
from tests.templates.scenes import NOW, make, reader
from tests.templates.test_messages import show, words

PHONE = "<tel:+8613812345678|+86 138 1234 5678>"
SEES = frozenset({Verb.SEE})


def visit() -> VisitPicture:
    return make()


def test_the_driver_can_press_it_on_the_card_of_the_drive() -> None:
    picture = visit()
    trip = picture.trips[0]
    trip.driver_id, trip.assignment, trip.state = "U01MA", 1, TripState.ASSIGNED
    shown = show("trip", picture, "U01MA", trip=trip.id, assignment=1)
    assert f"*Contact's phone*\n{PHONE}" in words(shown.blocks)
    ready = show("car_ready", picture, "U01MA", trip=trip.id)
    assert PHONE in words(ready.blocks)


def test_the_host_can_press_it_when_it_is_time_to_call() -> None:
    picture = visit()
    call = show("call_guest", picture, picture.visit.host_id, trip=picture.trips[0].id)
    assert f"Contact: {PHONE}" in words(call.blocks)
    assert "+86" not in call.text  # what a lock screen shows


@pytest.mark.parametrize(
    ("person", "sees"),
    [("U01LIN", True), ("U01MEI", True), ("U01XU", True), ("U01GAO", False), (None, False)],
)
def test_in_the_details_it_is_there_for_whoever_needs_it(person: str | None, sees: bool) -> None:
    picture = visit()
    picture.visit.second_host_id = None
    picture.holders["finance"] = ["U01GAO"]
    assert (contact(Scene.of(reader("en", person), picture, NOW)) is not None) is sees
    view = details_view(reader("en", person), picture, NOW, SEES)
    assert (PHONE in words(view["blocks"])) is sees


def test_the_channel_never_shows_it() -> None:
    assert "tel:" not in words(show("visit_card", visit(), None).blocks)


def test_where_nothing_can_be_pressed_the_number_stands_alone() -> None:
    line = Text(f"*Call* {dial('tel:+8613812345678;ext=12', '+86 138 1234 5678 ext. 12')}")
    assert line.mrkdwn() == "*Call* <tel:+8613812345678;ext=12|+86 138 1234 5678 ext. 12>"
    assert line.plain() == line.fallback() == "Call +86 138 1234 5678 ext. 12"
    assert [piece.words for piece in line.pieces()] == ["Call", " +86 138 1234 5678 ext. 12"]
