"""Each procedure's own figures, as its file gives them to the rules: P05, P10, P12 to P19."""

from decimal import Decimal

import pytest

from models.policy import load_policy
from models.policy.approvals import approvers_for
from models.policy.beyond import Planned, PlannedMeal, beyond, kinds
from models.policy.caps import leisure_for
from models.policy.choose import choose
from models.policy.conditions import Beyond, Facts
from models.policy.leadtime import earliness, lead_needed
from models.policy.span import Ahead
from tests.policy.figures import chain, document_fields, level, money, step, task


def test_p13_lead_time_steps_conduct_and_measures() -> None:
    policy = load_policy("standard")
    lead = policy.lead_time
    assert (lead.working_days, lead.preferred_working_days, lead.urgent_hours) == (3, 5, 24)
    conduct = policy.conduct
    assert (conduct.host_early, conduct.opening_within, conduct.it_within) == (10, 5, 5)
    assert str(step(policy, "proposal_draft").at) == "left +3d 09:00"
    assert str(step(policy, "second_talk").at) == "left +7d 09:00"
    weekly = step(policy, "weekly_progress")
    assert weekly.repeat is not None
    assert str(weekly.repeat.every) == "+7d"
    assert weekly.when == ["not_landed"]
    assert policy.archive is not None
    assert policy.archive.by == ["customer", "date"]
    assert policy.secrecy is not None
    assert policy.secrecy.nda == "technology"
    measures = {measure.key: measure for measure in policy.measures}
    assert measures["satisfaction"].excellent_from == 90  # R11.1
    assert measures["conversion"].within_days == 30
    assert {m.every for m in policy.measures} == {"month"}
    appraisal = policy.appraisal
    assert appraisal is not None
    assert (appraisal.share_percent, appraisal.review_every) == (15, "quarter")
    assert (appraisal.error_points_from, appraisal.error_points_to) == (2, 5)
    assert {"phone", "mail", "online"} <= set(policy.request.channels)  # P13


@pytest.mark.parametrize(
    ("days", "hours", "expected"),
    [
        (5, 170, "early"),
        (4, 120, "in_time"),
        (3, 100, "in_time"),
        (2, 70, "late"),
        (1, 25, "late"),
        (0, 24, "urgent"),
        (0, 3, "urgent"),
    ],
)
def test_p13_how_early_a_request_is(days: int, hours: float, expected: str) -> None:
    assert earliness(load_policy("standard"), Facts(), Ahead(days, days, hours)) == expected


def test_p14_overseas_figures() -> None:
    policy = load_policy("overseas")
    assert len(policy.request.purposes or []) == 5
    fields = document_fields(policy, "survey")
    assert len(fields) == 15
    survey = next(d for d in policy.documents if d.key == "survey")
    assert survey.signed_by == ["requester", "department_manager", "vice_president"]
    assert "survey" in {t.key for t in choose(policy, Facts(new_customer=True)).preparation}
    assert "survey" not in {t.key for t in choose(policy, Facts()).preparation}
    notice = policy.notices[0]
    background = next(each for each in policy.notices if each.key == "background")
    assert "other_suppliers" in notice.wanted
    assert background.only is not None
    assert background.only.new_customer is True
    assert {"nature", "founded", "country", "site", "influence"} <= set(background.wanted)
    assert {one.lodging.borne_by for one in policy.levels if one.lodging} == {"guest"}
    assert str(task(policy, "car").due) == "arrival -2d 12:00"
    for key in ("aligned", "supplies"):
        assert str(task(policy, key).due).startswith("arrival -1d")
    chairman = lead_needed(policy, Facts(attending="chairman"))
    assert (chairman.in_writing, policy.lead_time.rules[0].days) == (True, 2)
    assert not lead_needed(policy, Facts(attending="general_manager")).in_writing
    assert policy.conduct.room_ready == 10
    assert str(step(policy, "room_ready").at) == "meeting -30m"  # to be ready 10 minutes before
    same_day, stays = (choose(policy, Facts(same_day=flag)).meal_plan for flag in (True, False))
    assert same_day is not None
    assert stays is not None
    assert (same_day.lunch, same_day.hosted_by) == ("banquet", ["manager", "vice_president"])
    assert (stays.lunch, stays.dinner) == ("light", "banquet")
    minutes = next(d for d in policy.documents if d.key == "minutes")
    assert (minutes.languages, minutes.signed_by) == (["en", "zh"], ["guest", "host"])
    letter = next(d for d in policy.documents if d.key == "thank_you_letter")
    assert letter.at_most_mb == 1
    assert str(task(policy, "next_day").due).startswith("left +1wd")  # R8.2
    assert str(task(policy, "orders").due).startswith("left +2wd")
    assert str(task(policy, "thank_you").due).startswith("left +1d")  # R8.3
    assert str(task(policy, "archive").due).startswith("left +2d")  # filed by the second day
    assert policy.expenses is not None
    assert policy.expenses.advance


