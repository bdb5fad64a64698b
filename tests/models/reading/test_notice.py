"""What a visit notice asks for, and how complete it is (A10, A15)."""

import re
from dataclasses import replace
from typing import Any

from models.policy.customer_fields import (
    CUSTOMER_FIELDS,
    OF_CUSTOMER,
    CustomerSection,
    customer_fields_of,
)
from models.policy.load import SHIPPED, restore_policy
from models.policy.notice_fields import FIELDS, KEYS, Section, fields_of
from models.reading.notice import asked_in, asked_of_customer, completeness, sections_of
from models.reading.picture import VisitPicture
from models.records.customers import Guest
from tests.models.visits import ARRIVAL, HOLDERS, REQUESTED, make_picture, make_visit

_TABLES = re.split(r"(?m)^(?=\[\[)", (SHIPPED / "standard.toml").read_text(encoding="utf-8"))
STANDARD = "".join(each for each in _TABLES if not each.startswith("[[notice]]"))
"""The standard procedure, with a notice of its own no more."""
WANTS = """
[[notice]]
key = "all"
wanted = ["return_ticket", "diets", "travel_by"]
offered = ["hotel"]
due = "arrival -1d"

[[notice]]
key = "seniors"
wanted = ["lodging_by"]
only = { levels = ["a"] }
filled_by = "coordinator"
"""


def picture(more: str = WANTS, level: str = "b", **parts: Any) -> VisitPicture:
    """A visit under the standard procedure with that much more in its file."""
    policy = restore_policy(STANDARD + more, "own.toml")
    return make_picture(visit=make_visit(level=level), policy=policy, holders=HOLDERS, **parts)


def test_a_section_is_a_modal_of_ten_inputs_at_most() -> None:
    for section in Section:
        assert 1 <= len(fields_of(section)) <= 10, section
    assert len({field.key for field in FIELDS}) == len(FIELDS)


def test_what_is_wanted_counts_until_it_is_known() -> None:
    found = completeness(picture())
    assert (found.known, [each.key for each in found.missing]) == (
        0,
        ["return_ticket", "diets", "travel_by"],
    )
    guests = [Guest(visit_id=7, position=n, name=f"G{n}", diet=d) for n, d in enumerate(("", "-"))]
    unknown = completeness(picture(guests=guests, notice={"return_ticket": "booked"}))
    assert [each.key for each in unknown.missing] == ["diets", "travel_by"], "unknown is not none"
    for guest in guests:
        guest.diet = "none"
    assert completeness(picture(guests=guests, notice={"return_ticket": "booked"})).known == 2


def test_what_the_policy_does_not_name_is_not_asked() -> None:
    assert [field.key for field in asked_in(picture(), Section.LODGING)] == ["hotel"]
    assert sections_of(picture()) == [Section.GUESTS, Section.TRAVEL, Section.LODGING]
    known = picture(notice={"per_diem": "200"})
    assert [field.key for field in asked_in(known, Section.LODGING)] == ["hotel", "per_diem"]
    assert sections_of(picture("")) == list(Section), "a file that says nothing asks for all"


def test_a_rule_is_for_its_visits_alone() -> None:
    assert "lodging_by" not in {each.key for each in completeness(picture()).missing}
    missing = {each.key: each for each in completeness(picture(level="a")).missing}
    assert missing["lodging_by"].people == ("U01MEI",)
    assert (missing["lodging_by"].due, missing["lodging_by"].reminds) == (ARRIVAL, False)
    assert missing["diets"].people == ("U01LIN",)
    assert missing["diets"].due.date() < ARRIVAL.date()
    assert missing["diets"].due > REQUESTED


def test_by_which_way_it_came_is_asked_where_there_are_several() -> None:
    """A27: chat, phone, mail, online, as the procedure has them."""
    several = {field.key: field for field in asked_in(picture(""), Section.WISHES)}
    assert several["came_by"].options == ("chat", "phone", "mail", "online")
    policy = picture("").policy
    one = policy.model_copy(update={"request": policy.request.model_copy(update={"channels": []})})
    asked = asked_in(make_picture(visit=make_visit(), policy=one), Section.WISHES)
    assert "came_by" not in {field.key for field in asked}


SURVEY = """
[[notice]]
key = "survey"
wanted = ["nature", "credit"]
offered = ["fax"]
only = { customers = ["dealer"] }
due = "arrival -3d"
"""


def survey_of(more: str, **parts: Any) -> list[str]:
    """What a customer's file asks for."""
    view = picture(more, **parts)
    return [
        field.key
        for section in CustomerSection
        for field in asked_of_customer(view.policy, view, section, view.survey)
    ]


def test_a_section_of_a_customers_file_is_a_modal_of_ten_inputs_at_most() -> None:
    for section in CustomerSection:
        assert 1 <= len(customer_fields_of(section)) <= 10, section
    assert not set(OF_CUSTOMER) & set(KEYS), "one name, one field"


def test_a_customers_file_asks_what_the_policy_names_for_its_kind() -> None:
    everything = [field.key for field in CUSTOMER_FIELDS]
    assert survey_of("") == survey_of(WANTS) == everything, "who names none of it asks for all"
    always = ["verified", "like_products"]
    kinds = '\n[[customer_kind]]\nkey = "dealer"\nname = "Dealer"\n'
    policy = SURVEY + kinds
    assert survey_of(policy) == always
    assert survey_of(policy, survey={"market": "EU"}) == [*always, "market"], "known: shown"
    dealer = make_visit(level="b", customer_kind="dealer")
    view = make_picture(
        visit=dealer, policy=restore_policy(STANDARD + policy, "own.toml"), holders=HOLDERS
    )
    assert [each.key for each in completeness(view).missing] == ["nature", "credit"]
    asked = asked_of_customer(view.policy, view, CustomerSection.COMPANY, ())
    assert [field.key for field in asked] == ["verified", "nature", "like_products"]
    known = replace(view, survey={"nature": "maker", "credit": "A"})
    assert completeness(known).known == 2
