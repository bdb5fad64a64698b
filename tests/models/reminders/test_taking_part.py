"""D08: leaders who attend are told again in the morning of the day, once, in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.base.words import InvitationState
from models.policy.rules import Policy
from models.records.escorts import Invitation
from models.reminders.due import Owed, owed
from models.reminders.taking_part import ATTENDS_TODAY, TAKES_PART
from tests.models.reminders.test_quiet import quiet, shanghai
from tests.models.visits import REQUESTED, STANDARD, make_picture, make_visit

LEADER = "U01PARK"


def told(policy: Policy = STANDARD, **changes: Any) -> list[Owed]:
    answered = changes.pop("answered_at", REQUESTED + timedelta(hours=1))
    invitation = Invitation(
        id=1,
        visit_id=7,
        user_id=changes.pop("leader", LEADER),
        state=changes.pop("state", InvitationState.ACCEPTED),
        asked_by="U01LIN",
        asked_at=REQUESTED,
        answered_at=answered,
    )
    arrival = changes.get("arrival", shanghai(10, "14:00")).astimezone(UTC)
    visit = make_visit(**(changes | {"arrival": arrival, "departure": arrival + timedelta(days=1)}))
    rows = owed(make_picture(visit, policy, invitations=[invitation]))
    return [row for row in rows if row.kind == ATTENDS_TODAY]


@pytest.mark.parametrize(
    ("policy", "arrival", "due"),
    [
        (STANDARD, shanghai(10, "14:00"), shanghai(10, "09:00")),
        (quiet("22:00", "07:30"), shanghai(10, "14:00"), shanghai(10, "07:30")),
        # quiet hours at noon are no night
        (quiet("12:00", "13:30"), shanghai(10, "14:00"), shanghai(10, "09:00")),
        # so early that the morning is too late: an hour before, be it the evening before
        (STANDARD, shanghai(10, "09:30"), shanghai(10, "08:30")),
        (quiet("22:00", "07:30"), shanghai(10, "00:30"), shanghai(9, "23:30")),
    ],
)
def test_they_are_told_in_the_morning(policy: Policy, arrival: datetime, due: datetime) -> None:
    [row] = told(policy, arrival=arrival)
    assert (row.recipient, row.due, row.expires) == (LEADER, due, arrival)


def test_another_hour_of_the_same_day_is_no_second_message_and_another_day_is() -> None:
    keys = {
        at: told(arrival=at)[0].key
        for at in (shanghai(10, "14:00"), shanghai(10, "17:00"), shanghai(11, "14:00"))
    }
    first, later, next_day = keys.values()
    assert first == later != next_day


def test_who_first_hears_of_it_on_the_day_is_told_once() -> None:
    day = shanghai(10, "09:00").astimezone(UTC)
    assert told(approved_at=day) == []
    assert told(answered_at=day + timedelta(hours=1)) == []
    assert len(told(answered_at=day - timedelta(minutes=1))) == 1


def test_hosts_and_who_has_not_accepted_are_not_told() -> None:
    assert told(leader="U01LIN") == []  # the host
    assert told(leader="U01PARK", second_host_id="U01PARK") == []
    assert told(state=InvitationState.ASKED) == []


def test_named_people_are_told_once_at_the_approval() -> None:
    rows = owed(make_picture(make_visit()))
    assert [row.recipient for row in rows if row.kind == TAKES_PART] == ["U01RUTH"]
