"""Level, facts of the customer and exceptions of a request, as verbs; on each kind of database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.base.errors import InvalidForm
from models.policy import load_policy
from models.request.forms import AS_PROPOSED
from services.customers.customers import find_customer
from services.reading.looks import get_visit
from services.request import changes, requests
from services.request.outlook import customer_facts
from services.request.stored import form_of
from tests.services.conftest import LIN, SITE, Office


def test_a_level_left_to_the_procedure_is_the_proposed_one(office: Office) -> None:
    visit = office.look(office.submit(level=AS_PROPOSED)).visit  # a CEO
    assert (visit.level, visit.level_reason) == ("a", None)


def test_without_a_reason_nothing_is_made(office: Office) -> None:
    form = office.form(level="c", level_reason="  ", customer="Nobody yet", party_size=0)
    with pytest.raises(InvalidForm) as caught:
        office.do(LIN, requests.submit_visit, form, "form0")
    assert set(caught.value.faults) == {"level_reason", "party_size"}
    with office.database.reading() as session:
        assert find_customer(session, "Nobody yet") is None


def test_what_the_policy_does_not_ask_for_stays_in_an_edit(office: Office) -> None:
    office.site = replace(SITE, policy=load_policy("star_levels"))
    visit_id = office.submit(level=AS_PROPOSED, capital="USD 3m", customer_kind="government")
    visit = office.look(visit_id).visit
    assert (visit.level, visit.capital_currency) == ("five_star", "USD")
    assert visit.capital == 3_000_000
    form = form_of(office.look(visit_id))
    assert (form.capital, form.level) == ("USD 3,000,000", AS_PROPOSED)
    edited = form.model_copy(update={"important": True, "notes": "New"})
    office.do(LIN, changes.change_visit, visit_id, 1, edited)
    changed = office.look(visit_id).visit
    assert (changed.notes, changed.is_important) == ("New", False)  # no rule asks for it
    assert changed.capital == 3_000_000


def test_an_unchanged_form_changes_nothing(office: Office) -> None:
    office.site = replace(SITE, policy=load_policy("star_levels"))
    visit_id = office.submit(
        level=AS_PROPOSED, capital="200 万美元", overseas=True, budget=Decimal("99.50")
    )
    form = form_of(office.look(visit_id))
    assert office.do(LIN, changes.change_visit, visit_id, 1, form).fields == []


def test_the_latest_visit_says_what_is_known_of_a_customer(office: Office) -> None:
    office.submit(customer="Acme", customer_kind="key_account", overseas=True)
    office.submit(customer="ACME ", overseas=True)

    def known(name: str) -> object:
        return office.do(LIN, customer_facts, name)

    assert known("acme") == {"customer_kind": None, "capital": None, "overseas": True}
    assert known("Globex") == {}
    assert known("") == {}


def test_an_exception_that_is_no_longer_needed_leaves_the_request(office: Office) -> None:
    visit_id = office.submit(level="b", budget=Decimal(9000), exception_reason="The signing dinner")
    visit = office.look(visit_id)
    assert visit.visit.exception_reason == "The signing dinner"
    assert [step.reasons[-1] for step in visit.approvals] == [("exception", "any")] * 2
    form = form_of(visit).model_copy(update={"budget": Decimal(100)})
    office.do(LIN, changes.change_visit, visit_id, 1, form)
    assert office.look(visit_id).visit.exception_reason is None


def test_an_edit_keeps_the_reason_and_another_level_needs_one(office: Office) -> None:
    visit_id = office.submit(level="b")
    form = form_of(office.look(visit_id))
    assert form.level == "b"
    for change in ({"level_reason": None}, {"level": "c", "level_reason": None}):
        without = form.model_copy(update=change)
        with pytest.raises(InvalidForm) as caught:
            office.do(LIN, changes.change_visit, visit_id, 1, without)
        assert set(caught.value.faults) == {"level_reason"}
    office.do(LIN, changes.change_visit, visit_id, 1, form.model_copy(update={"level": "c"}))
    assert office.look(visit_id).visit.level == "c"


def test_a_difference_from_before_reasons_were_asked_stands(office: Office) -> None:
    visit_id = office.submit(level="b")
    with office.database.session() as session:
        visit = get_visit(session, visit_id)
        visit.level_reason = None
        session.add(visit)
    form = form_of(office.look(visit_id)).model_copy(update={"notes": "x"})
    office.do(LIN, changes.change_visit, visit_id, 1, form)
    assert office.look(visit_id).visit.notes == "x"


@pytest.mark.parametrize("more", [{"overseas": True}, {"customer_kind": "key_account"}])
def test_facts_of_the_customer_are_kept(office: Office, more: dict[str, object]) -> None:
    visit = office.look(office.submit(**more)).visit
    assert visit.is_overseas == bool(more.get("overseas"))
    assert visit.customer_kind == more.get("customer_kind")
