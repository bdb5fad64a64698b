"""What a green run means: a test that cannot run fails under CI, and is told of elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.bot.commands import ROOT

FILES = {
    "fine": "def test_fine(): pass",
    "marked": """
import pytest
@pytest.mark.skipif(True, reason="no glibc here")
def test_marked(): pass
""",
    "asked": """
import pytest
def test_asked(): pytest.skip("the moon is down")
@pytest.mark.xfail(reason="known", strict=True)
def test_known(): assert False
""",
    "postgres": """
import pytest
@pytest.fixture(scope="session")
def run_folder(run_folder):
    (run_folder / "no-postgres").write_text("initdb failed:\\n no libpq")
    return run_folder
def test_one(postgres_url): pass
def test_two(postgres_url): pass
""",
    "whole": """
import pytest
pytest.importorskip("no_such_package")
""",
}
UNTRIED = (
    "2 tests (PostgreSQL cannot run here: initdb failed: no libpq)",
    "1 test (no glibc here)",
    "1 test (the moon is down)",
    "1 whole file (could not import 'no_such_package': No module named 'no_such_package')",
)


def run(folder: Path, *options: str, ci: str = "") -> tuple[int, list[str]]:
    """Pytest with our conftest on those files: how it ended, and the lines that it said."""
    for name, content in FILES.items():
        (folder / f"test_{name}.py").write_text(content)
    (folder / "pytest.ini").write_text("[pytest]\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", *options, str(folder)],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip().splitlines()


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "worker"])
def test_elsewhere_the_last_line_says_what_was_not_tried(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    code, said = run(tmp_path, *options)
    assert code == pytest.ExitCode.OK, said
    begun, told = said[-1].split(": ", 1)
    assert begun == "Not tried"
    assert told.split("; ")[0] == UNTRIED[0]
    assert set(told.split("; ")) == set(UNTRIED)


def test_under_ci_it_fails_with_words(tmp_path: Path) -> None:
    code, said = run(tmp_path, "-n", "1", "--continue-on-collection-errors", ci="true")
    assert code == pytest.ExitCode.TESTS_FAILED, said
    begun, told = said[-1].split(": ", 1)
    assert begun == "Not tried, which fails under CI"
    assert set(told.split("; ")) == set(UNTRIED)
    assert "1 failed, 1 passed, 1 xfailed, 4 errors" in said[-2]
    why = " was not tried, which fails under CI: the moon is down"
    assert [line for line in said if line.endswith(f"test_asked.py::test_asked{why}")]


def test_postgresql_runs_from_a_folder_that_others_cannot_read(
    postgres_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root's tests run it as somebody else, who needs its libraries, too."""
    installed = postgres._package()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in installed.parent.glob(f"{installed.name}*"):
        (closed / part.name).symlink_to(part)
    monkeypatch.syspath_prepend(closed)
    folder = postgres.new_folder()
    try:
        address = postgres.start(folder)
        assert str(folder) in address
        assert (folder / "pg" / "data" / "postmaster.pid").exists()
    finally:
        postgres.stop(folder)
