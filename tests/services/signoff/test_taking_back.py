"""A decision is taken back while nobody has gone by it (R3.1)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.errors import ActedUpon, NotAllowed, Outdated, TooLateToTakeBack
from models.base.words import StepState, VisitStatus
from models.money.forms import ExceptionForm
from models.policy import load_policy
from services.preparation import checklist
from services.request import changes
from services.request.stored import form_of
from services.signoff import decisions, exceptions, taking_back
from tests.services.conftest import CHEN, CHEN2, LIN, MEI, ZHAO, Office

CARD = [{"type": "divider"}]


def decide(
    office: Office, visit_id: int, person: str, state: StepState = StepState.APPROVED
) -> int:
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(person, decisions.decide, step.id, state, "Because", CARD)
    return step.id or 0


def stands(office: Office, visit_id: int) -> list[Any]:
    return [(s.state, s.decided_by, s.asked_roles) for s in office.look(visit_id).approvals]


def test_the_next_leader_waits_again_and_gets_a_new_card_then(office: Office) -> None:
    visit_id = office.submit()
    before = stands(office, visit_id)
    step = decide(office, visit_id, CHEN)
    office.send()
    office.now += timedelta(minutes=29)

    office.do(CHEN, taking_back.take_back, step)

    assert stands(office, visit_id) == before
    assert office.waiting("do:escalate") == [(office.now + timedelta(hours=4), "")]
    assert [e.verb for e in office.look(visit_id).history][:2] == ["take_back", "approved"]
    decide(office, visit_id, CHEN)
    assert (office.now, ZHAO) in office.waiting("approval")
    decide(office, visit_id, ZHAO)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_an_unsent_card_is_never_sent(office: Office) -> None:
    visit_id = office.submit()
    step = decide(office, visit_id, CHEN)
    assert ZHAO in [who for _, who in office.waiting("approval")]
    office.do(CHEN, taking_back.take_back, step)
    assert ZHAO not in [who for _, who in office.waiting("approval")]


def test_after_the_last_approval_the_visit_is_not_on_any_more(office: Office) -> None:
    visit_id = office.submit(level="c", host=MEI)
    step = decide(office, visit_id, CHEN)
    office.send()
    assert office.look(visit_id).is_prepared

    office.do(CHEN, taking_back.take_back, step)

    view = office.look(visit_id)
    assert (view.status, view.visit.approved_at) == (VisitStatus.REQUESTED, None)
    assert sorted(who for _, who in office.waiting("taken_back")) == sorted([LIN, MEI])
    assert office.waiting("preparation_check") == []
    task = view.preparation[1]
    with pytest.raises(Outdated):
        office.do(task.owner_id or MEI, checklist.finish_task, task.id)
    office.send()
    decide(office, visit_id, CHEN)
    assert sorted(who for _, who in office.waiting("decision")) == sorted([LIN, MEI])
    assert office.look(visit_id).preparation[1].id == task.id


def test_too_late_by_somebody_else_or_twice(office: Office) -> None:
    visit_id = office.submit()
    step = decide(office, visit_id, CHEN)
    with pytest.raises(NotAllowed):
        office.do(CHEN2, taking_back.take_back, step)
    office.now += timedelta(minutes=30, seconds=1)
    with pytest.raises(TooLateToTakeBack):
        office.do(CHEN, taking_back.take_back, step)
    office.now -= timedelta(minutes=1)
    office.do(CHEN, taking_back.take_back, step)
    with pytest.raises(Outdated):
        office.do(CHEN, taking_back.take_back, step)


def test_after_the_next_leaders_click_it_stands(office: Office) -> None:
    visit_id = office.submit()
    step = decide(office, visit_id, CHEN)
    decide(office, visit_id, ZHAO)
    with pytest.raises(ActedUpon) as refused:
        office.do(CHEN, taking_back.take_back, step)
    assert refused.value.facts["by"] == ZHAO
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_after_an_owner_or_the_requester_acted_it_stands(office: Office) -> None:
    visit_id = office.submit(level="c")
    step = decide(office, visit_id, CHEN)
    task = office.look(visit_id).preparation[1]
    office.do(task.owner_id or MEI, checklist.finish_task, task.id)
    with pytest.raises(ActedUpon):
        office.do(CHEN, taking_back.take_back, step)

    other = office.submit(customer="Other")
    step = decide(office, other, CHEN)
    view = office.look(other)
    form = form_of(view).model_copy(update={"party_size": 9})
    office.do(LIN, changes.change_visit, other, view.visit.revision, form)
    with pytest.raises(ActedUpon):
        office.do(CHEN, taking_back.take_back, step)


def test_a_decline_taken_back_restores_all_that_it_ended(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("abc_levels"))
    visit_id = office.submit(level="a", level_reason="Ministry", host=MEI)
    form = ExceptionForm(what="meals:dinner", amount=Decimal(99999), reason="Minister")
    office.do(LIN, exceptions.request_exception, visit_id, form, "key")
    before = [[(s.state, s.levels) for s in c.steps] for c in office.look(visit_id).chains]
    step = decide(office, visit_id, CHEN, StepState.DECLINED)
    assert office.look(visit_id).status == VisitStatus.DECLINED

    office.do(CHEN, taking_back.take_back, step)

    view = office.look(visit_id)
    assert view.status == VisitStatus.REQUESTED
    assert [[(s.state, s.levels) for s in c.steps] for c in view.chains] == before
    assert [c.sign_off.state for c in view.chains] == [StepState.PENDING, StepState.PENDING]
    assert [each.state for each in view.exceptions] == [StepState.PENDING]
    assert office.waiting("decision") == []
    assert len(office.waiting("exception")) == 2  # the managers are asked again


def test_an_exception_is_taken_back_too(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("ranked_caps"))
    visit_id = office.submit(level="senior", level_reason="Dealer")
    office.approve(visit_id)
    form = ExceptionForm(what="meals:dinner", amount=Decimal(1301), reason="Chairman")
    office.do(LIN, exceptions.request_exception, visit_id, form, "key")
    step = office.exception_steps(visit_id)[0]
    person = office.look(visit_id).deciders(step)[0]
    office.do(person, decisions.decide, step.id, StepState.DECLINED, "No")
    office.send()
    office.do(person, taking_back.take_back, step.id)
    assert office.look(visit_id).exceptions[0].state == StepState.PENDING
    assert [who for _, who in office.waiting("taken_back")] == [LIN]
    office.do(person, decisions.decide, step.id, StepState.APPROVED, None)
    assert office.look(visit_id).exceptions[0].state == StepState.APPROVED
    assert [who for _, who in office.waiting("exception_decided")] == [LIN]