@pytest.mark.parametrize(
    ("at", "party", "lunch", "dinner", "leisure"),
    [
        ("ordinary", 1, 300, 400, 0),
        ("ordinary", 2, 300, 400, 0),
        ("ordinary", 3, 500, 600, 0),
        ("ordinary", 5, 900, 1000, 0),
        ("senior", 2, 500, 700, 2000),
        ("senior", 3, 800, 1000, 2700),
        ("senior", 6, 1700, 1900, 4800),
        ("special", 2, 1000, 2000, 3000),
        ("special", 3, 1300, 2300, 3250),
        ("special", 10, 3400, 4400, 5000),
    ],
)
def test_p15_caps(at: str, party: int, lunch: int, dinner: int, leisure: int) -> None:
    policy = load_policy("ranked_caps")
    assert money(policy, at, party, "lunch") == lunch
    assert money(policy, at, party, "dinner") == dinner
    assert leisure_for(policy, at, party).amount == leisure


def test_p15_ranks_lodging_escorts_and_call_back() -> None:
    policy = load_policy("ranked_caps")
    assert level(policy, rank="staff") == "ordinary"
    assert level(policy, rank="middle_manager") == "senior"
    assert level(policy, rank="staff", customer="dealer") == "senior"
    assert level(policy, rank="general_manager", customer="dealer") == "special"
    assert level(policy, rank="staff", customer="official") == "special"
    lodging = {one.key: one.lodging for one in policy.levels}
    ordinary, senior, special = (lodging[key] for key in ("ordinary", "senior", "special"))
    assert ordinary is not None
    assert ordinary.borne_by == "guest"
    assert senior is not None
    assert [senior.stars_from, senior.price_from, senior.price_to] == [3, 200, 400]
    assert special is not None
    assert [special.stars_from, special.price_from, special.price_to] == [4, 400, 700]
    assert senior.borne_by == special.borne_by == "company"
    escorts = {one.key: one.escorts.ranks for one in policy.levels if one.escorts}
    assert escorts["ordinary"] == ["salesperson", "area_manager"]
    assert (escorts["senior"][0], escorts["senior"][-1]) == ("area_manager", "general_manager")
    assert escorts["special"] == ["general_manager", "chairman"]
    assert str(step(policy, "call_back").at) == "home"


def test_p15_every_point_beyond_the_rank_is_named() -> None:
    policy = load_policy("ranked_caps")
    planned = Planned(
        ahead=Ahead(2, 1, 48),
        escort="salesperson",
        meals=[
            PlannedMeal("lunch", Decimal(800)),
            PlannedMeal("dinner", Decimal(1001)),
            PlannedMeal("dinner", Decimal(701), guests=2),
        ],
        stars=4,
        room_price=Decimal(401),
        company_pays_lodging=True,
        vehicle="hired_premium",
        leisure=Decimal(2701),
        total=Decimal(5001),
        budget=Decimal(5000),
    )
    points = beyond(policy, Facts(level="senior", party_size=3), planned)
    assert [(point.what, point.planned, point.allowed) for point in points] == [
        (Beyond.LATE, "2 days", "3 days"),
        (Beyond.ESCORT, "salesperson", "from area_manager"),
        (Beyond.MEALS, "dinner 1001", "dinner 1000"),
        (Beyond.MEALS, "dinner 701", "dinner 700"),
        (Beyond.LODGING, "401", "400"),
        (Beyond.VEHICLE, "hired_premium", "business_car"),
        (Beyond.LEISURE, "2701", "2700"),
        (Beyond.BUDGET, "5001", "5000"),
    ]
    assert all(point.source.line for point in points)
    facts = Facts(level="ordinary", exceptions=kinds(points))
    roles = [step.role for step in approvers_for(policy, facts)]
    assert roles == ["department_manager", "general_manager"]
    assert beyond(policy, facts, Planned(company_pays_lodging=True))[0].what == Beyond.LODGING
    assert beyond(policy, facts, Planned()) == []


