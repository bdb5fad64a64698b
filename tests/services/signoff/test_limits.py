"""One person cannot bury an approver: so many requests at a time, so many in an hour (R3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.base.errors import Outdated, TooManyRequests
from models.base.words import VisitStatus
from models.records.audit import AuditEntry
from services.request import bulk, changes, requests
from services.request.stored import form_of
from tests.services.conftest import CHEN, LIN, MEI, RUTH, Office


def limited(office: Office, **most: int) -> None:
    policy = office.site.policy
    request = policy.request.model_copy(update=most)
    office.site = replace(office.site, policy=policy.model_copy(update={"request": request}))


def test_one_person_has_so_many_requests_waiting_and_no_more(office: Office) -> None:
    limited(office, most_waiting=3)
    first, *_ = [office.submit() for _ in range(3)]
    with pytest.raises(TooManyRequests) as refused:
        office.submit()
    assert refused.value.facts == {"what": "waiting", "most": 3}
    office.approve(first)
    office.submit()
    for number in range(4):  # who prepares visits asks in others' names
        office.do(MEI, requests.submit_visit, office.form(), f"mei{number}")


def test_one_person_asks_so_often_in_an_hour(office: Office) -> None:
    limited(office, most_in_an_hour=2)
    office.approved()
    visit_id = office.approved()
    with pytest.raises(TooManyRequests):
        office.submit()
    view = office.look(visit_id)
    later = form_of(view).model_copy(
        update={
            "arrival": view.visit.arrival + timedelta(days=1),
            "departure": view.visit.departure + timedelta(days=1),
            "dropoff_time": view.visit.departure + timedelta(days=1),
            "pickup_time": view.visit.arrival + timedelta(hours=23),
        }
    )
    with pytest.raises(TooManyRequests):
        office.do(LIN, changes.change_visit, visit_id, view.visit.revision, later)
    assert office.look(visit_id).visit.revision == view.visit.revision, "nothing is kept of it"
    office.now += timedelta(minutes=61)
    changed = office.do(LIN, changes.change_visit, visit_id, view.visit.revision, later)
    assert changed.asked_again


def test_the_form_of_somebody_else_shows_nothing(office: Office) -> None:
    office.do(LIN, requests.submit_visit, office.form(), "same")
    with pytest.raises(Outdated):
        office.do(RUTH, requests.submit_visit, office.form(), "same")


def test_many_are_cancelled_at_once_and_told_once(office: Office) -> None:
    approved = office.approved()
    waiting = [office.submit() for _ in range(4)]
    theirs = int(office.do(RUTH, requests.submit_visit, office.form(host=RUTH), "r").visit.id)
    office.send()
    assert office.do(MEI, bulk.waiting_by_person) == {LIN: 4, RUTH: 1}

    done = office.do(MEI, bulk.cancel_of, LIN, "All for one customer, by mistake")

    assert (len(done.numbers), done.left) == (4, 0)
    assert {office.look(visit).status for visit in waiting} == {VisitStatus.CANCELLED}
    assert office.look(approved).status == VisitStatus.APPROVED
    assert office.look(theirs).status == VisitStatus.REQUESTED
    told = office.rows("several_cancelled")
    assert [row.recipient for row in told] == [LIN]
    assert len(told[0].args["numbers"]) == 4
    assert office.rows("cancelled") == []
    cards = [row for row in office.rows("approval") if row.visit_id in waiting]
    assert {row.recipient for row in cards} >= {CHEN}
    assert all(row.revision > row.sent_revision for row in cards), "they say it in place"
    with office.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.verb == "cancel")
        entries = session.exec(query.order_by(col(AuditEntry.id))).all()
    assert {entry.actor_id for entry in entries} == {MEI}
