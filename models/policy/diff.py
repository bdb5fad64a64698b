"""What differs between two policies, table by table and key by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from models.policy.rules import Policy
from models.policy.written import given, written


@dataclass(frozen=True)
class Difference:
    """One difference: the table, its entry (for arrays of tables), the key in it, and what each of
    the two says; `old` None: added, `new` None: removed."""

    table: str
    entry: str | None
    key: str | None
    old: str | None
    new: str | None

    @property
    def sign(self) -> Literal["+", "-", "~"]:
        """Added, removed or changed."""
        return "+" if self.old is None else "-" if self.new is None else "~"

    def __str__(self) -> str:
        table = f"[[{self.table}]] {self.entry}" if self.entry else self.table
        place = f"{table} {self.key}" if self.key else table
        match self.sign:
            case "+":
                return f"+ {place}: {self.new}"
            case "-":
                return f"- {place}: {self.old}"
            case _:
                return f"~ {place}: {self.old} → {self.new}"


def diff(old: Policy, new: Policy) -> list[Difference]:
    """The differences from the one to the other, in the order of the tables; empty for equal
    rules. Files, comments and the order of entries do not count, the order in lists does."""
    return list(_tables(old, new))


def _tables(old: Policy, new: Policy) -> Iterator[Difference]:
    for name, info in Policy.model_fields.items():
        if name in {"digest", "file", "whole", "lines"}:
            continue
        table = info.alias or name
        before, after = getattr(old, name), getattr(new, name)
        if _is_array(before) or _is_array(after):
            yield from _array(table, before, after)
        elif isinstance(before, BaseModel) or isinstance(after, BaseModel):
            yield from _keys(table, None, before, after)
        elif before != after:
            yield Difference(table, None, None, _said(before), _said(after))


def _is_array(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], BaseModel)


def _array(table: str, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    was = {entry.key: entry for entry in before}
    now = {entry.key: entry for entry in after}
    for key in [*was, *(key for key in now if key not in was)]:
        one, other = was.get(key), now.get(key)
        if one is None or other is None:
            yield Difference(table, key, None, _said(one), _said(other))
        else:
            yield from _keys(table, key, one, other)


def _keys(table: str, entry: str | None, one: Any, other: Any) -> Iterator[Difference]:
    if one == other:
        return
    if one is None or other is None:
        yield Difference(table, entry, None, _said(one), _said(other))
        return
    was, now = dict(_flat(one)), dict(_flat(other))
    for key in [*was, *(key for key in now if key not in was)]:
        if was.get(key) != now.get(key):
            yield Difference(table, entry, key, was.get(key), now.get(key))


def _flat(table: BaseModel, path: str = "") -> Iterator[tuple[str, str]]:
    """The keys of a table with what it says, tables within it opened up."""
    for key, value in given(table):
        if value is None:
            continue
        if isinstance(value, BaseModel) and type(value).__name__ not in {"Text", "LongText"}:
            yield from _flat(value, f"{path}{key} ")
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            for number, inner in enumerate(value, start=1):
                name = getattr(inner, "key", None) or f"number {number}"
                yield f"{path}{key} {name}", written(inner)
        else:
            yield f"{path}{key}", written(value)


def _said(value: Any) -> str | None:
    return None if value is None or value in ({}, []) else written(value)
