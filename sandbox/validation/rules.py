"""Small checks from which the rules for blocks and views are put together.

A rule looks at one value and reports what is wrong with it, in Slack's words where those are known.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place, given as a JSON pointer."""

    pointer: str
    message: str
    code: str = "failed_constraint"

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


@dataclass(slots=True)
class Report:
    """All problems found, and where the blocks are to be shown."""

    surface: Surface
    problems: list[Problem] = field(default_factory=list)

    def add(self, pointer: str, message: str, code: str = "failed_constraint") -> None:
        """Report a problem."""
        self.problems.append(Problem(pointer, message, code))


Rule = Callable[[Any, str, Report], None]


def string(most: int, least: int = 1, pattern: str | None = None, what: str = "") -> Rule:
    """A string of so many characters, of a form described by `what`."""
    form = re.compile(pattern) if pattern else None

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(at, "must provide a string")
        elif len(value) < least:
            report.add(at, f"must be more than {least - 1} characters")
        elif len(value) > most:
            report.add(at, f"must be less than {most + 1} characters")
        elif form is not None and not form.fullmatch(value):
            report.add(at, f"must be {what}")

    return check


def integer(least: int, most: int | None = None) -> Rule:
    """A whole number within bounds."""

    def check(value: Any, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(at, "must provide a number")
        elif value < least:
            report.add(at, f"must be greater than or equal to {least}")
        elif most is not None and value > most:
            report.add(at, f"must be less than or equal to {most}")

    return check


def boolean(value: Any, at: str, report: Report) -> None:
    """True or false."""
    if not isinstance(value, bool):
        report.add(at, "must provide a boolean")


def anything(_value: Any, _at: str, _report: Report) -> None:
    """No rule."""


def one_of(*allowed: Any) -> Rule:
    """One of a few values."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in allowed:
            report.add(at, f"must be one of {', '.join(map(str, allowed))}")

    return check


def array(item: Rule, most: int, least: int = 1) -> Rule:
    """A list of so many items that each keep a rule."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(at, "must provide an array")
            return
        if len(value) < least:
            report.add(at, f"no fewer than {least} items allowed")
        if len(value) > most:
            report.add(at, f"no more than {most} items allowed")
            return
        for number, each in enumerate(value):
            item(each, f"{at}/{number}", report)

    return check


def record(
    required: Mapping[str, Rule],
    optional: Mapping[str, Rule] | None = None,
    *,
    also: tuple[Rule, ...] = (),
) -> Rule:
    """An object with these fields and no others; `also` looks at it as a whole."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
            return
        before = len(report.problems)
        for name in required:
            if name not in value:
                report.add(at, f"missing required field: {name}", "missing_required_field")
        for name, each in value.items():
            rule = known.get(name)
            if rule is None:
                report.add(at, f"invalid additional property: {name}", "additional_property")
            else:
                rule(each, f"{at}/{name}", report)
        if len(report.problems) == before:
            for rule in also:
                rule(value, at, report)

    return check


def typed(
    kinds: Mapping[str, Rule], only_on: Mapping[str, frozenset[Surface]] | None = None
) -> Rule:
    """An object whose `type` says which rule it keeps; some types only on some surfaces."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
            return
        kind = value.get("type")
        rule = kinds.get(kind) if isinstance(kind, str) else None
        if kind is None:
            report.add(at, "missing required field: type", "missing_required_field")
        elif rule is None:
            report.add(f"{at}/type", f"unsupported type: {kind}", "unsupported_type")
        elif only_on and kind in only_on and report.surface not in only_on[kind]:
            report.add(
                f"{at}/type",
                f"unsupported type: {kind} (not on the surface {report.surface})",
                "unsupported_type",
            )
        else:
            rule(value, at, report)

    return check


def exactly_one(*names: str) -> Rule:
    """Of these fields one must be there, and only one."""

    def check(value: Any, at: str, report: Report) -> None:
        found = [name for name in names if name in value]
        if len(found) != 1:
            report.add(at, f"must define exactly one of {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Rule:
    """Of these fields one must be there."""

    def check(value: Any, at: str, report: Report) -> None:
        if not any(name in value for name in names):
            report.add(at, f"must define either `{'` or `'.join(names)}`")

    return check
