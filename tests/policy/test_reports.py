"""Explanations, differences, findings, the lines of the command line, etiquette cards."""

from pathlib import Path

import pytest

from models.policy import load_policy, shipped_policies
from models.policy.check import findings, undecidable, unheld
from models.policy.conditions import Facts
from models.policy.diff import diff
from models.policy.etiquette import CardReader, cards_for, load_cards, load_etiquette
from models.policy.explain import Kind, explain
from models.policy.report import check_lines, diff_lines, list_lines, show_lines
from tests.policy.make import BASE, changed, policy_of

STANDARD = load_policy("standard")
TEXT = shipped_policies()["standard"].read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("kind", "key", "place", "line"),
    [
        ("task", "car", "[[task]] car", "[[task]]"),
        ("step", "check_day", "[[step]] check_day", "[[step]]"),
        ("meal", "lunch", "[[level]] a meals lunch", "lunch = { per_head = 120 }"),
        ("lodging", "", "[[level]] a lodging", "[level.lodging]"),
        ("vehicle", "", "[[level]] a vehicles", 'vehicles = ["business_car"]'),
        ("lead_time", "", "[lead_time] working_days", "working_days = 3"),
        ("level", "", "[[level]] a qualifies 1", "[[level.qualifies]]"),
        ("approver", "chairman", "[approval] attending", 'attending = "moves"'),
        ("approver", "vice_president", "[[level]] a approvers", "approvers = ["),
        ("escalation", "vice_president", "[escalation] to", "to = {"),
        ("protocol", "", "[protocol] rule", 'rule = "equal"'),
        ("document", "proposal", "[[document]] proposal", "[[document]]"),
        ("overspend", "", "overspend", "[overspend]"),
    ],
)
def test_why_names_file_table_and_line(kind: Kind, key: str, place: str, line: str) -> None:
    facts = Facts(level="a", rank="vice_president", attending="chairman")
    found = explain(STANDARD, kind, key, facts)[0]
    assert str(found.source).startswith(f"policies/standard.toml:{found.source.line} ")
    assert str(found.source).endswith(place)
    assert TEXT[(found.source.line or 0) - 1].startswith(line)
    assert found.says


def test_what_nothing_asked_for_has_no_reason() -> None:
    assert explain(STANDARD, "approver", "finance", Facts(level="a")) == []
    assert explain(STANDARD, "task", "gone") == []
    assert explain(STANDARD, "meal", "banquet", Facts(level="a")) == []


def test_a_default_of_the_product_is_called_so() -> None:
    found = explain(policy_of(BASE), "protocol")[0]
    assert str(found.source) == "mine.toml (by default) [protocol] rule"


def test_differences_are_named_table_by_table() -> None:
    old = policy_of(BASE)
    new = policy_of(
        changed('due = "arrival -1d 17:00"', 'due = "arrival -2d 12:00"\nrecheck = true')
        .replace("per_head = 50", "per_head = 60")
        .replace("working_days = 3", "working_days = 5")
        .replace('key = "host_early"', 'key = "host_there"')
        .replace("grade = 5", "grade = 4")
    )
    assert [str(found) for found in diff(old, new)] == [
        "~ lead_time working_days: 3 → 5",
        "~ [[rank]] vice_president grade: 5 → 4",
        "~ [[level]] low meals lunch per_head: 50 → 60",
        '~ [[task]] room due: "arrival -1d 17:00" → "arrival -2d 12:00"',
        "+ [[task]] room recheck: true",
        '- [[step]] host_early: { key = "host_early", at = "arrival -10m", to = ["host"], '
        'text = { en = "Be on the spot", zh = "请到场" } }',
        '+ [[step]] host_there: { key = "host_there", at = "arrival -10m", to = ["host"], '
        'text = { en = "Be on the spot", zh = "请到场" } }',
    ]


@pytest.mark.parametrize(
    ("approval", "refused"),
    [
        ("", ["low"]),
        ('own_request_to = "general_manager"', []),
        ('own_request_to = "chairman"', ["low"]),  # the very role that asks
        ('own_request = "allowed"', []),
    ],
)
def test_a_chain_whose_top_nobody_follows_is_refused(approval: str, refused: list[str]) -> None:
    """R3.1: nobody decides their own request; at the top somebody else has to be named."""
    text = changed('approvers = ["department_manager"]', 'approvers = ["chairman"]')
    policy = policy_of(f"{text}\n[approval]\n{approval}\n")  # it can be read all the same
    found = [each for each in undecidable(policy) if "chairman" in each.words]
    assert [each.source.entry for each in found] == refused
    assert all(each.source.line for each in found)


@pytest.mark.parametrize("name", shipped_policies())
def test_a_policy_does_not_differ_from_itself_and_does_from_the_standard(name: str) -> None:
    policy = load_policy(name)
    assert diff(policy, policy) == []
    assert diff_lines(policy, policy)[0].endswith("say the same.")
    if name != "standard":
        there = {(d.table, d.entry, d.key): (d.old, d.new) for d in diff(policy, STANDARD)}
        back = {(d.table, d.entry, d.key): (d.new, d.old) for d in diff(STANDARD, policy)}
        assert there == back
        assert there


