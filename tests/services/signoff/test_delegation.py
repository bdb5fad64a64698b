"""An approver has somebody else decide in their place (R3.1, C02)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, NotAllowed
from models.base.words import StepState, VisitStatus
from models.policy import PolicyError
from models.records.people import Person
from models.records.signoff import ApprovalStep
from services.people.roles import set_role
from services.reading import home
from services.reading.desk import Desk
from services.signoff import decisions, delegation, taking_back
from tests.policy.make import BASE, policy_of
from tests.services.conftest import CHEN, CHEN2, LIN, MEI, PARK, START, ZHAO, Office

OTHER = "U01OTHER"


def ruled(office: Office, rule: Any) -> None:
    policy = office.site.policy
    approval = policy.approval.model_copy(update={"delegation": rule})
    office.site = replace(office.site, policy=policy.model_copy(update={"approval": approval}))


def asked(office: Office, visit_id: int) -> ApprovalStep:
    step = office.look(visit_id).pending_step
    assert step is not None
    return step


def hand_on(office: Office, who: str, visit_id: int, to: str | None, why: str = "") -> int:
    step = asked(office, visit_id)
    office.do(who, delegation.delegate, step.id, to, why)
    return step.id or 0


def decide(office: Office, who: str, step: int, how: StepState = StepState.APPROVED) -> None:
    office.do(who, decisions.decide, step, how, "Because")


def cards(office: Office, person: str) -> int:
    return sum(row.recipient == person for row in office.rows("approval"))


@pytest.mark.parametrize(
    ("rule", "may"),
    [
        ("same_rank", {CHEN2}),
        ("higher_rank", {CHEN2, ZHAO, PARK}),
        ([OTHER, MEI], {OTHER, MEI}),
    ],
)
def test_whom_the_policy_lets_decide_in_one_s_place(
    office: Office, rule: Any, may: set[str]
) -> None:
    ruled(office, rule)
    visit_id = office.submit()
    for person in (CHEN, CHEN2, ZHAO, PARK, MEI, LIN, OTHER):
        if person in may:
            continue
        with pytest.raises(InvalidForm) as refused:
            hand_on(office, CHEN, visit_id, person)
        assert refused.value.faults["delegate_to"].code == "no_stand_in"
    for person in may:
        visit_id = office.submit(customer=f"For {person}")
        hand_on(office, CHEN, visit_id, person)
        assert asked(office, visit_id).delegate_id == person


def test_the_policy_may_let_nobody(office: Office) -> None:
    ruled(office, "none")
    with pytest.raises(NotAllowed):
        hand_on(office, CHEN, office.submit(), CHEN2)


def test_silence_begins_anew_and_the_stand_in_is_asked_once(office: Office) -> None:
    ruled(office, [OTHER])
    visit_id = office.submit()
    assert office.waiting("do:escalate") == [(START + timedelta(hours=4), "")]
    office.send()
    office.now += timedelta(hours=3)
    hand_on(office, CHEN, visit_id, OTHER, "On leave")
    assert office.waiting("do:escalate") == [(START + timedelta(hours=7), "")]
    assert office.waiting("approval") == [(office.now, OTHER)]
    office.send()
    office.now = START + timedelta(hours=7)
    office.do(None, decisions.escalate, asked(office, visit_id).id)
    assert office.look(visit_id).deciders(asked(office, visit_id)) == [CHEN, CHEN2, ZHAO, OTHER]
    assert cards(office, OTHER) == 1


@pytest.mark.parametrize("how", [StepState.APPROVED, StepState.DECLINED, StepState.CHANGES_ASKED])
def test_the_decision_names_both(office: Office, how: StepState) -> None:
    ruled(office, [OTHER])
    visit_id = office.submit(level="c")
    step = hand_on(office, CHEN, visit_id, OTHER)
    decide(office, OTHER, step, how)
    view = office.look(visit_id)
    made = view.approvals[0]
    assert (made.state, made.decided_by, made.on_behalf_of) == (how, OTHER, CHEN)
    entry = next(each for each in view.history if each.verb == how)
    assert (entry.actor_id, entry.detail["on_behalf_of"]) == (OTHER, CHEN)
    assert any(each.verb == "delegate" and each.detail["to"] == OTHER for each in view.history)


def test_who_delegated_may_still_decide_and_then_it_is_their_own(office: Office) -> None:
    ruled(office, [OTHER])
    visit_id = office.submit()
    step = hand_on(office, CHEN, visit_id, OTHER)
    decide(office, CHEN, step)
    assert office.look(visit_id).approvals[0].on_behalf_of is None
    with pytest.raises(AlreadyDecided):
        decide(office, OTHER, step)


def test_nothing_is_delegated_twice_nor_in_a_circle(office: Office) -> None:
    ruled(office, [OTHER, CHEN, CHEN2])
    visit_id = office.submit()
    hand_on(office, CHEN, visit_id, OTHER)
    for who, to in ((OTHER, CHEN), (CHEN, CHEN2), (CHEN2, OTHER)):
        with pytest.raises(AlreadyDecided) as refused:
            hand_on(office, who, visit_id, to)
        assert refused.value.facts["outcome"] == "delegated"


def test_only_what_one_holds_is_delegated(office: Office) -> None:
    visit_id = office.submit()
    for person in (ZHAO, LIN, OTHER):
        with pytest.raises(NotAllowed):
            hand_on(office, person, visit_id, CHEN2)
    with pytest.raises(InvalidForm) as refused:
        hand_on(office, CHEN, visit_id, None, "x" * 1001)
    assert {name: each.code for name, each in refused.value.faults.items()} == {
        "delegate_to": "required",
        "reason": "too_long",
    }


def test_not_to_whose_own_request_it_is_nor_to_who_has_left(office: Office) -> None:
    ruled(office, [OTHER, LIN])
    visit_id = office.submit()
    with office.database.session() as session:
        session.add(
            Person(
                user_id=OTHER,
                name="Otto",
                locale="en-US",
                timezone="UTC",
                is_active=False,
                refreshed_at=START,
            )
        )
    for person in (LIN, OTHER):
        with pytest.raises(InvalidForm):
            hand_on(office, CHEN, visit_id, person)


def test_a_later_approver_who_stands_in_decides_once(office: Office) -> None:
    ruled(office, "higher_rank")
    visit_id = office.submit()
    step = hand_on(office, CHEN, visit_id, ZHAO)
    decide(office, ZHAO, step)
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert [(s.decided_by, s.on_behalf_of) for s in view.approvals] == [(ZHAO, CHEN), (ZHAO, None)]


def test_all_for_which_the_delegator_is_asked_goes_along(office: Office) -> None:
    ruled(office, [OTHER])
    office.do("U01ADMIN", set_role, "vice_president", [CHEN, ZHAO])
    visit_id = office.submit()
    step = hand_on(office, CHEN, visit_id, OTHER)
    decide(office, OTHER, step)
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert [s.on_behalf_of for s in view.approvals] == [CHEN, CHEN]


def test_a_decision_taken_back_stays_delegated(office: Office) -> None:
    ruled(office, [OTHER])
    visit_id = office.submit()
    step = hand_on(office, CHEN, visit_id, OTHER)
    decide(office, OTHER, step)
    office.do(OTHER, taking_back.take_back, step)
    again = asked(office, visit_id)
    assert (again.id, again.delegate_id, again.on_behalf_of) == (step, OTHER, None)


def test_it_waits_in_the_stand_in_s_home(office: Office) -> None:
    ruled(office, [OTHER])
    visit_id = office.submit()

    def waits(desk: Desk) -> list[int]:
        return [each.picture.visit.id or 0 for each in home.home_agenda(desk).waiting]

    assert office.do(OTHER, waits) == []
    hand_on(office, CHEN, visit_id, OTHER)
    assert office.do(OTHER, waits) == [visit_id]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("true", "same_rank"),
        ("false", "none"),
        ('"higher_rank"', "higher_rank"),
        ('["U01OTHER"]', [OTHER]),
    ],
)
def test_what_a_file_says_of_it(written: str, means: Any) -> None:
    policy = policy_of(f"{BASE}\n[approval]\ndelegation = {written}\n")
    assert policy.approval.delegation == means


@pytest.mark.parametrize("written", ['"anybody"', '["Otto"]', "1"])
def test_what_it_cannot_be(written: str) -> None:
    with pytest.raises(PolicyError, match="delegation"):
        policy_of(f"{BASE}\n[approval]\ndelegation = {written}\n")
