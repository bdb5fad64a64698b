"""A rule as the file writes it, in one line: for explanations and differences."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from models.policy.base import Money, Text
from models.policy.moment import Moment, Offset

_HIDDEN = frozenset({"digest", "file", "whole", "lines"})


def given(table: BaseModel) -> Iterator[tuple[str, Any]]:
    """The keys of a table that the file gives (not those left at their defaults), as it names
    them, with their values."""
    for name, info in type(table).model_fields.items():
        if name in table.model_fields_set and name not in _HIDDEN:
            yield info.alias or name, getattr(table, name)


def written(value: Any) -> str:
    """A value of a policy as its file could write it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Enum():
            return f'"{value.value}"'
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case int():
            return str(value)
        case Moment() | Offset() | Money() | str():
            return f'"{value}"'
        case date():
            return str(value)
        case time():
            return f'"{value:%H:%M}"'
        case Text() if value.zh is None:
            return f'"{value.en}"'
        case BaseModel():
            return "{ " + ", ".join(f"{key} = {written(v)}" for key, v in given(value)) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(written, value)) + "]"
        case dict():
            return "{ " + ", ".join(f"{_key(k)} = {written(v)}" for k, v in value.items()) + " }"
        case _:
            return "nothing"


def _key(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)
