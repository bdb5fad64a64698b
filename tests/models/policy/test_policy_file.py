"""Policy files: the shipped one stands, faults are named with place and nearest right word."""

from pathlib import Path

import pytest

from models.policy import PolicyError, load_policy, shipped_policies

STANDARD = shipped_policies()["standard"].read_text(encoding="utf-8")


def test_the_standard_policy_has_its_figures() -> None:
    policy = load_policy("standard")
    assert policy.lead_time.working_days == 3  # R1.5, P13
    assert str(policy.task_rule("feedback").due.offset.number) == "24"  # type: ignore[union-attr]
    offsets = {step.key: (step.at.offset.number, step.at.offset.unit) for step in policy.steps}
    assert offsets["check_day"] == (-24, "h")  # R5.2
    assert offsets["check_half_day"] == (-12, "h")
    assert offsets["car_ready_pickup"] == (-15, "m")  # R6.3
    assert offsets["call_before_pickup"] == (-60, "m")  # R6.2
    assert offsets["car_missing_pickup"] == (-10, "m")
    assert offsets["thank_you"] == (1, "d")  # R8.3
    assert offsets["summary"] == (2, "d")  # R8.6


def test_every_shipped_policy_loads() -> None:
    for name in shipped_policies():
        policy = load_policy(name)
        assert policy.name == name
        assert len(policy.digest) == 16


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("default_level =", "defualt_level =", ["defualt_level", "'default_level'"]),
        ("recheck = true", "rechek = true", ["[[task]] car", "rechek", "'recheck'"]),
        ('owner = "dispatcher"', 'owner = "dispacher"', ["[[task]] car", "owner", "'dispatcher'"]),
        ('at = "arrival -24h"', 'at = "arrival -24"', ["[[step]] check_day at", "-24h"]),
        ('at = "arrival -24h"', 'at = "arival -24h"', ["not an anchor", "arrival"]),
        ('when = ["items_open"]', 'when = ["item_open"]', ["'items_open'"]),
        ("working_days = 3", "working_days = -3", ["lead_time working_days"]),
        ("[lead_time] ", "[leadtime] ", ["'lead_time'"]),
        ('task = "summary"', 'task = "sumary"', ["step summary", "'sumary'"]),
        ('key = "hotel"', 'key = "car"', ["task car is there twice"]),
        ('country = "CN"', 'country = "XX"', ["country", "'XX'"]),
        ('general_manager = "chairman" }', 'general_manager = "department_manager" }', ["back"]),
        ('default_level = "b"', 'default_level = "d"', ["'d' is none of the levels"]),
        ('approvers = ["department_manager"]', "approvers = []", ["[[level]] c approvers"]),
    ],
)
def test_a_fault_is_named_where_it_stands(
    tmp_path: Path, old: str, new: str, words: list[str]
) -> None:
    assert old in STANDARD
    file = tmp_path / "mine.toml"
    file.write_text(STANDARD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_policy(str(file))
    for word in [str(file), *words]:
        assert word in str(caught.value)


def test_an_unreadable_file_and_an_unknown_name_are_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("name = ", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"broken\.toml: cannot be read"):
        load_policy(str(broken))
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(str(broken))
    with pytest.raises(PolicyError, match="did you mean 'standard'"):
        load_policy("standart")
