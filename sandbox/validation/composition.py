"""Composition objects: texts, options, confirmation dialogs, dispatch settings, filters."""

import math
from collections.abc import Mapping
from typing import Any

from sandbox.validation.rules import (
    Report,
    Rule,
    anything,
    array,
    at_least_one,
    boolean,
    exactly_one,
    one_of,
    record,
    string,
)

_TEXT_KEYS: Mapping[str, frozenset[str]] = {
    "plain_text": frozenset({"type", "text", "emoji"}),
    "mrkdwn": frozenset({"type", "text", "verbatim"}),
}
WEB_ADDRESS = r"https?://[^\s]+"
SECURE_ADDRESS = r"https://[^\s]+"
ANY_ADDRESS = r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s]+"


def text(most: int, *kinds: str) -> Rule:
    """A text object of these kinds (none named: any) with 1 to `most` characters."""
    allowed = kinds or tuple(_TEXT_KEYS)
    content = string(most)

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
            return
        kind = value.get("type")
        if kind not in allowed:
            report.add(f"{at}/type", f"must be one of {', '.join(allowed)}", "unsupported_type")
            return
        for name in value:
            if name not in _TEXT_KEYS[kind]:
                report.add(at, f"invalid additional property: {name}", "additional_property")
        if "text" not in value:
            report.add(at, "missing required field: text", "missing_required_field")
        else:
            content(value["text"], f"{at}/text", report)
        for name in ("emoji", "verbatim"):
            if name in value:
                boolean(value[name], f"{at}/{name}", report)

    return check


def plain(most: int) -> Rule:
    """A plain_text object."""
    return text(most, "plain_text")


CONFIRM = record(
    {
        "title": plain(100),
        "text": text(300),
        "confirm": plain(30),
        "deny": plain(30),
    },
    {"style": one_of("primary", "danger")},
)

DISPATCH_CONFIG = record(
    {},
    {
        "trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), most=2),
    },
)

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    also=(at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)


def numeric(value: Any, at: str, report: Report) -> None:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        report.add(at, "must provide a number")


SLACK_FILE = record({}, {"id": string(255), "url": string(3000)}, also=(exactly_one("id", "url"),))

IMAGE_SOURCE: Mapping[str, Rule] = {
    "image_url": string(3000, pattern=WEB_ADDRESS, what="a web address"),
    "slack_file": SLACK_FILE,
}

OPTION = record(
    {"text": plain(75), "value": string(150)},
    {"description": plain(75)},
)
OVERFLOW_OPTION = record(
    {"text": plain(75), "value": string(150)},
    {"description": plain(75), "url": string(3000, pattern=ANY_ADDRESS, what="an address")},
)
CHOICE_OPTION = record(
    {"text": text(75), "value": string(150)},
    {"description": text(75)},
)


def options(option: Rule, most: int) -> Rule:
    """A list of 1 to `most` options whose values differ."""
    items = array(option, most)

    def check(value: Any, at: str, report: Report) -> None:
        before = len(report.problems)
        items(value, at, report)
        if len(report.problems) == before:
            unique_values(value, at, report)

    return check


def unique_values(value: list[Any], at: str, report: Report) -> None:
    """Options are told apart by their values."""
    seen: set[str] = set()
    for number, option in enumerate(value):
        if option["value"] in seen:
            report.add(f"{at}/{number}/value", "must be unique among the options")
        seen.add(option["value"])


OPTION_GROUPS = array(record({"label": plain(75), "options": array(OPTION, 100)}), most=100)


def option_key(option: Any) -> Any:
    """What makes two options the same, whatever flags their texts bear."""
    if not isinstance(option, dict):
        return option
    words = option.get("text")
    more = option.get("description")
    return (
        option.get("value"),
        words.get("text") if isinstance(words, dict) else words,
        more.get("text") if isinstance(more, dict) else more,
    )


def initial_among_options(value: Any, at: str, report: Report) -> None:
    """What is chosen at first must be one of the options."""
    offered = list(value.get("options", ()))
    for group in value.get("option_groups", ()):
        offered += group["options"]
    keys = [option_key(option) for option in offered]
    if "initial_option" in value and option_key(value["initial_option"]) not in keys:
        report.add(f"{at}/initial_option", "must be one of the provided options")
    for number, option in enumerate(value.get("initial_options", ())):
        if option_key(option) not in keys:
            report.add(f"{at}/initial_options/{number}", "must be one of the provided options")


TRIGGER = record(
    {"url": string(3000, pattern=WEB_ADDRESS, what="a web address")},
    {"customizable_input_parameters": array(anything, 100, 0)},
)
WORKFLOW = record({"trigger": TRIGGER})
