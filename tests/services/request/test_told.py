"""Once guests were told who comes, nobody else comes silently (D12, R4.4)."""

from dataclasses import replace

import pytest

from models.base.errors import InvalidForm
from models.base.words import TaskState
from models.policy import load_policy
from models.records.preparation import Task
from services.escorts import invitations
from services.people.visit_roles import fill_roles
from services.preparation import checklist
from services.request import changes
from services.request.stored import form_of
from tests.services.conftest import LIN, MEI, PARK, RUTH, Office

SAM, TOM = "U01SAM", "U01TOM"


@pytest.fixture
def visit_id(office: Office) -> int:
    office.site = replace(office.site, policy=load_policy("company_flow"))
    return office.approved(level="level_2", second_host=SAM)


def told(office: Office, visit_id: int) -> Task:
    task = office.look(visit_id).task("guest_told")
    assert task is not None
    return task


def tick(office: Office, visit_id: int) -> None:
    office.do(LIN, checklist.finish_task, told(office, visit_id).id)


def change(office: Office, visit_id: int, **more: object) -> None:
    view = office.look(visit_id)
    form = form_of(view).model_copy(update=more)
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)


@pytest.mark.parametrize("others", [{"host": RUTH}, {"second_host": RUTH}, {"second_host": None}])
def test_another_host_needs_a_reason_once_the_guests_were_told(
    office: Office, visit_id: int, others: dict[str, str | None]
) -> None:
    tick(office, visit_id)
    with pytest.raises(InvalidForm) as refused:
        change(office, visit_id, **others)
    assert {name: fault.code for name, fault in refused.value.faults.items()} == {
        "told_reason": "told_reason"
    }
    assert told(office, visit_id).state == TaskState.DONE
    change(office, visit_id, told_reason="Lin is ill", **others)
    task, visit = told(office, visit_id), office.look(visit_id).visit
    assert (task.state, task.owner_id) == (TaskState.OPEN, visit.host_id)
    [row] = office.rows("tell_again")
    assert (row.recipient, row.args["reason"]) == (visit.host_id, "Lin is ill")


def test_before_that_and_for_all_else_nothing_is_asked(office: Office, visit_id: int) -> None:
    change(office, visit_id, second_host=RUTH)
    tick(office, visit_id)
    change(office, visit_id, notes="They come by bus")
    change(office, visit_id, told_reason="A reason for nothing")
    assert told(office, visit_id).state == TaskState.DONE
    assert office.rows("tell_again") == []


def test_the_second_host_is_not_changed_beside_it(office: Office, visit_id: int) -> None:
    tick(office, visit_id)
    with pytest.raises(InvalidForm):
        office.do(MEI, fill_roles, visit_id, {}, RUTH)
    office.do(MEI, fill_roles, visit_id, {}, SAM)  # the same as before


def test_a_leader_who_drops_out_is_told_to_the_guests(office: Office, visit_id: int) -> None:
    office.do(LIN, invitations.invite, visit_id, [PARK])
    office.approve(visit_id)
    [asked] = office.look(visit_id).invitations
    office.do(PARK, invitations.attend, asked.id, asked.turn)
    office.approve(visit_id)
    tick(office, visit_id)
    [asked] = office.look(visit_id).invitations
    office.do(PARK, invitations.cannot_attend, asked.id, asked.turn, "A trip", None)
    assert told(office, visit_id).state == TaskState.OPEN
    [row] = office.rows("tell_again")
    assert row.recipient == LIN


def test_a_leader_who_is_asked_no_longer_is_told_to_the_guests(
    office: Office, visit_id: int
) -> None:
    office.do(LIN, invitations.invite, visit_id, [PARK])
    [asked] = office.look(visit_id).invitations
    tick(office, visit_id)
    office.do(LIN, invitations.withdraw, asked.id, asked.turn)  # had not said yes
    assert told(office, visit_id).state == TaskState.DONE
