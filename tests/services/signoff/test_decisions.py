"""Decisions: in order, one click wins, silence goes on to the next person (R3)."""

import threading
from datetime import timedelta

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, Outdated
from models.base.words import Phase, StepState, VisitStatus
from services.aftercare.follow_up import guests_left
from services.request import changes
from services.request.stored import form_of
from services.signoff import decisions
from tests.services.conftest import CHEN, CHEN2, LIN, PARK, START, ZHAO, Office


def test_approvers_are_asked_in_order_and_the_last_one_approves_the_visit(office: Office) -> None:
    visit_id = office.submit(level="a")
    for person, following in ((CHEN, ZHAO), (ZHAO, PARK)):
        step = office.look(visit_id).pending_step
        assert step is not None
        office.do(person, decisions.decide, step.id, StepState.APPROVED, None)
        assert following in [who for _, who in office.waiting("approval")]
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(PARK, decisions.decide, step.id, StepState.APPROVED, "Welcome them well")
    visit = office.look(visit_id)
    assert visit.status == VisitStatus.APPROVED
    assert visit.visit.approved_at == START
    assert [task.key for task in visit.preparation] == [
        rule.key for rule in office.site.policy.tasks if rule.phase == Phase.PREPARATION
    ]


@pytest.mark.parametrize("decision", [StepState.DECLINED, StepState.CHANGES_ASKED])
def test_declining_and_asking_for_changes_need_words(office: Office, decision: StepState) -> None:
    step = office.look(office.submit()).pending_step
    assert step is not None
    with pytest.raises(InvalidForm) as caught:
        office.do(CHEN, decisions.decide, step.id, decision, "  ")
    assert caught.value.faults["comment"].code == "required"


def test_a_declined_visit_owes_nobody_anything_but_the_answer(office: Office) -> None:
    visit_id = office.submit(host=RUTH_HOST)
    step = office.look(visit_id).pending_step
    assert step is not None
    office.send()
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "Not this year")
    assert office.look(visit_id).status == VisitStatus.DECLINED
    assert {who for _, who in office.waiting("decision")} == {LIN, RUTH_HOST}
    assert office.waiting("approval") == []
    assert office.waiting("do:escalate") == []


RUTH_HOST = "U01HOST"


def test_the_second_click_is_told_who_was_first(office: Office) -> None:
    step = office.look(office.submit()).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    with pytest.raises(AlreadyDecided) as caught:
        office.do(CHEN2, decisions.decide, step.id, StepState.DECLINED, "no")
    assert caught.value.facts == {"by": CHEN, "at": START, "outcome": "approved"}


def test_two_leaders_clicking_at_once_decide_once(office: Office) -> None:
    step = office.look(office.submit()).pending_step
    assert step is not None
    step_id, outcomes, start = step.id, [], threading.Barrier(2)

    def click(person: str, decision: StepState) -> None:
        start.wait()
        try:
            office.do(person, decisions.decide, step_id, decision, "because")
            outcomes.append("won")
        except AlreadyDecided:
            outcomes.append("told")

    clicks = [
        threading.Thread(target=click, args=(CHEN, StepState.APPROVED)),
        threading.Thread(target=click, args=(CHEN2, StepState.DECLINED)),
    ]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert sorted(outcomes) == ["told", "won"]


def test_silence_lets_the_next_role_decide_as_well(office: Office) -> None:  # C03
    visit_id = office.submit()
    step = office.look(visit_id).pending_step
    assert step is not None
    assert office.waiting("do:escalate") == [(START + timedelta(hours=4), "")]
    office.now += timedelta(hours=4)
    office.do(None, decisions.escalate, step.id)
    assert ZHAO in [who for _, who in office.waiting("approval")]
    office.do(ZHAO, decisions.decide, step.id, StepState.APPROVED, None)
    visit = office.look(visit_id)
    # They would be asked next: whoever is a later approver anyway decides once (R3.1).
    assert [step.decided_by for step in visit.approvals] == [ZHAO, ZHAO]
    assert visit.status == VisitStatus.APPROVED


def test_a_decision_in_time_stops_the_escalation(office: Office) -> None:
    visit_id = office.submit(level="c")
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    assert office.waiting("do:escalate") == []
    office.do(None, decisions.escalate, step.id)
    assert office.look(visit_id).approvals[0].escalated_at is None


def test_asked_for_changes_are_made_in_the_same_visit_and_asked_anew(office: Office) -> None:
    visit_id = office.submit()
    step = office.look(visit_id).pending_step
    assert step is not None
    office.send()
    office.do(CHEN, decisions.decide, step.id, StepState.CHANGES_ASKED, "Fewer people")
    assert office.look(visit_id).status == VisitStatus.CHANGES_ASKED
    before = form_of(office.look(visit_id))
    assert before == office.form()
    office.do(LIN, changes.change_visit, visit_id, 1, before.model_copy(update={"party_size": 2}))
    visit = office.look(visit_id)
    assert (visit.status, visit.visit.party_size) == (VisitStatus.REQUESTED, 2)
    assert visit.visit.approval_round == 2
    assert [s.state for s in visit.approvals] == [StepState.PENDING, StepState.WAITING]
    with pytest.raises(AlreadyDecided):
        office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)


def test_a_step_that_a_change_made_void_is_outdated(office: Office) -> None:
    visit_id = office.submit()
    asked, then = office.look(visit_id).approvals
    office.do(LIN, changes.change_visit, visit_id, 1, office.form(level="c"))
    with pytest.raises(Outdated):
        office.do(ZHAO, decisions.decide, then.id, StepState.APPROVED, None)
    office.do(CHEN, decisions.decide, asked.id, StepState.APPROVED, None)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_guests_that_left_leave_no_approval_behind(office: Office) -> None:
    visit_id = office.approved()
    office.now = START + timedelta(days=10)
    office.do(None, guests_left, visit_id, office.now)
    assert office.look(visit_id).pending_step is None
