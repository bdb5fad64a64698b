"""A trial visit: the admin's alone in every role, by every shipped procedure, and wholly gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from models.base.errors import Outdated
from models.base.permissions import Verb
from models.base.words import StepState, TaskState, VisitStatus
from models.policy import load_policy
from models.policy.load import shipped_policies
from models.reading.finding import Shelf, Wanted
from models.records.people import FirstStep
from models.reminders.outbox import Delivery
from models.reminders.owed import NOBODY
from services.people import first_steps
from services.people.roles import set_role
from services.preparation import checklist
from services.procedure.watch import look_over
from services.reading import finding, standing
from services.reading.desk import Desk
from services.request import rating, trial
from services.signoff import decisions
from tests.services.conftest import LIN, MEI, Office

ADMIN = "U01ADMIN"


def start(office: Office) -> int:
    made = office.do(ADMIN, trial.start_trial, "Trial customer", "Trial guest", "CEO")
    return int(made.visit.id)


def counts(office: Office) -> dict[str, int]:
    with office.database.reading() as session:
        run = session.connection().execute
        tables = SQLModel.metadata.sorted_tables
        return {
            each.name: run(select(func.count()).select_from(each)).scalar_one() for each in tables
        }


def recipients(office: Office) -> set[str]:
    with office.database.reading() as session:
        return set(session.connection().execute(select(Delivery.recipient)).scalars())  # type: ignore[call-overload]


@pytest.mark.parametrize("name", sorted(shipped_policies()))
def test_a_trial_runs_to_the_admin_alone(office: Office, name: str) -> None:
    office.site = replace(office.site, policy=load_policy(name))
    office.do(ADMIN, set_admin)
    visit_id = start(office)
    if office.look(visit_id).visit.awaits_rating:
        office.do(ADMIN, rating.rate, visit_id, office.site.policy.levels[0].key)
    for _ in range(12):
        view = office.look(visit_id)
        step = view.pending_step
        if step is None:
            break
        assert view.deciders(step) == [ADMIN]
        office.do(ADMIN, decisions.decide, step.id, StepState.APPROVED, None)
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert {task.owner_id for task in view.tasks} <= {ADMIN}
    assert recipients(office) <= {ADMIN, NOBODY}


def set_admin(desk: Desk) -> None:
    set_role(desk, "admin", [ADMIN])


def test_nothing_of_it_is_left_but_the_audit(office: Office) -> None:
    office.do(ADMIN, set_admin)
    office.do(None, look_over)
    before = counts(office)
    visit_id = start(office)
    while (step := office.look(visit_id).pending_step) is not None:
        office.do(ADMIN, decisions.decide, step.id, StepState.APPROVED, None)
    for task in office.look(visit_id).preparation:
        if task.state != TaskState.DONE:
            office.do(ADMIN, checklist.finish_task, task.id)
    office.send(office.now + timedelta(days=3))
    gone = office.do(ADMIN, trial.delete_trial, visit_id)
    after = counts(office)
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert changed == {"audit_entry": 1, "first_step": 1}
    assert gone.number == "V-0000-0001"


def test_others_neither_see_nor_touch_it(office: Office) -> None:
    office.do(ADMIN, set_admin)
    visit_id = start(office)
    assert office.do(MEI, standing.allowed, office.look(visit_id).visit) <= {
        Verb.REQUEST,
        Verb.TALK,
        Verb.BE_AWAY,
    }
    assert office.do(MEI, finding.find, Wanted(Shelf.ALL)).total == 0
    assert office.do(ADMIN, finding.find, Wanted(Shelf.ALL)).total == 1
    with pytest.raises(Outdated):
        office.do(LIN, trial.delete_trial, visit_id)
    with pytest.raises(Outdated):
        start(office)  # one at a time


def test_a_real_visit_is_not_deleted_and_keeps_its_numbers(office: Office) -> None:
    start(office)
    real = office.submit()
    assert office.look(real).visit.number.endswith("-0001")
    with pytest.raises(Outdated):
        office.do(LIN, trial.delete_trial, real)


def test_the_steps_begin_where_nobody_holds_a_role_and_end_when_done(office: Office) -> None:
    assert office.do(ADMIN, first_steps.first_steps) is None  # there are roles already
    roles = office.site.policy.company.keys
    for role in roles:
        office.do(None, set_role, role, [])
    office.do(None, look_over)
    steps = office.do(ADMIN, first_steps.first_steps)
    assert "department_manager" in steps.missing
    assert (steps.has_calendar, steps.has_tried, steps.trial, steps.is_told) == (
        (False,) * 2 + (None, False)
    )
    office.do(ADMIN, first_steps.lead)
    office.do(LIN, first_steps.lead)
    assert [row.recipient for row in office.rows("first_steps")] == [ADMIN]
    for role in roles:
        office.do(ADMIN, set_role, role, [LIN])
    office.do(ADMIN, first_steps.tick, "calendar")
    visit_id = start(office)
    steps = office.do(ADMIN, first_steps.first_steps)
    assert (steps.missing, steps.has_calendar, steps.has_tried) == ([], True, True)
    assert steps.trial == visit_id
    office.do(ADMIN, trial.delete_trial, visit_id)
    assert office.do(ADMIN, first_steps.first_steps) is None


def test_the_steps_can_be_left(office: Office) -> None:
    with office.database.session() as session:
        session.add(FirstStep(key="begun", at=office.now))
    assert office.do(ADMIN, first_steps.first_steps) is not None
    with pytest.raises(Outdated):
        office.do(ADMIN, first_steps.tick, "trial")
    office.do(ADMIN, first_steps.tick, "left")
    assert office.do(ADMIN, first_steps.first_steps) is None
