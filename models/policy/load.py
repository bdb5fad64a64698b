"""Reads a policy file; errors name the file, the table, the key and the nearest right word."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from rapidfuzz import process

from models.policy.rules import Escalation, LeadTime, Level, Policy, Repeat, Step, TaskRule, Text

SHIPPED = Path(__file__).resolve().parents[2] / "policies"
_TABLES: dict[str, type[BaseModel]] = {
    "level": Level,
    "task": TaskRule,
    "step": Step,
    "lead_time": LeadTime,
    "escalation": Escalation,
    "repeat": Repeat,
    "title": Text,
    "name": Text,
}


class PolicyError(Exception):
    """The policy cannot be used; the message says where and why, a line for each fault."""


def shipped_policies() -> dict[str, Path]:
    """Name and file of the policies that come with the product."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def load_policy(name_or_file: str) -> Policy:
    """Load a shipped policy by its name, or a policy file by its path. Raises PolicyError."""
    shipped = shipped_policies()
    path = shipped.get(name_or_file) or Path(name_or_file)
    if not path.is_file():
        raise PolicyError(
            f"there is no policy {name_or_file!r}: name a file, or one of the shipped policies "
            f"({', '.join(shipped)}){_nearest(name_or_file, list(shipped))}"
        )
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read: {error}") from error
    return parse_policy(data, text, str(path))


def parse_policy(data: dict[str, Any], text: str, path: str) -> Policy:
    """Validate a policy's data. `text` is what its version is taken from. Raises PolicyError."""
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        lines = [_line(path, data, dict(fault)) for fault in error.errors()]
        raise PolicyError("\n".join(lines)) from error
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return policy.model_copy(update={"digest": digest})


def _line(path: str, data: dict[str, Any], fault: dict[str, Any]) -> str:
    place: list[str] = []
    named: Any = data
    for part in fault["loc"]:
        if isinstance(part, int) and isinstance(named, list) and part < len(named):
            named = named[part]
            key = named.get("key") if isinstance(named, dict) else None
            place[-1:] = [f"[[{place[-1]}]] {key or f'number {part + 1}'}"] if place else []
        else:
            place.append(str(part))
            named = named.get(part) if isinstance(named, dict) else None
    message = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        tables = [str(part) for part in fault["loc"][:-1] if isinstance(part, str)]
        model = _TABLES.get(tables[-1], Policy) if tables else Policy
        words = [info.alias or name for name, info in model.model_fields.items()]
        message = f"unknown key{_nearest(str(fault['loc'][-1]), words)}"
    elif fault["type"] in {"enum", "literal_error"}:
        expected = str(fault.get("ctx", {}).get("expected", ""))
        words = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
        message = f"{fault['input']!r} is not known here{_nearest(str(fault['input']), words)}"
    return f"{path}: {' '.join(place) or 'the file'}: {message}"


def _nearest(word: str, words: list[str]) -> str:
    best = process.extractOne(word, words, score_cutoff=60)
    return f"; did you mean {best[0]!r}?" if best else ""
