"""A changed role is followed by open visits: the next ones at once, the others on their own."""

import pytest

from models.base.words import Role, StepState
from services.people import roles
from services.people.roles import follow_role, set_role
from services.preparation.checklist import hand_over
from services.signoff.decisions import decide
from tests.services.conftest import CHEN, DEV, MEI, RUTH, Office

ADMIN, OTHER, THIRD = "U01ADMIN", "U01OTHER", "U01THIRD"


def owners(office: Office, visit_id: int) -> set[str | None]:
    tasks = office.look(visit_id).preparation
    return {task.owner_id for task in tasks if task.owner_role == "coordinator"}


def follow(office: Office, *, backwards: bool = False) -> None:
    """Do what is owed, as the tick would."""
    rows = office.rows("do:role")
    for row in reversed(rows) if backwards else rows:
        role, before = Role(row.args["role"]), row.args["before"]
        office.do(None, follow_role, row.visit_id, role, before)


def test_only_the_next_visits_follow_in_the_same_transaction(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "AT_ONCE", 1)
    first, second, third = (office.approved() for _ in range(3))
    office.do(ADMIN, set_role, "coordinator", [OTHER])
    assert [owners(office, visit) for visit in (first, second, third)] == [{OTHER}, {MEI}, {MEI}]
    assert [(row.visit_id, row.recipient) for row in office.rows("do:role")] == [
        (second, ""),
        (third, ""),
    ]
    follow(office)
    assert owners(office, second) == owners(office, third) == {OTHER}
    assert {who for _, who in office.waiting("tasks")} >= {OTHER}


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("last", [[THIRD], [MEI], [MEI, THIRD], []])
def test_the_last_change_counts_in_whatever_order_they_are_followed(
    office: Office, monkeypatch: pytest.MonkeyPatch, last: list[str], backwards: bool
) -> None:
    monkeypatch.setattr(roles, "AT_ONCE", 0)
    visit_id = office.approved()
    office.do(ADMIN, set_role, "coordinator", [OTHER])
    office.do(ADMIN, set_role, "coordinator", last)
    follow(office, backwards=backwards)
    assert owners(office, visit_id) == {last[0] if last else None}


def test_a_visit_that_is_over_follows_nothing(office: Office) -> None:
    visit_id = office.submit()
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decide, step.id, StepState.DECLINED, "No")
    before = [(row.key, row.revision) for row in office.rows("visit_card")]
    office.do(None, follow_role, visit_id, "it", [DEV])
    assert [(row.key, row.revision) for row in office.rows("visit_card")] == before


def test_whoever_got_an_item_from_somebody_keeps_it(office: Office) -> None:
    visit_id = office.approved()
    task = next(t for t in office.look(visit_id).preparation if t.owner_id == MEI)
    office.do(MEI, hand_over, task.id, RUTH)
    office.do(ADMIN, set_role, "coordinator", [OTHER])
    assert owners(office, visit_id) == {OTHER, RUTH}
