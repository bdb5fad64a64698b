"""What follows a visit rests on days off: figures by the site's and by the reader's calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.base.words import Phase, VisitStatus
from models.policy import Policy, load_policy
from models.policy.load import parse_policy
from models.reading.picture import VisitPicture
from models.reminders.due import owed, task_due
from models.reminders.quiet import said_at
from tests.models.visits import SHANGHAI, STANDARD, make_picture, make_tasks, make_visit

NEW_YORK = "America/New_York"


def at(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}+08:00").astimezone(UTC)


def policy(calendar: dict[str, Any] | None = None, **step: Any) -> Policy:
    """One step of its own, `mine`, and the company's own calendar."""
    data = STANDARD.model_dump(mode="python", by_alias=True, exclude_unset=True)
    data["step"] = [{"key": "mine", "to": ["host"], "text": "Words"} | step]
    return parse_policy(data | {"calendar": calendar or {}}, "", "mine.toml")


def left(policy: Policy, when: str, **changes: Any) -> VisitPicture:
    """A visit whose guests have left then, by the clock of the site."""
    facts: dict[str, Any] = {"status": VisitStatus.FOLLOW_UP, "left_at": at(when)}
    facts |= {"approved_at": at(when) - timedelta(days=9)} | changes
    tasks = make_tasks(policy, Phase.FOLLOW_UP, owner="U01RUTH")
    return make_picture(make_visit(**facts), policy, tasks=tasks)


def dues(picture: VisitPicture, step: str = "mine") -> list[datetime]:
    return [row.due for row in owed(picture) if row.args.get("step") == step]


@pytest.mark.parametrize(
    ("when", "offset", "expected"),
    [
        ("2026-11-26 18:00", "+1d 17:00", "2026-11-27 17:00"),  # a Friday
        ("2026-11-27 18:00", "+1d 17:00", "2026-11-30 09:00"),
        ("2026-11-27 18:00", "+20h", "2026-11-30 09:00"),
        ("2026-09-30 18:00", "+1d 10:00", "2026-10-08 09:00"),  # the National Day week, seven days
        ("2026-02-13 18:00", "+1d 10:00", "2026-02-14 10:00"),  # a make-up Saturday
        ("2026-02-14 18:00", "+1d 10:00", "2026-02-24 09:00"),  # Spring Festival, nine days
        ("2026-12-31 18:00", "+1d 10:00", "2027-01-04 09:00"),  # over the year's end
        ("2027-01-29 18:00", "+1d 10:00", "2027-02-01 09:00"),  # over the month's end
    ],
)
def test_it_comes_on_the_next_working_morning(when: str, offset: str, expected: str) -> None:
    assert dues(left(policy(at=f"left {offset}"), when)) == [at(expected)]


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        ({"holidays": ["2026-11-30"]}, "2026-12-01 09:00"),
        ({"holidays": [{"from": "2026-11-30", "to": "2026-12-07"}]}, "2026-12-08 09:00"),
        ({"working": ["2026-11-28"]}, "2026-11-28 10:00"),
        ({"quiet_days": False}, "2026-11-28 10:00"),
    ],
)
def test_the_companys_own_days_count(calendar: dict[str, Any], expected: str) -> None:
    mine = policy(calendar, at="left +1d 10:00")
    assert dues(left(mine, "2026-11-27 18:00")) == [at(expected)]


@pytest.mark.parametrize(
    "step",
    [
        {"at": "left +8h", "any_day": True},  # the call when they are home
        {"at": "left +8h", "message": "feedback_request"},  # the first ask for feedback
        {"at": "departure +8h"},  # of the day itself
    ],
)
def test_what_does_not_rest(step: dict[str, Any]) -> None:
    friday = {"departure": at("2026-11-27 18:00")}
    assert dues(left(policy(**step), "2026-11-27 18:00", **friday)) == [at("2026-11-28 02:00")]


