"""A small Bolt app that shows every block and every input, and remembers what it hears."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.exhibit_blocks import (
    ALL_BLOCKS,
    CARD,
    CUSTOMERS,
    Json,
    every_input,
    guests,
    home,
    option,
    plain,
    section,
)
from tests.browser.exhibit_data import alerts

Ack = Callable[..., Awaitable[None]]
LONG_AGO = "Nobody decides twice: <@U05CHENHAO> approved this at 10:03."

MANIFEST: Json = {
    "display_information": {"name": "Usher"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Usher", "always_online": True},
        "shortcuts": [
            {"name": "New visit", "callback_id": "new_visit", "type": "global"},
            {"name": "Log for a visit", "callback_id": "log", "type": "message"},
        ],
        "slash_commands": [
            {
                "command": "/visit",
                "description": "Host a customer's visit",
                "usage_hint": "new [customer] | list | help",
            }
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "im:write", "users:read", "channels:read"]}
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Exhibit:
    """The app, and what it heard: actions, submitted values, closed views."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self.app = AsyncApp(client=client, process_before_response=True)
        self.actions: list[Json] = []
        self.submitted: list[Json] = []
        self.closed: list[Json] = []
        self.refuse: Json = {}  # block_id: words; sent once to the next submission
        self._news = asyncio.Event()
        app = self.app
        app.command("/visit")(self._command)
        app.shortcut("new_visit")(self._shortcut)
        app.shortcut("log")(self._log)
        app.event("app_home_opened")(self._home)
        app.options("value")(self._customers)
        app.action("approve")(self._approve)
        app.action("edit_guests")(self._edit_guests)
        app.action(re.compile(".*"))(self._heard)
        app.view("every_input")(self._submit)
        app.view("guests")(self._guests)
        app.view_closed("every_input")(self._close)

    async def heard(self, condition: Callable[[], Any]) -> None:
        """Wait until the app has heard what makes the condition true. Raises TimeoutError."""
        async with asyncio.timeout(10):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def _keep(self, heap: list[Json], item: Json) -> None:
        heap.append(item)
        self._news.set()

    async def _command(self, ack: Ack, command: Json) -> None:
        if command["text"].startswith("new"):
            await self._open(command["trigger_id"])
            await ack()
        elif command["text"] == "alert":
            await self.client.views_open(trigger_id=command["trigger_id"], view=alerts())
            await ack()
        elif command["text"] == "long":
            await ack(text=" ".join([LONG_AGO] * 20))
        else:
            await ack(text=f"*{command['text']}* is not known. Try `/visit new`.")

    async def _open(self, trigger_id: str) -> None:
        await self.client.views_open(trigger_id=trigger_id, view=every_input())

    async def _shortcut(self, ack: Ack, shortcut: Json) -> None:
        await self._open(shortcut["trigger_id"])
        await ack()

    async def _log(self, ack: Ack, body: Json) -> None:
        self._keep(self.actions, body)
        await ack()

    async def _home(self, event: Json) -> None:
        if event["tab"] == "home":
            await self.client.views_publish(user_id=event["user"], view=home())

    async def _customers(self, ack: Ack, payload: Json) -> None:
        found = [name for name in CUSTOMERS if payload["value"].lower() in name.lower()]
        await ack(options=[option(name) for name in found])

    async def _approve(self, ack: Ack, body: Json) -> None:
        self._keep(self.actions, body["actions"][0])
        user, message = body["user"]["id"], body["message"]
        decided = [CARD[0], section(f":white_check_mark: Approved by <@{user}>.")]
        channel = body["channel"]["id"]
        await self.client.chat_update(
            channel=channel, ts=message["ts"], text="Approved", blocks=decided
        )
        await self.client.chat_postMessage(
            channel=channel, thread_ts=message["ts"], text=f"Approved by <@{user}>"
        )
        await self.client.chat_postEphemeral(
            channel=channel, user=user, text="Thank you. Everyone has been told."
        )
        await ack()

    async def _edit_guests(self, ack: Ack, body: Json) -> None:
        await self.client.views_push(trigger_id=body["trigger_id"], view=guests())
        await ack()

    async def _heard(self, ack: Ack, action: Json, body: Json) -> None:
        state = (body.get("view") or body)["state"]["values"]
        self._keep(self.actions, action | {"state": state})
        await ack()

    async def _submit(self, ack: Ack, view: Json) -> None:
        self._keep(self.submitted, view["state"]["values"])
        errors, self.refuse = self.refuse, {}
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            await ack()

    async def _guests(self, ack: Ack, view: Json) -> None:
        self._keep(self.submitted, view["state"]["values"])
        await ack()

    async def _close(self, ack: Ack, view: Json) -> None:
        self._keep(self.closed, view)
        await ack()

    async def post(self, channel: str, blocks: list[Json], text: str = "A visit") -> str:
        """Post blocks as the bot; returns the message's ts."""
        posted = await self.client.chat_postMessage(channel=channel, text=text, blocks=blocks)
        return str(posted["ts"])


def action_values(action: Json) -> dict[str, Any]:
    """The part of a heard action that carries its value."""
    return {key: action[key] for key in action if key.startswith(("selected_", "value"))}


__all__ = ["ALL_BLOCKS", "CARD", "MANIFEST", "Exhibit", "action_values", "plain"]
