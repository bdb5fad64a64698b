"""An edit asks anew only those whose decision hung on what has changed (R3.2, C04)."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.base.words import StepState, VisitStatus
from models.policy.load import SHIPPED, parse_policy
from services.people import roles
from services.request import changes
from services.request.stored import form_of
from tests.services.conftest import CHEN, DEV, LIN, MEI, START, ZHAO, Office

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ARRIVAL = START + 2 * DAY  # two working days ahead: late
GAO = "U01GAO"
RULES = """
[[approver]]
key = "money"
amount_above = 500
add = ["finance"]

[[approver]]
key = "hurry"
late = true
add = ["coordinator"]

[[approver]]
key = "crowd"
only = { party_from = 20 }
add = ["general_manager"]

[[exception]]
key = "too_much"
kinds = ["budget"]
written_by = "host"
approvers = ["general_manager"]
"""
LEVEL = {"department_manager", "vice_president"}
HURRY, MONEY, LEADER = {"coordinator"}, {"finance"}, {"general_manager"}


@pytest.fixture
def late(office: Office) -> Office:
    """An office whose rules ask finance for large budgets, the coordinator for late requests and
    the general manager for crowds and for budgets beyond the level's."""
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    text = text[: text.index("[[exception]]")] + RULES
    policy = parse_policy(tomllib.loads(text), text, "mine.toml")
    office.site = replace(office.site, policy=policy)
    office.do("U01ADMIN", roles.set_role, "finance", [GAO])
    return office


def approved(office: Office, **more: Any) -> int:
    """A late visit of four with 600, hosted by a department manager; approved by everybody."""
    facts: dict[str, Any] = {
        "arrival": ARRIVAL,
        "departure": ARRIVAL + 8 * HOUR,
        "pickup_time": None,
        "pickup_place": None,
        "dropoff_time": None,
        "budget": "600",
        "host": CHEN,
    }
    visit_id = office.approved(**(facts | more))
    assert office.look(visit_id).status == VisitStatus.APPROVED
    return visit_id


def edit(office: Office, visit_id: int, **fields: Any) -> changes.Changed:
    view = office.look(visit_id)
    form = form_of(view)
    form = type(form).model_validate(form.model_dump() | {"level": view.visit.level} | fields)
    done: changes.Changed = office.do(
        LIN, changes.change_visit, visit_id, view.visit.revision, form
    )
    return done


def open_steps(office: Office, visit_id: int) -> set[str]:
    """The roles whose decision is still wanted."""
    wanted = {StepState.PENDING, StepState.WAITING}
    return {step.role for step in office.look(visit_id).approvals if step.state in wanted}


NOBODY: set[str] = set()
CASES: list[tuple[str, dict[str, Any], set[str]]] = [
    ("notes", {"notes": "The room is 3.12"}, NOBODY),
    ("diet", {"guests": "Ada Byron, CEO, vegetarian"}, NOBODY),
    ("flight number", {"travel_by": "flight", "travel_number": "CA1234"}, NOBODY),
    ("room", {"meeting_time": ARRIVAL + HOUR, "meeting_place": "3.12"}, NOBODY),
    ("party size", {"party_size": 5}, NOBODY),
    ("purpose", {"purpose": "courtesy"}, NOBODY),
    ("account owner", {"account_owner": MEI}, NOBODY),
    ("pickup", {"pickup_place": "PVG T1", "pickup_time": ARRIVAL - HOUR}, NOBODY),
    ("hours", {"arrival": ARRIVAL + HOUR, "departure": ARRIVAL + 9 * HOUR}, NOBODY),
    ("hours earlier", {"arrival": ARRIVAL - 9 * HOUR}, NOBODY),  # 01:00 in Shanghai
    ("lower budget", {"budget": "550"}, NOBODY),
    ("no budget", {"budget": None}, NOBODY),
    ("second host", {"second_host": DEV}, NOBODY),
    ("the day before", {"arrival": ARRIVAL - 11 * HOUR}, LEVEL | HURRY),  # 23:00 in Shanghai
    ("next day", {"arrival": ARRIVAL + DAY, "departure": ARRIVAL + DAY + HOUR}, LEVEL | HURRY),
    ("longer stay", {"departure": ARRIVAL + 2 * DAY}, LEVEL | HURRY),
    ("level", {"level": "a", "level_reason": "They sign"}, LEVEL | LEADER),
    ("higher budget", {"budget": "700"}, LEVEL | MONEY),
    ("first exception", {"budget": "9999", "exception_reason": "Gala"}, LEVEL | MONEY | LEADER),
    ("crowd", {"party_size": 20}, LEADER),
    ("another leader", {"host": ZHAO}, LEVEL),
    ("no leader any more", {"host": LIN}, LEVEL),
]


@pytest.mark.parametrize(("edited", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_who_is_asked_anew(late: Office, edited: dict[str, Any], expected: set[str]) -> None:
    visit_id = approved(late)
    late.now = ARRIVAL - 20 * HOUR if "arrival" not in edited else START + HOUR
    changed = edit(late, visit_id, **edited)
    assert changed.fields
    assert open_steps(late, visit_id) == expected
    assert changed.asked_again is bool(expected)
    view = late.look(visit_id)
    assert view.status == (VisitStatus.REQUESTED if expected else VisitStatus.APPROVED)
    standing = {s.role for s in view.approvals if s.state == StepState.APPROVED}
    assert standing == {s.role for s in view.approvals} - expected
    late.approve(visit_id)
    assert late.look(visit_id).status == VisitStatus.APPROVED


def test_an_approved_visit_in_time_stays_so_inside_the_lead_time(late: Office) -> None:
    visit_id = approved(late, arrival=START + 9 * DAY, departure=START + 9 * DAY + HOUR)
    late.now = START + 9 * DAY - 20 * HOUR
    for fields in ({"notes": "Tea"}, {"guests": "Ada, CEO, vegan"}, {"meeting_place": "3.12"}):
        assert not edit(late, visit_id, **fields).asked_again
    view = late.look(visit_id)
    assert (view.visit.is_urgent, view.status) == (False, VisitStatus.APPROVED)
    assert late.waiting("approval") == []


def test_the_card_that_waits_for_an_untouched_decision_stays(late: Office) -> None:
    visit_id = approved(late)
    edit(late, visit_id, party_size=20)  # asks the general manager
    first = late.look(visit_id).pending_step
    edit(late, visit_id, notes="Tea", departure=ARRIVAL + 9 * HOUR)
    second = late.look(visit_id).pending_step
    assert first is not None
    assert second is not None
    assert (first.id, first.asked_at) == (second.id, second.asked_at)
