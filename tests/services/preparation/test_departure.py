"""What is done when the guests leave: handed out with the preparation, not part of it (G29)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.base.errors import VisitOver
from models.base.words import Phase
from models.policy import PolicyError, load_policy, restore_policy
from models.policy.load import SHIPPED
from services.aftercare import follow_up
from services.preparation import checklist
from services.request import changes
from tests.services.conftest import LIN, Office


@pytest.fixture
def visit_id(office: Office) -> int:
    office.site = replace(office.site, policy=load_policy("ranked_caps"))
    return office.approved(level="senior", level_reason="As agreed")


def item(office: Office, visit_id: int, key: str) -> int:
    task = office.look(visit_id).task(key)
    assert task is not None
    return task.id or 0


def test_what_is_done_at_the_departure_is_no_preparation(office: Office, visit_id: int) -> None:
    view = office.look(visit_id)
    assert {task.key for task in view.departing} == {"luggage", "souvenir_handed_over"}
    assert not {"luggage"} & {task.key for task in view.unconfirmed()}
    first, last = view.trips[-1].at - timedelta(minutes=30), view.trips[-1].at
    assert [(due, who) for due, who in office.waiting("departure_items")] == [(first, LIN)]
    assert {task.due_at for task in view.departing} == {last}  # when the car sets off
    office.do(LIN, checklist.finish_task, item(office, visit_id, "luggage"))


def test_it_moves_with_the_visit_and_may_still_be_ticked_once_they_left(
    office: Office, visit_id: int
) -> None:
    view = office.look(visit_id)
    visit, later = view.visit, timedelta(days=1)
    times = (visit.arrival + later, visit.departure + later)
    trips = (view.trips[0].at, view.trips[-1].at)
    office.do(LIN, changes.reschedule_visit, visit_id, visit.revision, *times, *trips)
    moved = office.look(visit_id)
    assert {task.due_at for task in moved.departing} == {moved.trips[-1].at}
    office.now = moved.visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    office.do(LIN, checklist.finish_task, item(office, visit_id, "souvenir_handed_over"))
    assert all(task.phase != Phase.DEPARTURE for task in office.look(visit_id).follow_up)


def test_not_for_a_visit_that_does_not_take_place(office: Office, visit_id: int) -> None:
    office.do(LIN, changes.cancel_visit, visit_id, "Postponed")
    with pytest.raises(VisitOver):
        office.do(LIN, checklist.finish_task, item(office, visit_id, "luggage"))


def test_it_counts_from_the_departure() -> None:
    text = (SHIPPED / "ranked_caps.toml").read_text(encoding="utf-8")
    wrong = text.replace('due = "send_off"', 'due = "arrival"')
    with pytest.raises(PolicyError, match="counts from departure or send_off"):
        restore_policy(wrong, "mine.toml")
