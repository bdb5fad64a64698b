"""Each procedure's own figures, as its file gives them to the rules: P01 to P09, P11."""

from decimal import Decimal
from typing import Any

import pytest

from models.policy import load_policy
from models.policy.base import Money
from models.policy.caps import caps_for, overspend_shares
from models.policy.choose import choose
from models.policy.conditions import Facts
from models.policy.leadtime import lead_missed, lead_needed
from models.policy.protocol import escort_ranks, protocol_grade
from models.policy.span import Ahead
from tests.policy.figures import chain, level, money, step, task

USD_2M = Money(Decimal(2_000_000), "USD")


def test_p01_a_working_group_and_its_figures() -> None:
    policy = load_policy("key_account")
    members = {team.key: team.held_by for team in policy.teams if team.kind == "member"}
    assert members["group_lead"] == "vice_president"
    assert {"liaison", "second_host", "planner", "safety"} <= members.keys()
    assert task(policy, "briefing").owner == "host"
    assert task(policy, "pickup_sign").when == "pickup"
    assert task(policy, "sign_in").owner == "front_desk"
    assert str(step(policy, "leaders_report").at) == "left"  # straight after send-off
    assert task(policy, "retrospective").phase == "follow_up"
    assert policy.expenses is not None
    assert policy.expenses.approvers == ["department_manager", "finance", "vice_president"]  # R2.5
    assert len(policy.expenses.attachments) == 6  # reason, time, people, lines, receipts, plan
    assert policy.expenses.statistics_by == ["customer", "level", "department", "kind"]
    assert policy.gifts is not None  # R9
    assert policy.gifts.refuse_above
    assert policy.secrecy is not None  # R10
    assert {entry.key for entry in policy.emergencies} == {"illness", "accident", "fire"}  # R7.8
    assert [stop.place.en for stop in policy.routes[0].stops] == [
        "Sign-in desk",
        "Talks",
        "Tour",
        "Negotiation",
    ]
    assert level(policy, customer="key_account", rank="staff") == "key"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"customer": "provincial_body", "rank": "division_head"}, "a"),
        ({"customer": "provincial_body", "rank": "bureau_head"}, "a"),
        ({"customer": "provincial_body", "rank": "section_head"}, "c"),
        ({"customer": "prefecture_body", "rank": "section_head", "important": True}, "b"),
        ({"customer": "prefecture_body", "rank": "section_head"}, "c"),
        ({"customer": "prefecture_body", "rank": "staff", "important": True}, "c"),
        ({"rank": "general_manager"}, "c"),
        ({}, "c"),
    ],
)
def test_p02_who_qualifies(facts: dict[str, Any], expected: str) -> None:
    assert level(load_policy("abc_levels"), **facts) == expected


def test_p02_lodging_sights_exceptions_overspend_and_the_notice() -> None:
    policy = load_policy("abc_levels")
    a, b, c = (policy.level(key) for key in "abc")
    assert a.lodging is not None
    assert (a.lodging.stars_from, a.lodging.stars_to) == (4, 5)
    assert b.lodging is not None
    assert b.lodging.stars_to == 3  # below 4
    assert c.lodging is not None
    assert c.lodging.borne_by == "guest"  # none
    assert [found.sightseeing for found in (a, b, c)] == [["short", "long"], ["short"], []]
    assert money(policy, "a", 3, "dinner") == 3 * (money(policy, "a", 1, "dinner") or 0)  # a head
    assert policy.role_names["department_manager"].en == "Marketing manager"
    assert policy.exceptions[0].written_by == "account_owner"
    facts = {"level": "c", "exceptions": frozenset({"meals"})}
    assert chain(policy, level="c") == ["department_manager"]
    assert chain(policy, **facts) == ["department_manager", "vice_president"]
    halves = {"department": Decimal("50.25"), "handler": Decimal("50.25")}
    assert overspend_shares(policy, Decimal("100.50")) == halves  # R2.3
    asked = {key for rule in policy.notices for key in (*rule.wanted, *rule.offered)}
    assert asked >= {
        "men", "women", "companions", "contact_phone", "travel_from", "travel_to", "return_ticket",
        "per_diem", "greeting_place", "greeting_person", "welcome_flowers", "banner",
        "special_vehicle", "hotel", "rooms_single", "rooms_double", "rooms_suite", "lodging_by",
        "room_signing", "signing_limit", "signed_items", "checked_in", "long_distance", "breakfast",
        "in_room", "meals_by", "welcome_dinner_by", "farewell_dinner_by", "sights", "sights_guide",
        "sights_agency", "gift_kind", "gift_value", "gift_number", "gift_moment", "send_off_place",
        "budget", "cost_department",
    }  # fmt: skip


