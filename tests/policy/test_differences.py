"""Two policies that differ in one key, and what differs by it: keys that no other test turns."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from models.policy.approvals import approvers_for, exception_approvers
from models.policy.base import Money
from models.policy.beyond import Planned, beyond
from models.policy.caps import caps_for, gifts_for, leisure_for
from models.policy.conditions import Beyond, Facts
from models.policy.level_tables import Meal
from models.policy.levels import propose_level, rank_of_title
from models.policy.protocol import escort_ranks, wanted_grade
from models.policy.quiet import after_quiet
from tests.policy.make import BASE, changed, policy_of

PLAIN = policy_of(BASE)


def with_high(keys: str) -> str:
    """The base with more keys in the table of the level `high`."""
    return changed("tier = 2\n", f"tier = 2\n{keys}\n")


def test_an_urgent_request_waits_for_fewer_hours() -> None:
    assert PLAIN.escalation.hours(urgent=True) == 4
    hurried = policy_of(changed("after_hours = 4", "after_hours = 4\nurgent_after_hours = 1"))
    assert hurried.escalation.hours(urgent=True) == 1
    assert hurried.escalation.hours(urgent=False) == 4


def test_an_approver_is_added_where_our_own_of_a_rank_attend() -> None:
    rule = '\n[[approver]]\nkey = "top"\nattending_from = "vice_president"\nadd = ["it"]\n'
    policy = policy_of(f'{BASE}{rule}\n[approval]\nattending = "ignored"\n')
    with_top = approvers_for(policy, Facts(level="low", attending="general_manager"))
    without = approvers_for(policy, Facts(level="low", attending="manager"))
    assert "it" in [each.role for each in with_top]
    assert "it" not in [each.role for each in without]


def test_an_exception_rule_is_for_the_visits_that_it_names() -> None:
    rule = """
