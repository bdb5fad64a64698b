"""Approved by phone: it counts at once, and the leader is asked whether it is so (R3.1)."""

from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, NotAllowed, Outdated
from models.base.words import StepState, VisitStatus
from services.preparation import checklist
from services.signoff import by_phone
from services.signoff.by_phone import SpokenWord
from tests.services.conftest import CHEN, LIN, MEI, START, ZHAO, Office


def record(office: Office, visit_id: int, **more: Any) -> int:
    facts: dict[str, Any] = {
        "leader": CHEN,
        "said_at": START - timedelta(minutes=5),
        "words": "Yes, let them come",
    } | more
    made = office.do(MEI, by_phone.record_word, visit_id, SpokenWord(**facts))
    return int(made.step.id)


def test_it_counts_at_once_and_says_that_it_is_not_confirmed(office: Office) -> None:
    visit_id = office.submit()
    number = record(office, visit_id)
    step = office.look(visit_id).approvals[0]
    assert (step.state, step.decided_by, step.recorded_by) == (StepState.APPROVED, CHEN, MEI)
    assert (step.is_unconfirmed, step.said) == (True, "Yes, let them come")
    assert [who for _, who in office.waiting("spoken_word")] == [CHEN]
    assert ZHAO in [who for _, who in office.waiting("approval")]

    office.do(CHEN, by_phone.confirm_word, number)

    step = office.look(visit_id).approvals[0]
    assert (step.is_unconfirmed, step.confirmed_at) == (False, START)
    with pytest.raises(AlreadyDecided):
        office.do(CHEN, by_phone.deny_word, number)
    with pytest.raises(NotAllowed):
        office.do(ZHAO, by_phone.confirm_word, number)


def test_a_leader_who_denies_it_has_it_decided_again(office: Office) -> None:
    visit_id = office.submit(level="c")
    number = record(office, visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED
    office.now += timedelta(hours=3)

    office.do(CHEN, by_phone.deny_word, number)

    view = office.look(visit_id)
    assert (view.status, view.visit.approved_at) == (VisitStatus.REQUESTED, None)
    assert (view.approvals[0].state, view.approvals[0].said) == (StepState.PENDING, None)
    assert sorted(who for _, who in office.waiting("word_denied")) == sorted([MEI, LIN])
    with pytest.raises(Outdated):
        office.do(CHEN, by_phone.confirm_word, number)


def test_where_others_have_gone_by_it_the_record_says_so(office: Office) -> None:
    visit_id = office.submit(level="c")
    number = record(office, visit_id)
    task = office.look(visit_id).preparation[1]
    office.do(task.owner_id or MEI, checklist.finish_task, task.id)
    office.do(CHEN, by_phone.deny_word, number)
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert view.approvals[0].denied_at == START
    assert {row.args["stands"] for row in office.rows("word_denied")} == {True}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"leader": ZHAO}, {"leader": "not_a_decider"}),
        ({"leader": MEI}, {"leader": "not_a_decider"}),
        ({"leader": None}, {"leader": "required"}),
        ({"said_at": None}, {"said_at": "required"}),
        ({"said_at": START + timedelta(minutes=1)}, {"said_at": "not_said_yet"}),
        ({"words": " "}, {"said": "required"}),
        ({"words": "x" * 1001}, {"said": "too_long"}),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_the_field(
    office: Office, more: dict[str, Any], expected: dict[str, str]
) -> None:
    visit_id = office.submit()
    with pytest.raises(InvalidForm) as refused:
        record(office, visit_id, **more)
    assert {name: fault.code for name, fault in refused.value.faults.items()} == expected


def test_nothing_is_recorded_where_nobody_is_asked(office: Office) -> None:
    with pytest.raises(Outdated):
        record(office, office.approved())
