"""One place reads the environment, one the clock. (That imports point down, and subjects in their
order, `make check` sees to: the contracts stand in `pyproject.toml`.)"""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PRODUCT = [
    "bot",
    "handlers",
    "migrations",
    "models",
    "policies",
    "scheduler",
    "services",
    "templates",
]

CLOCK_READERS = {"now", "utcnow", "today"}  # of datetime, date
TIME_READERS = {"time", "time_ns", "localtime", "gmtime"}  # of the module time


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def every_file(packages: list[str]) -> list[str]:
    return [str(path.relative_to(ROOT)) for package in packages for path in files(package)]


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""


def outside_facts(source: str) -> Iterator[str]:
    """Lines of a source that read the environment, the wall clock or the command line."""
    for node in ast.walk(ast.parse(source)):
        where = f"line {getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute):
            dotted = _dotted(node)
            if dotted in {"os.environ", "os.getenv", "os.environb", "sys.argv"}:
                yield f"{where} reads {dotted}"
            owner = dotted.rpartition(".")[0].rpartition(".")[2]
            if owner in {"datetime", "date"} and node.attr in CLOCK_READERS:
                yield f"{where} reads the clock ({dotted})"
            if owner == "time" and node.attr in TIME_READERS:
                yield f"{where} reads the clock ({dotted})"
        elif isinstance(node, ast.ImportFrom) and node.module in {"os", "time", "sys"}:
            for alias in node.names:
                if alias.name in {"environ", "getenv", "argv"} | TIME_READERS:
                    yield f"{where} imports {node.module}.{alias.name}"


def facts_of(path: Path) -> list[str]:
    return list(outside_facts(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", every_file([n for n in PRODUCT if n != "bot"]))
def test_only_bot_reads_environment_clock_and_command_line(name: str) -> None:
    assert not facts_of(ROOT / name)


def test_in_bot_one_file_reads_each() -> None:
    readers = {str(path.relative_to(ROOT)) for path in files("bot") if facts_of(path)}
    assert readers == {"bot/clock.py", "bot/settings.py"}


@pytest.mark.parametrize(
    "line",
    [
        "os.environ['A']",
        "os.getenv('A')",
        "from os import environ",
        "sys.argv",
        "datetime.datetime.now(tz)",
        "datetime.now(tz=UTC)",
        "date.today()",
        "time.time()",
        "from time import time",
    ],
)
def test_a_reader_is_found(line: str) -> None:
    assert len(list(outside_facts(line))) == 1


def test_every_package_has_its_place_in_the_layers() -> None:
    here = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert here - {"tests", "benchmarks"} == set(settings["tool"]["importlinter"]["root_packages"])
    assert here - {"tests", "benchmarks"} == set(settings["tool"]["setuptools"]["packages"])