def test_a_role_nobody_holds_is_named_once_with_what_to_do() -> None:
    holders = {"vice_president": ["U01ZHAO"], "it": []}
    words = [str(found) for found in unheld(policy_of(BASE), holders)]
    assert len(words) == 2
    assert "[[level]] low approvers: nobody holds the role department_manager" in words[0]
    assert "asked for in 2 places" in words[0]
    assert "usher roles set it USER_ID" in words[1]
    everybody = {role: ["U01"] for role in ("department_manager", "vice_president", "it")}
    assert unheld(policy_of(BASE), everybody) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('to = ["host"]', 'until = "arrival -2h"\nto = ["host"]', "never said: until"),
        ('titles = ["manager", "经理"]\n', "", "no word in a title tells this rank"),
        ('[[level.qualifies]]\nrank_to = "manager"', "", ""),
        ('default_level = "low"', 'default_level = "high"', ""),
    ],
)
def test_findings(old: str, new: str, words: str) -> None:
    found = [str(finding) for finding in findings(policy_of(changed(old, new)))]
    assert len(found) == bool(words)
    assert all(words in finding for finding in found)


def test_a_level_that_nothing_proposes_is_found() -> None:
    policy = policy_of(
        changed('default_level = "low"', 'default_level = "high"').replace(
            '[[level.qualifies]]\nrank_to = "manager"', ""
        )
    )
    assert [f.source.entry for f in findings(policy)] == ["low"]


@pytest.mark.parametrize("name", shipped_policies())
def test_shipped_policies_have_no_findings(name: str) -> None:
    policy = load_policy(name)
    assert [*undecidable(policy), *findings(policy)] == []
    lines = check_lines(policy)
    assert lines[0].startswith(f"policies/{name}.toml: the policy '{name}' can be used: ")
    assert all(line.startswith("Not acted on yet: ") for line in lines[2:])


def test_the_list_marks_the_policy_in_force() -> None:
    lines = list_lines([STANDARD, load_policy("express")], in_force="express", locale="zh")
    assert lines == [
        "  standard  标准接待 (a, b, c)",
        "* express   客户接待快速流程 (a, b)",
    ]


@pytest.mark.parametrize("name", shipped_policies())
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_policy_is_shown_whole(name: str, locale: str) -> None:
    policy = load_policy(name)
    shown = "\n".join(show_lines(policy, locale))
    keys = [level.key for level in policy.levels] + [route.key for route in policy.routes]
    keys += [document.key for document in policy.documents]
    for key in keys:
        assert key in shown
    for task in policy.tasks:
        assert task.title.in_(locale) in shown
    for step in policy.steps:
        assert f"{step.key}: {step.at}" in shown
    assert "None" not in shown
    assert "=<" not in shown


def test_caps_are_shown_in_words() -> None:
    shown = show_lines(load_policy("ranked_caps"))
    assert "  dinner: CNY 700 for a party of 2, 300 each further guest" in shown
    assert "  leisure: CNY 3000 for a party of 2, 250 each further guest" in shown


def test_who_is_told_the_month_s_figures_is_shown_and_missed() -> None:
    shown = show_lines(STANDARD)
    assert 'Monthly figures: to ["coordinator", "general_manager"], at "09:00"' in shown
    measure = '[[measure]]\nkey = "conversion"\nname = "C"\nunit = "percent"\n'
    policy = policy_of(f'{BASE}\n[monthly_figures]\nto = ["finance"]\n\n{measure}')
    assert 'Monthly figures: to ["finance"]' in show_lines(policy)
    missed = [str(found) for found in unheld(policy, {}) if "finance" in str(found)]
    assert len(missed) == 1
    assert "[monthly_figures] to: nobody holds the role finance" in missed[0]


def test_etiquette_cards_are_shown_when_they_apply() -> None:  # P07
    host = [card.key for card in cards_for(None, CardReader.HOST, Facts(pickup=True))]
    assert "waiting" in host
    assert "waiting" not in [c.key for c in cards_for(None, CardReader.HOST, Facts(pickup=False))]
    assert cards_for(None, CardReader.DRIVER, Facts(pickup=False)) == []
    second = cards_for(None, CardReader.SECOND_HOST, Facts())
    assert "overseas_manners" not in [card.key for card in second]
    assert "overseas_manners" in [
        card.key for card in cards_for(None, CardReader.HOST, Facts(overseas=True))
    ]
    assert [c.key for c in cards_for(["tea"], CardReader.SECOND_HOST, Facts())] == ["tea"]
    assert cards_for([], CardReader.HOST, Facts(pickup=True)) == []


def test_etiquette_comes_when_the_procedure_says() -> None:  # P07
    shown = {reader: [str(m.anchor) for m in m_] for reader, m_ in load_etiquette().shown.items()}
    assert shown == {
        CardReader.HOST: ["pickup", "arrival"],  # before the pickup
        CardReader.SECOND_HOST: ["meeting", "arrival"],  # before the meeting
        CardReader.FRONT_DESK: ["arrival"],
        CardReader.DRIVER: ["pickup"],
    }
    assert all(m.offset.number < 0 for m_ in load_etiquette().shown.values() for m in m_)


def test_a_card_whose_reader_has_no_moment_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cards.toml"
    card = '[[card]]\nkey = "a"\ntitle = "A"\nto = ["host"]\nlines = ["Stand."]\n'
    path.write_text("[shown]\ndriver = ['pickup -1h']\n" + card, encoding="utf-8")
    with pytest.raises(ValueError, match="'a' is for host"):
        load_etiquette(path)


def test_etiquette_covers_what_the_procedure_lists_in_both_languages() -> None:  # P07
    cards = load_cards()
    assert len({card.key for card in cards}) == len(cards)
    assert {
        "dress", "waiting", "cards_both_hands", "corridors", "lifts", "tea", "farewell",
    } <= {card.key for card in cards}  # fmt: skip
    assert all(line.zh for card in cards for line in (card.title, *card.lines))
