"""The house stands as designed: imports point down, one place reads the environment and clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What each package may import of ours. bot/demo*.py may also import sandbox.
MAY_IMPORT = {
    "models": set(),
    "policies": set(),
    "sandbox": set(),
    "migrations": {"models"},
    "services": {"migrations", "models"},
    "templates": {"models"},
    "handlers": {"services", "templates", "models"},
    "scheduler": {"services", "templates", "models"},
    "bot": {"handlers", "scheduler", "services", "templates", "models", "migrations", "policies"},
    "tests": None,
    "benchmarks": None,
}
PRODUCT = [name for name in MAY_IMPORT if name not in {"tests", "benchmarks", "sandbox"}]

CLOCK_READERS = {"now", "utcnow", "today"}  # of datetime, date
TIME_READERS = {"time", "time_ns", "localtime", "gmtime"}  # of the module time


def files(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def every_file(packages: list[str]) -> list[str]:
    return [str(path.relative_to(ROOT)) for package in packages for path in files(package)]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole path of an import"
            yield node.lineno, (node.module or "").partition(".")[0]


@pytest.mark.parametrize(
    "name", every_file([n for n, may in MAY_IMPORT.items() if may is not None])
)
def test_imports_point_down(name: str) -> None:
    package = name.partition("/")[0]
    allowed = {package, *(MAY_IMPORT[package] or ())}
    if name.startswith("bot/demo"):
        allowed.add("sandbox")
    wrong = [
        f"{name}:{line} imports {module}"
        for line, module in imported(ROOT / name)
        if module in MAY_IMPORT and module not in allowed
    ]
    assert not wrong


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


def test_every_package_is_installed_and_layered() -> None:
    here = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert here <= set(MAY_IMPORT), "a new package needs its place in the layers"
