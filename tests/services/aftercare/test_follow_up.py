"""After the visit: feedback within 24 h with nudges, letter, summary, closing (R8)."""

from datetime import UTC, datetime, timedelta

import pytest

from models.aftercare.forms import FeedbackForm
from models.base.errors import AlreadyDecided, InvalidForm, Outdated
from models.base.words import Outcome, VisitStatus
from models.records.people import Person
from services.aftercare import follow_up, outcome
from services.preparation import checklist
from services.reading import people
from tests.services.conftest import LIN, MEI, RUTH, Office

FORM = FeedbackForm(satisfaction=95, intention="will_sign", suggestions="More tea")


def left(office: Office) -> int:
    visit_id = office.approved()
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    return visit_id


def test_the_host_is_asked_when_the_guests_have_left(office: Office) -> None:
    visit_id = left(office)
    departure = office.look(visit_id).visit.departure
    assert office.waiting("feedback_request") == [(departure, LIN)]  # H01
    assert office.waiting("feedback_nudge")[0] == (departure + timedelta(hours=20), LIN)
    found = [task.key for task in office.look(visit_id).follow_up]
    assert found == ["feedback", "thank_you", "summary", "proposal", "second_talk"]
    assert office.look(visit_id).task("feedback").due_at == departure + timedelta(hours=24)  # type: ignore[union-attr]


def test_guests_leave_once(office: Office) -> None:
    visit_id = left(office)
    first = office.look(visit_id).visit.left_at
    office.do(None, follow_up.guests_left, visit_id, office.now + timedelta(hours=1))
    assert office.look(visit_id).visit.left_at == first


def test_feedback_stops_the_nudges_and_is_given_once(office: Office) -> None:
    visit_id = left(office)
    office.do(RUTH, follow_up.record_feedback, visit_id, FORM)
    assert office.waiting("feedback_nudge") == []
    with pytest.raises(AlreadyDecided):
        office.do(RUTH, follow_up.record_feedback, visit_id, FORM)


def test_feedback_before_the_end_and_out_of_range_is_refused(office: Office) -> None:
    with pytest.raises(Outdated):
        office.do(RUTH, follow_up.record_feedback, office.approved(), FORM)
    bad = FORM.model_copy(update={"satisfaction": 101})
    with pytest.raises(InvalidForm):
        office.do(RUTH, follow_up.record_feedback, left(office), bad)


def test_remind_me_tomorrow_means_nine_in_the_morning_of_the_persons_zone(office: Office) -> None:
    berlin = Person(
        user_id=LIN,
        name="Lin",
        locale="en-GB",
        timezone="Europe/Berlin",
        refreshed_at=office.now,
    )
    with office.database.session() as session:
        people.remember(session, [berlin])
    visit_id = left(office)
    office.send()
    feedback = office.look(visit_id).task("feedback")
    assert feedback is not None
    office.do(LIN, follow_up.put_off, feedback.id)  # 11:00 in Berlin on 10 December
    assert office.waiting("feedback_nudge")[0] == (datetime(2026, 12, 11, 8, tzinfo=UTC), LIN)


def test_whoever_takes_a_late_form_over_is_reminded_of_it_once(office: Office) -> None:
    visit_id = left(office)
    office.send(office.now + timedelta(days=5))
    nudged = [row.recipient for row in office.rows("feedback_nudge")]
    assert nudged.count(LIN) > 3
    feedback = office.look(visit_id).task("feedback")
    assert feedback is not None
    office.do(LIN, checklist.hand_over, feedback.id, MEI)
    due = [who for at, who in office.waiting("feedback_nudge") if at <= office.now]
    assert due == [MEI]


def test_a_visit_closes_without_what_is_not_awaited(office: Office) -> None:  # P13
    visit_id = left(office)
    office.do(LIN, follow_up.record_feedback, visit_id, FORM)
    office.do(RUTH, outcome.record_outcome, visit_id, Outcome.ENDED)
    assert office.look(visit_id).status == VisitStatus.CLOSED
    assert office.look(visit_id).task("thank_you").state == "open"  # type: ignore[union-attr]


def test_when_all_is_in_the_visit_is_closed_and_says_so(office: Office) -> None:
    visit_id = left(office)
    office.do(RUTH, follow_up.record_feedback, visit_id, FORM)
    for key in ("thank_you", "summary"):
        assert office.look(visit_id).status == VisitStatus.FOLLOW_UP
        office.do(LIN, checklist.finish_task, office.look(visit_id).task(key).id)  # type: ignore[union-attr]
    assert office.look(visit_id).status == VisitStatus.FOLLOW_UP  # until it landed or ended
    office.do(RUTH, outcome.record_outcome, visit_id, Outcome.ENDED)
    visit = office.look(visit_id)
    assert (visit.status, visit.visit.closed_at) == (VisitStatus.CLOSED, office.now)
    assert {who for _, who in office.waiting("closed")} == {LIN}, "not whose click closed it"
    assert office.waiting("follow_up_task") == []
