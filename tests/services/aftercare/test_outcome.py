"""What came of a visit: said once, by whoever owns the customer or hosted; what follows (R8.4)."""

from datetime import timedelta

import pytest

from models.aftercare.forms import FeedbackForm
from models.base.errors import AlreadyDecided, GoneOn, NotAllowed, Outdated, VisitOver
from models.base.permissions import Verb
from models.base.words import DeliveryState, Outcome, VisitStatus
from models.policy import load_policy
from services.aftercare import follow_up
from services.aftercare.outcome import record_outcome, take_back_outcome
from services.preparation import checklist
from services.reading import home, looks
from services.reading.desk import Desk, Site
from services.reading.standing import Subject, check
from services.request import changes
from tests.services.conftest import CHEN, LIN, MEI, RUTH, Office

FORM = FeedbackForm(satisfaction=95, intention="interested")
SIGNED = FeedbackForm(satisfaction=95, intention="signed")


def left(office: Office) -> int:
    """A visit whose guests have left."""
    visit_id = office.approved()
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    return visit_id


def finish(office: Office, visit_id: int, form: FeedbackForm = FORM) -> None:
    """All that follows is done."""
    for task in office.look(visit_id).follow_up:
        if task.key != "feedback":
            office.do(LIN, checklist.finish_task, task.id)
    office.do(RUTH, follow_up.record_feedback, visit_id, form)


def test_the_first_word_counts_and_the_second_is_told_whose_it_was(office: Office) -> None:
    visit_id = left(office)
    office.now += timedelta(days=3)
    office.do(RUTH, record_outcome, visit_id, Outcome.LANDED)
    visit = office.look(visit_id).visit
    assert (visit.outcome, visit.outcome_by, visit.outcome_at) == ("landed", RUTH, office.now)
    said = office.now
    office.now += timedelta(hours=1)
    for person, word in ((LIN, Outcome.ENDED), (RUTH, Outcome.LANDED)):
        with pytest.raises(AlreadyDecided) as refused:
            office.do(person, record_outcome, visit_id, word)
        assert refused.value.facts == {"by": RUTH, "at": said, "outcome": "landed"}
    assert office.look(visit_id).visit.outcome == "landed"
    assert [entry.verb for entry in office.look(visit_id).history].count("landed") == 1


def test_the_reminders_stop_and_what_follows_begins(office: Office) -> None:
    visit_id = left(office)
    assert len(office.waiting("outcome_asked")) == 53  # weeks
    assert office.waiting("follow_up_task")[-1][1] == RUTH  # draft and talk
    assert office.waiting("step_escalation")[0][1] == CHEN
    office.now += timedelta(days=15)
    office.send()
    office.do(LIN, record_outcome, visit_id, Outcome.ENDED)
    assert office.waiting("outcome_asked") == []
    assert office.waiting("step_escalation") == []
    assert (office.waiting("reminder")[0][1], len(office.waiting("reminder"))) == (MEI, 14)
    standing = office.rows("outcome_asked", DeliveryState.PENDING)
    assert [row.recipient for row in standing] == [RUTH]  # the one that was said is brought up


def test_a_visit_is_closed_when_its_outcome_is_known_as_well(office: Office) -> None:
    visit_id = left(office)
    finish(office, visit_id)
    assert office.look(visit_id).status == VisitStatus.FOLLOW_UP
    office.do(RUTH, record_outcome, visit_id, Outcome.LANDED)
    assert office.look(visit_id).status == VisitStatus.CLOSED
    assert {who for _, who in office.waiting("closed")} == {LIN}


def test_the_outcome_alone_closes_nothing(office: Office) -> None:
    visit_id = left(office)
    office.do(RUTH, record_outcome, visit_id, Outcome.LANDED)
    assert office.look(visit_id).status == VisitStatus.FOLLOW_UP
    finish(office, visit_id)
    assert office.look(visit_id).status == VisitStatus.CLOSED


def test_who_has_signed_has_landed(office: Office) -> None:
    visit_id = left(office)
    finish(office, visit_id, SIGNED)
    visit = office.look(visit_id).visit
    assert (visit.status, visit.outcome, visit.outcome_by) == ("closed", "landed", RUTH)
    assert visit.outcome_at == office.now


def test_what_was_said_before_the_feedback_stands(office: Office) -> None:
    visit_id = left(office)
    office.do(LIN, record_outcome, visit_id, Outcome.ENDED)
    finish(office, visit_id, SIGNED)
    assert office.look(visit_id).visit.outcome == "ended"


