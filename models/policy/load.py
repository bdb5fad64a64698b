"""Reads a policy file; errors name the file, the table, the key and the nearest right word."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from models.policy.base import ROLES
from models.policy.cross_checks import faults
from models.policy.nearest import nearest
from models.policy.places import lines_of
from models.policy.removed import REMOVED
from models.policy.role_tables import declared_keys
from models.policy.rules import Policy

SHIPPED = Path(__file__).resolve().parents[2] / "policies"
_SET_HERE = ("digest", "file", "whole", "lines")
_BRANCH = re.compile(r"^(str-enum|enum|literal|function-\w+|constrained-\w+)\[.*\]$")
_CHOICE = {"enum", "literal_error"}
_MOST_BYTES = 2**20
"""A policy of 500 rules has a tenth of it."""


class PolicyError(Exception):
    """The policy cannot be used; the message says where and why, a line for each fault."""


def shipped_policies() -> dict[str, Path]:
    """Name and file of the policies that come with the product."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def load_policy(name_or_file: str) -> Policy:
    """Load a shipped policy by its name, or a policy file by its path. Raises PolicyError."""
    shipped = shipped_policies()
    path = shipped.get(name_or_file) or Path(name_or_file)
    shown = f"{SHIPPED.name}/{path.name}" if path in shipped.values() else str(path)
    try:
        if path.is_dir():
            raise PolicyError(f"{shown}: cannot be read: it is a folder, name a file in it")
        if not path.is_file():
            raise PolicyError(
                f"there is no policy {name_or_file!r}: name a file, or one of the shipped policies "
                f"({', '.join(shipped)}){nearest(name_or_file, shipped)}"
            )
        if path.stat().st_size > _MOST_BYTES:
            raise PolicyError(
                f"{shown}: cannot be read: with {path.stat().st_size / 2**20:.1f} MB it is no "
                f"policy, which has at most {_MOST_BYTES // 2**20} MB"
            )
        return _policy_of(path.read_text(encoding="utf-8-sig"), shown)
    except UnicodeDecodeError as error:
        raise PolicyError(
            f"{shown}: cannot be read: it is not UTF-8 text (byte {error.start + 1}); "
            "save it as UTF-8"
        ) from error
    except OSError as error:
        raise PolicyError(f"{shown}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(f"{shown}: cannot be read: {error}") from error


def restore_policy(text: str, path: str) -> Policy:
    """The policy of a kept text; `path` is what its file was called. Keys that are no longer keys
    are passed over. Raises PolicyError."""
    try:
        return _policy_of(text, path, is_kept=True)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(f"{path}: cannot be read: {error}") from error


@lru_cache(maxsize=64)
def _policy_of(text: str, path: str, *, is_kept: bool = False) -> Policy:
    """Made once of a text: what comes out is frozen."""
    data = tomllib.loads(text)
    if is_kept:
        _drop_removed(data)
    return parse_policy(data, text, path)


def _drop_removed(data: dict[str, Any]) -> None:
    """Take the keys out of the data that are no longer keys."""
    try:
        Policy.model_validate(data)
    except ValidationError as error:
        for fault in error.errors():
            *inside, key = (part for part in fault["loc"] if not _is_branch(part))
            if fault["type"] == "extra_forbidden" and _was_key(inside, str(key)) is not None:
                table: Any = data
                for part in inside:
                    table = table[part]
                del table[key]


def _was_key(inside: Sequence[int | str], key: str) -> str | None:
    """What to do instead of a key that tables of that place once had; None: it never was one."""
    return REMOVED.get(f"{_model_at(inside).__name__}.{key}")


def parse_policy(data: dict[str, Any], text: str, path: str) -> Policy:
    """Validate a policy's data. `text` is what its version is taken from. Raises PolicyError."""
    extra = [key for key in _SET_HERE if key in data]
    if extra:
        raise PolicyError(f"{path}: {extra[0]}: unknown key")
    try:
        policy = Policy.model_validate(data, context={ROLES: declared_keys(data)})
    except ValidationError as error:
        raise PolicyError("\n".join(_lines(path, data, error))) from error
    disagreements = faults(policy)
    if disagreements:
        raise PolicyError("\n".join(f"{path}: the file: {fault}" for fault in disagreements))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return policy.model_copy(
        update={"digest": digest, "file": path, "whole": text, "lines": lines_of(text)}
    )


def _lines(path: str, data: dict[str, Any], error: ValidationError) -> Iterator[str]:
    """A line for each fault; the branches of a choice (role or party) make one line together."""
    found_at: dict[tuple[int | str, ...], list[dict[str, Any]]] = {}
    for fault in error.errors():
        loc = tuple(part for part in fault["loc"] if not _is_branch(part))
        found_at.setdefault(loc, []).append(dict(fault))
    for loc, found in found_at.items():
        place = _place(data, loc)
        if all(fault["type"] in _CHOICE for fault in found):
            words = [word for fault in found for word in _expected(fault)]
            value = found[0]["input"]
            near = nearest(str(value), words) or f": use one of {', '.join(words)}"
            yield f"{path}: {place}: {value!r} is not known here{near}"
            continue
        for each in found:
            for message in _message(loc, each).split("\n"):
                yield f"{path}: {place}: {message}"


def _is_branch(part: int | str) -> bool:
    return isinstance(part, str) and bool(_BRANCH.match(part))


def _place(data: dict[str, Any], loc: Sequence[int | str]) -> str:
    place: list[str] = []
    named: Any = data
    for part in loc:
        if isinstance(part, int) and isinstance(named, list) and part < len(named):
            named = named[part]
            if isinstance(named, dict):
                place[-1:] = [f"[[{place[-1]}]] {named.get('key') or f'number {part + 1}'}"]
            else:
                place.append(f"number {part + 1}")
        elif part != "[key]":
            place.append(str(part))
            named = named.get(part) if isinstance(named, dict) else None
    return " ".join(place) or "the file"


def _message(loc: Sequence[int | str], fault: dict[str, Any]) -> str:
    if fault["type"] == "extra_forbidden":
        instead = _was_key(loc[:-1], str(loc[-1]))
        if instead is not None:
            return f"no longer a key: {instead}"
        model = _model_at(loc[:-1])
        words = [info.alias or name for name, info in model.model_fields.items()]
        near = nearest(str(loc[-1]), [word for word in words if word not in _SET_HERE])
        return f"unknown key{near}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "missing":
        return "this key is missing"
    return message


def _expected(fault: dict[str, Any]) -> list[str]:
    expected = str(fault.get("ctx", {}).get("expected", ""))
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]


def _model_at(loc: Sequence[int | str]) -> type[BaseModel]:
    """The table that a place in the file belongs to."""
    model: type[BaseModel] = Policy
    for part in loc:
        for name, info in model.model_fields.items():
            if part in {name, info.alias}:
                model = next(_models(info.annotation), model)
                break
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
