"""The guest list kept: what is known of each stays, and what hangs on who comes follows (A02)."""

import pytest

from models.base.errors import InvalidForm, Overtaken
from models.customers.guests import GuestLine
from models.customers.party import FIELDS
from models.request.forms import VisitDetails
from services.request import party
from services.request.changes import add_details, change_visit
from services.request.stored import form_of
from tests.services.conftest import LIN, MEI, Office

ANNA = GuestLine("Anna Berg", "Buyer", phone="+491701234567", diet="vegan")


def add(office: Office, visit_id: int, **entered: party.Entered) -> party.Seated:
    seated: party.Seated = office.do(LIN, party.save_guest, visit_id, None, entered, {})
    return seated


def test_the_old_input_of_guests_loses_nothing_that_is_known(office: Office) -> None:
    visit_id = office.submit()
    add(office, visit_id, name="Anna Berg", title="Buyer", phone="+49 170 1234567")
    add(office, visit_id, name="Bob Lee", title="Engineer", mail="bob@acme.example")
    view = office.look(visit_id)
    ids = [guest.id for guest in view.guests]
    text = "Bob Lee, Chief engineer\nCid Ray\nAnna Berg, Buyer, vegan"
    details = VisitDetails(**(dict(form_of(view)) | {"guests": text}))
    office.do(LIN, add_details, visit_id, view.visit.revision, details)
    bob, cid, anna = office.look(visit_id).guests
    assert [anna.id, bob.id] == ids
    assert (bob.title, bob.mail) == ("Chief engineer", "bob@acme.example")
    assert (anna.diet, anna.phone) == ("vegan", "+491701234567")
    assert cid.phone is None


def test_whoever_comes_decides_the_level_and_the_party_grows(office: Office) -> None:
    visit_id = office.submit(
        lead_guest_title="Engineer", level="as-proposed", level_reason=None, party_size=1
    )
    before = office.look(visit_id).visit
    seated = office.do(LIN, party.add_listed, visit_id, [ANNA, GuestLine("Carl Otto", "Chairman")])
    after = office.look(visit_id).visit
    assert (seated.party_size, after.party_size) == (2, 2)
    assert after.level != before.level


def test_a_list_fills_in_what_was_missing_and_changes_nothing_known(office: Office) -> None:
    visit_id = office.submit()
    add(office, visit_id, name="Anna  BERG", title="buyer", diet=["halal"])
    seated = office.do(LIN, party.add_listed, visit_id, [ANNA, ANNA])
    assert (seated.added, seated.filled) == ([], ["Anna BERG"])
    [anna] = office.look(visit_id).guests
    assert (anna.diet, anna.phone) == ("halal", "+491701234567")


def test_the_same_guest_twice_is_noticed(office: Office) -> None:
    visit_id = office.submit()
    add(office, visit_id, name="Anna Berg", title="Buyer", phone="+49 170 1234567")
    with pytest.raises(InvalidForm) as twice:
        add(office, visit_id, name="anna berg", title="BUYER")
    assert twice.value.faults["name"].code == "guest_twice"
    assert add(office, visit_id, name="A. Berg", phone="0049 170 1234567").alike == ["Anna Berg"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "\u200b", "name_unseen"),
        ("name", "\u3164", "name_unseen"),
        ("name", "<!channel>", "no_name"),
        ("name", "Anna \u202egreB", "no_name"),
        ("name", '=HYPERLINK("http://x")', "no_name"),
        ("name", "A" * 201, "too_long"),
        ("phone", "call me", "phone"),
        ("mail", "anna at acme", "mail_in_line"),
        ("sex", "other", "choice_gone"),
    ],
)
def test_what_cannot_stand_is_named(office: Office, field: str, value: str, code: str) -> None:
    visit_id = office.submit()
    with pytest.raises(InvalidForm) as refused:
        add(office, visit_id, **({"name": "Anna"} | {field: value}))
    assert refused.value.faults[field].code == code
    assert office.look(visit_id).guests == []


def test_two_people_at_one_guest_lose_nothing(office: Office) -> None:
    visit_id = office.submit()
    guest_id = add(office, visit_id, name="Anna Berg").guest_id
    fields = [each for each in FIELDS if each.key in {"phone", "title", "diet"}]
    view = office.look(visit_id)
    marks = party.marks_of(view.policy, view.guests[0], fields)
    entered: dict[str, party.Entered] = {"title": "Buyer", "phone": None, "diet": ["vegan"]}
    office.do(LIN, party.save_guest, visit_id, guest_id, entered, marks)
    theirs: dict[str, party.Entered] = {"title": None, "phone": "+49 170 1234567", "diet": []}
    office.do(MEI, party.save_guest, visit_id, guest_id, theirs, marks)
    [anna] = office.look(visit_id).guests
    assert (anna.title, anna.phone, anna.diet) == ("Buyer", "+491701234567", "vegan")
    with pytest.raises(Overtaken) as both:
        office.do(MEI, party.save_guest, visit_id, guest_id, {"title": "CEO"}, marks)
    assert both.value.fields == ["title"]


def test_five_hundred_guests_stay_while_the_visit_is_edited(office: Office) -> None:
    visit_id = office.submit(party_size=10)
    many = [GuestLine(f"Guest {n}", "Engineer", "vegetarian") for n in range(500)]
    office.do(LIN, party.add_listed, visit_id, many)
    view = office.look(visit_id)
    form = form_of(view).model_copy(update={"guests": None, "notes": "Long tables"})
    office.do(LIN, change_visit, visit_id, view.visit.revision, form)
    after = office.look(visit_id)
    assert (len(after.guests), after.visit.notes) == (500, "Long tables")
    with pytest.raises(InvalidForm) as full:
        add(office, visit_id, name="One more")
    assert full.value.faults["name"].code == "too_many_guests"