def test_a_closed_visit_still_owes_what_counts_from_its_outcome(office: Office) -> None:
    visit_id = left(office)
    finish(office, visit_id)
    office.do(RUTH, record_outcome, visit_id, Outcome.LANDED)
    assert office.look(visit_id).status == VisitStatus.CLOSED
    calls = [due for due, who in office.waiting("reminder") if who == RUTH]
    assert calls[0] - office.now > timedelta(days=29)
    assert len(calls) == 13  # R8.5: regular call-backs
    office.send(calls[0])
    assert len(office.rows("reminder", DeliveryState.SENT)) == 2  # filed, called
    assert office.look(visit_id).status == VisitStatus.CLOSED


def test_where_the_procedure_asks_for_none_a_visit_closes_without(office: Office) -> None:
    office.site = Site("Asia/Shanghai", "en", load_policy("thirteen_steps"))
    levels = office.site.policy.levels
    visit_id = office.approved(level=levels[-1].key)
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    for task in office.look(visit_id).follow_up:
        if task.key == "feedback":
            office.do(RUTH, follow_up.record_feedback, visit_id, FORM)
        else:
            office.do(LIN, checklist.finish_task, task.id)
    assert office.look(visit_id).status == VisitStatus.CLOSED
    assert office.waiting("reminder")  # call-backs go on
    office.do(LIN, record_outcome, visit_id, Outcome.LANDED)  # and it can still be said
    assert office.look(visit_id).visit.outcome == "landed"


def test_not_before_the_guests_have_left_and_not_when_it_is_off(office: Office) -> None:
    visit_id = office.approved()
    with pytest.raises(Outdated):
        office.do(LIN, record_outcome, visit_id, Outcome.LANDED)
    office.do(LIN, changes.cancel_visit, visit_id, "No time")
    with pytest.raises(VisitOver):
        office.do(LIN, record_outcome, visit_id, Outcome.LANDED)


def test_only_the_account_owner_and_the_host_may_say(office: Office) -> None:
    visit_id = left(office)

    def may_say(desk: Desk) -> None:
        check(desk, Verb.RECORD_OUTCOME, Subject(looks.get_visit(desk.session, visit_id)))

    for person in (LIN, RUTH):
        office.do(person, may_say)
    for person in (MEI, CHEN):
        with pytest.raises(NotAllowed):
            office.do(person, may_say)


def test_app_home_keeps_asking_when_the_reminders_have_ended(office: Office) -> None:
    visit_id = left(office)
    finish(office, visit_id)
    office.send(office.now + timedelta(days=500))
    assert office.waiting("outcome_asked") == []

    def outcomes(person: str) -> list[int | None]:
        waiting = office.do(person, home.home_agenda).waiting
        return [item.picture.visit.id for item in waiting if item.kind == "outcome"]

    assert outcomes(RUTH) == [visit_id]
    assert outcomes(LIN) == []
    office.do(RUTH, record_outcome, visit_id, Outcome.ENDED)
    assert outcomes(RUTH) == []


def test_what_came_of_it_is_taken_back_for_a_day(office: Office) -> None:
    visit_id = left(office)
    finish(office, visit_id)
    asked = office.waiting("outcome_asked")
    office.do(RUTH, record_outcome, visit_id, Outcome.LANDED)
    office.now += timedelta(hours=24)
    office.do(LIN, take_back_outcome, visit_id)
    view = office.look(visit_id)
    assert (view.status, view.visit.closed_at) == (VisitStatus.FOLLOW_UP, None)
    assert (view.visit.outcome, view.visit.outcome_by, view.visit.outcome_at) == (None, None, None)
    assert office.waiting("outcome_asked") == asked
    assert office.waiting("closed") == []  # it was not sent, and is owed again when it is true
    assert office.do(RUTH, home.home_agenda).waiting[-1].kind == "outcome"
    with pytest.raises(Outdated):
        office.do(RUTH, take_back_outcome, visit_id)
    office.do(RUTH, record_outcome, visit_id, Outcome.ENDED)
    assert office.look(visit_id).status == VisitStatus.CLOSED
    assert {who for _, who in office.waiting("closed")} == {LIN}


def test_after_a_day_it_stands(office: Office) -> None:
    visit_id = left(office)
    office.do(RUTH, record_outcome, visit_id, Outcome.LANDED)
    office.now += timedelta(hours=24, seconds=1)
    with pytest.raises(GoneOn):
        office.do(RUTH, take_back_outcome, visit_id)
    assert office.look(visit_id).visit.outcome == "landed"