@pytest.mark.parametrize("name", ["abc_levels", "key_account", "ranked_caps", "ranked_cars"])
def test_the_call_when_the_guests_are_home_comes_on_a_weekend(name: str) -> None:  # R8.5
    shipped = load_policy(name)
    leaving = {"departure": at("2026-11-28 10:00"), "level": shipped.default_level}
    picture = left(shipped, "2026-11-28 10:00", **leaving)
    assert dues(picture, "call_back") == [at("2026-11-28 18:00")]


def test_nudges_skip_the_weekend_and_come_once_after_it() -> None:  # R8.1
    picture = left(STANDARD, "2026-11-27 17:00")
    nudges = [row.due for row in owed(picture) if row.kind == "feedback_nudge"]
    assert nudges[:3] == [
        at("2026-11-30 09:00"),  # for three of the weekend
        at("2026-12-01 17:00"),
        at("2026-12-02 17:00"),
    ]
    assert [row.due for row in owed(picture) if row.kind == "feedback_request"] == [
        at("2026-11-27 17:00")
    ]


def test_what_falls_on_a_holiday_week_after_week_keeps_its_day() -> None:
    mine = policy(at="left +7d 17:00", repeat={"every": "+7d", "limit": 3})
    assert dues(left(mine, "2026-09-24 18:00")) == [
        at("2026-10-08 09:00"),  # 1 October is a holiday, and the 8th has one of its own
        at("2026-10-15 17:00"),
        at("2026-10-22 17:00"),
    ]


def test_what_waits_does_not_expire_meanwhile() -> None:
    picture = left(policy(at="left +20h", until="left +24h"), "2026-11-27 18:00")
    (row,) = [row for row in owed(picture) if row.args.get("step") == "mine"]
    assert row.due == at("2026-11-30 09:00")
    assert row.expires == at("2026-12-01 09:00")
    for zone in (SHANGHAI, NEW_YORK, "Pacific/Auckland"):
        said = said_at(picture, row.kind, row.due, zone, row.expires, "mine")
        assert row.due <= said < row.expires


def test_an_escalation_counts_from_the_working_morning_and_rests_itself() -> None:
    late = {"after": "+1d", "to": ["department_manager"]}
    when: dict[str, Any] = {"task": "thank_you", "when": ["task_open"]}
    of_saturday = policy(at="left +1d 09:00", escalate=late, **when)
    assert dues(left(of_saturday, "2026-11-27 18:00")) == [
        at("2026-11-30 09:00"),
        at("2026-12-01 09:00"),
    ]
    of_friday = policy(at="left +1d 09:00", escalate=late, **when)
    assert dues(left(of_friday, "2026-11-26 18:00")) == [
        at("2026-11-27 09:00"),
        at("2026-11-30 09:00"),
    ]


@pytest.mark.parametrize(
    ("due", "zone", "expected"),
    [
        ("2026-11-27 17:00", SHANGHAI, "2026-11-27 17:00"),
        ("2026-11-30 09:00", NEW_YORK, "2026-11-30 22:00"),  # there it is Sunday until noon
        ("2026-11-28 10:00", NEW_YORK, "2026-11-28 10:00"),  # there it is still Friday
        ("2026-11-27 20:00", "Pacific/Auckland", "2026-11-30 04:00"),  # there it is Saturday
        ("2026-11-28 10:00", "Nowhere/Known", "2026-11-30 09:00"),  # the site's
    ],
)
def test_a_reader_rests_by_their_own_clock(due: str, zone: str, expected: str) -> None:
    picture = left(policy(at="left +1d"), "2026-11-26 18:00")
    said = said_at(picture, "reminder", at(due), zone, None, "mine")
    assert said == at(expected)
    assert said_at(picture, "reminder", said, zone, None, "mine") == said  # it does not wait again


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (datetime(2026, 3, 28, 11, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 11, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),
    ],
)
def test_the_morning_is_nine_o_clock_whichever_way_the_clocks_go(
    due: datetime, expected: datetime
) -> None:
    picture = left(policy(at="left +1d"), "2026-11-26 18:00")
    assert said_at(picture, "reminder", due, "Europe/Berlin", None, "mine") == expected


