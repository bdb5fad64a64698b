"""The app manifest: Slack would take it, and it asks for what the bot uses and no more."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.slack import manifest, manifest_scopes
from sandbox.methods import METHODS
from tests.bot.commands import ROOT

SCHEMA: dict[str, Any] = json.loads(
    Path(__file__).with_name("manifest.schema.json").read_text(encoding="utf-8")
)

# What each event that can be subscribed to requires, as Slack's event reference says.
EVENT_SCOPES = {
    "app_home_opened": set(),
    "user_change": {"users:read"},
    "team_join": {"users:read"},
    "app_mention": {"app_mentions:read"},
    "file_shared": {"files:read"},
    "message.im": {"im:history"},
}

PRODUCT = ("bot", "handlers", "scheduler")


def called() -> set[str]:
    """The Web API methods that the product's code calls."""
    sources = "".join(
        path.read_text(encoding="utf-8")
        for package in PRODUCT
        for path in (ROOT / package).rglob("*.py")
    )
    return {name for name in METHODS if re.search(rf"\.{name.replace('.', '_')}\(", sources)}


def test_slack_would_take_it() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(manifest(), SCHEMA)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("display_information", "name"), "x" * 36),
        (("display_information", "long_description"), "too short"),
        (("features", "slash_commands", 0, "command"), "visit"),
        (("features", "shortcuts", 0, "name"), "A name that is longer than that"),
        (("oauth_config", "scopes", "bot"), ["chat:wriet"]),
        (("settings", "socket_mode_enabled"), "yes"),
        (("settings", "sockets"), True),
    ],
)
def test_the_schema_refuses(place: tuple[str | int, ...], value: object) -> None:
    wrong: Any = copy.deepcopy(manifest())
    inner = wrong
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)


def test_every_scope_is_used_and_every_call_allowed() -> None:
    scopes = set(manifest_scopes())
    methods = called()
    assert {"views.open", "chat.postMessage", "users.list"} <= methods
    for method in methods:
        needed = set(METHODS[method].scopes)
        assert not needed or needed & scopes, f"{method} needs one of {needed}"
    used = {scope for method in methods for scope in METHODS[method].scopes}
    events = {
        scope
        for event in manifest()["settings"]["event_subscriptions"]["bot_events"]
        for scope in EVENT_SCOPES[event]
    }
    assert scopes <= used | events | {"commands"}
