"""Requests: numbered, made once, urgent inside the lead time, drafts kept (R1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm
from models.base.words import StepState, TripKind, VisitStatus
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.customers import Customer
from models.records.people import Person
from models.records.visit import Visit
from models.reminders.due import owed
from services.people import roles
from services.reading import looks, people
from services.reading.desk import Desk
from services.request import drafts, requests
from tests.services.conftest import CHEN, CHEN2, LIN, RUTH, START, Office


def test_a_request_is_numbered_and_asks_the_first_approvers(office: Office) -> None:
    visit = office.look(office.submit())
    assert visit.visit.number == "V-2026-0001"
    assert visit.status == VisitStatus.REQUESTED
    assert [(s.role, s.state) for s in visit.approvals] == [
        ("department_manager", StepState.PENDING),
        ("vice_president", StepState.WAITING),
    ]
    assert office.waiting("approval") == [(START, CHEN), (START, CHEN2)]
    assert [trip.kind for trip in visit.trips] == [TripKind.PICKUP, TripKind.DROPOFF]
    assert office.look(office.submit()).visit.number == "V-2026-0002"


def test_the_number_follows_the_year_of_the_site(office: Office) -> None:
    office.now = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # new year in Shanghai
    arrival = office.now + timedelta(days=9)
    changes = {"arrival": arrival, "departure": arrival + timedelta(hours=1)}
    visit_id = office.submit(pickup_time=None, dropoff_time=None, **changes)
    assert office.look(visit_id).visit.number == "V-2027-0001"


def test_one_form_makes_one_visit(office: Office) -> None:
    first = office.do(LIN, requests.submit_visit, office.form(), "same")
    second = office.do(LIN, requests.submit_visit, office.form(), "same")
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert first.visit.id == second.visit.id
    assert len(office.rows("visit_card")) == 1


def test_a_form_that_cannot_stand_leaves_nothing(office: Office) -> None:
    with pytest.raises(InvalidForm):
        office.submit(party_size=0)
    with office.database.reading() as session:
        assert session.exec(select(Visit)).all() == []
        assert session.exec(select(Customer)).all() == []


@pytest.mark.parametrize(
    ("days", "urgent"),
    [(1, True), (2, True), (3, True), (6, False), (7, False)],
)
def test_a_request_inside_three_working_days_is_urgent_and_not_refused(
    office: Office, days: int, urgent: bool
) -> None:  # R1.5; START is a Tuesday: Wednesday to Friday are whole working days before Monday
    arrival = START + timedelta(days=days)
    visit_id = office.submit(
        arrival=arrival, departure=arrival + timedelta(hours=1), pickup_time=None, dropoff_time=None
    )
    visit = office.look(visit_id)
    assert visit.visit.is_urgent is urgent
    assert visit.status == VisitStatus.REQUESTED


def test_one_customer_is_kept_once_with_its_account_owner(office: Office) -> None:
    first = office.look(office.approved(customer="Acme  Ltd"))
    second = office.look(office.submit(customer="ACME ltd", account_owner=None))
    assert first.customer.id == second.customer.id
    assert second.account_owner == RUTH


def test_a_missing_role_is_named_when_it_is_first_needed(office: Office) -> None:
    office.do("U01ADMIN", roles.set_role, "department_manager", [])
    office.do("U01ADMIN", roles.set_role, "admin", ["U01ADMIN"])
    made = office.do(LIN, requests.submit_visit, office.form(), "f")
    assert made.missing_roles == ["department_manager"]
    told = {row.recipient: row.args["roles"] for row in office.rows("missing_role")}
    assert told == {LIN: ["department_manager"], "U01ADMIN": ["department_manager"]}
    office.do("U01ADMIN", roles.set_role, "department_manager", [CHEN2])
    assert [who for _, who in office.waiting("approval")] == [CHEN2]


def test_a_draft_is_kept_until_the_form_is_submitted(office: Office) -> None:
    office.do(LIN, drafts.keep_draft, "f", {"customer": {"value": "Ac"}})
    office.do(LIN, drafts.keep_draft, "f", {"customer": {"value": "Acme"}})
    assert office.do(LIN, drafts.find_draft).values == {"customer": {"value": "Acme"}}
    assert office.do(CHEN, drafts.find_draft) is None
    office.do(LIN, requests.submit_visit, office.form(), "f")
    assert office.do(LIN, drafts.find_draft) is None


def test_without_an_admin_of_ours_the_workspaces_admins_are_told(office: Office) -> None:
    admin = Person(
        user_id="U01OWNER",
        name="Owner",
        locale="en-US",
        timezone="Asia/Shanghai",
        is_workspace_admin=True,
        refreshed_at=office.now,
    )
    with office.database.session() as session:
        people.remember(session, [admin])
    office.do("U01OWNER", roles.set_role, "department_manager", [])
    office.submit()
    assert {row.recipient for row in office.rows("missing_role")} == {LIN, "U01OWNER"}


def test_what_a_submit_hands_on_is_what_is_stored(office: Office) -> None:
    form = office.form(guests="Ada Byron, CEO, vegetarian\n王磊，总经理", customer="New AG")

    def submit(desk: Desk) -> tuple[dict[str, Any], dict[str, Any], list[str], list[str]]:
        handed = requests.submit_visit(desk, form, "whole").view
        desk.session.flush()
        stored = looks.picture(desk.session, handed.visit.id or 0, desk.site)
        owes = [[row.key for row in owed(view)] for view in (handed, stored)]
        return vars(handed), vars(stored), owes[0], owes[1]

    handed, stored, owes, owes_stored = office.do(LIN, submit)
    assert stored["guests"]
    assert stored["trips"]
    assert stored["chains"]
    assert {name: handed[name] for name in stored} == stored
    assert owes == owes_stored
    assert facts_of(VisitPicture(**stored)) == facts_of(VisitPicture(**handed))
