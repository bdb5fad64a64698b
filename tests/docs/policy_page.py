"""Writes the tables of docs/policy.md from the models: `python -m tests.docs.policy_page`.

What a key holds and whether it is needed comes from the models, what it means from
docs/policy-keys.toml. The words around the tables are written by hand and stay.
"""

import re
import sys
import tomllib
import types
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from models.policy.base import LongText, Money, RoleKey, Table, Text, Who
from models.policy.conditions import Only
from models.policy.level_tables import Cap
from models.policy.moment import Moment, Offset
from models.policy.rules import Policy
from models.policy.timed_tables import STEP_MESSAGES
from models.policy.waiting import IN_WORDS, WAITING

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE, WORDS = DOCS / "policy.md", DOCS / "policy-keys.toml"
BEGIN, END = "<!-- tables: generated -->", "<!-- end of tables -->"
_WORDS_OF_TYPE = {
    str: "text",
    int: "whole number",
    bool: "`true` or `false`",
    Decimal: "amount",
    date: "day",
    time: "time of day",
    Moment: "moment",
    Offset: "distance",
    Money: "money",
    Text: "words",
    LongText: "words",
}
_NAMES = {get_args(RoleKey)[1]: "role", get_args(Who)[1]: "role or part"}
"""What names a role has `str` for its type; how it is checked tells it."""
_SIMPLE = (Text, LongText)
_SHARED: dict[type[Table], str] = {Only: "`only`: for which visits", Cap: "A cap"}
_RULE_IDS = re.compile(r" \((?:[PR]\d+(?:\.\d+)?(?:, | to )?)+\)")


def tables() -> dict[type[Table], str]:
    """Every table of a policy file with its title: the path that leads to it."""
    found: dict[type[Table], str] = {Policy: "The file"}

    def walk(model: type[Table], path: str) -> None:
        for name, field in keys(model):
            for inner in inner_tables(field):
                if inner not in found:
                    here = f"{path}.{name}".lstrip(".")
                    found[inner] = _SHARED.get(inner, f"`{here}`")
                    walk(inner, here)

    walk(Policy, "")
    return found


def keys(model: type[Table]) -> list[tuple[str, FieldInfo]]:
    """The keys of a table as a file writes them."""
    return [
        (field.alias or name, field)
        for name, field in model.model_fields.items()
        if not field.exclude
    ]


def inner_tables(field: FieldInfo) -> list[type[Table]]:
    """The tables that a key leads to; words in two languages are none."""
    return [each for each in _models(field.annotation) if each not in _SIMPLE]


def meanings() -> dict[str, dict[str, str]]:
    """What each key means, by table."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def written() -> str:
    """The generated part of the page."""
    words, titles = meanings(), tables()
    found: list[str] = []
    for model, title in titles.items():
        found += [
            f"### {title}",
            "",
            _about(model),
            "",
            "| key | holds | if left out | meaning |",
            "| --- | --- | --- | --- |",
        ]
        for name, field in keys(model):
            cells = (
                f"`{name}`",
                _holds(field, titles),
                _default(field),
                words[model.__name__][name] + _waits(model, name),
            )
            found.append(f"| {' | '.join(cells)} |")
        found.append("")
    messages = ", ".join(f"`{name}`" for name in STEP_MESSAGES)
    found += ["### Messages of steps", "", messages + ".", ""]
    return "\n".join(found)


def page(text: str) -> str:
    """The page with its tables brought up to date. Raises ValueError without the marks."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} needs {BEGIN} and {END}")
    return f"{head}{BEGIN}\n\n{written()}\n{END}{tail}"


def _waits(model: type[Table], key: str) -> str:
    """What a key that nothing acts on yet waits for."""
    wing = WAITING.get(f"{model.__name__}.{key}")
    return f" – *not acted on yet: comes with {IN_WORDS[wing]}*" if wing is not None else ""


def _about(model: type[Table]) -> str:
    """The model's own description, without the ids of rules."""
    words = " ".join((model.__doc__ or "").split())
    return _RULE_IDS.sub("", words).replace("None: ", "without: ")


def _anchor(title: str) -> str:
    """What GitHub makes of a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _models(annotation: Any) -> Iterator[type[Table]]:
    if isinstance(annotation, type) and issubclass(annotation, Table):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _holds(field: FieldInfo, titles: dict[type[Table], str]) -> str:
    words = _named(field.metadata) or _kind(field.annotation, titles)
    is_key = any("pattern" in str(part) for part in field.metadata)
    return "key" if words == "text" and is_key else words


def _named(checks: Iterable[Any]) -> str | None:
    return next((_NAMES[check] for check in checks if check in _NAMES), None)


def _kind(annotation: Any, titles: dict[type[Table], str]) -> str:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        first = _named(inside[1:]) or _kind(inside[0], titles)
        return "key" if first == "text" and "pattern" in str(inside[1:]) else first
    if origin in (Union, types.UnionType):
        parts = [_kind(part, titles) for part in inside if part is not type(None)]
        return " or ".join(dict.fromkeys(parts))
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in inside)
    if origin is list:
        return f"list: {_kind(inside[0], titles)}"
    if origin is dict:
        return f"table: {_kind(inside[0], titles)} = {_kind(inside[1], titles)}"
    if annotation in _WORDS_OF_TYPE:
        return _WORDS_OF_TYPE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ", ".join(f"`{word}`" for word in annotation)
    return f"[table](#{_anchor(titles[annotation])})"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.default
    if value is None or value in ([], {}) or isinstance(value, Table):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, time):
        return f"`{value:%H:%M}`"
    if isinstance(value, list):
        return ", ".join(f"`{word}`" for word in value)
    return f"`{value}`"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