[[exception]]
key = "signing"
only = { purposes = ["signing"] }
written_by = "host"
approvers = ["chairman"]
"""
    policy = policy_of(BASE + rule)

    def deciders(purpose: str) -> list[str]:
        facts = Facts(level="low", purpose=purpose)
        return [str(each.role) for each in exception_approvers(policy, facts, Beyond.GIFT)]

    assert deciders("signing") == ["chairman"]
    assert deciders("complaint") == ["department_manager"]


def test_gifts_are_capped_for_the_guest_and_for_the_visit() -> None:
    policy = policy_of(with_high("gift = { per_guest = 100, per_visit = 250 }"))
    assert [gifts_for(policy, "high", guests).amount for guests in (2, 4)] == [200, 250]


@pytest.mark.parametrize("meal", ["breakfast", "banquet"])
def test_each_meal_has_its_own_cap(meal: Meal) -> None:
    assert caps_for(PLAIN, "high", 3, meal).amount is None
    lunch = "lunch = { per_head = 100 }"
    policy = policy_of(changed(lunch, f"{lunch}\n{meal} = {{ per_head = 70 }}"))
    assert caps_for(policy, "high", 3, meal).amount == 210


def test_actual_cost_has_no_cap() -> None:
    assert leisure_for(PLAIN, "high", 2).is_actual is False
    text = with_high('spend = "actual"').replace(
        "[level.meals]\nlunch = { per_head = 100 }\ndinner = { party_of = 2, amount = 400,"
        " each_further = 150 }\n",
        "",
    )
    found = caps_for(policy_of(text), "high", 2, "lunch")
    assert (found.amount, found.is_actual) == (None, True)


@pytest.mark.parametrize(
    ("keys", "planned", "what"),
    [
        ('sightseeing = ["short"]', Planned(sightseeing="long"), "sightseeing"),
        ('vehicles = ["taxi"]', Planned(vehicle="business_car"), "vehicle"),
        ("leisure = { per_head = 10 }", Planned(leisure=Decimal(11)), "leisure"),
        (
            'escorts = { ranks = ["manager", "vice_president"], lead_to = "manager" }',
            Planned(escort="vice_president"),
            "escort",
        ),
        (
            'escorts = { ranks = ["manager", "vice_president"], lead_from = "vice_president" }',
            Planned(escort="manager"),
            "escort",
        ),
    ],
)
def test_what_a_level_leaves_out_is_beyond_it(keys: str, planned: Planned, what: str) -> None:
    facts = Facts(level="high")
    assert beyond(PLAIN, facts, planned) == []
    assert [point.what for point in beyond(policy_of(with_high(keys)), facts, planned)] == [what]


@pytest.mark.parametrize(
    ("protocol", "level", "wanted"),
    [
        ("", "", "equal"),
        ('[protocol]\nrule = "high"\n', "", "high"),
        ('[protocol]\nrule = "high"\n', 'protocol = "low"', "low"),
    ],
)
def test_the_protocol_grade_is_the_policys_or_the_levels_own(
    protocol: str, level: str, wanted: str
) -> None:
    policy = policy_of(with_high(level) + protocol)
    assert wanted_grade(policy, "high")[0] == wanted
    first = escort_ranks(policy, "high", "vice_president")[0].key
    assert (
        first
        == {
            "equal": "vice_president",
            "high": "general_manager",
            "low": "manager",
        }[wanted]
    )


def test_a_level_goes_before_the_one_that_it_names() -> None:
    facts = Facts(rank="manager", capital=Money(Decimal(3_000_000), "USD"))  # both claim the guest
    assert propose_level(PLAIN, facts).level.key == "high"
    text = BASE.replace('over = ["low"]\n', "").replace("tier = 1\n", 'tier = 1\nover = ["high"]\n')
    assert propose_level(policy_of(text), facts).level.key == "low"


@pytest.mark.parametrize(("every", "counted"), [("month", 1), ("quarter", 0)])
def test_the_month_s_figures_are_those_of_every_month(every: str, counted: int) -> None:
    measure = '[[measure]]\nkey = "satisfaction"\nname = "S"\nunit = "points"\nevery = '
    assert len(policy_of(f'{BASE}\n{measure}"{every}"\n').worked_out) == counted


def test_a_cap_by_head_counts_each_guest() -> None:
    assert caps_for(PLAIN, "high", 3, "lunch").amount == 300
    dearer = policy_of(changed("lunch = { per_head = 100 }", "lunch = { per_head = 110 }"))
    assert caps_for(dearer, "high", 3, "lunch").amount == 330


def test_a_rank_of_the_guests_alone_leads_nobody() -> None:
    text = changed(
        'key = "staff"\nname = "Staff"', 'key = "staff"\nname = "Staff"\nside = "guests"'
    )
    assert "staff" in [rank.key for rank in escort_ranks(PLAIN, "low", None)]
    assert "staff" not in [rank.key for rank in escort_ranks(policy_of(text), "low", None)]


def test_the_higher_grade_stands_higher() -> None:
    turned = policy_of(changed("grade = 1", "grade = 4"))
    facts = Facts(rank="staff")
    assert turned.levels[0].qualifies[0].hold(facts, PLAIN.grades)
    assert not turned.levels[0].qualifies[0].hold(facts, turned.grades)


def test_titles_tell_the_rank() -> None:
    assert rank_of_title(PLAIN, "Chief scout") is None
    told = policy_of(changed('titles = ["buyer",', 'titles = ["scout", "buyer",'))
    found = rank_of_title(told, "Chief scout")
    assert found is not None
    assert found.key == "staff"


NIGHT = datetime(2026, 12, 10, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai


@pytest.mark.parametrize(
    ("hours", "message", "hour"),
    [
        ('from = "22:00"\nuntil = "07:00"', "feedback_nudge", 7),
        ('from = "22:00"\nuntil = "08:00"', "feedback_nudge", 8),
        ('from = "23:30"\nuntil = "07:00"', "feedback_nudge", 23),
        ('from = "22:00"\nuntil = "07:00"\nbut = ["feedback_nudge"]', "feedback_nudge", 23),
        ('from = "22:00"\nuntil = "07:00"', "car_missing", 23),
        ('from = "22:00"\nuntil = "07:00"\nbut = ["feedback_nudge"]', "car_missing", 7),
    ],
)
def test_the_quiet_hours_are_the_policys(hours: str, message: str, hour: int) -> None:
    policy = policy_of(f"{BASE}\n[quiet_hours]\n{hours}\n")
    said = after_quiet(policy, message, NIGHT, "Asia/Shanghai")
    assert said.astimezone(ZoneInfo("Asia/Shanghai")).hour == hour
