"""Sights, a souvenir or neither, as the vice president decides at four and five stars (B16)."""

from dataclasses import replace

import pytest

from models.base.errors import NotAllowed, Outdated, VisitOver
from models.policy import load_policy, restore_policy
from models.policy.load import SHIPPED
from models.reading.discretion import chooser_of, chosen_of
from services.request import changes
from services.signoff import discretion
from tests.services.conftest import CHEN, LIN, PARK, ZHAO, Office

STARS = load_policy("star_levels")
ITEMS = {"sights", "souvenir", "souvenir_handed_over"}


@pytest.fixture
def stars(office: Office) -> Office:
    office.site = replace(office.site, policy=STARS)
    return office


def chooser(office: Office, visit_id: int) -> int:
    step = chooser_of(office.look(visit_id))
    assert step is not None
    return step.id or 0


def items(office: Office, visit_id: int) -> set[str]:
    return {task.key for task in office.look(visit_id).tasks} & ITEMS


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ("sights", {"sights"}),
        ("souvenir", {"souvenir", "souvenir_handed_over"}),
        ("neither", set()),
    ],
)
def test_what_is_chosen_makes_its_item(stars: Office, choice: str, wanted: set[str]) -> None:
    visit_id = stars.submit(level="four_star")
    stars.approve(visit_id)
    assert items(stars, visit_id) == set()  # nobody has chosen yet
    stars.do(ZHAO, discretion.choose, chooser(stars, visit_id), choice)
    assert items(stars, visit_id) == wanted
    stars.do(ZHAO, discretion.choose, chooser(stars, visit_id), "sights")  # as they like it now
    assert items(stars, visit_id) == {"sights"}


def test_it_is_chosen_on_the_card_before_the_decision(stars: Office) -> None:
    visit_id = stars.submit(level="four_star")
    step = chooser(stars, visit_id)
    with pytest.raises(NotAllowed):
        stars.do(ZHAO, discretion.choose, step, "souvenir")  # the manager is asked first
    assert stars.look(visit_id).visit.discretion is None
    stars.approve(visit_id)
    stars.do(ZHAO, discretion.choose, step, "souvenir")
    visit = stars.look(visit_id).visit
    assert (visit.discretion, visit.discretion_by) == ("souvenir", ZHAO)


@pytest.mark.parametrize("person", [CHEN, LIN])
def test_nobody_else_chooses(stars: Office, person: str) -> None:
    visit_id = stars.submit(level="four_star")
    stars.approve(visit_id)
    with pytest.raises(NotAllowed):
        stars.do(person, discretion.choose, chooser(stars, visit_id), "sights")


def test_what_is_not_there_to_choose(stars: Office) -> None:
    visit_id = stars.submit(level="four_star")
    stars.approve(visit_id)
    step = chooser(stars, visit_id)
    with pytest.raises(Outdated):
        stars.do(ZHAO, discretion.choose, step, "yacht")
    first = stars.look(visit_id).approvals[0].id
    with pytest.raises(Outdated):
        stars.do(CHEN, discretion.choose, first, "sights")
    stars.do(LIN, changes.cancel_visit, visit_id, "Off")
    with pytest.raises(VisitOver):
        stars.do(ZHAO, discretion.choose, step, "sights")


def test_a_level_without_a_choice_forgets_it(stars: Office) -> None:
    visit_id = stars.approved(level="four_star")
    stars.do(ZHAO, discretion.choose, chooser(stars, visit_id), "sights")
    view = stars.look(visit_id)
    form = stars.form(level="three_star", level_reason="As their manager comes")
    stars.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)
    assert chooser_of(stars.look(visit_id)) is None
    assert chosen_of(stars.look(visit_id)) is None
    assert items(stars, visit_id) == set()


def test_the_role_of_the_file_chooses(office: Office) -> None:
    text = (SHIPPED / "star_levels.toml").read_text(encoding="utf-8")
    text = text.replace('of = "sights", by = "vice_president"', 'of = "sights", by = "chairman"')
    text = text.replace(
        'of = "souvenir", by = "vice_president"', 'of = "souvenir", by = "chairman"'
    )
    chain = 'approvers = ["department_manager", "vice_president"]'
    text = text.replace(chain, 'approvers = ["department_manager", "general_manager"]')
    office.site = replace(office.site, policy=restore_policy(text, "mine.toml"))
    visit_id = office.approved(level="four_star")
    step = chooser_of(office.look(visit_id))
    assert step is not None
    assert step.role == "general_manager"  # no chairman is asked: whoever decides last
    office.do(PARK, discretion.choose, step.id, "sights")
    assert items(office, visit_id) == {"sights"}
    manager = text.replace('by = "chairman"', 'by = "department_manager"')
    office.site = replace(office.site, policy=restore_policy(manager, "mine.toml"))
    step = chooser_of(office.look(office.submit(level="four_star")))
    assert step is not None
    assert step.role == "department_manager"
