"""slack_sdk's blocks and elements as Slack takes them: what their `to_dict` gives, sooner.

`to_dict` looks up anew, for every button and every text, which attributes and which checks its
class has, and walks each part as often as it is deep. Here each class is asked once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from slack_sdk.models.basic_objects import EMPTY_ALLOWED_TYPE_AND_PROPERTY_LIST, JsonObject
from slack_sdk.models.blocks import Option, PlainTextObject

_PLAIN = {str, int, bool, dict}
_MAY_BE_EMPTY = {(each["type"], each["property"]) for each in EMPTY_ALLOWED_TYPE_AND_PROPERTY_LIST}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What all objects of a class have in common: attributes in order, and checks."""

    names: tuple[str, ...]
    checks: tuple[Callable[[JsonObject], None], ...]


_shapes: dict[type[JsonObject], _Shape] = {}


def wire(part: JsonObject) -> dict[str, Any]:
    """The part as `part.to_dict()` gives it, checked by the checks of its class.

    Raises SlackObjectFormationError for what these refuse.
    """
    kind = type(part)
    if kind.to_dict is not JsonObject.to_dict and not isinstance(part, Option):
        return cast("dict[str, Any]", part.to_dict())
    shape = _shapes.get(kind)
    if shape is None:
        shape = _shapes[kind] = _Shape(tuple(sorted(part.attributes)), _checks(kind))
    for check in shape.checks:
        check(part)
    if isinstance(part, Option):
        return _option(part)
    found: dict[str, Any] = {}
    for name in shape.names:
        value = getattr(part, name, None)
        if value is not None and (value or _is_shown(part, name, value)):
            found[name] = value if type(value) in _PLAIN else _plain(value)
    return found


def _option(part: Option) -> dict[str, Any]:
    """Its `text` and `description` are strings for the sake of old callers; the text objects that
    Slack takes lie behind them."""
    text, description = part._text, part._block_description
    found: dict[str, Any] = {
        "text": wire(text or PlainTextObject.from_str(part.label or "")),
        "value": part.value,
    }
    if description is not None:
        found["description"] = wire(description)
    return found | ({"url": part.url} if part.url else {})


def _checks(kind: type[JsonObject]) -> tuple[Callable[[JsonObject], None], ...]:
    named = (getattr(kind, name) for name in sorted(dir(kind)) if not name.startswith("__"))
    return tuple(each for each in named if callable(each) and hasattr(each, "validator"))


def _is_shown(part: JsonObject, name: str, value: object) -> bool:
    """Of values that are false: numbers are shown, what is empty is not, but where it may be."""
    return not hasattr(value, "__len__") or (getattr(part, "type", None), name) in _MAY_BE_EMPTY


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, JsonObject):
        return wire(value)
    convert = getattr(value, "to_dict", None)
    return convert() if callable(convert) else value
