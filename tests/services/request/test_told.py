"""Once guests were told who comes, nobody else comes silently (D12, R4.4)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import InvalidForm
from models.base.words import TaskState
from models.policy import load_policy
from models.records.escorts import Invitation
from models.records.preparation import Task
from services.escorts import invitations
from services.people import absence
from services.people.visit_roles import fill_roles
from services.preparation import checklist
from services.request import changes
from services.request.stored import form_of
from tests.services.conftest import LIN, MEI, PARK, RUTH, Office
from tests.services.people.test_absence import ADMIN, away, back, days
from tests.services.people.test_absence import tick as brings

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


def accepted(office: Office, visit_id: int) -> Invitation:
    """A leader attends, and the guests have been told so."""
    office.do(LIN, invitations.invite, visit_id, [PARK])
    office.approve(visit_id)
    [asked] = office.look(visit_id).invitations
    office.do(PARK, invitations.attend, asked.id, asked.turn)
    office.approve(visit_id)
    tick(office, visit_id)
    [asked] = office.look(visit_id).invitations
    return asked


def no_reason(office: Office, who: str, verb: Any, *args: object) -> bool:
    with pytest.raises(InvalidForm) as refused:
        office.do(who, verb, *args)
    return {n: f.code for n, f in refused.value.faults.items()} == {"reason": "told_reason"}


def test_a_leader_who_drops_out_says_why_and_it_is_told(office: Office, visit_id: int) -> None:
    asked = accepted(office, visit_id)
    cannot = (invitations.cannot_attend, asked.id, asked.turn)
    assert no_reason(office, PARK, *cannot, None, None)
    assert told(office, visit_id).state == TaskState.DONE
    office.do(PARK, *cannot, "A trip", None)
    assert told(office, visit_id).state == TaskState.OPEN
    [row] = office.rows("tell_again")
    assert (row.recipient, row.args["by"], row.args["reason"]) == (LIN, PARK, "A trip")


def test_a_leader_who_is_withdrawn_is_for_a_reason(office: Office, visit_id: int) -> None:
    asked = accepted(office, visit_id)
    assert no_reason(office, LIN, invitations.withdraw, asked.id, asked.turn)
    office.do(LIN, invitations.withdraw, asked.id, asked.turn, "The CEO goes instead")
    [row] = office.rows("tell_again")
    assert (row.args["by"], row.args["reason"]) == (LIN, "The CEO goes instead")


def test_a_leader_of_whom_nothing_was_told_need_not_say_why(office: Office, visit_id: int) -> None:
    office.do(LIN, invitations.invite, visit_id, [PARK])
    [asked] = office.look(visit_id).invitations
    tick(office, visit_id)
    office.do(PARK, invitations.cannot_attend, asked.id, asked.turn, None, None)
    assert told(office, visit_id).state == TaskState.DONE


def test_an_absence_is_the_reason_and_so_is_its_end(office: Office, visit_id: int) -> None:
    tick(office, visit_id)
    number = away(office, LIN, RUTH)
    [row] = office.rows("tell_again")
    assert (row.recipient, row.args["what"], row.args["who"]) == (RUTH, "away", LIN)
    assert row.args["until"] == days(4).isoformat()
    office.do(RUTH, checklist.finish_task, told(office, visit_id).id)
    office.now += timedelta(seconds=1)
    back(office, LIN, number)
    row = office.rows("tell_again")[-1]
    assert (row.recipient, row.args["what"], row.args["who"]) == (LIN, "back", LIN)


def test_who_hands_all_over_may_say_why(office: Office, visit_id: int) -> None:
    tick(office, visit_id)
    office.do(ADMIN, absence.hand_over_all, LIN, RUTH, "Lin has left us")
    brings(office)
    [row] = office.rows("tell_again")
    assert (row.recipient, row.args["what"], row.args["reason"]) == (
        RUTH,
        "handed",
        "Lin has left us",
    )
    assert row.args["by"] == ADMIN


def test_a_leader_who_is_asked_no_longer_is_told_to_the_guests(
    office: Office, visit_id: int
) -> None:
    office.do(LIN, invitations.invite, visit_id, [PARK])
    [asked] = office.look(visit_id).invitations
    tick(office, visit_id)
    office.do(LIN, invitations.withdraw, asked.id, asked.turn)  # had not said yes
    assert told(office, visit_id).state == TaskState.DONE
