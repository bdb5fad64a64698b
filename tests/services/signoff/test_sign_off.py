"""One sign-off for whatever is decided: silence, one's own matter, several roles, what was seen."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.errors import NotAllowed, Outdated
from models.base.permissions import Verb
from models.base.words import Matter, Role, StepState, VisitStatus
from models.money.forms import ExceptionForm
from models.policy import load_policy
from services.people import roles
from services.reading import home, standing
from services.request import changes, requests
from services.signoff import decisions, exceptions
from tests.services.conftest import CHEN, CHEN2, LIN, MEI, PARK, RUTH, START, ZHAO, Office

WANG = "U01WANG"
CARD = [{"type": "section", "text": {"type": "mrkdwn", "text": "*200* & 很"}}]


def give(office: Office, role: Role, *people: str) -> None:
    office.do("U01ADMIN", roles.set_role, role, list(people))


def follow(office: Office, **approval: Any) -> None:
    """Have the office follow a policy with these keys of [approval]."""
    policy = office.site.policy
    changed = policy.approval.model_copy(update=approval)
    office.site = replace(office.site, policy=policy.model_copy(update={"approval": changed}))


def asked_of(office: Office, visit_id: int) -> list[str]:
    view = office.look(visit_id)
    return view.deciders(view.pending_step) if view.pending_step is not None else []


def submit_as(office: Office, person: str, **facts: Any) -> int:
    form = office.form(**facts)
    return int(office.do(person, requests.submit_visit, form, f"form-{person}").visit.id)


def go_on(office: Office) -> None:
    """Let the time come at which silence goes on, as the tick would."""
    due, _ = office.waiting("do:escalate")[0]
    office.now = due
    row = [row for row in office.rows("do:escalate") if row.state == "pending"][-1]
    office.send()
    office.do(None, decisions.escalate, row.args["step"], row.args["level"])


# Silence (C03, R3.1)


def test_silence_goes_on_level_by_level_to_the_end_of_the_ladder(office: Office) -> None:
    give(office, "chairman", WANG)
    visit_id = office.submit(level="c")
    reached = []
    for leader in (ZHAO, PARK, WANG):
        go_on(office)
        reached.append((office.now - START, asked_of(office, visit_id)[-1]))
        assert (office.now, leader) in office.waiting("approval")
    hours = [timedelta(hours=4 * n) for n in (1, 2, 3)]
    assert reached == list(zip(hours, (ZHAO, PARK, WANG), strict=True))
    assert office.waiting("do:escalate") == []
    assert [e.detail["to"] for e in office.look(visit_id).history if e.verb == "escalate"] == [
        "chairman",
        "general_manager",
        "vice_president",
    ]


def test_each_level_is_reached_once_however_often_the_clock_says_so(office: Office) -> None:
    step = office.look(office.submit()).pending_step
    assert step is not None
    for _ in range(3):
        office.do(None, decisions.escalate, step.id, 1)
    view = office.look(1)
    assert view.pending_step is not None
    assert view.pending_step.asked_roles == ["department_manager", "vice_president"]


@pytest.mark.parametrize("person", [CHEN, CHEN2, ZHAO, PARK])
def test_nobody_who_was_passed_loses_the_right_to_decide(office: Office, person: str) -> None:
    visit_id = office.submit(level="c")
    go_on(office)
    go_on(office)
    step = office.look(visit_id).pending_step
    assert step is not None

    def check(desk: Any) -> None:
        standing.check(desk, Verb.DECIDE, standing.subject(desk.session, step=step.id))

    office.do(person, check)
    assert [item.step.id for item in office.do(person, home.home_agenda).waiting] == [step.id]
    office.do(person, decisions.decide, step.id, StepState.APPROVED, None)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_an_urgent_request_goes_on_sooner(office: Office) -> None:
    policy = load_policy("abc_levels")
    office.site = replace(office.site, policy=policy)
    office.submit(level="b", arrival=START + timedelta(hours=6), pickup_time=None)
    hours = timedelta(hours=policy.escalation.urgent_after_hours or 0)
    assert [due for due, _ in office.waiting("do:escalate")] == [START + hours]


# One's own matter


def test_nobody_decides_their_own_request(office: Office) -> None:
    visit_id = submit_as(office, CHEN, level="c")
    step = office.look(visit_id).pending_step
    assert step is not None
    assert (step.role, asked_of(office, visit_id)) == ("department_manager", [ZHAO])

    def check(desk: Any) -> None:
        standing.check(desk, Verb.DECIDE, standing.subject(desk.session, step=step.id))

    with pytest.raises(NotAllowed):
        office.do(CHEN, check)
    assert office.do(CHEN, home.home_agenda).waiting == []
    office.do(ZHAO, check)


def test_the_next_leader_who_is_asked_anyway_decides_once(office: Office) -> None:
    visit_id = submit_as(office, CHEN, level="b")
    assert asked_of(office, visit_id) == [ZHAO]
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(ZHAO, decisions.decide, step.id, StepState.APPROVED, None)
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert {step.decided_by for step in view.approvals} == {ZHAO}


def test_at_the_top_another_holder_decides_else_whom_the_policy_names(office: Office) -> None:
    give(office, "chairman", WANG, RUTH)
    give(office, "department_manager", WANG)
    give(office, "vice_president")
    give(office, "general_manager")
    assert asked_of(office, submit_as(office, WANG, level="c")) == [RUTH]

    give(office, "chairman", WANG)
    give(office, "finance", MEI)
    follow(office, own_request_to="finance")
    form = office.form(level="c")
    visit_id = int(office.do(WANG, requests.submit_visit, form, "named").visit.id)
    assert asked_of(office, visit_id) == [MEI]


def test_a_policy_may_allow_it(office: Office) -> None:
    follow(office, own_request="allowed")
    assert asked_of(office, submit_as(office, CHEN, level="c")) == [CHEN, CHEN2]


def test_who_becomes_the_only_decider_of_their_own_request_is_passed_at_once(
    office: Office,
) -> None:
    visit_id = office.submit(level="c")
    give(office, "department_manager", LIN)
    assert asked_of(office, visit_id) == []
    assert office.waiting("do:escalate") == [(START, "")]
    go_on(office)
    assert asked_of(office, visit_id) == [ZHAO]


def test_nobody_decides_the_exception_that_they_asked_for(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("abc_levels"))
    visit_id = office.approved(level="a", level_reason="Ministry", host=CHEN)
    form = ExceptionForm(what="meals:dinner", amount=Decimal(99999), reason="Minister")
    office.do(CHEN, exceptions.request_exception, visit_id, form, "own")
    step = office.exception_steps(visit_id)[0]
    assert office.look(visit_id).deciders(step) == [ZHAO]
    office.do(ZHAO, decisions.decide, step.id, StepState.APPROVED, None)
    assert office.look(visit_id).exceptions[0].state == StepState.APPROVED


# Several roles


def test_who_holds_several_of_the_asked_roles_decides_once_for_all(office: Office) -> None:
    give(office, "general_manager", CHEN)
    visit_id = office.submit(level="a")
    step = office.look(visit_id).pending_step
    assert step is not None
    office.now += timedelta(minutes=5)
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, "Good", CARD)
    view = office.look(visit_id)
    decided = [(s.role, s.state, s.decided_by, s.decided_at, s.comment) for s in view.approvals]
    mine = (StepState.APPROVED, CHEN, office.now, "Good")
    assert decided == [
        ("department_manager", *mine),
        ("vice_president", StepState.PENDING, None, None, None),
        ("general_manager", *mine),
    ]
    assert view.pending_step is not None
    office.do(ZHAO, decisions.decide, view.pending_step.id, StepState.APPROVED, None)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_a_decline_of_theirs_is_one_decline(office: Office) -> None:
    give(office, "vice_president", CHEN)
    visit_id = office.submit(level="b")
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "No")
    states = [each.state for each in office.look(visit_id).approvals]
    assert states == [StepState.DECLINED, StepState.VOID]


# What was seen (C05, R3.3)


def test_what_stood_before_the_decider_is_kept_whatever_changes(office: Office) -> None:
    visit_id = office.submit(level="c")
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None, CARD)
    view = office.look(visit_id)
    form = office.form(level="a", customer="Another name")
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)

    kept = office.do(LIN, decisions.what_was_decided, visit_id, step.id)

    assert kept.blocks == CARD
    assert (kept.step.decided_by, kept.step.decided_at) == (CHEN, START)
    with pytest.raises(NotAllowed):
        office.do("U01XU", decisions.what_was_decided, visit_id, step.id)
    other = office.submit(customer="Other", level="c")
    with pytest.raises(Outdated):
        office.do(LIN, decisions.what_was_decided, other, step.id)


def test_every_round_of_a_request_and_every_exception_is_a_version_of_its_own(
    office: Office,
) -> None:
    visit_id = office.submit(level="c")
    office.approve(visit_id)
    view = office.look(visit_id)
    form = office.form(level="b")
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)
    found = [(c.sign_off.matter, c.sign_off.version, c.sign_off.state) for c in _chains(office)]
    assert found == [
        (Matter.REQUEST, 1, StepState.APPROVED),
        (Matter.REQUEST, 2, StepState.PENDING),
    ]
    office.do(LIN, changes.cancel_visit, visit_id, "Typhoon")
    assert [c.sign_off.state for c in _chains(office)] == [StepState.APPROVED, StepState.VOID]


def _chains(office: Office) -> list[Any]:
    return office.look(1).chains
