"""The arguments of a Web API call, whatever wire form they came in."""

import json
from typing import Any

from sandbox.model import Json, SlackError


class Args:
    """Typed access to arguments. In forms and query strings everything is a string."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def has(self, name: str) -> bool:
        """Whether the argument was given and is not null."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str | None:
        """A string, or None. Raises SlackError invalid_arguments for another type."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise _bad(f"must be a string [json-pointer:/{name}]")
        return str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        """A string that must be there. Raises SlackError `error`."""
        value = self.text(name)
        if not value:
            if error == "invalid_arguments":
                raise _bad(f"missing required field: {name}")
            raise SlackError(error)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean: true, "true", 1 or "1"."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value.lower() in ("true", "1")
        return bool(value)

    def number(self, name: str, default: int) -> int:
        """A whole number. Raises SlackError invalid_arguments."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise _bad(f"must be an integer [json-pointer:/{name}]") from None

    def json(self, name: str, error: str) -> Any:
        """A structure, also as a JSON string; None when missing. Raises SlackError `error`."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error) from None

    def words(self, name: str) -> list[str]:
        """A comma-separated list, or a JSON array."""
        value = self.values.get(name)
        if value is None:
            return []
        if isinstance(value, list):
            return [str(each) for each in value]
        return [each.strip() for each in str(value).split(",") if each.strip()]


def _bad(message: str) -> SlackError:
    return SlackError("invalid_arguments", f"[ERROR] {message}")