def test_p16_a_day_ahead_sheet_in_24_hours_and_copies() -> None:
    policy = load_policy("express")
    assert policy.lead_time.days == 1
    assert str(task(policy, "execution_sheet").due) == "request +24h"
    assert policy.request.feasibility_by == "department_manager"
    specialist = policy.company.get("reception_specialist")
    assert specialist is not None
    assert (specialist.per_visit, specialist.filled) == (1, "in_turn")
    owners = {task.owner for task in policy.tasks}
    assert {"general_affairs", "research", "supply_chain", "production"} <= owners  # D18
    rechecked = [t for t in policy.tasks if t.recheck]
    assert {str(t.due) for t in rechecked} == {"arrival -1d 12:00"}  # all confirmed a day before
    assert step(policy, "group_photo")
    assert str(task(policy, "summary").due).startswith("left +2d")
    key_customer = choose(policy, Facts(customer="key_customer"))
    copies = {d.key: d.copies for d in key_customer.documents}
    assert "general_manager" in copies["summary_key_customer"]
    others = choose(policy, Facts(rank="manager"))
    assert "summary_key_customer" not in {d.key for d in others.documents}


def test_p17_cars_by_rank_and_home_hospitality() -> None:
    policy = load_policy("ranked_cars")
    assert {one.key: one.vehicles for one in policy.levels} == {
        "ordinary": ["company_car", "taxi"],
        "senior": ["company_car", "business_car", "taxi"],
        "special": ["business_car", "hired_premium"],
    }
    homes = {
        key: "home" in {t.key for t in choose(policy, Facts(level=key)).preparation}
        for key in ("ordinary", "senior", "special")
    }
    assert homes == {"ordinary": False, "senior": True, "special": False}
    point = beyond(policy, Facts(level="ordinary"), Planned(vehicle="business_car"))[0]
    assert (point.what, point.allowed) == (Beyond.VEHICLE, "company_car, taxi")


def test_p18_thirteen_steps() -> None:
    policy = load_policy("thirteen_steps")
    assert policy.request.rated_by == "area_sales_manager"
    for key in ("very_important", "important", "ordinary"):
        assert chain(policy, level=key) == ["department_manager", "vice_president"]
    names = {str(role): name.en for role, name in policy.role_names.items()}
    assert names["department_manager"] == "Superior"
    assert names["vice_president"] == "Sales director"
    assert [one.welcome for one in policy.levels] == [
        ["sign", "banner", "screen"],
        ["sign", "screen"],
        ["sign"],
    ]
    assert task(policy, "reconfirm").owner == "coordinator"
    invited = {
        key: "leaders" in {t.key for t in choose(policy, Facts(level=key)).preparation}
        for key in ("very_important", "important", "ordinary")
    }
    assert invited == {"very_important": True, "important": True, "ordinary": False}
    assert task(policy, "drawn").phase == "preparation"
    assert task(policy, "returned").phase == "follow_up"
    assert step(policy, "escorts_told").at.anchor == "approval"
    assert str(step(policy, "call_before_pickup").at) == "pickup -60m"
    assert str(step(policy, "car_ready_pickup").at) == "pickup -15m"
    assert str(step(policy, "car_ready_dropoff").at) == "dropoff -10m"
    assert task(policy, "return_ticket").recheck
    assert [copy.to for copy in task(policy, "costs").copies] == [["account_owner"]]
    assert step(policy, "regular_call").repeat is not None


def test_p19_holiday_campaigns_rank_customers() -> None:
    campaigns = {campaign.holiday: campaign for campaign in load_policy("holiday_visits").campaigns}
    assert set(campaigns) == {"spring_festival", "dragon_boat", "mid_autumn"}
    spring = campaigns["spring_festival"]
    assert spring.points({"importance": 100, "value": 100, "years": 100}) == 100
    assert spring.class_of({"importance": 100, "value": 90, "years": 0}).key == "key"
    assert spring.class_of({"importance": 100, "value": 80, "years": 4}).key == "important"
    assert spring.class_of({}).key == "others"
    assert spring.class_of({"importance": 100, "value": 100}).visited_by == "general_manager"
    assert spring.audit == ["plan", "gifts", "money"]
