"""Interaction payloads in Slack's form."""

from typing import Any

from sandbox.blocks import is_stateful
from sandbox.form import entry, state_key
from sandbox.model import Channel, Json, Message, State, User, View
from sandbox.workspace import Workspace


class Payloads:
    """Builds the payloads of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def command(
        self, user: User, channel: Channel, command: str, text: str, response_url: str
    ) -> Json:
        """A slash command; in Slack's wire form every value is a string."""
        return {
            "token": "sandbox",
            "team_id": self._workspace.team.id,
            "team_domain": self._workspace.team.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": user.id,
            "user_name": user.handle,
            "command": command,
            "text": text,
            "api_app_id": self._workspace.app.id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": self._workspace.permits.trigger(user.id),
        }

    def shortcut(self, user: User, callback_id: str) -> Json:
        """A global shortcut."""
        return self._base("shortcut", user) | {
            "action_ts": self._workspace.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self._workspace.permits.trigger(user.id),
        }

    def message_shortcut(
        self, user: User, callback_id: str, message: Message, response_url: str
    ) -> Json:
        """A shortcut from a message's menu."""
        channel = self._workspace.channels[message.channel]
        return self._base("message_action", user) | {
            "action_ts": self._workspace.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self._workspace.permits.trigger(user.id),
            "response_url": response_url,
            "message_ts": message.ts,
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "message": message.to_slack(self._workspace.team.id),
        }

    def message_actions(
        self, user: User, message: Message, action: Json, state: State, response_url: str
    ) -> Json:
        """A click or choice in a message."""
        return (
            self._base("block_actions", user)
            | self._message_place(message)
            | {
                "trigger_id": self._workspace.permits.trigger(user.id),
                "state": {"values": state},
                "response_url": response_url,
                "actions": [action],
            }
        )

    def view_actions(self, view: View, action: Json) -> Json:
        """A click or choice in a modal or App Home."""
        user = self._workspace.users[view.user]
        return self._base("block_actions", user) | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._workspace.permits.trigger(user.id, view.id),
            "view": self._workspace.modals.to_slack(view),
            "actions": [action],
        }

    def submission(self, view: View, response_urls: list[Json]) -> Json:
        """A submitted modal."""
        user = self._workspace.users[view.user]
        return self._base("view_submission", user) | {
            "trigger_id": self._workspace.permits.trigger(user.id, view.id),
            "view": self._workspace.modals.to_slack(view),
            "response_urls": response_urls,
        }

    def closed(self, view: View, *, cleared: bool) -> Json:
        """A closed modal; what was entered is not told."""
        user = self._workspace.users[view.user]
        shown = self._workspace.modals.to_slack(view) | {"state": {"values": {}}}
        return self._base("view_closed", user) | {"view": shown, "is_cleared": cleared}

    def suggestion(self, user: User, place: View | Message, ids: Json, query: str) -> Json:
        """What a person typed into an external select; `ids` are block_id and action_id."""
        where = (
            {
                "container": {"type": "view", "view_id": place.id},
                "view": self._workspace.modals.to_slack(place),
            }
            if isinstance(place, View)
            else self._message_place(place)
        )
        return self._base("block_suggestion", user) | where | {**ids, "value": query}

    def home_opened(self, user: User, channel: Channel, tab: str) -> Json:
        """The event of somebody looking at the app's Home or Messages tab."""
        event: Json = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": channel.id,
            "tab": tab,
            "event_ts": self._workspace.next_ts(),
        }
        home = self._workspace.modals.home(user.id)
        if home is not None and tab == "home":
            event["view"] = self._workspace.modals.to_slack(home)
        return event

    def action(self, block: Json, element: Json, choice: Json) -> Json:
        """One entry of `actions`: what was pressed or chosen."""
        action: Json = {
            "type": element["type"],
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "action_ts": self._workspace.next_ts(),
        }
        for part in ("text", "value", "style", "url", "confirm", "placeholder"):
            if part in element:
                action[part] = element[part]
        if is_stateful(element):
            action |= chosen(element, choice)
        elif element["type"] == "overflow":
            action["selected_option"] = choice["selected_option"]
        return action

    def _base(self, kind: str, user: User) -> Json:
        team = self._workspace.team
        return {
            "type": kind,
            "user": {
                "id": user.id,
                "username": user.handle,
                "name": user.handle,
                "team_id": team.id,
            },
            "api_app_id": self._workspace.app.id,
            "token": "sandbox",
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _message_place(self, message: Message) -> Json:
        channel = self._workspace.channels[message.channel]
        ephemeral = message.ephemeral_to is not None
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        place: Json = {
            "container": container,
            "channel": {"id": channel.id, "name": channel_name(channel)},
        }
        if not ephemeral:
            place["message"] = message.to_slack(self._workspace.team.id)
        return place


def channel_name(channel: Channel) -> str:
    """The name that payloads give a channel."""
    if channel.kind == "im":
        return "directmessage"
    return "privategroup" if channel.kind == "private" else channel.name


def chosen(element: Json, choice: Json) -> Json:
    """The state entry that a choice makes, from `{value}`, `{selected_option}` and so on."""
    value: Any = choice.get(state_key(element))
    return entry(element, value)
