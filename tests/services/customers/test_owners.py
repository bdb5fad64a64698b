"""The account owner of a customer: who changes it; visits keep whom they name."""

from datetime import timedelta

import pytest

from models.base.errors import InvalidForm
from models.base.words import VisitStatus
from services.customers import owners
from services.request import changes
from services.request.stored import form_of
from services.signoff import by_phone
from services.signoff.by_phone import SpokenWord
from tests.services.conftest import CHEN, DEV, LIN, MEI, RUTH, START, TOM, Office


def test_a_request_changes_no_customer_before_it_is_approved(office: Office) -> None:
    theirs = office.submit(account_owner=None)
    visit_id = office.submit(account_owner=RUTH)
    assert office.look(visit_id).proposed_owner == RUTH
    assert office.look(visit_id).customer.account_owner_id is None
    assert office.look(theirs).account_owner == LIN, "the host"

    office.approve(visit_id)

    view = office.look(visit_id)
    assert (view.customer.account_owner_id, view.proposed_owner) == (RUTH, None)
    assert office.look(theirs).account_owner == LIN
    assert [entry.detail["to"] for entry in view.history if entry.verb == "change_owner"] == [RUTH]
    assert office.waiting("owner_changed") == [], "told of their part in the visit"
    assert [who for _, who in office.waiting("takes_part")] == [RUTH]
    assert office.look(office.submit(account_owner=None)).account_owner == RUTH


def test_a_customer_with_an_owner_keeps_it_whoever_a_request_names(office: Office) -> None:
    office.approved(account_owner=RUTH)
    other = office.look(office.approved(account_owner=TOM))
    assert (other.account_owner, other.customer.account_owner_id) == (TOM, RUTH)


def test_a_word_by_phone_counts_for_it_once_it_is_confirmed(office: Office) -> None:
    visit_id = office.submit(level="c", account_owner=RUTH)
    word = SpokenWord(CHEN, START - timedelta(minutes=5), "Yes")
    made = office.do(MEI, by_phone.record_word, visit_id, word)
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert view.customer.account_owner_id is None
    office.do(CHEN, by_phone.confirm_word, made.step.id)
    assert office.look(visit_id).customer.account_owner_id == RUTH


def test_coordinator_changes_it_for_visits_to_come(office: Office) -> None:
    visit_id = office.approved(account_owner=RUTH)
    office.send()
    office.do(MEI, owners.set_owner, visit_id, DEV)
    view = office.look(visit_id)
    assert (view.customer.account_owner_id, view.account_owner) == (DEV, RUTH)
    assert sorted(who for _, who in office.waiting("owner_changed")) == sorted([RUTH, DEV])
    with pytest.raises(InvalidForm):
        office.do(MEI, owners.set_owner, visit_id, "")


def test_another_customer_brings_its_own_owner(office: Office) -> None:
    office.approved(customer="Orion", account_owner=TOM)
    visit_id = office.approved(customer="Acme", account_owner=RUTH)
    later = office.submit(customer="Acme", account_owner=None)
    for number, expected in ((later, TOM), (visit_id, TOM)):
        view = office.look(number)
        form = form_of(view).model_copy(update={"customer": "Orion"})
        office.do(LIN, changes.change_visit, number, view.visit.revision, form)
        assert office.look(number).account_owner == expected
    assert office.look(office.submit(customer="Acme", account_owner=None)).account_owner == RUTH
