"""Every id has one place: a constant, one listener, and what the manifest offers."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.clock import wall_clock
from bot.slack import manifest
from handlers import register
from handlers.slack.door import Door
from handlers.slack.edge import Edge
from models.policy import load_policy
from services.reading.desk import Site
from services.store.database import Database
from services.store.files import FileStore
from templates.slack import ids

ROOT = Path(__file__).parents[1]
CONSTANTS = {name: value for name, value in vars(ids).items() if isinstance(value, str)}
MANIFEST: dict[str, Any] = manifest()


async def nobody() -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """The door with every listener registered."""
    with Database(f"sqlite:///{tmp_path / 'usher.db'}") as database:
        app = AsyncApp(authorize=nobody, signing_secret="-", process_before_response=True)
        yield register(
            app,
            Edge(
                database,
                Site("Asia/Shanghai", "en", load_policy("standard")),
                wall_clock,
                files=FileStore(tmp_path / "files"),
                team_id="T1",
            ),
        )


def listeners(door: Door, kind: str) -> set[str]:
    """The ids of a kind that have a listener."""
    return {name for each, name in door.listeners if each == kind}


def test_every_button_input_and_form_has_a_listener(door: Door) -> None:
    inputs = {*ids.DRAFT_VALUES, *ids.CUSTOMERS, ids.FIND_VISIT}
    assert listeners(door, "action") == set(ids.BUTTONS) | inputs
    assert listeners(door, "view") == set(ids.FORMS)
    assert listeners(door, "options") == set(ids.SEARCHES)
    assert listeners(door, "closed") == {ids.NEW_VISIT_FORM}


def test_the_manifest_offers_what_has_a_listener_and_nothing_else(door: Door) -> None:
    features, settings = MANIFEST["features"], MANIFEST["settings"]
    commands = {command["command"] for command in features["slash_commands"]}
    shortcuts = {each["callback_id"] for each in features["shortcuts"]}
    events = {name.partition(".")[0] for name in settings["event_subscriptions"]["bot_events"]}
    assert listeners(door, "command") == commands
    assert listeners(door, "shortcut") == shortcuts
    assert listeners(door, "event") == events


BODIES: dict[str, Callable[[str], dict[str, Any]]] = {
    "command": lambda name: {"command": name},
    "shortcut": lambda name: {"type": "shortcut", "callback_id": name, "trigger_id": "1"},
    "action": lambda name: {"type": "block_actions", "actions": [{"action_id": name}]},
    "options": lambda name: {"type": "block_suggestion", "action_id": name},
    "view": lambda name: {
        "type": "view_submission",
        "view": {"type": "modal", "callback_id": name},
    },
    "closed": lambda name: {"type": "view_closed", "view": {"type": "modal", "callback_id": name}},
    "event": lambda name: {"type": "event_callback", "event": {"type": name}},
}


async def test_bolt_lets_in_what_has_a_listener_and_nothing_else(door: Door) -> None:
    async def lets_in(kind: str, name: str) -> int:
        request = AsyncBoltRequest(mode="socket_mode", body=BODIES[kind](name))
        answer = BoltResponse(status=200)
        listeners = door.app._async_listeners
        return sum([await each.async_matches(req=request, resp=answer) for each in listeners])

    for kind, name in door.listeners:
        assert await lets_in(kind, name) == 1, (kind, name)
        assert await lets_in(kind, f"{name}_") == 0
        assert await lets_in(kind, f"_{name}") == 0


def test_an_id_cannot_have_two_listeners(door: Door) -> None:
    with pytest.raises(ValueError, match="action approve has a listener already"):
        door.button(ids.APPROVE, door.listeners["action", ids.DECLINE])


def test_no_two_constants_are_the_same_action_or_the_same_form() -> None:
    actions = [*ids.BUTTONS, *ids.DRAFT_VALUES, *ids.SEARCHES]
    assert len(set(actions)) == len(actions)
    assert len(set(ids.FORMS)) == len(ids.FORMS)
    named = {*CONSTANTS.values(), *ids.OPEN_SECTIONS.values(), *ids.OPEN_FILE_SECTIONS.values()}
    assert {*actions, *ids.FORMS} <= named


def literals(path: Path) -> Iterator[str]:
    """Ids written out as text where a constant belongs."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in {"action_id", "callback_id"}:
            if isinstance(node.value, ast.Constant):
                yield f"{path.name}:{node.value.lineno} {node.arg}={node.value.value!r}"
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                named = isinstance(key, ast.Constant) and key.value in {"action_id", "callback_id"}
                if named and isinstance(value, ast.Constant):
                    yield f"{path.name}:{value.lineno} {ast.unparse(node)}"


def test_templates_and_handlers_use_the_constants() -> None:
    found = [
        line
        for package in ("templates", "handlers")
        for path in sorted((ROOT / package).rglob("*.py"))
        for line in literals(path)
    ]
    assert not found


def test_every_constant_is_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for package in ("templates", "handlers")
        for path in (ROOT / package).rglob("*.py")
        if path.name != "ids.py"
    )
    own = (ROOT / "templates" / "slack" / "ids.py").read_text(encoding="utf-8")
    unused = [
        name
        for name in CONSTANTS
        if name.isupper() and f"ids.{name}" not in sources and own.count(name) < 2
    ]
    assert not unused