@pytest.mark.parametrize(
    ("quiet", "due", "expected"),
    [
        (("22:00", "07:00"), "2026-11-27 23:00", "2026-11-30 09:00"),  # into Saturday morning
        (("22:00", "07:00"), "2026-11-28 23:00", "2026-11-30 09:00"),
        (("22:00", "10:00"), "2026-11-28 12:00", "2026-11-30 10:00"),
        (("22:00", "07:00"), "2026-11-26 23:00", "2026-11-27 07:00"),
    ],
)
def test_quiet_hours_and_days_together(quiet: tuple[str, str], due: str, expected: str) -> None:
    mine = policy(at="left +1d")
    data = mine.model_dump(mode="python", by_alias=True, exclude_unset=True)
    data["quiet_hours"] = {"from": quiet[0], "until": quiet[1]}
    picture = left(parse_policy(data, "", "mine.toml"), "2026-11-26 18:00")
    assert said_at(picture, "reminder", at(due), SHANGHAI, None, "mine") == at(expected)


def test_what_would_expire_on_a_day_off_is_said_rather_than_lost() -> None:
    picture = left(policy(at="left +1d"), "2026-11-26 18:00")
    due = at("2026-11-28 12:00")
    said = said_at(picture, "reminder", due, SHANGHAI, due + timedelta(hours=4), "mine")
    assert said == due


@pytest.mark.parametrize(
    ("when", "due", "expected"),
    [
        ("2026-11-26 18:00", "left +1d 18:00", "2026-11-27 18:00"),  # a Friday
        ("2026-11-27 17:00", "left +24h", "2026-11-30 17:00"),  # of a Saturday
        ("2026-11-28 17:00", "left +1d 18:00", "2026-11-30 18:00"),  # of a Sunday
        ("2026-11-27 01:00", "left +24h", "2026-11-30 18:00"),  # of a night
        ("2026-11-27 09:00", "left +24h", "2026-11-30 18:00"),  # when it is first asked for
        ("2026-09-30 18:00", "left +1d 18:00", "2026-10-08 18:00"),  # the National Day week
        ("2026-02-13 18:00", "left +1d 18:00", "2026-02-14 18:00"),  # a make-up Saturday
    ],
)
def test_an_item_is_due_on_a_working_day(when: str, due: str, expected: str) -> None:  # H02
    mine = with_item(due)
    assert task_due(mine, "mine", left(mine, when)) == at(expected)


def test_an_item_that_is_asked_for_on_any_day_keeps_its_day() -> None:
    saturday = at("2026-11-28 18:00")
    asked = {"key": "mine", "at": "left +1d 09:00", "to": ["host"], "task": "mine", "text": "Words"}
    for mine in (
        with_item("left +1d 18:00", step=[asked | {"any_day": True}]),
        with_item("left +1d 18:00", calendar={"quiet_days": False}),
        with_item("departure +1d 18:00"),
    ):
        picture = left(mine, "2026-11-27 18:00", departure=at("2026-11-27 18:00"))
        assert task_due(mine, "mine", picture) == saturday


@pytest.mark.parametrize("weekday", range(7))
def test_what_is_asked_for_first_is_not_overdue_by_then(weekday: int) -> None:
    picture = left(STANDARD, f"2026-11-{23 + weekday} 16:00")
    first: dict[str, datetime] = {}
    for row in owed(picture):
        step = STANDARD.step(str(row.args.get("step")))
        if step is not None and step.message in {"follow_up_task", "feedback_request"}:
            first.setdefault(step.task or "", row.due)
    assert len(first) > 3
    for task, asked in first.items():
        due = task_due(STANDARD, task, picture)
        assert due is not None
        assert asked < due, task


def with_item(due: str, **tables: Any) -> Policy:
    """The standard with one item more that follows the visit, `mine`."""
    data = STANDARD.model_dump(mode="python", by_alias=True, exclude_unset=True)
    item = {"key": "mine", "phase": "follow_up", "title": "Mine", "owner": "host", "due": due}
    return parse_policy(data | {"task": [item]} | {"step": []} | tables, "", "mine.toml")
