"""Where a rule stands: file, line, table and key; every answer of the policy carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.policy.rules import Policy

_ARRAYS = frozenset(
    {
        "role",
        "customer_kind",
        "rank",
        "level",
        "approver",
        "exception",
        "team",
        "training",
        "route",
        "meal_plan",
        "hotel",
        "notice",
        "document",
        "emergency",
        "measure",
        "campaign",
        "task",
        "step",
    }
)


@dataclass(frozen=True)
class Source:
    """A place in a policy file. `table` is a table's name, `entry` the key of the entry of an
    array of tables, `key` what is meant in it. `line` is None for what the file does not say:
    a default of the product."""

    file: str
    table: str
    entry: str | None
    key: str | None
    line: int | None

    def __str__(self) -> str:
        table = f"[[{self.table}]] {self.entry}" if self.entry else f"[{self.table}]"
        place = f"{self.file}:{self.line}" if self.line else f"{self.file} (by default)"
        return " ".join(part for part in (place, table if self.table else "", self.key) if part)


def source(policy: Policy, path: str) -> Source:
    """The place of a path such as `level.a.meals.lunch`, `lead_time.working_days` or `country`.

    What the file leaves out keeps the line of the nearest table around it that it has, and is a
    default where there is none.
    """
    first, *rest = path.split(".")
    nearest, line = path, None
    while line is None and nearest:
        line = policy.lines.get(nearest)
        nearest = nearest.rpartition(".")[0]
    if not rest:
        return Source(policy.file, "", None, first, line)
    if first in _ARRAYS:
        return Source(policy.file, first, rest[0], " ".join(rest[1:]) or None, line)
    if first == "lead_time" and rest[0] == "rule" and len(rest) > 1:
        return Source(policy.file, "lead_time.rule", rest[1], " ".join(rest[2:]) or None, line)
    return Source(policy.file, first, None, " ".join(rest), line)
