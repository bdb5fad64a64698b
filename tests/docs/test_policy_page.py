"""docs/policy.md tells of every key there is, and its example can be used."""

import re
import tomllib
from pathlib import Path

from models.base.words import Party
from models.policy import load_policy
from models.policy.load import parse_policy
from models.policy.timed_tables import Condition
from tests.docs.pages import rows, ticks
from tests.docs.policy_page import PAGE, keys, meanings, page, tables


def test_the_tables_are_up_to_date() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(written), "run: python -m tests.docs.policy_page"


def test_every_key_has_a_meaning_and_no_other() -> None:
    there = {model.__name__: [name for name, _ in keys(model)] for model in tables()}
    assert {name: list(words) for name, words in meanings().items()} == there


def test_the_example_can_be_used(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    policy = parse_policy(tomllib.loads(found[1]), found[1], "small.toml")
    assert policy.name == "small"
    file = tmp_path / "small.toml"
    file.write_text(found[1], encoding="utf-8")
    assert load_policy(str(file)).steps[1].text is not None


def test_conditions_and_parts_are_all_named() -> None:
    first = {row[0].strip("`") for row in rows(PAGE)}
    conditions = Condition.__args__  # type: ignore[attr-defined]
    assert set(conditions) <= first
    assert set(Party) <= set(ticks(PAGE))
