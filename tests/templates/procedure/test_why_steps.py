"""`/visit why` of what time still brings: each step, whom it goes on to, manners, quiet hours."""

from datetime import datetime, timedelta

import pytest

from models.base.permissions import Verb
from models.base.words import Outcome, Phase, TripKind, VisitStatus
from models.policy import load_policy
from models.reading.picture import VisitPicture
from templates.procedure.parts import PARTS
from templates.procedure.views import why_view
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    STANDARD,
    make_picture,
    make_tasks,
    make_trip,
    make_visit,
)
from tests.templates.scenes import reader

BEFORE = ARRIVAL - timedelta(days=3)
AFTER = DEPARTURE + timedelta(hours=1)


def lines(picture: VisitPicture, now: datetime, locale: str = "en") -> list[str]:
    """The lines of the part about time, as plain words."""
    part = PARTS.index("steps") + 1
    view = why_view(reader(locale, "U01LIN"), picture, part, now, frozenset(Verb))
    found: list[str] = []
    for block in view["blocks"][2:]:
        words = block.get("text", {}).get("text", "")
        if block["type"] == "rich_text":
            parts = [part for element in block["elements"] for part in element["elements"]]
            words = "".join(part.get("text", part.get("user_id", "")) for part in parts)
        found += [line for line in words.split("\n") if line]
    return found[1:]


def expected() -> VisitPicture:
    visit = make_visit(meeting_at=ARRIVAL + timedelta(hours=1), second_host_id="U01SAM")
    trips = [make_trip(TripKind.PICKUP, driver_id="U01MA")]
    return make_picture(visit, trips=trips, tasks=make_tasks(STANDARD, Phase.PREPARATION))


def left(**changes: object) -> VisitPicture:
    facts = {"status": VisitStatus.FOLLOW_UP, "left_at": DEPARTURE} | changes
    return make_picture(make_visit(**facts), tasks=make_tasks(STANDARD, Phase.FOLLOW_UP))


def line_of(found: list[str], rule: str) -> str:
    return next(line for line in found if rule in line)


def test_a_meeting_a_car_and_what_comes_after() -> None:
    found = lines(expected(), BEFORE)
    assert "Host, Second host, Thu 10 Dec, 09:50" in line_of(found, "[[step]] host_early")
    assert "Driver of the trip" in line_of(found, "[[step]] car_ready_pickup")
    assert "at left, which is not known yet" in line_of(found, "[[step]] feedback_request")
    manners = line_of(found, "etiquette cards")
    assert all(who in manners for who in ("U01SAM", "U01XU"))
    assert manners.endswith("cards, by default") or "cards" in manners
    assert not any("dropoff" in line or "call_before_arrival" in line for line in found)


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "if it still stands Tue 15 Dec, 09:00"), ("zh", "仍未解决")]
)
def test_whom_the_silence_of_a_step_goes_on_to(locale: str, words: str) -> None:
    line = line_of(lines(left(), AFTER, locale), "proposal_draft escalate")
    assert words in line
    assert {"en": "Department manager", "zh": "部门经理"}[locale] in line


def test_what_was_said_already_is_not_to_come() -> None:
    weeks = timedelta(days=17)
    found = lines(left(), DEPARTURE + weeks)
    assert not any("second_talk" in line or "proposal_draft" in line for line in found)
    assert "Thu 31 Dec, 09:00, then every 7d" in line_of(found, "weekly_progress")


def test_a_landed_project_is_no_longer_asked_about() -> None:
    found = lines(left(outcome=Outcome.LANDED, outcome_at=AFTER), AFTER)
    assert not any("weekly_progress" in line for line in found)
    assert "Coordinator" in line_of(found, "outcome_archived")


def test_quiet_hours_are_named() -> None:
    picture = make_picture(make_visit(), load_policy("key_account"))
    assert "from 22:00 to 07:00" in line_of(lines(picture, BEFORE), "quiet_hours")


def test_a_visit_that_is_off_has_nothing_to_come() -> None:
    assert lines(make_picture(make_visit(status=VisitStatus.CANCELLED)), BEFORE) == []
