"""What time brings after the guests have left, before a meeting, and when something still stands:
the figures of R5.4, R7.1, R8.4, R8.5 and P13 on real dates."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from models.base.words import (
    InvitationState,
    Outcome,
    Phase,
    TaskState,
    TripKind,
    TripState,
    VisitStatus,
)
from models.policy.load import load_policy, parse_policy
from models.policy.rules import Policy
from models.reading.picture import VisitPicture
from models.records.aftercare import Feedback
from models.records.escorts import Invitation
from models.reminders.due import owed
from models.reminders.outbox import CHANNEL
from models.reminders.owed import Owed
from models.reminders.quiet import said_at
from models.reminders.timed import asks_outcome
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    STANDARD,
    make_picture,
    make_tasks,
    make_trip,
    make_visit,
)

LEFT = DEPARTURE  # 18:00 in Shanghai on Thursday, 10 December
MEETING = ARRIVAL + timedelta(hours=1)


def of_step(picture: VisitPicture, key: str) -> list[Owed]:
    return [row for row in owed(picture) if row.args.get("step") == key]


def times(picture: VisitPicture, key: str) -> list[datetime]:
    return [row.due for row in of_step(picture, key)]


def followed(policy: Policy = STANDARD, **changes: Any) -> VisitPicture:
    """A visit whose guests have left."""
    tasks = make_tasks(policy, Phase.FOLLOW_UP, owner="U01RUTH")
    facts = {"status": VisitStatus.FOLLOW_UP, "left_at": LEFT} | changes
    return make_picture(make_visit(**facts), policy, tasks=tasks)


def closed(**changes: Any) -> VisitPicture:
    """A visit that is over, and what came of it is known."""
    facts: dict[str, Any] = {"status": VisitStatus.CLOSED, "closed_at": LEFT} | changes
    picture = followed(**facts)
    for task in picture.tasks:
        task.state = TaskState.DONE
    return picture


def step(**more: Any) -> Policy:
    """A policy with one step of its own, `mine`."""
    data = STANDARD.model_dump(mode="python", by_alias=True, exclude_unset=True)
    own = {"key": "mine", "to": ["host"], "text": "Words"} | more
    data["step"] = [own]
    return parse_policy(data, "", "mine.toml")


def shanghai(at: str) -> datetime:
    return datetime.fromisoformat(f"{at}+08:00")


def morning(day: int) -> datetime:
    return datetime(2026, 12, day, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai


# Until the outcome is known (R8.4)


def test_the_draft_in_three_days_the_talk_in_seven_then_every_week() -> None:  # P13
    picture = followed()
    assert times(picture, "proposal_draft")[:1] == [morning(14)]  # three days on is a Sunday
    assert times(picture, "second_talk") == [morning(17)]
    weeks = times(picture, "weekly_progress")
    assert weeks[:2] == [morning(24), morning(31)]
    assert len(weeks) == 53
    assert {b - a for a, b in pairwise(weeks)} == {timedelta(days=7)}
    rows = of_step(picture, "weekly_progress")
    assert {(row.kind, row.recipient) for row in rows} == {("outcome_asked", "U01RUTH")}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_they_stop_when_it_landed_or_ended(outcome: Outcome) -> None:
    picture = followed(outcome=outcome, outcome_at=LEFT + timedelta(days=2))
    for key in ("proposal_draft", "second_talk", "weekly_progress"):
        assert times(picture, key) == []


@pytest.mark.parametrize(
    ("when", "outcome", "comes"),
    [
        ("landed", None, False),
        ("landed", Outcome.LANDED, True),
        ("landed", Outcome.ENDED, False),
        ("not_landed", None, True),
        ("not_landed", Outcome.LANDED, False),
        ("not_landed", Outcome.ENDED, False),
    ],
)
def test_conditions_on_the_outcome(when: str, outcome: Outcome | None, comes: bool) -> None:
    policy = step(at="left +1d", when=[when])
    at = LEFT if outcome else None
    picture = followed(policy, outcome=outcome, outcome_at=at)
    assert bool(times(picture, "mine")) == comes
    assert asks_outcome(picture) == (when == "not_landed")


def test_a_step_for_other_visits_does_not_keep_this_one_open() -> None:
    policy = step(at="left +1d", when=["not_landed"], only={"levels": ["a"]})
    assert not asks_outcome(followed(policy))
    assert asks_outcome(followed(policy, level="a"))


@pytest.mark.parametrize("name", ["express", "key_account", "thirteen_steps"])
def test_procedures_without_such_steps_ask_for_no_outcome(name: str) -> None:
    assert not asks_outcome(followed(load_policy(name)))


# After closing


def test_a_closed_visit_is_filed_and_called_back_from_its_outcome_on() -> None:  # R8.5
    known = datetime(2026, 12, 14, 6, 0, tzinfo=UTC)
    picture = closed(outcome=Outcome.LANDED, outcome_at=known)
    assert times(picture, "outcome_archived") == [morning(15)]
    calls = times(picture, "regular_call")
    assert calls[0] == datetime(2027, 1, 13, 1, 0, tzinfo=UTC)
    assert len(calls) == 13
    assert {row.kind for row in owed(picture)} == {"visit_card", "reminder"}


@pytest.mark.parametrize(
    ("more", "comes"),
    [
        ({"at": "left +8h"}, True),
        ({"at": "feedback +1d"}, True),
        ({"at": "outcome +1d"}, True),
        ({"at": "outcome +1d", "when": ["landed"]}, True),
        ({"at": "departure +1d"}, False),  # counts from the visit's own times
        ({"at": "arrival +5d"}, False),
        ({"at": "left +8h", "when": ["not_landed"]}, False),  # about something open
        ({"at": "left +8h", "when": ["items_open"]}, False),
        ({"at": "left +8h", "when": ["task_open"], "task": "thank_you"}, False),
        ({"at": "left +8h", "message": "preparation_check"}, False),
        ({"at": "left +8h", "message": "feedback_request"}, False),
    ],
)
def test_what_a_closed_visit_goes_on_to_owe(more: dict[str, Any], comes: bool) -> None:
    picture = closed(policy=step(**more), outcome=Outcome.LANDED, outcome_at=LEFT)
    feedback = Feedback(
        visit_id=7, satisfaction=90, intention="signed", given_by="U01RUTH", given_at=LEFT
    )
    picture = make_picture(picture.visit, picture.policy, tasks=picture.tasks, feedback=feedback)
    assert bool(times(picture, "mine")) == comes


# Before a meeting


def test_the_hosts_are_there_ten_minutes_before_the_arrival_meeting_or_not() -> None:  # G01, P13
    for meeting in (MEETING, None):
        picture = make_picture(make_visit(meeting_at=meeting, second_host_id="U01SAM"))
        early = ARRIVAL - timedelta(minutes=10)
        told = {(row.due, row.recipient) for row in of_step(picture, "host_early")}
        assert told == {(early, "U01LIN"), (early, "U01SAM")}
        assert {row.expires for row in of_step(picture, "host_early")} == {ARRIVAL}


def test_whoever_readies_the_room_is_told_in_time() -> None:  # E22, R5.4
    before = of_step(make_picture(make_visit(meeting_at=MEETING)), "room_ready")
    later = MEETING + timedelta(hours=2)
    after = of_step(make_picture(make_visit(meeting_at=later)), "room_ready")
    early = later - timedelta(minutes=30)
    assert [(row.due, row.recipient) for row in after] == [(early, "U01MEI")]
    assert {row.key for row in before}.isdisjoint(row.key for row in after)
    assert of_step(make_picture(), "room_ready") == []


# Seeing off, and when they are home


@pytest.mark.parametrize(
    ("cars", "sets_off"),
    [
        ([], DEPARTURE),
        ([timedelta(minutes=-30), timedelta(minutes=-45)], DEPARTURE - timedelta(minutes=45)),
        ([timedelta(days=-1), timedelta(0)], DEPARTURE),  # some leave a day earlier
    ],
)
def test_leaders_see_the_guests_off_at_the_door(
    cars: list[timedelta], sets_off: datetime
) -> None:  # G24, P04
    policy = load_policy("company_flow")
    trips = [make_trip(TripKind.DROPOFF, id=n, at=DEPARTURE + d) for n, d in enumerate(cars, 1)]
    coming = Invitation(
        id=1,
        visit_id=7,
        user_id="U01PARK",
        asked_by="U01LIN",
        state=InvitationState.ACCEPTED,
        asked_at=ARRIVAL,
    )
    for level, comes in (("level_1", True), ("level_2", True), ("level_3", False)):
        visit = make_visit(level=level)
        picture = make_picture(visit, policy, trips=trips, invitations=[coming])
        expected = [(sets_off - timedelta(minutes=10), "U01PARK")] if comes else []
        assert [(r.due, r.recipient) for r in of_step(picture, "leaders_door")] == expected
        assert bool(of_step(picture, "leaders_lobby")) == comes  # G02


@pytest.mark.parametrize(
    ("left", "home"),
    [
        (
            LEFT - timedelta(hours=2),
            LEFT + timedelta(hours=8),
        ),  # their flight goes at the departure
        (LEFT + timedelta(hours=1), LEFT + timedelta(hours=9)),
        (None, None),
    ],
)
def test_they_should_be_home_after_their_flight(  # H13, R8.5
    left: datetime | None, home: datetime | None
) -> None:
    picture = followed(load_policy("ranked_caps"), level="senior", left_at=left)
    assert times(picture, "call_back") == ([home] if home else [])


@pytest.mark.parametrize(
    ("zone", "said"),
    [("Asia/Shanghai", "2026-12-11 09:00"), ("America/New_York", "2026-12-11 02:00")],
)
def test_the_call_is_never_asked_for_at_night(zone: str, said: str) -> None:  # H13
    picture = followed(load_policy("ranked_caps"), level="senior")
    (due,) = times(picture, "call_back")
    assert due == shanghai("2026-12-11 02:00")  # at home, where nobody is called now
    assert said_at(picture, "reminder", due, zone, step="call_back") == shanghai(said)


# What still stands goes on to others


def up(picture: VisitPicture) -> list[tuple[datetime, str]]:
    rows = [row for row in owed(picture) if row.kind == "step_escalation"]
    return [(row.due, row.recipient) for row in rows]


def test_a_draft_that_is_not_there_a_day_later_goes_to_the_manager() -> None:
    assert up(followed()) == [(morning(15), "U01CHEN")]
    assert up(followed(outcome=Outcome.ENDED, outcome_at=LEFT)) == []


def test_a_repeated_step_escalates_once_whatever_was_put_off() -> None:
    more: dict[str, Any] = {
        "at": "left +24h",
        "when": ["task_open"],
        "task": "thank_you",
        "to": ["account_owner"],
    }
    more |= {"repeat": {"every": "+1d", "limit": 5}}
    more |= {"escalate": {"after": "+6h", "to": ["vice_president", "department_manager"]}}
    picture = followed(step(**more))
    due = morning(14)  # six hours after Friday evening is Saturday
    assert up(picture) == [(due, "U01CHEN"), (due, "U01ZHAO")]
    task = picture.task("thank_you")
    assert task is not None
    task.snoozed_until = LEFT + timedelta(days=3)
    assert up(picture) == [(due, "U01CHEN"), (due, "U01ZHAO")]
    task.state = TaskState.DONE
    assert up(picture) == []


def test_silence_begins_when_the_step_is_said() -> None:
    more: dict[str, Any] = {
        "at": "request +1d",
        "escalate": {"after": "+3h", "to": ["coordinator"]},
    }
    approved = shanghai("2026-12-05T15:00")
    picture = make_picture(make_visit(approved_at=approved), step(**more))
    assert up(picture) == [(approved + timedelta(hours=3), "U01MEI")]
    more["at"] = "arrival -2d 23:00"  # said at seven in the morning
    data = step(**more).model_dump(mode="python", by_alias=True, exclude_unset=True)
    data["quiet_hours"] = {"from": "22:00", "until": "07:00"}
    picture = make_picture(policy=parse_policy(data, "", "quiet.toml"))
    assert up(picture) == [(shanghai("2026-12-09T10:00"), "U01MEI")]


def test_each_car_has_its_own_and_a_reported_one_none() -> None:
    more: dict[str, Any] = {"at": "pickup -10m", "message": "car_missing", "when": ["car_not_here"]}
    more |= {"until": "pickup +1h", "escalate": {"after": "+15m", "to": ["coordinator"]}}
    policy = step(**more)
    trip = make_trip(TripKind.PICKUP, driver_id="U01MA", state=TripState.ACCEPTED)
    picture = make_picture(policy=policy, trips=[trip, make_trip(TripKind.DROPOFF)])
    assert up(picture) == [(trip.at + timedelta(minutes=5), "U01MEI")]
    trip.state = TripState.HERE
    assert up(picture) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"to": ["channel"]}, [CHANNEL]),
        ({"to": ["host"]}, []),  # told of the step itself
        ({"to": ["chairman"]}, []),  # nobody holds the role
        ({"to": ["vice_president", "vice_president"]}, ["U01ZHAO"]),
    ],
)
def test_whom_it_goes_to(more: dict[str, Any], told: list[str]) -> None:
    policy = step(at="left +1d", when=["not_landed"], escalate={"after": "+1d"} | more)
    assert [who for _, who in up(followed(policy))] == told


def test_nothing_goes_on_after_its_end() -> None:
    more = {"at": "arrival -12h", "when": ["items_open"], "until": "arrival"}
    tasks = make_tasks(STANDARD, Phase.PREPARATION)
    for after, comes in (("+11h", True), ("+12h", False), ("-1h", False)):
        policy = step(**more, escalate={"after": after, "to": ["vice_president"]})
        assert bool(up(make_picture(policy=policy, tasks=tasks))) == comes
