"""What time brings after the guests have left, before a meeting, and when something still stands:
the figures of R5.4, R7.1, R8.4, R8.5 and P13 on real dates."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from models.base.words import Outcome, Phase, TaskState, TripKind, TripState, VisitStatus
from models.policy.load import load_policy, parse_policy
from models.policy.rules import Policy
from models.reading.picture import VisitPicture
from models.records.aftercare import Feedback
from models.reminders.due import owed
from models.reminders.outbox import CHANNEL
from models.reminders.owed import Owed
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


def test_before_a_meeting_the_room_and_the_hosts() -> None:  # R5.4, R7.1, P13
    picture = make_picture(make_visit(meeting_at=MEETING, second_host_id="U01SAM"))
    early = MEETING - timedelta(minutes=10)
    told = {(row.due, row.recipient) for row in of_step(picture, "host_early")}
    assert told == {(early, "U01LIN"), (early, "U01SAM")}
    assert [row.due for row in of_step(picture, "room_ready")] == [early]
    assert {row.expires for row in of_step(picture, "host_early")} == {MEETING}


def test_a_moved_meeting_moves_them_and_without_one_nothing_comes() -> None:
    before = of_step(make_picture(make_visit(meeting_at=MEETING)), "host_early")
    later = MEETING + timedelta(hours=2)
    after = of_step(make_picture(make_visit(meeting_at=later)), "host_early")
    assert [row.due for row in after] == [later - timedelta(minutes=10)]
    assert {row.key for row in before}.isdisjoint(row.key for row in after)
    assert of_step(make_picture(), "host_early") == of_step(make_picture(), "room_ready") == []


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
