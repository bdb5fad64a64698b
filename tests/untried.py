"""A green run means what it says: under CI a test that cannot run fails; elsewhere the last line
says how many were not tried, and why."""

import os
from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

_REASON = "untried"
"""The name under which a report carries the reason from a worker process to the one that counts."""


class Untried:
    """A plugin of pytest."""

    def __init__(self) -> None:
        self._tests: Counter[str] = Counter()
        self._files: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self,
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge a test, or a fixture of it, that was skipped."""
        return _judged((yield))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Judge a whole file that was skipped."""
        return _judged((yield))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test."""
        self._tests.update(_reasons(report))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a file."""
        self._files.update(_reasons(report))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None]:
        """Say it below all that pytest says."""
        yield
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        said = [
            f"{count} {thing if count == 1 else thing + 's'} ({reason})"
            for thing, counted in (("test", self._tests), ("whole file", self._files))
            for reason, count in counted.most_common()
        ]
        if said and terminal is not None:
            begun = "Not tried, which fails under CI" if _is_ci() else "Not tried"
            terminal.write_line(f"{begun}: {'; '.join(said)}", yellow=True, bold=True)


def _judged(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail"):
        said = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        reason = " ".join(said.removeprefix("Skipped: ").split())
        setattr(report, _REASON, reason)
        if _is_ci():
            report.outcome = "failed"
            report.longrepr = f"{report.nodeid} was not tried, which fails under CI: {reason}"
    return report


def _reasons(report: pytest.TestReport | pytest.CollectReport) -> list[str]:
    reason: str | None = getattr(report, _REASON, None)
    return [] if reason is None else [reason]


def _is_ci() -> bool:
    return bool(os.environ.get("CI"))
