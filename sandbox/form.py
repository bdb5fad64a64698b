"""What a person has entered into a view or message, in the form of Slack's `state.values`."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.blocks import elements, is_stateful
from sandbox.model import Json, State

_STATE_KEYS = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "checkboxes": "selected_options",
    "radio_buttons": "selected_option",
    "file_input": "files",
}
_MANY = {
    "selected_options",
    "selected_users",
    "selected_conversations",
    "selected_channels",
    "files",
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_URL = re.compile(r"https?://\S+\.\S+|https?://localhost\S*", re.IGNORECASE)

_MOST_FILE_BYTES = 10 * 1024 * 1024

REQUIRED = "Please complete this required field."


def state_key(element: Json) -> str:
    """The key under which this element's value stands in the state."""
    return _STATE_KEYS[element["type"]]


def initial_key(element: Json) -> str:
    """The key under which the element says what it begins with."""
    return "initial_" + state_key(element).removeprefix("selected_").replace(
        "rich_text_value", "value"
    )


def entry(element: Json, value: Any) -> Json:
    """The state entry of one element."""
    return {"type": element["type"], state_key(element): value}


def empty_value(element: Json) -> Any:
    """What an untouched element without initial value holds."""
    return [] if state_key(element) in _MANY else None


def state_of(blocks: list[Json], before: list[Json], entered: State) -> State:
    """The state of a view that is shown.

    What a person entered before stays wherever block_id, action_id and type are the same, as in
    Slack, even when the new view brings another initial value.
    """
    kinds = {
        (block["block_id"], element["action_id"]): element["type"]
        for block, element in elements(before)
    }
    state: State = {}
    for block, element in elements(blocks):
        if not is_stateful(element):
            continue
        place = block["block_id"], element["action_id"]
        if kinds.get(place) == element["type"] and place[1] in entered.get(place[0], {}):
            kept = entered[place[0]][place[1]]
        else:
            kept = entry(element, element.get(initial_key(element), empty_value(element)))
        state.setdefault(place[0], {})[place[1]] = kept
    return state


def accept_state(blocks: list[Json], given: Any) -> State:
    """The part of a state sent by the page that fits the blocks."""
    accepted: State = {}
    if not isinstance(given, dict):
        return accepted
    for block, element in elements(blocks):
        sent = given.get(block["block_id"])
        held = sent.get(element["action_id"]) if isinstance(sent, dict) else None
        if is_stateful(element) and isinstance(held, dict):
            value = held.get(state_key(element), empty_value(element))
            kept = accepted.setdefault(block["block_id"], {})
            kept[element["action_id"]] = entry(element, value)
    return accepted


def value_in(state: State, block: Json, element: Json) -> Any:
    """The value that an element holds."""
    held = state.get(block["block_id"], {}).get(element["action_id"], {})
    return held.get(state_key(element), empty_value(element))


def problems(blocks: list[Json], state: State) -> dict[str, str]:
    """What Slack's own client refuses before the app hears of it: block_id to words."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = value_in(state, block, element)
        if value in (None, "", []):
            if not block.get("optional", False):
                found[block["block_id"]] = REQUIRED
            continue
        problem = _problem(element, value)
        if problem:
            found[block["block_id"]] = problem
    return found


def _problem(element: Json, value: Any) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        return _length_problem(element, value)
    if kind == "number_input":
        return _number_problem(element, value)
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Enter a valid URL."
    if kind == "file_input" and any(file["size"] > _MOST_FILE_BYTES for file in value):
        return "Choose files of at most 10 MB."
    most = element.get("max_selected_items", element.get("max_files"))
    if most is not None and isinstance(value, list) and len(value) > most:
        return f"Select no more than {most}."
    return None


def _length_problem(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Enter at least {least} characters."
    if len(value) > most:
        return f"Enter no more than {most} characters."
    return None


def _number_problem(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Enter a number."
    if not number.is_finite():
        return "Enter a number."
    if not element.get("is_decimal_allowed", False) and number != number.to_integral_value():
        return "Enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(str(least)):
        return f"Enter a number of at least {least}."
    if most is not None and number > Decimal(str(most)):
        return f"Enter a number of at most {most}."
    return None