def test_p03_p11_teams_diets_rehearsal_and_each_departments_summary() -> None:
    policy = load_policy("major_event")
    teams = {team.key: team.kind for team in policy.teams}
    departments = {key for key, kind in teams.items() if kind == "department"}
    assert departments == {
        "service",
        "security",
        "engineering",
        "grounds",
        "cleaning",
        "logistics",
    }
    posts = {key for key, kind in teams.items() if kind == "post"}
    assert posts == {"gate_post", "car_park_post", "door_post", "lobby_post", "show_flat_post"}
    assert {"lead", "receptionists", "volunteers"} <= teams.keys()
    assert [d.en for d in policy.request.diets] == ["Vegetarian", "Gluten-free", "Dairy-free"]
    assert policy.trainings[0].topics
    for key in departments:
        assert task(policy, f"plan_{key}").team == key
        assert task(policy, f"summary_{key}").phase == "follow_up"
    for key in ("rehearsal", "faults_mended", "fire_check", "power_water", "signs_desk", "sign_in"):
        assert task(policy, key).phase == "preparation"
    assert task(policy, "handbooks").team == "receptionists"
    assert policy.archive is not None
    assert policy.archive.department_summaries
    assert policy.max_party_size == 5000


def test_p04_levels_escorts_lead_time_departure_car_and_tour() -> None:
    policy = load_policy("company_flow")
    ranks = {one.key: one.escorts.ranks for one in policy.levels if one.escorts}
    assert ranks == {
        "level_1": ["general_manager", "vice_president", "director", "manager"],
        "level_2": ["vice_president", "director", "manager"],
        "level_3": ["manager"],
    }
    first = policy.level("level_1").escorts
    assert first is not None
    assert first.greet_at == "lobby"
    assert str(lead_needed(policy, Facts(level="level_1")).span) == "2 days"  # important visits
    assert str(lead_needed(policy, Facts(level="level_3")).span) == "1 day"
    assert str(step(policy, "car_ready_dropoff").at) == "dropoff -10m"  # 5 to 10 min early
    assert str(step(policy, "car_missing_dropoff").at) == "dropoff -5m"
    stops = [stop.place.en for stop in policy.routes[0].stops]
    assert stops == ["Showroom", "R&D", "2nd-floor workshop", "3rd-floor workshop"]
    assert {d.key for d in choose(policy, Facts(overseas=True)).documents} == {
        "invitation_letter",
        "open_items",
    }
    assert "invitation_letter" not in {d.key for d in choose(policy, Facts()).documents}
    assert (policy.conduct.banquet, policy.conduct.banquet_most) == (90, 120)
    for key in ("follow_up_mail", "thank_you", "open_points"):
        assert task(policy, key).phase == "follow_up"


def test_p06_routes_and_the_eleven_items() -> None:
    policy = load_policy("group_guests")
    routes = {r.key: [(s.place.en, s.minutes) for s in r.stops] for r in policy.routes}
    manager = [
        ("1F greeting", None),
        ("23F hall", 5),
        ("23F showroom", None),
        ("22F security centre", None),
        ("22F information centre", None),
        ("23F multimedia room", None),
        ("4F dining", None),
        ("1F farewell", None),
    ]
    assert routes["manager"] == manager
    rooms = [("25F office", None), ("23F multimedia room", None)]
    hall = [("1F greeting", None), ("23F hall", None)]
    assert routes["leader"] == [*hall, *manager[2:5], *rooms, *manager[6:]]
    assert len([t for t in policy.tasks if t.phase == "preparation"]) == 12  # and guests told (D13)
    assert task(policy, "guest_told").due.anchor == "approval"
    chosen = choose(policy, Facts(rank="chairman"))
    assert chosen.route is not None
    assert chosen.route.key == "leader"


