"""From plain values (names, dates, people) to the choices that Slack's elements make of them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sandbox.client import Client
from sandbox.form import empty_value, state_key
from sandbox.model import Json, Message, User, View
from sandbox.reading import option_words, options_of
from sandbox.workspace import Workspace

_MANY_OPTIONS = {"multi_static_select", "checkboxes"}


async def choice_for(
    client: Client,
    user: User,
    place: View | Message,
    where: tuple[Json, Json],
    value: Any,
) -> Json:
    """The choice that a person makes to enter `value`; `where` is block and element.

    None empties the element. Raises AssertionError when there is nothing like it to choose,
    ValueError for a value of the wrong kind.
    """
    block, element = where
    key = state_key(element)
    if value is None:
        return {key: empty_value(element)}
    kind = element["type"]
    if kind in ("external_select", "multi_external_select"):
        wanted = [value] if isinstance(value, str) else list(value)
        found = []
        for query in wanted:
            name = _name_of(client.workspace, query)
            offered = await client.suggestions(user, place, block, element, name)
            found.append(options_matching(offered.flat, name))
        return {key: found if kind.startswith("multi") else found[0]}
    return {key: _value(client.workspace, user, element, value)}


def options_matching(options: Sequence[Json], wanted: str) -> Json:
    """The option with that text, else the first that contains it. Raises AssertionError."""
    for option in options:
        if option_words(option) == wanted:
            return option
    for option in options:
        if wanted in option_words(option):
            return option
    raise AssertionError(f"no option {wanted!r}; there are {list(map(option_words, options))}")


def shown_value(workspace: Workspace, element: Json, value: Any) -> Any:
    """A state value as a person reads it: option texts, handles, channel names."""
    key = state_key(element)
    if value is None or value == []:
        return value
    if key == "selected_option":
        return option_words(value)
    if key == "selected_options":
        return [option_words(option) for option in value]
    if key == "selected_user":
        return workspace.users[value].handle
    if key == "selected_users":
        return [workspace.users[each].handle for each in value]
    if key in ("selected_channel", "selected_conversation"):
        return workspace.channels[value].name
    if key in ("selected_channels", "selected_conversations"):
        return [workspace.channels[each].name for each in value]
    if key == "files":
        return [file["name"] for file in value]
    return value


def _name_of(workspace: Workspace, words: str) -> str:
    """The name of the person whose handle this is; all other words as they are."""
    named = (user.shown_name for user in workspace.users.values() if user.handle == words)
    return next(named, words)


def _value(workspace: Workspace, user: User, element: Json, value: Any) -> Any:
    kind = element["type"]
    if kind in ("static_select", "radio_buttons"):
        return options_matching(options_of(element), _name_of(workspace, value))
    if kind in _MANY_OPTIONS:
        wanted = [value] if isinstance(value, str) else value
        return [options_matching(options_of(element), each) for each in wanted]
    if kind == "users_select":
        return workspace.user(value).id
    if kind == "multi_users_select":
        people = [value] if isinstance(value, str) else value
        return [workspace.user(each).id for each in people]
    if kind in ("channels_select", "conversations_select"):
        return workspace.channel(value).id
    if kind in ("multi_channels_select", "multi_conversations_select"):
        return [workspace.channel(each).id for each in value]
    if kind == "file_input":
        return _files(workspace, user, value)
    if kind in ("datepicker", "timepicker", "datetimepicker"):
        return _moment(kind, value)
    if kind == "rich_text_input":
        return value if isinstance(value, dict) else _rich_text(str(value))
    return str(value)


def _moment(kind: str, value: Any) -> str | int:
    if kind == "datetimepicker":
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a date and time needs a time zone")
            return int(value.timestamp())
        return int(value)
    if kind == "datepicker":
        given = value.date() if isinstance(value, datetime) else value
        return (given if isinstance(given, date) else date.fromisoformat(given)).isoformat()
    at = value if isinstance(value, time) else time.fromisoformat(value)
    return at.strftime("%H:%M")


def _files(workspace: Workspace, user: User, value: Any) -> list[Json]:
    given = [value] if isinstance(value, tuple) else value
    stored = []
    for name, content in given:
        file = workspace.add_file(name, user.id, content)
        stored.append(file.to_slack())
    return stored


def _rich_text(words: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}
