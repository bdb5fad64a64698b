"""Titles and levels, caps, protocol, lead times, quiet hours, facts of visits."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from models.base.words import TripKind
from models.policy import load_policy
from models.policy.caps import caps_for, gifts_for, overspend_shares
from models.policy.conditions import Facts
from models.policy.leadtime import lead_needed
from models.policy.levels import highest_rank, propose_level, rank_of_title
from models.policy.protocol import escort_ranks, protocol_grade
from models.policy.quiet import after_quiet
from models.reading.facts import facts_of
from models.request.forms import VisitForm
from models.request.read_form import read_form
from tests.models.visits import ARRIVAL, DEPARTURE, make_picture, make_trip, make_visit
from tests.policy.make import BASE, policy_of

STANDARD = load_policy("standard")
BASE_POLICY = policy_of(BASE)


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Vice President, Sales", "vice_president"),
        ("President", "general_manager"),
        ("CEO", "general_manager"),
        ("ceo & Founder", "chairman"),
        ("Managing Director", "general_manager"),
        ("Director of R&D", "director"),
        ("Head of Purchasing", "manager"),
        ("Senior Buyer", "staff"),
        ("副总经理", "vice_president"),
        ("采购经理", "manager"),
        ("总经理助理", "director"),
        ("董事长秘书", "staff"),
        ("Assistant to the General Manager", "staff"),
        ("Office of the President", None),
        ("Buyer / Managing Director", "general_manager"),
        ("Chairman of the Board", "chairman"),
        ("ＣＥＯ", "general_manager"),
        ("工程师", "staff"),
        ("Evangelist", None),
        ("overhead specialist", "staff"),  # "head" inside another word tells nothing
        ("", None),
        (None, None),
    ],
)
def test_a_title_tells_the_rank(title: str | None, rank: str | None) -> None:
    found = rank_of_title(STANDARD, title)
    assert (found.key if found else None) == rank


def test_the_highest_guest_counts() -> None:
    found = highest_rank(STANDARD, ["Engineer", None, "Sales Director", "Manager"])
    assert found is not None
    assert found.key == "director"
    assert highest_rank(STANDARD, ["?"]) is None


@pytest.mark.parametrize(
    ("facts", "level", "place"),
    [
        ({"rank": "staff"}, "low", "[[level]] low qualifies 1"),
        ({"rank": "vice_president"}, "high", "[[level]] high qualifies 1"),
        ({}, "low", "default_level"),
    ],
)
def test_the_proposal_names_its_rule(facts: dict[str, Any], level: str, place: str) -> None:
    proposal = propose_level(BASE_POLICY, Facts(**facts))
    assert proposal.level.key == level
    assert str(proposal.source).endswith(place)
    assert proposal.source.line is not None


def test_caps_by_head_and_by_party() -> None:
    assert caps_for(BASE_POLICY, "low", 4, "lunch").amount == 200
    assert caps_for(BASE_POLICY, "low", 4, "dinner").amount == 360
    assert caps_for(BASE_POLICY, "low", 0, "dinner").amount == 200
    none = caps_for(BASE_POLICY, "low", 4, "banquet")
    assert (none.amount, none.is_actual, none.currency) == (None, False, "CNY")
    assert gifts_for(STANDARD, "c", 3).amount == 150
    assert gifts_for(BASE_POLICY, "low", 3).amount is None


@pytest.mark.parametrize(
    ("shares", "amount", "parts"),
    [
        ("department = 50, handler = 50", "100.01", {"department": "50.01", "handler": "50.00"}),
        ("company = 34, department = 33, handler = 33", "1", {"company": "0.34"}),
        ("handler = 100, company = 0", "7.77", {"handler": "7.77"}),
        (
            "company = 25, department = 25, approver = 25, handler = 25",
            "0.02",
            {"company": "0.01", "department": "0.01", "approver": "0.00", "handler": "0.00"},
        ),
    ],
)
def test_overspend_is_shared_without_a_cent_lost(
    shares: str, amount: str, parts: dict[str, str]
) -> None:
    policy = policy_of(f"{BASE}\n[overspend]\nshares = {{ {shares} }}\n")
    found = overspend_shares(policy, Decimal(amount))
    assert sum(found.values()) == Decimal(amount)
    for who, part in parts.items():
        assert found[who] == Decimal(part)
    assert overspend_shares(policy, Decimal(0)) == {}
    assert overspend_shares(BASE_POLICY, Decimal(5)) == {"company": Decimal(5)}


@pytest.mark.parametrize(
    ("host", "guest", "grade"),
    [
        ("manager", "manager", "equal"),
        ("vice_president", "manager", "high"),
        ("manager", "vice_president", "low"),
        ("manager", None, None),
        ("nobody", "manager", None),
    ],
)
def test_protocol_grade(host: str, guest: str | None, grade: str | None) -> None:
    assert protocol_grade(BASE_POLICY, host, guest) == grade


def test_escorts_of_the_right_rank_and_their_substitutes() -> None:
    ranks = [rank.key for rank in escort_ranks(STANDARD, "a", "general_manager")]
    assert ranks == ["general_manager", "chairman", "vice_president"]
    unknown = [rank.key for rank in escort_ranks(STANDARD, "a", None)]
    assert unknown == ["chairman", "general_manager", "vice_president"]
    fixed = policy_of(f"{BASE}\n[protocol]\nmay_raise = false\n")
    assert [rank.key for rank in escort_ranks(fixed, "low", "manager")] == ["manager", "staff"]


def test_the_longest_lead_time_of_the_rules_counts() -> None:
    policy = policy_of(
        BASE
        + """