def test_p08_two_days_duties_and_equal_rank_that_may_be_raised() -> None:
    policy = load_policy("reception_department")
    assert policy.lead_time.days == 2
    assert lead_missed(policy, Facts(), Ahead(1, 0, 40)) is not None
    assert lead_missed(policy, Facts(), Ahead(2, 0, 40)) is None
    duties = {team.key: [duty.en for duty in team.duties] for team in policy.teams}
    assert duties == {
        "administration": ["Environment", "Supplies"],
        "front_desk": ["Leading in", "Room upkeep"],
        "reception_desk": ["Dispatch", "Records", "Schedule", "Board and lodging"],
        "sales": ["Talks", "Accompanies throughout"],
    }
    assert (policy.protocol.rule, policy.protocol.may_raise) == ("equal", True)
    ranks = [rank.key for rank in escort_ranks(policy, "b", "manager")]
    assert ranks == ["manager", "director", "vice_president"]  # equal, then raised
    assert protocol_grade(policy, "director", "manager") == "high"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"rank": "manager"}, "three_star"),
        ({"rank": "staff"}, "three_star"),
        ({"rank": "vice_president"}, "four_star"),
        ({"rank": "chairman"}, "four_star"),
        ({"rank": "staff", "capital": USD_2M}, "four_star"),
        ({"rank": "staff", "capital": Money(Decimal("1999999.99"), "USD")}, "three_star"),
        ({"rank": "staff", "capital": Money(Decimal(14_400_000), "CNY")}, "four_star"),
        ({"rank": "staff", "capital": Money(Decimal(9**9), "EUR")}, "three_star"),  # no rate
        ({"rank": "staff", "customer": "top_500"}, "five_star"),
        ({"rank": "vice_president", "customer": "government", "capital": USD_2M}, "five_star"),
        ({"customer": "foreign_trade_leader"}, "five_star"),
        ({"customer": "special_guest"}, "five_star"),
    ],
)
def test_p09_who_qualifies(facts: dict[str, Any], expected: str) -> None:
    assert level(load_policy("star_levels"), **facts) == expected


def test_p09_what_the_stars_are_given_and_who_sets_the_standard() -> None:
    policy = load_policy("star_levels")
    three, four, five = (policy.level(key) for key in ("three_star", "four_star", "five_star"))
    assert three.lodging is not None
    assert (three.lodging.borne_by, three.vehicles) == ("guest", [])
    assert four.lodging is not None
    assert (four.lodging.borne_by, four.lodging.stars_from) == ("room_only", 4)
    assert four.vehicles == ["business_car"]
    assert {(d.of, str(d.by)) for d in four.discretion} == {
        ("sights", "vice_president"),
        ("souvenir", "vice_president"),
    }
    assert five.lodging is not None
    assert (five.lodging.borne_by, five.lodging.stars_from) == ("company", 4)
    assert five.vehicles == ["business_car", "hired_premium"]
    assert caps_for(policy, "five_star", 4, "dinner").is_actual
    assert {hotel.stars for hotel in policy.hotels} == {3, 4, 5}
    for key in ("three_star", "four_star", "five_star"):
        assert chain(policy, level=key)[-1] == "vice_president"
        attended = chain(policy, level=key, attending="general_manager")
        assert attended[-1] == "general_manager"  # R2.4
        assert "vice_president" not in attended
    assert {t.key for t in choose(policy, Facts(level="three_star")).preparation}.isdisjoint(
        {"car", "hotel"}
    )
