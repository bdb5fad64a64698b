"""The map of the house is true: what it names is there, in the order that the contracts hold."""

import re
import tomllib

import pytest

from tests.docs.pages import DOCS, ROOT, rows, text, ticks

PAGE = DOCS / "architecture.md"
LAYERS = ("models", "services", "templates", "handlers")
_PATH = re.compile(
    r"^(?:models|services|templates|handlers|scheduler|bot|migrations|docs)/[\w./-]+$"
)
_NO_SUBJECT = {"messages", "home", "commands"}  # what gathers all subjects


def _section(title: str) -> list[list[str]]:
    """The rows of the tables under a heading, without their heads."""
    part = text(PAGE).partition(f"## {title}\n")[2].partition("\n## ")[0]
    found = [line for line in part.splitlines() if line.startswith("| `")]
    assert found, f"no table under {title!r}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found]


def _contracts() -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return {each["id"]: each.get("layers", []) for each in contracts}


def test_every_path_on_the_page_is_there() -> None:
    paths = [each for each in ticks(PAGE) if _PATH.match(each)]
    assert len(paths) > 30
    assert not [path for path in paths if not (ROOT / path).exists()]


@pytest.mark.parametrize("title", ["The way of one click", "The way of one reminder"])
def test_each_function_on_the_way_stands_in_its_file(title: str) -> None:
    for where, _what in _section(title):
        path, function = re.findall(r"`([^`]+)`", where)
        source = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(rf"def {function}\(", source), f"{function} is not in {path}"


def test_the_table_of_subjects_is_the_contracts_order() -> None:
    named = [re.findall(r"`([^`]+)`", row[0])[0] for row in _section("Subjects")]
    subjects = [name for name in named if "/" not in name]
    plumbing = {name for name in named if "/" in name}
    for layer in LAYERS:
        folders = {path.parent.name for path in (ROOT / layer).glob("*/__init__.py")}
        here = {name.partition("/")[2] for name in plumbing if name.startswith(f"{layer}/")}
        assert folders - _NO_SUBJECT <= {*subjects, *here}, layer
        order = [name for name in reversed(_contracts()[layer]) if name in subjects]
        assert order == [name for name in subjects if name in order], layer
    assert all((ROOT / name).is_dir() for name in plumbing)


def test_contributing_names_targets_that_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = set(re.findall(r"make (\w+)", text(ROOT / "CONTRIBUTING.md")))
    assert named <= targets


def test_tables_are_read() -> None:
    assert len(rows(PAGE)) > 40
