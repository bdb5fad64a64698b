"""File by file, the figures that the procedures give: what a company lives by that chooses one."""

import pytest

from models.base.permissions import Ability
from models.policy import Policy, load_policy, shipped_policies
from models.policy.conditions import Facts
from models.policy.etiquette import load_cards
from models.policy.levels import propose_level, rank_of_title

ALL = {name: load_policy(name) for name in shipped_policies()}


def level(name: str, title: str, customer: str | None = None) -> str:
    """The level that a file proposes for a guest of that title."""
    rank = rank_of_title(ALL[name], title)
    facts = Facts(rank=rank.key if rank else None, customer=customer)
    return propose_level(ALL[name], facts).level.key


@pytest.mark.parametrize(
    ("name", "title", "customer", "expected"),
    [
        ("star_levels", "GM", "foreign_trade_leader", "five_star"),  # B03
        ("star_levels", "总经理", "foreign_trade_leader", "five_star"),
        ("ranked_cars", "Designer", None, "ordinary"),  # B05
        ("ranked_cars", "Manager", "maker", "ordinary"),  # makers' middle managers
        ("ranked_cars", "厂长", "maker", "senior"),  # makers' top managers
        ("ranked_cars", "Purchasing manager", None, "senior"),
        ("ranked_cars", "外贸经理", None, "senior"),
        ("ranked_cars", "CEO", None, "senior"),  # company leaders
        ("ranked_cars", "Clerk", "partner", "senior"),
        ("ranked_cars", "秘书", "industry_body", "special"),
        ("ranked_cars", "CEO", "invited", "special"),
        ("group_guests", "总经理", None, "manager"),  # B06
        ("group_guests", "董事长", None, "leader"),
        ("group_guests", "市长", None, "leader"),
        ("group_guests", "处长", "government", "leader"),
        ("group_guests", "科员", "government", "manager"),
    ],
)
def test_who_is_of_which_level(name: str, title: str, customer: str | None, expected: str) -> None:
    assert level(name, title, customer) == expected


@pytest.mark.parametrize("policy", ALL.values(), ids=list(ALL))
@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("局长", "bureau_head"),
        ("Mayor", "bureau_head"),
        ("处长", "division_head"),
        ("科长", "section_head"),
        ("厂长", "general_manager"),
        ("副厂长", "vice_president"),
        ("SVP Sales", "vice_president"),
        ("EVP", "vice_president"),
        ("董事", "vice_president"),
        ("董事长", "chairman"),
        ("董事会秘书", "director"),
        ("Vice-President", "vice_president"),
        ("Product Owner", "staff"),
        ("Process owner", None),
        ("Owner", "chairman"),
        ("Owner & CEO", "chairman"),
        ("Co-owner", "chairman"),
    ],
)
def test_titles_have_their_ranks(policy: Policy, title: str, rank: str | None) -> None:
    found = rank_of_title(policy, title)
    assert (found.key if found else None) == rank


def lodging(name: str, key: str) -> tuple[int | None, int | None, str]:
    """Stars from and to, and who bears it."""
    found = ALL[name].level(key).lodging
    assert found is not None
    return found.stars_from, found.stars_to, found.borne_by


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("star_levels", "four_star", (4, None, "room_only")),  # 4 stars and up
        ("star_levels", "five_star", (4, None, "company")),
        ("ranked_caps", "senior", (3, None, "company")),
        ("ranked_caps", "special", (4, None, "company")),
        ("ranked_cars", "ordinary", (None, None, "guest")),
        ("ranked_cars", "senior", (None, None, "company")),
        ("ranked_cars", "special", (3, None, "company")),
    ],
)
def test_lodging_has_its_stars(
    name: str, key: str, expected: tuple[int | None, int | None, str]
) -> None:
    assert lodging(name, key) == expected


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("star_levels", "five_star", ["general_manager", "vice_president", "manager", "staff"]),
        ("ranked_cars", "ordinary", ["salesperson", "supervisor", "manager"]),
        ("ranked_cars", "special", ["supervisor", "manager", "general_manager", "chairman"]),
    ],
)
def test_who_escorts(name: str, key: str, expected: list[str]) -> None:
    escorts = ALL[name].level(key).escorts
    assert escorts is not None
    assert escorts.ranks == expected


@pytest.mark.parametrize(
    ("name", "key", "owner", "due"),
    [
        ("ranked_caps", "souvenir", "host", "arrival -1d 17:00"),  # B16
        ("ranked_cars", "souvenir", "host", "arrival -1d 17:00"),
        ("star_levels", "sights", "host", "arrival -1d 17:00"),
        ("star_levels", "souvenir", "host", "arrival -1d 17:00"),
        ("star_levels", "souvenir_handed_over", "host", "send_off"),
        ("company_flow", "guest_told", "host", "approval +4h"),  # D13
        ("group_guests", "guest_told", "host", "approval +4h"),
        ("key_account", "luggage", "host", "send_off"),  # G29
        ("key_account", "souvenir_handed_over", "host", "send_off"),
        ("ranked_caps", "luggage", "host", "send_off"),
        ("ranked_caps", "souvenir_handed_over", "host", "send_off"),
        ("ranked_cars", "souvenir_handed_over", "host", "send_off"),
        ("express", "welcome_words", "general_affairs", "arrival -1d 12:00"),  # D18
        ("express", "name_cards", "general_affairs", "arrival -1d 12:00"),
        ("express", "meeting_room", "general_affairs", "arrival -1d 12:00"),
        ("express", "research_answers", "research", "arrival -1d 12:00"),
        ("express", "supply_answers", "supply_chain", "arrival -1d 12:00"),
        ("express", "five_s", "production", "arrival -1d 12:00"),
        ("ranked_caps", "guest_told", "host", "approval +1d"),  # D12
        ("ranked_cars", "guest_told", "host", "approval +1d"),
        ("standard", "tea_break", "front_desk", "arrival -1d 17:00"),
        ("standard", "demonstration", "it", "arrival -1d 17:00"),
        ("standard", "nda", "host", "arrival -1d 17:00"),
        ("standard", "showroom", "coordinator", "arrival -1d 17:00"),
        ("standard", "feedback", "host", "left +24h"),  # H01
        ("key_account", "plan_approved", "vice_president", "request +2wd"),  # C06
        ("reception_department", "supplies", "coordinator", "arrival -1d 12:00"),  # D17
        ("overseas", "minutes", "second_host", "left"),
        ("overseas", "archive", "host", "left +2d 18:00"),
        ("overseas", "invitation", "host", "request +2wd"),
    ],
)
def test_items_have_their_owner_and_time(name: str, key: str, owner: str, due: str) -> None:
    rule = ALL[name].task_rule(key)
    assert rule is not None
    assert (rule.owner, str(rule.due)) == (owner, due)


