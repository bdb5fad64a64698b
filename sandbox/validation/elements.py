"""Block elements: buttons, menus, pickers and inputs, and where each may stand."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from sandbox.validation.composition import (
    ANY_ADDRESS,
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    IMAGE_SOURCE,
    OPTION,
    OPTION_GROUPS,
    OVERFLOW_OPTION,
    WEB_ADDRESS,
    WORKFLOW,
    initial_among_options,
    options,
    plain,
    text,
)
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Report,
    Rule,
    Surface,
    anything,
    array,
    boolean,
    exactly_one,
    integer,
    one_of,
    record,
    string,
    typed,
)

_MODAL: frozenset[Surface] = frozenset({"modal"})
_TYPE: Mapping[str, Rule] = {"type": anything}
_ACTION: Mapping[str, Rule] = {"action_id": string(255)}
_FOCUS: Mapping[str, Rule] = {"focus_on_load": boolean}
_HINT: Mapping[str, Rule] = {"placeholder": plain(150)}
_CONFIRM: Mapping[str, Rule] = {"confirm": CONFIRM}
_DISPATCH: Mapping[str, Rule] = {"dispatch_action_config": DISPATCH_CONFIG}
_MENU = {**_ACTION, **_HINT, **_FOCUS, **_CONFIRM}
_MULTI = {**_MENU, "max_selected_items": integer(1)}
_USER = string(20, pattern=r"[UW][A-Z0-9]{2,}", what="a user id")
_CHANNEL = string(20, pattern=r"[CGDUW][A-Z0-9]{2,}", what="a conversation id")
_MANY = 1000


def _calendar_date(value: Any, at: str, report: Report) -> None:
    try:
        date.fromisoformat(value)
        correct = len(value) == 10
    except (TypeError, ValueError):
        correct = False
    if not correct:
        report.add(at, "must be in the format YYYY-MM-DD")


def _time_zone(value: Any, at: str, report: Report) -> None:
    if value not in available_timezones():
        report.add(at, "must be the name of a time zone")


def _number(value: Any) -> float | None:
    if not isinstance(value, str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _numeric(value: Any, at: str, report: Report) -> None:
    if _number(value) is None:
        report.add(at, "must be a number given as a string")


def _number_bounds(value: Any, at: str, report: Report) -> None:
    least, most = _number(value.get("min_value")), _number(value.get("max_value"))
    first = _number(value.get("initial_value"))
    if least is not None and most is not None and least > most:
        report.add(f"{at}/min_value", "cannot be greater than max_value")
    if first is not None and least is not None and first < least:
        report.add(f"{at}/initial_value", "must not be less than min_value")
    if first is not None and most is not None and first > most:
        report.add(f"{at}/initial_value", "must not be greater than max_value")
    if not value["is_decimal_allowed"]:
        for name in ("initial_value", "min_value", "max_value"):
            number = _number(value.get(name))
            if number is not None and number != int(number):
                report.add(f"{at}/{name}", "must be a whole number")


def _length_bounds(value: Any, at: str, report: Report) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        report.add(f"{at}/min_length", "cannot be greater than max_length")
    if len(value.get("initial_value", "")) > most:
        report.add(f"{at}/initial_value", f"must be less than {most + 1} characters")


def _line_bounds(value: Any, at: str, report: Report) -> None:
    if value.get("min_lines", 1) > value.get("max_lines", 100):
        report.add(f"{at}/min_lines", "cannot be greater than max_lines")


def _not_more_than_selectable(value: Any, at: str, report: Report) -> None:
    most = value.get("max_selected_items")
    for name in ("initial_options", "initial_users", "initial_channels", "initial_conversations"):
        if most is not None and len(value.get(name, ())) > most:
            report.add(f"{at}/{name}", f"no more than {most} items allowed")


_STATIC = {"options": options(OPTION, 100), "option_groups": OPTION_GROUPS}
_STATIC_CHECKS = (
    exactly_one("options", "option_groups"),
    initial_among_options,
    _not_more_than_selectable,
)
_STYLE = one_of("primary", "danger")
_FEEDBACK = record({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
_CONVERSATION = {
    "default_to_current_conversation": boolean,
    "filter": CONVERSATION_FILTER,
}

ELEMENTS: dict[str, Rule] = {
    "button": record(
        {**_TYPE, "text": plain(75)},
        {
            **_ACTION,
            **_CONFIRM,
            "url": string(3000, pattern=ANY_ADDRESS, what="an address"),
            "value": string(2000),
            "style": _STYLE,
            "accessibility_label": string(75),
        },
    ),
    "workflow_button": record(
        {**_TYPE, "text": plain(75), "workflow": WORKFLOW},
        {**_ACTION, "style": _STYLE, "accessibility_label": string(75)},
    ),
    "overflow": record({**_TYPE, "options": options(OVERFLOW_OPTION, 5)}, {**_ACTION, **_CONFIRM}),
    "image": record(
        {**_TYPE, "alt_text": string(2000)},
        IMAGE_SOURCE,
        also=(exactly_one("image_url", "slack_file"),),
    ),
    "checkboxes": record(
        {**_TYPE, "options": options(CHOICE_OPTION, 10)},
        {**_ACTION, **_CONFIRM, **_FOCUS, "initial_options": array(CHOICE_OPTION, 10)},
        also=(initial_among_options,),
    ),
    "radio_buttons": record(
        {**_TYPE, "options": options(CHOICE_OPTION, 10)},
        {**_ACTION, **_CONFIRM, **_FOCUS, "initial_option": CHOICE_OPTION},
        also=(initial_among_options,),
    ),
    "datepicker": record(_TYPE, {**_MENU, "initial_date": _calendar_date}),
    "timepicker": record(
        _TYPE,
        {
            **_MENU,
            "initial_time": string(5, pattern="([01][0-9]|2[0-3]):[0-5][0-9]", what="HH:mm"),
            "timezone": _time_zone,
        },
    ),
    "datetimepicker": record(
        _TYPE,
        {
            **_ACTION,
            **_CONFIRM,
            **_FOCUS,
            "initial_date_time": integer(1_000_000_000, 9_999_999_999),
        },
    ),
    "static_select": record(
        _TYPE, {**_MENU, **_STATIC, "initial_option": OPTION}, also=_STATIC_CHECKS
    ),
    "multi_static_select": record(
        _TYPE, {**_MULTI, **_STATIC, "initial_options": array(OPTION, 100)}, also=_STATIC_CHECKS
    ),
    "external_select": record(
        _TYPE, {**_MENU, "initial_option": OPTION, "min_query_length": integer(0)}
    ),
    "multi_external_select": record(
        _TYPE,
        {**_MULTI, "initial_options": array(OPTION, 100), "min_query_length": integer(0)},
        also=(_not_more_than_selectable,),
    ),
    "users_select": record(_TYPE, {**_MENU, "initial_user": _USER}),
    "multi_users_select": record(
        _TYPE, {**_MULTI, "initial_users": array(_USER, _MANY)}, also=(_not_more_than_selectable,)
    ),
    "conversations_select": record(
        _TYPE,
        {
            **_MENU,
            **_CONVERSATION,
            "initial_conversation": _CHANNEL,
            "response_url_enabled": boolean,
        },
    ),
    "multi_conversations_select": record(
        _TYPE,
        {**_MULTI, **_CONVERSATION, "initial_conversations": array(_CHANNEL, _MANY)},
        also=(_not_more_than_selectable,),
    ),
    "channels_select": record(
        _TYPE, {**_MENU, "initial_channel": _CHANNEL, "response_url_enabled": boolean}
    ),
    "multi_channels_select": record(
        _TYPE,
        {**_MULTI, "initial_channels": array(_CHANNEL, _MANY)},
        also=(_not_more_than_selectable,),
    ),
    "plain_text_input": record(
        _TYPE,
        {
            **_ACTION,
            **_HINT,
            **_FOCUS,
            **_DISPATCH,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        also=(_length_bounds,),
    ),
    "number_input": record(
        {**_TYPE, "is_decimal_allowed": boolean},
        {
            **_ACTION,
            **_HINT,
            **_FOCUS,
            **_DISPATCH,
            "initial_value": _numeric,
            "min_value": _numeric,
            "max_value": _numeric,
        },
        also=(_number_bounds,),
    ),
    "email_text_input": record(
        _TYPE,
        {
            **_ACTION,
            **_HINT,
            **_FOCUS,
            **_DISPATCH,
            "initial_value": string(3000, pattern=r"[^@\s]+@[^@\s]+", what="an e-mail address"),
        },
    ),
    "url_text_input": record(
        _TYPE,
        {
            **_ACTION,
            **_HINT,
            **_FOCUS,
            **_DISPATCH,
            "initial_value": string(3000, pattern=WEB_ADDRESS, what="a web address"),
        },
    ),
    "rich_text_input": record(
        _TYPE,
        {
            **_ACTION,
            **_HINT,
            **_FOCUS,
            **_DISPATCH,
            "initial_value": RICH_TEXT,
            "min_lines": integer(1, 100),
            "max_lines": integer(1, 100),
        },
        also=(_line_bounds,),
    ),
    "file_input": record(
        _TYPE,
        {**_ACTION, "filetypes": array(string(20), 100), "max_files": integer(1, 10)},
    ),
    "feedback_buttons": record(
        {**_TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION
    ),
    "icon_button": record(
        {**_TYPE, "icon": one_of("trash"), "text": plain(75)},
        {
            **_ACTION,
            **_CONFIRM,
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": array(_USER, 10),
        },
    ),
    "plain_text": text(3000),
    "mrkdwn": text(3000),
}

# Where some elements are not available; the others stand on every surface.
_ONLY_ON: dict[str, frozenset[Surface]] = {
    "datetimepicker": frozenset({"modal", "message"}),
    "email_text_input": _MODAL,
    "number_input": _MODAL,
    "url_text_input": _MODAL,
    "file_input": _MODAL,
    "rich_text_input": frozenset({"modal", "home"}),
    "workflow_button": frozenset({"message"}),
    "feedback_buttons": frozenset({"message"}),
    "icon_button": frozenset({"message"}),
}
_SELECTS = (
    *("static_select", "external_select", "users_select"),
    *("conversations_select", "channels_select"),
)
_MENUS = (*_SELECTS, *(f"multi_{select}" for select in _SELECTS))
_CHOICES = ("checkboxes", "radio_buttons", "datepicker", "timepicker", *_MENUS)


def _kinds(*names: str) -> Rule:
    return typed({name: ELEMENTS[name] for name in names}, _ONLY_ON)


IN_SECTION = _kinds("button", "workflow_button", "overflow", "image", *_CHOICES)
IN_ACTIONS = _kinds("button", "workflow_button", "overflow", "datetimepicker", *_CHOICES)
IN_CONTEXT = _kinds("image", "plain_text", "mrkdwn")
IN_CARD = _kinds("button")
IMAGE = _kinds("image")
IN_CONTEXT_ACTIONS = _kinds("feedback_buttons", "icon_button")
IN_INPUT = _kinds(
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "file_input",
    "datetimepicker",
    *_CHOICES,
)
