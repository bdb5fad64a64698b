"""The shipped files: each is whole, and follow-up items that hold a visit open are reminded of."""

import pytest

from models.base.words import Phase
from models.policy import load_policy, shipped_policies

PROCEDURES = {
    "key_account": ["P01"],
    "abc_levels": ["P02"],
    "major_event": ["P03", "P11"],
    "company_flow": ["P04"],
    "group_guests": ["P06"],
    "reception_department": ["P08"],
    "star_levels": ["P09"],
    "meetings": ["P05"],
    "ten_steps": ["P10"],
    "four_stages": ["P12"],
    "holiday_visits": ["P19"],
    "standard": ["P07", "P13"],
    "overseas": ["P14"],
    "ranked_caps": ["P15"],
    "express": ["P16"],
    "ranked_cars": ["P17"],
    "thirteen_steps": ["P18"],
}


def test_every_procedure_has_its_file() -> None:
    assert set(shipped_policies()) == set(PROCEDURES)
    assert sorted(id_ for ids in PROCEDURES.values() for id_ in ids) == [
        f"P{number:02}" for number in range(1, 20)
    ]


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_file_names_its_procedures_and_itself(name: str) -> None:
    text = shipped_policies()[name].read_text(encoding="utf-8")
    policy = load_policy(name)
    assert policy.name == name
    assert policy.title.zh
    for procedure in PROCEDURES[name]:
        assert procedure in text


@pytest.mark.parametrize("name", PROCEDURES)
def test_words_are_there_in_both_languages(name: str) -> None:
    policy = load_policy(name)
    words = [*(level.name for level in policy.levels), *(task.title for task in policy.tasks)]
    words += [step.text for step in policy.steps if step.text is not None]
    words += [rank.name for rank in policy.ranks]
    assert [word.en for word in words if not word.zh] == []


@pytest.mark.parametrize("name", PROCEDURES)
def test_what_holds_a_visit_open_is_reminded_of(name: str) -> None:
    policy = load_policy(name)
    waited_for = {task.key for task in policy.tasks if task.phase == Phase.FOLLOW_UP}
    reminded = {step.task for step in policy.steps}
    assert waited_for <= reminded


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_common_core_is_in_every_file(name: str) -> None:
    policy = load_policy(name)
    steps = {step.key: str(step.at) for step in policy.steps}
    assert steps["check_day"] == "arrival -24h"  # R5.2
    assert steps["check_half_day"] == "arrival -12h"
    assert steps["call_before_pickup"] == "pickup -60m"  # R6.2
    assert steps["car_ready_pickup"] == "pickup -15m"  # R6.3
    feedback = policy.task_rule("feedback")
    assert feedback is not None
    assert str(feedback.due) == "left +24h"  # R8.1


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_key_has_its_line(name: str) -> None:
    policy = load_policy(name)
    lines = shipped_policies()[name].read_text(encoding="utf-8").splitlines()
    for step in policy.steps:
        at = lines[policy.lines[f"step.{step.key}.at"] - 1]
        assert at.startswith(f'at = "{step.at}"')
    for level in policy.levels:
        assert f'"{level.key}"' in lines[policy.lines[f"level.{level.key}.key"] - 1]
        if level.meals is not None:
            assert lines[policy.lines[f"level.{level.key}.meals.lunch"] - 1].startswith("lunch")
        for number in range(1, len(level.qualifies) + 1):
            at = lines[policy.lines[f"level.{level.key}.qualifies.{number}"] - 1]
            assert at == "[[level.qualifies]]"


@pytest.mark.parametrize("name", PROCEDURES)
def test_levels_fit_a_menu(name: str) -> None:  # an option of Slack's menus has 75 characters
    for level in load_policy(name).levels:
        assert max(len(level.name.in_(locale)) for locale in ("en", "zh")) <= 75
