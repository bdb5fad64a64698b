"""Two spellings of one customer are merged with all that hangs on them, and nothing is lost."""

from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm, NotAllowed, Overtaken
from models.keeping.entered import marks_of
from models.policy.customer_fields import CustomerSection, customer_fields_of
from models.records.audit import AuditEntry
from models.records.customers import Contact, Customer
from models.records.entries import Entry
from models.records.visit import Visit
from services.aftercare.follow_up import guests_left
from services.customers import merging
from services.customers.contacts import search
from services.customers.customers import find_customer, known_customers
from services.customers.file import read_file
from services.reading.desk import Desk
from services.request.survey import fill_customer
from tests.services.conftest import CHEN, LIN, MEI, Office

COMPANY, BUSINESS = CustomerSection.COMPANY, CustomerSection.BUSINESS
GUESTS = "王伟, 工程师, halal\nJane Smith, Director, vegetarian"


def customer(office: Office, name: str) -> int:
    """The id under which a name stands, merged or not."""
    return int(
        office.do(
            None,
            lambda desk: desk.session.exec(select(Customer).where(Customer.name == name)).one().id,
        )
    )


def fill(office: Office, number: int, section: CustomerSection, **values: Any) -> None:
    """Have the coordinator fill a section of a file."""
    office.do(MEI, fill_customer, number, section, values, {})


@pytest.fixture
def two(office: Office) -> tuple[int, int]:
    """Two spellings: each had a visit, and its file says something."""
    for name in ("Acme GmbH", "ACME Germany"):
        visit = office.approved(customer=name, guests=GUESTS, party_size=4)
        office.do(None, guests_left, visit, office.now)
    gone, into = customer(office, "ACME Germany"), customer(office, "Acme GmbH")
    fill(office, gone, COMPANY, industry="Pumps", country="DE")
    fill(office, into, COMPANY, industry="Valves")
    return gone, into


def test_everything_moves(office: Office, two: tuple[int, int]) -> None:
    gone, into = two
    found = office.do(MEI, merging.outlook, gone, into)
    assert (found.visits, found.contacts, found.facts) == (1, 3, ["country"])
    assert found.both == {"industry": ("Valves", "Pumps")}
    office.do(MEI, merging.merge, gone, into, None)

    def look(desk: Desk) -> None:
        session = desk.session
        assert {each.customer_id for each in session.exec(select(Visit))} == {into}
        assert {each.customer_id for each in session.exec(select(Contact))} == {into}
        assert len(session.exec(select(Contact)).all()) == 3, "of both: Jane, Wang and who led"
        assert {each.customer_id for each in session.exec(select(Entry))} <= {into}
        known = find_customer(session, "acme germany")
        assert known is not None
        assert known.id == into
        assert known_customers(desk, "germany") == ["Acme GmbH"], "also by its other spelling"
        file = read_file(desk, gone)
        assert file.known == {"industry": "Valves", "country": "DE"}
        assert file.also_called == ["ACME Germany"]
        assert len(file.visits) == 2
        assert [each.name for each in search(desk, gone, "ww")] == ["王伟"]
        entry = session.exec(select(AuditEntry).where(AuditEntry.verb == "merge_customers")).one()
        assert entry.actor_id == MEI
        assert entry.detail["dropped"] == {"industry": "Pumps"}

    office.do(MEI, look)
    office.submit(customer="ACME Germany")
    assert len(office.do(MEI, lambda desk: read_file(desk, into)).visits) == 3


def test_a_form_of_before_saves_to_the_one_that_it_is(office: Office, two: tuple[int, int]) -> None:
    gone, into = two
    before = office.do(MEI, lambda desk: read_file(desk, gone))
    marks = marks_of(customer_fields_of(COMPANY), before.known)
    office.do(MEI, merging.merge, gone, into, None)
    entered = {"industry": "Pumps", "country": "DE", "founded": "1987"}
    office.do(LIN, fill_customer, gone, COMPANY, entered, marks)
    known = office.do(MEI, lambda desk: read_file(desk, into)).known
    assert known == {"industry": "Valves", "country": "DE", "founded": "1987"}
    with pytest.raises(Overtaken):  # both have said something else: it is shown, not lost
        office.do(LIN, fill_customer, gone, COMPANY, entered | {"industry": "Seals"}, marks)


def test_different_owners_are_asked_about(office: Office, two: tuple[int, int]) -> None:
    gone, into = two

    def give(desk: Desk, number: int, owner: str) -> None:
        found = desk.session.get_one(Customer, number)
        found.account_owner_id = owner
        desk.session.add(found)

    office.do(None, give, gone, LIN)
    office.do(None, give, into, CHEN)
    with pytest.raises(InvalidForm):
        office.do(MEI, merging.merge, gone, into, None)
    office.do(MEI, merging.merge, gone, into, LIN)
    assert office.do(MEI, lambda desk: read_file(desk, into)).customer.account_owner_id == LIN


def test_only_who_prepares_or_administers_merges(office: Office, two: tuple[int, int]) -> None:
    for person in (LIN, CHEN):
        with pytest.raises(NotAllowed):
            office.do(person, merging.merge, *two, None)
    with pytest.raises(InvalidForm):
        office.do(MEI, merging.merge, two[0], two[0], None)
