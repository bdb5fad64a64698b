"""Contacts: who is one and who is two, who is found by what, and how long they are kept (P09)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import NotAllowed, Outdated
from models.customers.contacts import Person, same_person
from models.policy.load import SHIPPED, restore_policy
from models.records.customers import Contact, ContactFact, ContactTerm, Customer, Guest
from models.records.visit import Visit
from services.aftercare.follow_up import guests_left
from services.customers import contacts
from services.reading.desk import Desk
from tests.services.conftest import CHEN, LIN, MA, MEI, RUTH, SITE, START, Office

GUESTS = "王伟, 工程师, halal\n单雪, 经理, 素食\nJane Smith, Director, vegetarian"


def contact(name: str, **more: Any) -> Contact:
    """A contact as it is kept."""
    return Contact(customer_id=1, name=name, name_key=name.casefold(), known_at=START, **more)


@pytest.mark.parametrize(
    ("known", "comes", "is_one"),
    [
        ({"name": "Jane Smith"}, Person("jane  SMITH", "Director"), True),
        ({"name": "Jane Smith", "title": "CEO"}, Person("Jane Smith", "Driver"), False),
        ({"name": "王伟", "name_other": "Wang Wei"}, Person("WANG WEI", "Engineer"), True),
        ({"name": "王伟", "phone": "+861"}, Person("Wang Wei", phone="+861"), True),
        ({"name": "Jane Smith", "phone": "+861"}, Person("John Doe", phone="+861"), False),
        ({"name": "Smith", "mail": "A@x.com"}, Person("Jane Smith", mail="a@X.com"), True),
        ({"name": "王伟", "mail": "office@x.com"}, Person("李娜", mail="office@x.com"), False),
    ],
)
def test_when_two_are_one(known: dict[str, Any], comes: Person, is_one: bool) -> None:
    assert (same_person([contact(**known)], comes) is not None) is is_one


def came(office: Office, guests: str = GUESTS, **more: Any) -> int:
    """Have these guests come and leave; returns the visit."""
    number = office.approved(guests=guests, **more)
    office.do(None, guests_left, number, office.now)
    return number


def found(office: Office, person: str, words: str) -> list[str]:
    """The names that a person finds among the contacts of Acme."""
    return [each.name for each in office.do(person, contacts.search, 1, words)]


def test_they_are_found_by_name_pinyin_and_initials(office: Office) -> None:
    came(office)
    for words, name in (
        ("王", "王伟"),
        ("wangw", "王伟"),
        ("ww", "王伟"),
        ("wei", "王伟"),
        ("shan", "单雪"),
        ("sx", "单雪"),
        ("smith", "Jane Smith"),
        ("jane s", "Jane Smith"),
    ):
        assert found(office, LIN, words) == [name], words
    assert len(found(office, LIN, "")) == 4, "the lead guest as well"
    assert found(office, LIN, "dan") == []
    assert found(office, LIN, "%") == found(office, LIN, "")


def test_they_are_for_those_alone_who_run_or_lead_a_visit(office: Office) -> None:
    came(office)
    for person, sees in ((LIN, True), (MEI, True), (CHEN, True), (RUTH, True), (MA, False)):
        assert bool(found(office, person, "ww")) is sees, person


def test_who_comes_again_stays_one(office: Office) -> None:
    first = came(office)
    office.now += timedelta(days=90)
    arrival = office.now + timedelta(days=9)
    again = {"arrival": arrival, "departure": arrival + timedelta(hours=8)}
    again |= {"pickup_time": arrival, "dropoff_time": arrival + timedelta(hours=8)}
    second = came(office, "王伟, 工程师, 不吃猪肉\nJane Smith, Director", **again)

    def look(desk: Desk) -> None:
        people = desk.session.exec(select(Contact)).all()
        assert len(people) == 4
        known = {(f.key, f.value): f for f in desk.session.exec(select(ContactFact))}
        kept = known["diet", "vegetarian"]
        assert (kept.visit_id, kept.known_at) == (first, START), "older than the person's last"
        assert known["diet", "不吃猪肉"].visit_id == second
        assert ("diet", "halal") not in known
        guests = desk.session.exec(select(Guest).where(Guest.name == "王伟")).all()
        assert len({guest.contact_id for guest in guests}) == 1

    office.do(MEI, look)


def test_two_guests_of_one_visit_are_two_people(office: Office) -> None:
    came(office, "Wang Wei, Engineer\nWang Wei, Engineer")
    assert found(office, LIN, "wangwei") == ["Wang Wei", "Wang Wei"]


def test_the_policy_says_how_long_they_are_kept(office: Office) -> None:
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    text = text.replace("[request]\n", "[request]\ncontacts_kept_days = 30\n", 1)
    office.site = replace(SITE, policy=restore_policy(text, "own.toml"))
    came(office)
    office.now += timedelta(days=30)
    assert found(office, LIN, "ww") == ["王伟"]
    office.now += timedelta(days=1)
    assert found(office, LIN, "ww") == []
    office.do(None, contacts.forget_old)

    def look(desk: Desk) -> None:
        for table in (Contact, ContactFact, ContactTerm):
            assert desk.session.exec(select(table)).all() == []
        assert len(desk.session.exec(select(Guest)).all()) == 3, "the visit keeps its guests"

    office.do(MEI, look)


def test_who_is_struck_out_is_forgotten(office: Office) -> None:
    came(office)
    number = office.do(LIN, contacts.search, 1, "ww")[0].id
    with pytest.raises(NotAllowed):
        office.do(MA, contacts.strike_contact, number)
    office.do(LIN, contacts.strike_contact, number)
    assert found(office, LIN, "ww") == []
    assert "王伟" not in found(office, LIN, "")
    known = office.do(MEI, lambda desk: desk.session.exec(select(ContactFact)).all())
    assert len(known) == 2


def test_only_what_is_proposed_is_taken_over(office: Office) -> None:
    came(office)
    visit = office.submit(lead_guest="Jane Smith", lead_guest_title="Director", guests="")
    view = office.look(visit)
    proposals = office.do(LIN, contacts.proposals, view)
    assert [(each.name, each.known.fact.value) for each in proposals] == [
        ("Jane Smith", "vegetarian")
    ]
    fact = proposals[0].known.fact.id
    assert office.do(LIN, contacts.take_over, visit, fact) == "diet"
    with pytest.raises(Outdated):
        office.do(LIN, contacts.take_over, visit, fact)
    assert [(guest.name, guest.diet) for guest in office.look(visit).guests] == [
        ("Jane Smith", "vegetarian")
    ]


def test_what_the_visit_says_itself_is_proposed_to_nobody(office: Office) -> None:
    came(office)
    visit = office.submit(guests="Jane Smith, Director, no pork", party_size=2)
    assert office.do(LIN, contacts.proposals, office.look(visit)) == []
    customers = office.do(MEI, lambda desk: desk.session.exec(select(Customer)).all())
    assert len(customers) == 1
    assert len(office.do(MEI, lambda desk: desk.session.exec(select(Visit)).all())) == 2
