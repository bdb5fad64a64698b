"""How important a request is: asked before its approvers, once, and not for ever (A32)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, NotAllowed, Outdated
from models.base.permissions import Verb
from models.base.words import DeliveryState
from models.policy.load import SHIPPED, restore_policy
from services.people.roles import set_role
from services.reading import standing
from services.reading.desk import Desk
from services.request import rating
from services.request.changes import cancel_visit
from tests.services.conftest import CHEN, LIN, RUTH, SITE, START, XU, Office

ANN, BEN = "U01ANN", "U01BEN"


@pytest.fixture
def rated(office: Office) -> Office:
    """The standard procedure, in which area managers rate."""
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    text = text.replace("[request]", '[request]\nrated_by = "area_manager"', 1)
    text += '\n[[role]]\nkey = "area_manager"\nname = "Area manager"\n'
    office.site = replace(SITE, policy=restore_policy(text, "own.toml"))
    office.do("U01ADMIN", set_role, "area_manager", [ANN, BEN])
    return office


def test_the_approvers_are_asked_after_the_rating(rated: Office) -> None:
    visit_id = rated.submit(level="c")
    assert {who for _, who in rated.waiting("rating")} == {ANN, BEN}
    assert rated.waiting("approval") == []
    rated.do(ANN, rating.rate, visit_id, "a")
    view = rated.look(visit_id)
    assert (view.visit.level, view.visit.rated, view.visit.rated_by) == ("a", "a", ANN)
    assert view.visit.is_important
    assert [step.role for step in view.approvals] == [
        "department_manager",
        "vice_president",
        "general_manager",
    ]
    assert CHEN in {who for _, who in rated.waiting("approval")}
    assert rated.rows("do:unrated", DeliveryState.PENDING) == []


def test_the_lowest_level_is_not_important(rated: Office) -> None:
    visit_id = rated.submit(level="c")
    rated.do(ANN, rating.rate, visit_id, "c")
    assert not rated.look(visit_id).visit.is_important


def test_one_rating_counts_and_only_a_level_of_the_policy(rated: Office) -> None:
    visit_id = rated.submit()
    with pytest.raises(InvalidForm):
        rated.do(ANN, rating.rate, visit_id, "gold")
    rated.do(ANN, rating.rate, visit_id, "b")
    with pytest.raises(AlreadyDecided):
        rated.do(BEN, rating.rate, visit_id, "a")


def test_after_the_time_of_silence_it_goes_on_unrated(rated: Office) -> None:
    visit_id = rated.submit()
    [row] = rated.rows("do:unrated")
    assert row.due_at == START + timedelta(hours=rated.site.policy.escalation.after_hours)
    rated.do(None, rating.go_on_unrated, visit_id)
    visit = rated.look(visit_id).visit
    assert (visit.rated_by, visit.awaits_rating) == (None, False)
    assert CHEN in {who for _, who in rated.waiting("approval")}
    rated.do(None, rating.go_on_unrated, visit_id)  # once
    assert len(rated.look(visit_id).approvals) == 2
    with pytest.raises(Outdated):
        rated.do(ANN, rating.rate, visit_id, "a")


def test_without_anybody_to_rate_the_approvers_are_asked_at_once(rated: Office) -> None:
    rated.do("U01ADMIN", set_role, "area_manager", [])
    rated.submit()
    assert CHEN in {who for _, who in rated.waiting("approval")}
    assert ["area_manager"] in [row.args["roles"] for row in rated.rows("missing_role")]


def test_a_cancelled_request_is_not_rated(rated: Office) -> None:
    visit_id = rated.submit()
    rated.do(LIN, cancel_visit, visit_id, "off")
    assert rated.waiting("rating") == []
    rated.do(None, rating.go_on_unrated, visit_id)
    assert rated.look(visit_id).approvals == []
    with pytest.raises(Outdated):
        rated.do(ANN, rating.rate, visit_id, "a")


@pytest.mark.parametrize(("person", "may"), [(ANN, True), (LIN, False), (RUTH, False), (XU, False)])
def test_only_whom_the_policy_names_rates(rated: Office, person: str, *, may: bool) -> None:
    visit_id = rated.submit()

    def check(desk: Desk) -> None:
        standing.check(desk, Verb.RATE, standing.subject(desk.session, visit=visit_id))

    if may:
        rated.do(person, check)
    else:
        with pytest.raises(NotAllowed):
            rated.do(person, check)
