"""Quiet hours at work: what waits until the morning, and what is needed before that."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.base.words import TripKind, VisitStatus
from models.policy.load import PolicyError, parse_policy
from models.policy.rules import Policy
from models.reading.picture import VisitPicture
from models.reminders.due import owed
from models.reminders.quiet import said_at
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    REQUESTED,
    SHANGHAI,
    STANDARD,
    make_picture,
    make_step,
    make_trip,
    make_visit,
)

HOUR = timedelta(hours=1)


def quiet(start: str = "22:00", end: str = "07:00", **more: Any) -> Policy:
    data = STANDARD.model_dump(mode="python", by_alias=True, exclude_unset=True)
    data["quiet_hours"] = {"from": start, "until": end} | more
    return parse_policy(data, "", "quiet.toml")


NIGHTS = quiet()


def shanghai(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-{day:02d}T{clock}+08:00")


def seen(**changes: Any) -> VisitPicture:
    return make_picture(make_visit(**changes), NIGHTS)


@pytest.mark.parametrize(
    ("kind", "due", "said"),
    [
        ("tasks", shanghai(3, "21:59"), shanghai(3, "21:59")),
        ("tasks", shanghai(3, "22:00"), shanghai(4, "07:00")),
        ("approval", shanghai(4, "03:00"), shanghai(4, "07:00")),
        ("tasks", shanghai(4, "07:00"), shanghai(4, "07:00")),
        ("outcome_asked", shanghai(3, "23:00"), shanghai(4, "07:00")),
        # alerts of the day and what the policy leaves out never wait
        ("car_missing", shanghai(3, "23:00"), shanghai(3, "23:00")),
        ("call_guest", shanghai(3, "23:00"), shanghai(3, "23:00")),
        ("trip_declined", shanghai(3, "23:00"), shanghai(3, "23:00")),
        ("rescheduled", shanghai(3, "23:00"), shanghai(3, "23:00")),
        # the guests arrive on the 10th at 10:00, within three hours of 07:00
        ("tasks", shanghai(9, "23:00"), shanghai(9, "23:00")),
        ("tasks", shanghai(10, "06:30"), shanghai(10, "06:30")),
        ("tasks", shanghai(8, "23:00"), shanghai(9, "07:00")),
        # the departure at 18:00 is past
        ("tasks", shanghai(10, "23:00"), shanghai(11, "07:00")),
    ],
)
def test_what_can_wait_waits_until_the_morning(kind: str, due: datetime, said: datetime) -> None:
    assert said_at(seen(), kind, due, SHANGHAI) == said


def test_without_quiet_hours_nothing_waits() -> None:
    night = shanghai(3, "23:00")
    assert said_at(make_picture(), "tasks", night, SHANGHAI) == night


def test_an_urgent_visit_does_not_wait_until_the_guests_have_left() -> None:
    night = shanghai(3, "23:00")
    assert said_at(seen(is_urgent=True), "tasks", night, SHANGHAI) == night
    after = seen(is_urgent=True, status=VisitStatus.FOLLOW_UP, left_at=DEPARTURE)
    night = shanghai(12, "23:00")
    assert said_at(after, "feedback_nudge", night, SHANGHAI) == shanghai(13, "07:00")


def test_what_would_expire_in_the_night_is_said_in_it() -> None:
    night = shanghai(3, "23:00")
    for expires, said in (
        (shanghai(4, "06:59"), night),
        (shanghai(4, "07:00"), night),
        (shanghai(4, "07:01"), shanghai(4, "07:00")),
    ):
        assert said_at(seen(), "open_items", night, SHANGHAI, expires) == said


@pytest.mark.parametrize(("after", "waits"), [(2.9, False), (3.0, False), (3.1, True)])
@pytest.mark.parametrize("event", ["pickup", "meeting", "departure"])
def test_what_begins_soon_after_the_night_is_prepared_in_it(
    event: str, after: float, waits: bool
) -> None:
    night, at = shanghai(3, "23:00"), shanghai(4, "07:00") + after * HOUR
    changes: dict[str, Any] = {"arrival": REQUESTED, "departure": DEPARTURE}
    trips = []
    if event == "pickup":
        trips = [make_trip(TripKind.PICKUP, at=at)]
    else:
        changes["meeting_at" if event == "meeting" else "departure"] = at
    picture = make_picture(make_visit(**changes), NIGHTS, trips=trips)
    assert (said_at(picture, "tasks", night, SHANGHAI) > night) == waits


def test_the_readers_own_clock_counts() -> None:
    evening = datetime(2026, 12, 3, 12, 30, tzinfo=UTC)  # 20:30 in Shanghai, 07:30 in New York
    assert said_at(seen(), "tasks", evening, SHANGHAI) == evening
    assert said_at(seen(), "tasks", evening, "America/New_York") == evening
    night = datetime(2026, 12, 3, 4, tzinfo=UTC)  # noon in Shanghai, 23:00 in New York
    assert said_at(seen(), "tasks", night, SHANGHAI) == night
    assert said_at(seen(), "tasks", night, "America/New_York") == night + 8 * HOUR


@pytest.mark.parametrize("zone", ["", "Not/A_Zone", "../etc"])
def test_a_zone_that_is_not_known_keeps_the_sites_hours(zone: str) -> None:
    assert said_at(seen(), "tasks", shanghai(3, "23:00"), zone) == shanghai(4, "07:00")


def utc(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}+00:00")


@pytest.mark.parametrize(
    ("start", "end", "due", "said"),
    [
        # Berlin, 29 March 2026: 02:00 becomes 03:00
        ("22:00", "07:00", "2026-03-28T22:30", "2026-03-29T05:00"),
        ("22:00", "02:30", "2026-03-29T00:30", "2026-03-29T01:30"),  # there is no 02:30
        ("22:00", "02:30", "2026-03-29T01:00", "2026-03-29T01:00"),  # it is 03:00
        # Berlin, 25 October 2026: 03:00 becomes 02:00
        ("22:00", "07:00", "2026-10-24T21:00", "2026-10-25T06:00"),
        ("22:00", "02:30", "2026-10-25T00:10", "2026-10-25T00:30"),  # 02:10, the first time
        ("22:00", "02:30", "2026-10-25T00:40", "2026-10-25T00:40"),
        ("22:00", "02:30", "2026-10-25T01:10", "2026-10-25T01:30"),  # 02:10, the second time
    ],
)
def test_over_a_change_of_clocks(start: str, end: str, due: str, said: str) -> None:
    visit = make_visit(arrival=utc("2025-01-01T00:00"), departure=utc("2025-01-02T00:00"))
    picture = make_picture(visit, quiet(start, end))
    found = said_at(picture, "tasks", utc(due), "Europe/Berlin")
    assert found == utc(said)
    assert said_at(picture, "tasks", found, "Europe/Berlin") == found  # it does not wait again


def test_every_hour_of_a_year_waits_a_night_at_most_and_never_twice() -> None:
    visit = make_visit(arrival=utc("2025-01-01T00:00"), departure=utc("2025-01-02T00:00"))
    picture = make_picture(visit, NIGHTS)
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"):
        moment = utc("2026-01-01T00:20")
        while moment.year == 2026:
            said = said_at(picture, "tasks", moment, zone)
            assert timedelta() <= said - moment <= 10 * HOUR
            assert 7 <= said.astimezone(ZoneInfo(zone)).hour < 22
            moment += 1.5 * HOUR


def test_an_approvers_silence_begins_when_they_have_been_asked() -> None:
    asked = shanghai(3, "23:00")
    waiting: dict[str, Any] = {"status": VisitStatus.REQUESTED, "approved_at": None}

    def escalated(policy: Policy, **more: Any) -> list[datetime]:
        visit = make_visit(**(waiting | more))
        picture = make_picture(visit, policy, approvals=[make_step(asked_at=asked)])
        return [row.due for row in owed(picture) if row.kind == "do:escalate"]

    assert escalated(NIGHTS) == [shanghai(4, "11:00")]
    assert escalated(STANDARD) == [asked + 4 * HOUR]
    near = ARRIVAL.replace(day=4)  # 10:00: they are asked in the night
    assert escalated(NIGHTS, arrival=near) == [asked + 4 * HOUR]


def test_a_message_that_there_is_not_is_named() -> None:
    with pytest.raises(PolicyError, match="'car_redy' is no message; did you mean 'car_ready'"):
        quiet(but=["car_redy"])