def test_the_vice_president_decides_sights_or_souvenir_at_four_and_five_stars() -> None:
    for key in ("four_star", "five_star"):
        decided = ALL["star_levels"].level(key).discretion
        assert [(each.of, each.by) for each in decided] == [
            ("sights", "vice_president"),
            ("souvenir", "vice_president"),
        ]


def test_letter_and_summary_are_not_waited_for() -> None:  # P13
    rules = {rule.key: rule.awaited for rule in ALL["standard"].tasks}
    assert (rules["feedback"], rules["thank_you"], rules["summary"]) == (True, False, False)


def test_the_opening_takes_five_minutes_at_most() -> None:  # G08
    step = ALL["standard"].step("host_early")
    assert step is not None
    assert step.text is not None
    assert "in 5 minutes at most" in step.text.en
    assert "不超过 5 分钟" in step.text.in_("zh")


def test_the_plan_of_a_key_account_comes_before_all_preparation() -> None:  # C06
    waits = {
        rule.key: rule.after for rule in ALL["key_account"].tasks if rule.phase == "preparation"
    }
    assert waits.pop("plan") is None
    assert waits.pop("plan_approved") == "plan"
    assert set(waits.values()) == {"plan_approved"}


def test_p18_superior_reviews_sales_director_approves_supervisor_chases() -> None:  # C07
    policy = ALL["thirteen_steps"]
    for level in policy.levels:
        names = [policy.role_names[role].zh for role in level.approvers]
        assert names == ["上级领导", "销售总监"]
    assert policy.company.able(Ability.CHASES) == ("sales_supervisor",)


def test_p16_a_day_ahead_and_the_summary_to_whom_once_it_is_written() -> None:  # A25, H15
    policy = ALL["express"]
    assert (policy.lead_time.days, policy.lead_time.working_days) == (1, None)
    rule = policy.task_rule("summary")
    assert rule is not None
    assert [(copy.to, copy.only and copy.only.customers) for copy in rule.copies] == [
        (["department_manager", "marketing_director"], None),
        (["general_manager"], ["key_customer"]),
    ]
    assert not [step for step in policy.steps if "general_manager" in step.to]


def test_p02_signs_for_four_things_and_has_a_marketing_manager() -> None:  # B12, B18
    policy = ALL["abc_levels"]
    found = policy.level("b").lodging
    assert found is not None
    assert [item.en for item in found.signing_items] == ["Minibar", "Laundry", "Meals", "Bowling"]
    assert policy.role_names["department_manager"].zh == "市场部经理"
    rule = policy.task_rule("room_signing_items")
    assert rule is not None
    assert "bowling" in rule.title.en
    assert "保龄球" in rule.title.in_("zh")


def test_p03_trains_in_four_topics() -> None:  # N03
    (training,) = ALL["major_event"].trainings
    topics = [topic.en for topic in training.topics]
    assert topics == [
        "Background of the event",
        "Image and manners",
        "Communication and service",
        "Emergencies and self-management",
    ]
    rule = ALL["major_event"].task_rule("training")
    assert rule is not None
    for topic in topics:
        assert topic.lower() in rule.title.en.lower()


@pytest.mark.parametrize(
    ("card", "en", "zh"),
    [
        ("lifts", "The guests enter first", "请客人先进"),  # P07, G23
        ("lifts", "The guests leave first", "请客人先出"),
        ("cards_both_hands", "read it, then put it away respectfully", "郑重收好"),
        ("cards_both_hands", "On arrival the host offers the hand first", "到达时由主人先伸手"),
        ("cards_both_hands", "on leaving the guest does", "告辞时由客人先伸手"),
        ("corridors", "on the guest's right front", "客人右前方"),
        ("tea", "about every hour", "约每小时"),
    ],
)
def test_manners_are_those_of_the_procedure(card: str, en: str, zh: str) -> None:
    (found,) = (each for each in load_cards() if each.key == card)
    assert en in "\n".join(line.en for line in found.lines)
    assert zh in "\n".join(line.in_("zh") for line in found.lines)


def test_where_guests_are_told_who_comes_nobody_else_comes_silently() -> None:  # D12, R4.4
    telling = {
        name: [rule.key for rule in policy.tasks if rule.tells_guests]
        for name, policy in ALL.items()
    }
    for name in ("company_flow", "group_guests", "ranked_caps", "ranked_cars"):
        assert telling[name] == ["guest_told"]