[[lead_time.rule]]
key = "high"
only = { levels = ["high"] }
working_days = 5

[[lead_time.rule]]
key = "leaders"
attending_from = "vice_president"
working_days = 2
in_writing = true
"""
    )
    both = lead_needed(policy, Facts(level="high", attending="general_manager"))
    assert (str(both.span), both.in_writing) == ("5 working days", True)
    assert str(both.source).endswith("[[lead_time.rule]] high working_days")
    assert lead_needed(policy, Facts(level="low", attending="manager")).span.number == 3


@pytest.mark.parametrize(
    ("message", "due", "sent"),
    [
        ("please_confirm", "2026-12-09T13:59", "2026-12-09T13:59"),  # 21:59 in Shanghai
        ("please_confirm", "2026-12-09T14:00", "2026-12-09T23:00"),
        ("please_confirm", "2026-12-09T22:59", "2026-12-09T23:00"),
        ("please_confirm", "2026-12-09T23:00", "2026-12-09T23:00"),
        ("car_ready", "2026-12-09T20:00", "2026-12-09T20:00"),
    ],
)
def test_quiet_hours(message: str, due: str, sent: str) -> None:
    policy = policy_of(f'{BASE}\n[quiet_hours]\nfrom = "22:00"\nuntil = "07:00"\n')
    at, expected = (datetime.fromisoformat(f"{when}+00:00") for when in (due, sent))
    assert after_quiet(policy, message, at, "Asia/Shanghai") == expected
    assert after_quiet(BASE_POLICY, message, at, "Asia/Shanghai") == at


def test_quiet_hours_inside_a_day_and_over_a_change_of_clocks() -> None:
    policy = policy_of(f'{BASE}\n[quiet_hours]\nfrom = "12:00"\nuntil = "13:30"\n')
    noon = datetime(2026, 12, 9, 4, 15, tzinfo=UTC)
    assert after_quiet(policy, "x", noon, "Asia/Shanghai").hour == 5
    night = policy_of(f'{BASE}\n[quiet_hours]\nfrom = "22:00"\nuntil = "07:00"\n')
    before = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)  # clocks go forward that night in Berlin
    assert after_quiet(night, "x", before, "Europe/Berlin") == datetime(2026, 3, 29, 5, tzinfo=UTC)


def test_the_facts_of_a_visit() -> None:
    picture = make_picture(
        make_visit(travel_by="own_car", is_urgent=True, budget=Decimal(900)),
        trips=[make_trip(TripKind.PICKUP)],
    )
    facts = facts_of(picture)
    assert facts.rank == "general_manager"  # a CEO
    assert (facts.level, facts.purpose, facts.party_size) == ("b", "site_audit", 4)
    assert (facts.same_day, facts.pickup, facts.own_car, facts.late) == (True, True, True, True)
    assert facts.amount == 900


def test_the_facts_of_a_form_that_is_hardly_filled_and_of_a_full_one() -> None:
    empty: dict[str, Any] = dict.fromkeys(
        ("customer", "purpose", "lead_guest", "lead_guest_title", "host", "level"), ""
    )
    blank = VisitForm(**empty, party_size=None, arrival=None, departure=None)
    assert read_form(STANDARD, blank, "Asia/Shanghai").facts == Facts()
    full = blank.model_copy(
        update={
            "lead_guest_title": "Buyer",
            "guests": "Bo, Chairman\nLi, 经理",
            "party_size": 3,
            "arrival": ARRIVAL,
            "departure": DEPARTURE,
        }
    )
    facts = read_form(STANDARD, full, "Asia/Shanghai").facts
    assert (facts.rank, facts.same_day, facts.party_size) == ("chairman", True, 3)
    assert propose_level(STANDARD, facts).level.key == "a"
