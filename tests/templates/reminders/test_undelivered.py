"""What people read when something could not be delivered."""

from dataclasses import replace
from typing import Any

import pytest

from models.base.words import TripKind, TripState
from models.reading.picture import VisitPicture
from templates.messages import Message, render
from tests.models.visits import make_trip
from tests.templates.scenes import NOW, make, reader
from tests.templates.test_messages import labels, words


def failed(picture: VisitPicture, **facts: Any) -> Message:
    args = {"reason": "chat.postMessage:user_disabled", "args": {}, "instead": None} | facts
    notice = render("delivery_failed", picture, args, reader(), NOW)
    assert notice is not None
    return notice


@pytest.mark.parametrize(
    ("fault", "why", "to_do"),
    [
        ("channel_not_found", "the visits channel is not there for Usher", "/invite @Usher"),
        ("is_archived", "the visits channel is archived", "unarchive"),
        ("restricted_action", "does not let Usher post in the visits channel", "permissions"),
    ],
)
def test_a_closed_channel_says_why_and_what_to_do(fault: str, why: str, to_do: str) -> None:
    for picture in (make(), None):
        notice = render("channel_missing", picture, {"fault": fault}, reader(), NOW)
        assert notice is not None
        assert why in words(notice.blocks)
        assert to_do in words(notice.blocks)
        assert notice.text.startswith("Visit cards cannot be posted: ")


def test_a_failed_message_names_person_reason_words_and_stand_in() -> None:
    notice = failed(make(), person="U01LIU", kind="cars", instead="U01MEI")
    said = " ".join(words(notice.blocks).split())
    assert "a message to <@U01LIU> about the visit of Acme Industries" in said
    assert "account is deactivated." in said
    assert "2 trips are open" in said
    assert "<@U01MEI> gets it instead." in said
    assert "`/visit setup`" in said
    assert labels(notice) == ["Details"]
    assert notice.text.startswith("Not delivered to <@U01LIU>: ")
    alone = words(failed(make(), person="U01LIU", kind="cars").blocks)
    assert "Please tell them another way." in alone


@pytest.mark.parametrize(
    ("locale", "why"), [("en", "Usher cannot see whether it has arrived"), ("zh", "无法确认")]
)
def test_a_message_that_may_have_arrived_says_so(locale: str, why: str) -> None:
    reason = "conversations.history:too_much_said"
    args: dict[str, Any] = {
        "person": "U01LIU",
        "reason": reason,
        "kind": "x",
        "args": {},
        "instead": None,
    }
    notice = render("delivery_failed", make(), args, reader(locale), NOW)
    assert notice is not None
    assert why in words(notice.blocks)


def test_a_failed_message_of_no_visit_in_chinese() -> None:
    args = {"person": "#", "reason": "gave_up:error:KeyError", "kind": "x", "instead": None}
    notice = render("delivery_failed", None, args, reader("zh"), NOW)
    assert notice is not None
    assert notice.text == "未送达：发给 来访频道 的消息"
    assert "连续三天未能发出" in words(notice.blocks)


def test_words_within_a_notice_stay_inert() -> None:
    notice = failed(make(words="A & <!here> *b*"), person="U01MA", kind="closed")
    assert "<!here>" not in notice.text
    assert "&lt;!here&gt;" in notice.text
    assert "&amp;amp;" not in notice.text


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_slacks_codes_and_settings_are_small_print_for_the_admin(locale: str) -> None:
    picture = make()
    picture = replace(picture, holders=picture.holders | {"admin": ["U01ANA"]})
    lost: dict[str, Any] = {"person": "U01LIU", "kind": "cars", "args": {}, "instead": None}
    for kind, args, technical in (
        ("channel_missing", {"fault": "not_in_channel"}, ("USHER_CHANNEL", "not_in_channel")),
        ("delivery_failed", lost | {"reason": "chat:user_disabled"}, ("user_disabled",)),
    ):
        for person, is_told in (("U01ANA", True), ("U01MEI", False)):
            notice = render(kind, picture, args, reader(locale, person), NOW)
            assert notice is not None
            small = [block for block in notice.blocks if block["type"] == "context"]
            large = [block for block in notice.blocks if block["type"] != "context"]
            for word in technical:
                assert word not in words(large) + notice.text
                assert (word in words(small)) == is_told


@pytest.mark.parametrize(
    "kind", ["car_ready", "car_missing", "trip", "trip_declined", "call_guest"]
)
@pytest.mark.parametrize("reads", ["U01LIN", "U01LIU"])
def test_a_lost_alert_says_which_car_when_where_and_who_was_not_told(kind: str, reads: str) -> None:
    trip = make_trip(
        TripKind.PICKUP, state=TripState.ACCEPTED, driver_id="U01MA", assignment=2, car="GL8 沪A1"
    )
    if kind == "trip_declined":
        trip.state, trip.driver_id = TripState.DECLINED, None
    person = {"car_missing": "U01LIN", "trip_declined": "U01LIU", "call_guest": "U01LIN"}
    lost = {
        "person": person.get(kind, "U01MA"),
        "reason": "chat:user_disabled",
        "instead": None,
        "kind": kind,
        "args": {"trip": trip.id, "assignment": 2, "driver": "U01MA", "step": "car_ready_pickup"},
    }
    notice = render("delivery_failed", make(trips=[trip]), lost, reader("en", reads), NOW)
    assert notice is not None
    said = words(notice.blocks)
    assert f"a message to <@{lost['person']}> about the visit of Acme Industries" in said
    assert "Pickup* Thu 10 Dec, 09:00 · PVG T2" in said
    assert ("GL8 沪A1" in said) is (kind != "trip_declined")
    assert "eassigned" not in said
    assert "no longer yours" not in said


def test_a_lost_alert_of_a_drive_that_was_given_on_says_so() -> None:
    trip = make_trip(TripKind.PICKUP, state=TripState.ASSIGNED, driver_id="U01TOM", assignment=3)
    lost: dict[str, Any] = {
        "person": "U01MA",
        "reason": "chat:user_disabled",
        "instead": None,
        "kind": "car_ready",
        "args": {"trip": trip.id},
    }
    notice = render("delivery_failed", make(trips=[trip]), lost, reader("en", "U01LIU"), NOW)
    assert notice is not None
    assert "Reassigned" in words(notice.blocks)
    assert "<@U01TOM>" in words(notice.blocks)
