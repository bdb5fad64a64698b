"""What a policy file can have wrong: each fault is named with its file, table, key and remedy."""

import pytest

from models.policy import PolicyError
from tests.policy.make import BASE, changed, policy_of

CAMPAIGN = """
[[campaign]]
key = "spring"
name = "Spring"
holiday = "spring_festival"
plan_weeks_before = 4
approvers = ["general_manager"]
weights = { importance = 50, value = 30, years = 20 }
gifts_by = "coordinator"
report_within_working_days = 5

[[campaign.class]]
key = "key"
name = "Key"
points_from = 70
visited_by = "general_manager"
gift = { per_head = 500 }

[[campaign.class]]
key = "others"
name = "Others"
points_from = 0
visited_by = "manager"
gift = { per_head = 100 }
"""
EXCEPTION = """
[[exception]]
key = "any"
written_by = "host"
approvers = ["vice_president"]
"""
ROUTE = """
[[route]]
key = "short"
name = "Short"
stop = [{ place = "Hall" }]
"""


def test_the_base_stands() -> None:
    assert policy_of(BASE + CAMPAIGN + EXCEPTION + ROUTE).name == "mine"


FAULTS = [
    # unknown keys, with the nearest right one
    (
        'titles = ["manager"',
        'titels = ["manager"',
        "[[rank]] manager titels: unknown key; did you mean 'titles'?",
    ),
    (
        "per_head = 50",
        "per_haed = 50",
        "[[level]] low meals lunch per_haed: unknown key; did you mean 'per_head'?",
    ),
    (
        "price_from = 300",
        "price_form = 300",
        "[[level]] high lodging price_form: unknown key; did you mean 'price_from'?",
    ),
    (
        "rank_to =",
        "rankto =",
        "[[level]] low [[qualifies]] number 1 rankto: unknown key; did you mean 'rank_to'?",
    ),
    (
        'owner = "it"',
        'owner = "it"\ntem = "x"',
        "[[task]] room tem: unknown key; did you mean 'team'?",
    ),
    ('name = "mine"', 'name = "mine"\ndigest = "x"', "digest: unknown key"),
    # wrong units and types
    ("per_head = 50", 'per_head = "50 USD"', "is not an amount: write a plain number"),
    ("per_head = 50", "per_head = true", "is not an amount"),
    ("per_head = 50", "per_head = -1", "greater than or equal to 0"),
    ('"USD 2000000"', "2000000", "needs its currency: write it like 'USD 2000000'"),
    ('"USD 2000000"', '"2000000 USD"', "is not money: write it like 'USD 2000000'"),
    (
        "working_days = 3",
        'working_days = "3"',
        "lead_time working_days: Input should be a valid integer",
    ),
    (
        "working_days = 3",
        "working_days = 3.5",
        "lead_time working_days: Input should be a valid integer",
    ),
    ("working_days = 3", "working_days = 3\ndays = 3", "not days and working_days"),
    ("working_days = 3", "days = 3\npreferred_working_days = 5", "goes with working_days"),
    ("arrival -1d 17:00", "arrival -1 day", "'-1 day' is not an offset"),
    ("arrival -10m", "arivall -10m", "'arivall' is not an anchor"),
    (
        "stars_to = 4",
        "stars_to = 6",
        "[[level]] high lodging stars_to: Input should be less than or equal to 5",
    ),
    ("grade = 3", 'grade = "3"', "[[rank]] manager grade: Input should be a valid integer"),
    # caps out of order
    (
        "price_to = 600",
        "price_to = 200",
        "[[level]] high lodging: price_from 300 is above price_to 200",
    ),
    ("stars_to = 4", "stars_to = 2", "[[level]] high lodging: stars_from 3 is above stars_to 2"),
    (
        "per_head = 100",
        "per_head = 40",
        "level high: lunch 40 is below 50 of low, which stands lower",
    ),
    ("amount = 400", "amount = 150", "level high: dinner 150 is below 200 of low"),
    ("tier = 2", "tier = 1", "levels low and high both have tier 1"),
    (
        "lunch = { per_head = 50 }",
        "lunch = { per_head = 50, amount = 4 }",
        "give either per_head, or party_of",
    ),
    (
        "lunch = { per_head = 50 }",
        "lunch = { amount = 50 }",
        "give per_head, or party_of (1 or more)",
    ),
    ('borne_by = "guest"', 'borne_by = "guest_part"', "guest_pays_a_day goes with borne_by"),
    # chains that loop, roles that are none
    (
        'to = { department_manager = "vice_president" }',
        'to = { vice_president = "department_manager", department_manager = "vice_president" }',
        "the chain from vice_president comes back",
    ),
    (
        'approvers = ["department_manager"]',
        'approvers = ["department_manager", "department_manager"]',
        "[[level]] low: approvers: the chain loops: department_manager is asked twice",
    ),
    ('over = ["low"]', 'over = ["high"]', "level high: over comes back to high"),
    (
        'approvers = ["department_manager"]',
        'approvers = ["departmentmanager"]',
        "[[level]] low approvers number 1: 'departmentmanager' is not known here; "
        "did you mean 'department_manager'?",
    ),
    (
        'owner = "it"',
        'owner = "hosst"',
        "[[task]] room owner: 'hosst' is not known here; did you mean 'host'?",
    ),
    # preparation that is due after the arrival
    (
        "arrival -1d 17:00",
        "arrival +1h",
        "[[task]] room: due 'arrival +1h' may fall after the arrival",
    ),
    ("arrival -1d 17:00", "arrival +0d 18:00", "may fall after the arrival"),
    ("arrival -1d 17:00", "departure -1d", "may fall after the arrival"),
    ("arrival -1d 17:00", "meeting -1d", "may fall after the arrival"),
    # two levels that claim one guest
    (
        'over = ["low"]',
        "over = []",
        "levels low and high both claim a guest (rank staff): say with `over`",
    ),
    # names that dangle
    (
        'rank_to = "manager"',
        'rank_to = "manger"',
        "level low: qualifies number 1: rank 'manger' is none of the ranks; "
        "did you mean 'manager'?",
    ),
    (
        'rank_to = "manager"',
        'customers = ["deeler"]',
        "customers 'deeler' is none of the customer kinds; did you mean 'dealer'?",
    ),
    (
        'rank_to = "manager"',
        'rank_from = "manager"\nrank_to = "staff"',
        "rank_from manager is above rank_to staff",
    ),
    ('rank_to = "manager"', "party_from = 5\nparty_to = 2", "party_from 5 is above party_to 2"),
    ('rank_to = "manager"', "", "there is no condition in it"),
    ("{ USD = 7.2 }", "{ EUR = 7.8 }", "there is no rate for USD in [rates]"),
    (
        'over = ["low"]',
        'over = ["lwo"]',
        "level high: over 'lwo' is none of the levels; did you mean 'low'?",
    ),
    ("tier = 2", 'tier = 2\nroute = "long"', "level high: route 'long' is none of the routes"),
    ('owner = "it"', 'owner = "it"\nteam = "crew"', "task room: team 'crew' is none of the teams"),
    (
        'owner = "it"',
        'owner = "it"\nonly = { levels = ["hihg"] }',
        "task room: levels 'hihg' is none of the levels; did you mean 'high'?",
    ),
    (
        'default_level = "low"',
        'default_level = "low"\ncards = ["dres"]',
        "'dres' is none of the etiquette cards; did you mean 'dress'?",
    ),
    # timed steps
    (
        'to = ["host"]\ntext',
        'message = "call_gust"\nto = ["host"]\ntext',
        "[[step]] host_early message: 'call_gust' is not known here; did you mean 'call_guest'?",
    ),
    (
        'text = { en = "Be on the spot", zh = "请到场" }',
        "",
        "a step without a message of its own needs `text`",
    ),
    (
        'to = ["host"]\ntext',
        'when = ["task_open"]\nto = ["host"]\ntext',
        "the condition task_open needs `task`",
    ),
    ('to = ["host"]\ntext', 'when = ["document_missing"]\nto = ["host"]\ntext', "needs `document`"),
    (
        'to = ["host"]\ntext',
        "to = []\ntext",
        "[[step]] host_early to: List should have at least 1 item",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_fault_of_the_base_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy_of(changed(old, new))
    assert said in str(caught.value)
    assert all(line.startswith("mine.toml: ") for line in str(caught.value).splitlines())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (CAMPAIGN.replace("years = 20", "years = 30"), "the weights make 110 percent, not 100"),
        (CAMPAIGN.replace("points_from = 70", "points_from = 0"), "from the most points"),
        (CAMPAIGN.replace('"spring_festival"', '"spring"'), "did you mean 'spring_festival'"),
        (CAMPAIGN.replace('visited_by = "manager"', 'visited_by = "boss"'), "'boss' is none of"),
        (EXCEPTION + EXCEPTION, "exception any is there twice"),
        (EXCEPTION.replace("written_by", "kinds = ['meels']\nwritten_by"), "did you mean 'meals'"),
        ("[overspend]\nshares = { department = 50, handler = 40 }", "make 90 percent, not 100"),
        ("[overspend]\nshares = { departement = 100 }", "did you mean 'department'"),
        ('[quiet_hours]\nfrom = "25:00"\nuntil = "07:00"', "is not a time of day"),
        ("[conduct]\nbanquet = 150\nbanquet_most = 120", "banquet 150 is above banquet_most 120"),
        ('[[lead_time.rule]]\nkey = "x"\nworking_days = 2', "say for which visits"),
        (
            '[[lead_time.rule]]\nkey = "x"\ndays = 2\nhours = 48\nonly = { overseas = true }',
            "lead_time [[rule]] x: give one of days, working_days, hours, not days and hours",
        ),
        (
            '[[lead_time.rule]]\nkey = "x"\nonly = { overseas = true }',
            "lead_time [[rule]] x: give one of days, working_days, hours",
        ),
        ('[calendar]\nworking = ["2027-02-30"]', "'2027-02-30' is no day of the calendar"),
        ('[calendar]\nworking = ["20 February"]', "'20 February' is not a day: write it like"),
        ("[calendar]\nholidays = [2027-02-08T09:00:00]", "is not a day: write it like 2027-02-08"),
        (
            "[calendar]\nholidays = [{ from = 2027-02-08, to = 2027-02-04 }]",
            "from 2027-02-08 is after to 2027-02-04",
        ),
        (
            "[calendar]\nholidays = [{ from = 2026-02-08, to = 2027-02-08 }]",
            "are more than 60 days",
        ),
        (
            "[calendar]\nholidays = [{ from = 2027-02-04, to = 2027-02-08 }]\n"
            "working = [2027-02-06]",
            "calendar: 2027-02-06 cannot be a holiday and a working day",
        ),
        ("[calendar]\nworking = [2027-02-06, 2027-02-06]", "2027-02-06 is there twice"),
        ("[calendar]\nholiday = []", "calendar holiday: unknown key; did you mean 'holidays'"),
        ('[[approver]]\nkey = "x"\nadd = ["chairman"]', "there is no condition in it"),
        ('[[approver]]\nkey = "x"\nlate = true', "give add (more approvers) or instead"),
        ('[[measure]]\nkey = "m"\nname = "M"\nunit = "points"\nweight = 90', "make 90 percent"),
        ("[monthly_figures]\nto = []", "monthly_figures to: List should have at least 1"),
        ('[monthly_figures]\nto = ["cordinator"]', "did you mean 'coordinator'"),
        ('[monthly_figures]\nto = ["host"]', "monthly_figures to number 1: 'host' is not known"),
        ('[monthly_figures]\nto = ["it"]\nat = "9"', "monthly_figures at: '9' is not a time"),
        ('[monthly_figures]\nat = "09:00"', "monthly_figures to: this key is missing"),
        ('[monthly_figures]\nto = ["it"]\nday = 2', "monthly_figures day: unknown key"),
        ('[monthly_figures]\nto = ["it"]', "monthly_figures: no [[measure]] of the month is"),
        (ROUTE.replace('"Hall"', '""'), "[[stop]] number 1 place en: String should have at least"),
        (ROUTE.replace("place", "plce"), "[[route]] short [[stop]] number 1 plce: unknown key"),
    ],
)
def test_a_fault_of_an_added_table_is_named(more: str, said: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy_of(BASE + more)
    assert said in str(caught.value)


def test_all_faults_are_said_at_once() -> None:
    text = changed('owner = "it"', 'owner = "ti"').replace("grade = 3", "grade = 3.5")
    with pytest.raises(PolicyError) as caught:
        policy_of(text)
    assert len(str(caught.value).splitlines()) == 2


def test_levels_that_meet_nowhere_need_no_over() -> None:
    policy_of(
        changed('over = ["low"]', "").replace(
            '[[level.qualifies]]\ncapital_from = "USD 2000000"', ""
        )
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ('customers = ["dealer"]', 'customers = ["authority"]', None),
        ('customers = ["dealer"]', 'customers = ["dealer", "authority"]', "customer dealer"),
        ("party_to = 5", "party_from = 6", None),
        ("party_to = 5", "party_from = 5", "party of 5"),
        ("overseas = true", "overseas = false", None),
        ("overseas = true", 'purposes = ["signing"]', "purpose signing, overseas"),
        ('purposes = ["signing"]', 'purposes = ["complaint"]', None),
        ('capital_below = "USD 100"', 'capital_from = "CNY 720"', None),
        ('capital_below = "USD 100"', 'capital_from = "CNY 719"', "any guest"),
        ('rank_to = "staff"', 'rank_from = "manager"', None),
        ('rank_to = "manager"', 'rank_from = "manager"', "rank manager"),
    ],
)
def test_rules_of_two_levels_meet_or_do_not(low: str, high: str, said: str | None) -> None:
    text = (
        BASE.replace('rank_to = "manager"', low)
        .replace('over = ["low"]', "")
        .replace('rank_from = "vice_president"', high)
        .replace('[[level.qualifies]]\ncapital_from = "USD 2000000"', "")
    )
    if said is None:
        policy_of(text)
    else:
        with pytest.raises(PolicyError, match="both claim") as caught:
            policy_of(text)
        assert said in str(caught.value)


@pytest.mark.parametrize("message", ["preparation_check", "please_confirm", "open_items"])
@pytest.mark.parametrize("at", ["arrival +1h", "arrival +0d 18:00", "pickup +5m"])
def test_a_check_after_the_arrival_is_named(message: str, at: str) -> None:
    step = f'[[step]]\nkey = "late"\nat = "{at}"\nmessage = "{message}"\nto = ["host"]\n'
    with pytest.raises(PolicyError, match="may fall after the arrival: preparation"):
        policy_of(BASE + step)
