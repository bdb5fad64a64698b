"""Every id has exactly one listener; the manifest offers exactly what is listened to."""

import pytest
from slack_bolt.async_app import AsyncApp

from bot.slack import manifest
from handlers import register
from handlers.door import Door
from handlers.edge import Edge
from models.policy import load_policy
from services.database import Database
from services.desk import Site
from templates import ids
from tests.scenarios.company import clock_at


@pytest.fixture
def door(tmp_path: object) -> Door:
    site = Site("Asia/Shanghai", "en", load_policy("standard"))
    edge = Edge(Database(f"sqlite:///{tmp_path}/usher.db"), site, clock_at().now)
    app = AsyncApp(token="xoxb-none", signing_secret="none")
    return register(app, edge)


def named(door: Door, kind: str) -> set[str]:
    return {name for of, name in door.listeners if of == kind}


def test_every_id_has_its_listener(door: Door) -> None:
    inputs = {*ids.DRAFT_VALUES, *ids.CUSTOMERS}
    assert named(door, "action") == {*ids.BUTTONS, *inputs}
    assert named(door, "options") == set(ids.CUSTOMERS)
    assert named(door, "view") == set(ids.FORMS)
    assert named(door, "closed") == {ids.NEW_VISIT_FORM}


def test_no_id_has_two(door: Door) -> None:
    async def again(call: object) -> None: ...

    with pytest.raises(ValueError, match="approve has a listener already"):
        door.button(ids.APPROVE, again)


def test_ids_are_constants_with_different_values() -> None:
    every = [*ids.BUTTONS, *ids.DRAFT_VALUES, *ids.CUSTOMERS, ids.VALUE]
    assert len(set(every)) == len(every)
    assert len(set(ids.FORMS)) == len(ids.FORMS)


def test_the_manifest_offers_what_is_listened_to(door: Door) -> None:
    offered = manifest()
    commands = {command["command"] for command in offered["features"]["slash_commands"]}
    shortcuts = {each["callback_id"] for each in offered["features"]["shortcuts"]}
    events = set(offered["settings"]["event_subscriptions"]["bot_events"])

    assert named(door, "command") == commands
    assert named(door, "shortcut") == shortcuts
    assert named(door, "event") == events
