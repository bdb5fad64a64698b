"""What a visit owes, by its state and the policy: the figures of R5.2, R6, R8 on real dates."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.words import Outcome, Phase, StepState, TaskState, TripKind, TripState, VisitStatus
from models.policy.load import parse_policy
from models.policy.moment import Anchor
from models.policy.rules import Policy
from models.reminders.due import owed
from models.reminders.outbox import CHANNEL
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    REQUESTED,
    STANDARD,
    make_picture,
    make_step,
    make_tasks,
    make_trip,
    make_visit,
)


def rows(picture: Any, kind: str) -> list[tuple[datetime, str]]:
    return [(row.due, row.recipient) for row in owed(picture) if row.kind == kind]


def test_a_request_asks_every_holder_of_the_role_and_escalates_after_four_hours() -> None:
    picture = make_picture(
        make_visit(status=VisitStatus.REQUESTED, approved_at=None), approvals=[make_step()]
    )
    assert rows(picture, "approval") == [(REQUESTED, "U01CHEN")]
    assert rows(picture, "do:escalate") == [(REQUESTED + timedelta(hours=4), "")]
    assert rows(picture, "preparation_check") == []


def test_after_escalation_the_next_role_is_asked_as_well() -> None:
    late = REQUESTED + timedelta(hours=4)
    picture = make_picture(
        make_visit(status=VisitStatus.REQUESTED, approved_at=None),
        approvals=[make_step(escalated_at=late, levels="department_manager vice_president")],
    )
    assert {who for _, who in rows(picture, "approval")} == {"U01CHEN", "U01ZHAO"}
    assert rows(picture, "do:escalate") == [(late + timedelta(hours=4), "")]


def test_silence_ends_with_the_ladder() -> None:  # R3.1
    roles = ["department_manager", "vice_president", "general_manager", "chairman"]
    for reached in range(1, len(roles) + 1):
        step = make_step(levels=" ".join(roles[:reached]))
        picture = make_picture(make_visit(status=VisitStatus.REQUESTED), approvals=[step])
        found = [row for row in owed(picture) if row.kind == "do:escalate"]
        assert [row.args["level"] for row in found] == [reached][: len(roles) - reached]


def test_the_checks_come_a_day_and_half_a_day_before() -> None:  # R5.2
    tasks = make_tasks(STANDARD, Phase.PREPARATION)
    picture = make_picture(tasks=tasks)
    day, half = ARRIVAL - timedelta(hours=24), ARRIVAL - timedelta(hours=12)
    assert rows(picture, "preparation_check") == [(day, CHANNEL), (half, CHANNEL)]
    assert rows(picture, "please_confirm") == [(day, "U01MEI"), (half, "U01MEI")]
    assert rows(picture, "open_items") == [(half, "U01LIN")]


def test_nothing_open_means_nobody_is_bothered_at_the_second_check() -> None:
    done = ARRIVAL - timedelta(hours=20)
    tasks = make_tasks(STANDARD, Phase.PREPARATION)
    for task in tasks:
        task.state, task.done_at = TaskState.DONE, done
    assert rows(make_picture(tasks=tasks), "open_items") == []


def test_only_owners_with_something_to_confirm_are_asked() -> None:
    tasks = make_tasks(STANDARD, Phase.PREPARATION)
    for task in tasks:
        if task.key in {"car", "gate"}:
            task.owner_id = "U01LIU" if task.key == "car" else "U01XU"
            task.state, task.done_at = TaskState.DONE, ARRIVAL - timedelta(days=5)
    asked = {who for _, who in rows(make_picture(tasks=tasks), "please_confirm")}
    assert asked == {"U01MEI", "U01LIU"}  # the gate needs no second look, the car does


def test_an_item_done_long_before_is_confirmed_again_if_it_is_of_that_kind() -> None:  # R5.2
    tasks = make_tasks(STANDARD, Phase.PREPARATION)
    for task in tasks:
        task.state, task.done_at = TaskState.DONE, ARRIVAL - timedelta(days=5)
    picture = make_picture(tasks=tasks)
    assert {t.key for t in picture.unconfirmed()} == {"car", "hotel", "meals", "meeting_room"}
    for task in tasks:
        task.confirmed_at = ARRIVAL - timedelta(hours=24)
    assert picture.unconfirmed() == []


def test_a_pickup_is_called_for_alerted_and_missed() -> None:  # R6.2, R6.3
    trip = make_trip(TripKind.PICKUP, driver_id="U01MA", state=TripState.ACCEPTED, assignment=1)
    picture = make_picture(trips=[trip])
    assert rows(picture, "call_guest") == [(trip.at - timedelta(minutes=60), "U01LIN")]
    assert rows(picture, "car_ready") == [(trip.at - timedelta(minutes=15), "U01MA")]
    assert rows(picture, "car_missing") == [
        (trip.at - timedelta(minutes=10), "U01LIN"),
        (trip.at - timedelta(minutes=10), "U01LIU"),
    ]


def test_a_reported_car_is_not_missing() -> None:
    trip = make_trip(TripKind.PICKUP, driver_id="U01MA", state=TripState.HERE, assignment=1)
    assert rows(make_picture(trips=[trip]), "car_missing") == []


def test_the_departure_car_is_alerted_likewise() -> None:  # R6.5, F07
    trip = make_trip(TripKind.DROPOFF, driver_id="U01MA", state=TripState.ACCEPTED, assignment=1)
    picture = make_picture(trips=[trip])
    assert rows(picture, "car_ready") == [(DEPARTURE - timedelta(minutes=10), "U01MA")]
    assert {due for due, _ in rows(picture, "car_missing")} == {DEPARTURE - timedelta(minutes=5)}


def test_guests_in_their_own_car_are_called_before_the_arrival() -> None:  # R6.6
    assert rows(make_picture(), "call_guest") == [(ARRIVAL - timedelta(hours=1), "U01LIN")]


def test_time_itself_ends_the_visit_at_the_departure() -> None:
    assert rows(make_picture(), "do:left") == [(DEPARTURE, "")]
    for waiting in (VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED):  # for a later change
        assert rows(make_picture(make_visit(status=waiting)), "do:left") == [(DEPARTURE, "")]


def test_feedback_is_asked_for_when_the_guests_left_and_nudged_to_a_limit() -> None:  # R8.1
    tasks = make_tasks(STANDARD, Phase.FOLLOW_UP, owner="U01RUTH")
    left = DEPARTURE
    visit = make_visit(status=VisitStatus.FOLLOW_UP, left_at=left)
    picture = make_picture(visit, tasks=tasks)
    assert rows(picture, "feedback_request") == [(left, "U01RUTH")]
    nudges = [due for due, _ in rows(picture, "feedback_nudge")]
    hours = [(due - left) / timedelta(hours=1) for due in nudges]
    # They left on a Thursday at 18:00: nothing on Saturdays and Sundays, one on Monday at nine.
    assert hours == [20, 24, 87, 120, 144, 168, 192, 255]


def test_remind_me_later_puts_everything_off_until_then() -> None:
    tasks = make_tasks(STANDARD, Phase.FOLLOW_UP, owner="U01RUTH")
    visit = make_visit(status=VisitStatus.FOLLOW_UP, left_at=DEPARTURE)
    later = DEPARTURE + timedelta(hours=100)  # on Monday
    tasks[0].snoozed_until = later
    picture = make_picture(visit, tasks=tasks)
    due = [when for when, _ in rows(picture, "feedback_nudge")]
    assert due[:2] == [later, DEPARTURE + timedelta(hours=120)]
    assert rows(picture, "feedback_request") == []


def test_putting_off_once_more_leaves_each_later_nudge_its_own() -> None:
    tasks = make_tasks(STANDARD, Phase.FOLLOW_UP, owner="U01RUTH")
    visit = make_visit(status=VisitStatus.FOLLOW_UP, left_at=DEPARTURE)
    before = {r.key: r.due for r in owed(make_picture(visit, tasks=tasks))}
    tasks[0].snoozed_until = DEPARTURE + timedelta(hours=135)  # three daily nudges are out
    after = {r.key: r.due for r in owed(make_picture(visit, tasks=tasks))}
    later = {key: due for key, due in before.items() if due > tasks[0].snoozed_until}
    assert len([key for key in later if "feedback" in key]) == 4
    assert later.items() <= after.items()


def test_another_car_is_told_to_its_driver_alone() -> None:
    def keys(kind: str, assignment: int) -> list[str]:
        trip = make_trip(
            TripKind.PICKUP, driver_id="U01MA", state=TripState.ACCEPTED, assignment=assignment
        )
        return [row.key for row in owed(make_picture(trips=[trip])) if row.kind == kind]

    assert keys("car_ready", 1) != keys("car_ready", 2)
    for kind in ("call_guest", "car_missing"):
        assert keys(kind, 1) == keys(kind, 2) != []


def test_thanks_the_next_day_and_the_summary_in_two_days() -> None:  # R8.3, R8.6
    tasks = make_tasks(STANDARD, Phase.FOLLOW_UP, owner="U01LIN")
    visit = make_visit(status=VisitStatus.FOLLOW_UP, left_at=DEPARTURE)  # 18:00 in Shanghai
    due = [when for when, _ in rows(make_picture(visit, tasks=tasks), "follow_up_task")]
    assert due[:2] == [
        datetime(2026, 12, 11, 1, 0, tzinfo=UTC),  # 09:00 in Shanghai
        datetime(2026, 12, 14, 1, 0, tzinfo=UTC),  # Saturday is no working day
    ]


@pytest.mark.parametrize(
    "status", [VisitStatus.CANCELLED, VisitStatus.DECLINED, VisitStatus.CLOSED]
)
def test_a_visit_that_is_over_owes_its_card_only(status: VisitStatus) -> None:
    picture = make_picture(make_visit(status=status), trips=[make_trip(TripKind.PICKUP)])
    assert [row.kind for row in owed(picture)] == ["visit_card"]


def test_a_change_waiting_for_approval_stops_no_reminder() -> None:
    picture = make_picture(make_visit(status=VisitStatus.REQUESTED), approvals=[make_step()])
    assert len(rows(picture, "preparation_check")) == 2


def test_a_moved_visit_owes_its_checks_anew_and_an_unmoved_one_does_not() -> None:
    before = {row.key for row in owed(make_picture()) if row.kind == "preparation_check"}
    moved = make_visit(arrival=ARRIVAL + timedelta(hours=1))
    after = {row.key for row in owed(make_picture(moved)) if row.kind == "preparation_check"}
    assert before.isdisjoint(after)
    again = {row.key for row in owed(make_picture()) if row.kind == "preparation_check"}
    assert again == before


OFFSETS = st.builds(
    lambda sign, number, unit, at: f"{sign}{number}{unit}{at if unit in {'d', 'wd'} else ''}",
    st.sampled_from("+-"),
    st.integers(0, 40),
    st.sampled_from(["m", "h", "d", "wd"]),
    st.sampled_from(["", " 09:00", " 23:59"]),
)
ANCHORS = st.sampled_from([str(anchor) for anchor in Anchor])
STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.builds("{} {}".format, ANCHORS, OFFSETS),
            "to": st.lists(
                st.sampled_from(["host", "channel", "driver", "trip_driver", "task_owners"]),
                min_size=1,
                max_size=3,
            ),
            "when": st.lists(
                st.sampled_from(
                    ["car_not_here", "no_pickup", "items_open", "not_landed", "landed"]
                ),
                max_size=2,
            ),
        },
        optional={
            "until": st.builds("{} {}".format, ANCHORS, OFFSETS),
            "repeat": st.fixed_dictionaries({"every": OFFSETS, "limit": st.integers(1, 60)}),
            "escalate": st.fixed_dictionaries(
                {
                    "after": OFFSETS,
                    "to": st.lists(
                        st.sampled_from(["host", "coordinator", "channel"]), min_size=1, max_size=2
                    ),
                }
            ),
        },
    ),
    max_size=12,
)


def policy_with(steps: list[dict[str, Any]]) -> Policy:
    data = {
        "name": "any",
        "title": "Any",
        "default_level": "b",
        "lead_time": {"working_days": 3},
        "escalation": {"after_hours": 4, "to": {}},
        "level": [{"key": "b", "name": "B", "approvers": ["department_manager"]}],
        "task": [
            t.model_dump(mode="json", exclude={"due"}) | {"due": "arrival -24h"}
            for t in STANDARD.tasks
            if t.phase == Phase.PREPARATION
        ],
        "step": [
            s | ({"text": "Words"} if n % 2 else {"message": "call_guest"}) | {"key": f"s{n}"}
            for n, s in enumerate(steps)
        ],
    }
    return parse_policy(data, "", "any.toml")


@settings(max_examples=80, deadline=None)
@given(
    steps=STEPS,
    status=st.sampled_from(list(VisitStatus)),
    arrival=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001
    stay=st.timedeltas(timedelta(minutes=1), timedelta(days=20)),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
    trips=st.sets(st.sampled_from(list(TripKind))),
    state=st.sampled_from(list(TripState)),
    meeting=st.none() | st.timedeltas(timedelta(), timedelta(days=2)),
    outcome=st.sampled_from([None, *Outcome]),
)
def test_any_policy_and_visit_owe_a_finite_ordered_set_the_same_each_time(
    steps: list[dict[str, Any]],
    status: VisitStatus,
    arrival: datetime,
    stay: timedelta,
    zone: str,
    trips: set[TripKind],
    state: TripState,
    meeting: timedelta | None,
    outcome: Outcome | None,
) -> None:
    policy = policy_with(steps)
    start = arrival.replace(tzinfo=UTC)
    visit = make_visit(
        status=status,
        arrival=start,
        departure=start + stay,
        timezone=zone,
        left_at=start + stay if status in {VisitStatus.FOLLOW_UP, VisitStatus.CLOSED} else None,
        meeting_at=start + meeting if meeting is not None else None,
        outcome=outcome,
        outcome_at=start + stay if outcome is not None else None,
    )
    parts: dict[str, Any] = {
        "trips": [make_trip(kind, at=start, state=state, driver_id="U01MA") for kind in trips],
        "tasks": make_tasks(policy, Phase.PREPARATION),
        "approvals": [make_step(state=StepState.PENDING)],
    }
    first = owed(make_picture(visit, policy, **parts))
    assert first == owed(make_picture(visit, policy, **parts))
    assert len({row.key for row in first}) == len(first) < 2000
    assert [row.due for row in first] == sorted(row.due for row in first)
    assert all(row.due.tzinfo is not None for row in first)
    assert all(row.expires is None or row.expires > row.due for row in first)
    assert all(len(row.key) <= 160 for row in first)


def test_nobody_is_blamed_in_the_hour_after_a_late_approval() -> None:  # R5.2
    tasks = make_tasks(STANDARD, Phase.PREPARATION)
    approved = ARRIVAL - timedelta(hours=9)
    picture = make_picture(make_visit(approved_at=approved), tasks=tasks)
    asked = approved + timedelta(hours=1)
    assert rows(picture, "open_items") == [(asked, "U01LIN")]
    assert rows(picture, "preparation_check") == [(asked, CHANNEL)]
    just = make_picture(make_visit(approved_at=ARRIVAL - timedelta(minutes=50)), tasks=tasks)
    assert rows(just, "open_items") == []
