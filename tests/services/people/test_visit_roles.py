"""Roles of one visit: named by hand or in turn, before whoever holds them in the company (D16)."""

from dataclasses import replace

import pytest

from models.base.errors import InvalidForm, NotAllowed, VisitOver
from models.base.permissions import Verb
from models.policy.load import SHIPPED, restore_policy
from services.people import visit_roles
from services.people.roles import set_role
from services.preparation.checklist import hand_over
from services.reading import home, standing
from services.reading.desk import Desk
from services.request.changes import cancel_visit
from tests.services.conftest import LIN, MEI, RUTH, SITE, XU, Office

ANN, BEN, CAI = "U01ANN", "U01BEN", "U01CAI"
SPECIALIST = "reception_specialist"


def lives_by(office: Office, filled: str = "by_hand") -> None:
    """The standard procedure, with a specialist for each visit who sees to the hotel."""
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    head, key, tail = text.partition('key = "hotel"')
    tail = tail.replace('owner = "coordinator"', f'owner = "{SPECIALIST}"', 1)
    role = f"""
[[role]]
key = "{SPECIALIST}"
name = "Reception specialist"
per_visit = 1
filled = "{filled}"
abilities = ["prepares"]
"""
    office.site = replace(SITE, policy=restore_policy(head + key + tail + role, "own.toml"))


def fill(office: Office, visit_id: int, *people: str, by: str = LIN) -> None:
    second = office.look(visit_id).visit.second_host_id
    office.do(by, visit_roles.fill_roles, visit_id, {SPECIALIST: list(people)}, second)


def owner(office: Office, visit_id: int) -> str | None:
    task = office.look(visit_id).task("hotel")
    assert task is not None
    return task.owner_id


def test_who_is_named_comes_before_the_companys_holders(office: Office) -> None:
    lives_by(office)
    office.do("U01ADMIN", set_role, SPECIALIST, [ANN, BEN])
    visit_id, other = office.approved(), office.approved()
    assert owner(office, visit_id) == ANN
    fill(office, visit_id, CAI)
    view = office.look(visit_id)
    assert view.people(SPECIALIST) == [CAI]
    assert view.holders[SPECIALIST] == [CAI, ANN, BEN]
    assert owner(office, visit_id) == CAI
    assert owner(office, other) == ANN  # for this visit alone
    assert [row.recipient for row in office.rows("named")] == [CAI]
    assert CAI in {who for _, who in office.waiting("tasks")}
    fill(office, visit_id)  # nobody: the company's holders again
    assert owner(office, visit_id) == ANN


def test_an_item_that_was_handed_over_stays_with_whom_it_was_given(office: Office) -> None:
    lives_by(office)
    office.do("U01ADMIN", set_role, SPECIALIST, [ANN])
    visit_id = office.approved()
    task = office.look(visit_id).task("hotel")
    assert task is not None
    office.do(LIN, hand_over, task.id, RUTH)
    fill(office, visit_id, CAI)
    assert owner(office, visit_id) == RUTH


def test_in_turn_the_one_with_the_fewest_visits_takes_the_next(office: Office) -> None:
    lives_by(office, "in_turn")
    office.do("U01ADMIN", set_role, SPECIALIST, [ANN, BEN])
    visits = [office.approved() for _ in range(3)]
    assert [owner(office, visit) for visit in visits] == [ANN, BEN, ANN]
    assert [row.recipient for row in office.rows("named")] == [ANN, BEN, ANN]
    office.do(LIN, cancel_visit, visits[0], "off")
    office.do(LIN, cancel_visit, visits[2], "off")
    assert owner(office, office.approved()) == ANN  # ann has none left


def test_who_was_named_by_hand_is_not_replaced_by_turn(office: Office) -> None:
    lives_by(office, "in_turn")
    office.do("U01ADMIN", set_role, SPECIALIST, [ANN])
    visit_id = office.submit()
    fill(office, visit_id, CAI)
    office.approve(visit_id)
    assert owner(office, visit_id) == CAI


def test_who_is_named_sees_and_prepares_this_visit_and_no_other(office: Office) -> None:
    lives_by(office)
    visit_id, other = office.approved(), office.approved()
    fill(office, visit_id, CAI)

    def may(desk: Desk, about: int, verb: Verb) -> None:
        standing.check(desk, verb, standing.subject(desk.session, visit=about))

    office.do(CAI, may, visit_id, Verb.EDIT)
    with pytest.raises(NotAllowed):
        office.do(CAI, may, other, Verb.SEE)
    agenda = office.do(CAI, home.home_agenda)
    assert [view.visit.id for view in agenda.my_visits] == [visit_id]


@pytest.mark.parametrize(("person", "may"), [(LIN, True), (MEI, True), (XU, False), (RUTH, False)])
def test_host_and_coordinator_name_people(office: Office, person: str, *, may: bool) -> None:
    lives_by(office)
    visit_id = office.approved()

    def allowed(desk: Desk) -> bool:
        about = standing.subject(desk.session, visit=visit_id)
        return Verb.FILL_ROLES in standing.allowed(desk, about.visit)

    assert office.do(person, allowed) is may


def test_no_more_than_the_policy_lets_and_not_for_a_visit_that_is_over(office: Office) -> None:
    lives_by(office)
    visit_id = office.approved()
    with pytest.raises(InvalidForm) as refused:
        fill(office, visit_id, ANN, BEN)
    assert refused.value.faults[SPECIALIST].code == "too_many_people"
    office.do(LIN, cancel_visit, visit_id, "off")
    with pytest.raises(VisitOver):
        fill(office, visit_id, ANN)


def test_the_second_host_is_named_with_them(office: Office) -> None:
    lives_by(office)
    visit_id = office.approved()
    office.do(LIN, visit_roles.fill_roles, visit_id, {}, RUTH)
    assert office.look(visit_id).visit.second_host_id == RUTH
