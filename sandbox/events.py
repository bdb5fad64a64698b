"""The Events API: which changes the app subscribed to, in Slack's form."""

import asyncio

from sandbox.changes import (
    Change,
    ChannelChanged,
    Happened,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
)
from sandbox.delivery import Delivery
from sandbox.model import Channel, File, Json, Message
from sandbox.workspace import Workspace

_MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
_CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}


class EventFeed:
    """Turns changes of the workspace into events for the app."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self._workspace = workspace
        self._delivery = delivery
        workspace.changes.subscribe(self._on_change)

    def send(self, event: Json) -> asyncio.Future[bool] | None:
        """Send one event, if the app hears that type; returns the end of the first delivery."""
        if not self._workspace.app.hears(event["type"]):
            return None
        return self._delivery.send_event(self._callback(event))

    def _on_change(self, change: Change) -> None:
        if isinstance(change, MessagePosted):
            if change.how == "posted":
                self._message_posted(change.message)
            elif change.how == "changed":
                self._message_changed(change.message, change.before)
        elif isinstance(change, MessageDeleted):
            self._message_deleted(change.message)
        elif isinstance(change, ReactionAdded):
            self._reaction(change)
        elif isinstance(change, ChannelChanged):
            self._membership(change)
        elif isinstance(change, Happened):
            self.send(change.event)

    def _message_posted(self, message: Message) -> None:
        channel = self._heard_channel(message)
        if channel is None:
            return
        body = self._described(message) | {"channel": channel.id, "event_ts": message.ts}
        mention = f"<@{self._workspace.app.bot_user}>"
        if mention in message.text and channel.kind != "im" and message.bot_id is None:
            self.send({**body, "type": "app_mention"})
        self._message_event(channel, body)
        for file in message.files:
            self._file_shared(file, message)

    def _described(self, message: Message) -> Json:
        """The message with what only events tell of it."""
        app, body = self._workspace.app, message.to_slack(self._workspace.team.id)
        parent = self._workspace.message(message.channel, message.thread_ts or "")
        if parent is not None and message.is_reply:
            body["parent_user_id"] = parent.user
        if message.bot_id is not None:
            body["bot_profile"] = {
                "id": app.bot_id,
                "app_id": app.id,
                "name": app.name,
                "deleted": False,
                "team_id": self._workspace.team.id,
            }
        return body

    def _file_shared(self, file: File, message: Message) -> None:
        self.send(
            {
                "type": "file_shared",
                "file_id": file.id,
                "file": {"id": file.id},
                "user_id": message.user,
                "channel_id": message.channel,
                "event_ts": self._workspace.next_ts(),
            }
        )

    def _message_changed(self, message: Message, before: Json | None) -> None:
        channel = self._heard_channel(message)
        if channel is not None:
            self._message_event(
                channel,
                {
                    "type": "message",
                    "subtype": "message_changed",
                    "hidden": True,
                    "message": self._described(message),
                    "previous_message": before,
                    "channel": channel.id,
                },
            )

    def _message_deleted(self, message: Message) -> None:
        channel = self._heard_channel(message)
        if channel is not None:
            self._message_event(
                channel,
                {
                    "type": "message",
                    "subtype": "message_deleted",
                    "hidden": True,
                    "deleted_ts": message.ts,
                    "previous_message": self._described(message),
                    "channel": channel.id,
                },
            )

    def _message_event(self, channel: Channel, body: Json) -> None:
        if not self._workspace.app.hears(_MESSAGE_EVENTS[channel.kind]):
            return
        body.setdefault("ts", self._workspace.next_ts())
        body.setdefault("event_ts", body["ts"])
        body["channel_type"] = _CHANNEL_TYPES[channel.kind]
        self._delivery.send_event(self._callback(body))

    def _reaction(self, change: ReactionAdded) -> None:
        if self._heard_channel(change.message) is None:
            return
        self.send(
            {
                "type": "reaction_removed" if change.removed else "reaction_added",
                "user": change.user,
                "reaction": change.reaction,
                "item_user": change.message.user,
                "item": {
                    "type": "message",
                    "channel": change.message.channel,
                    "ts": change.message.ts,
                },
                "event_ts": self._workspace.next_ts(),
            }
        )

    def _membership(self, change: ChannelChanged) -> None:
        user = change.joined or change.left
        if user is None or change.channel.kind == "im":
            return
        bot = self._workspace.app.bot_user
        if bot not in change.channel.members and user != bot:
            return
        self.send(
            {
                "type": "member_joined_channel" if change.joined else "member_left_channel",
                "user": user,
                "channel": change.channel.id,
                "channel_type": "C" if change.channel.kind == "public" else "G",
                "team": self._workspace.team.id,
                "event_ts": self._workspace.next_ts(),
            }
        )

    def _heard_channel(self, message: Message) -> Channel | None:
        channel = self._workspace.channels[message.channel]
        if message.ephemeral_to is None and self._workspace.app.bot_user in channel.members:
            return channel
        return None

    def _callback(self, event: Json) -> Json:
        workspace = self._workspace
        return {
            "token": "sandbox",
            "team_id": workspace.team.id,
            "context_team_id": workspace.team.id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": workspace.ids.new("Ev"),
            "event_time": workspace.epoch(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team.id,
                    "user_id": workspace.app.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": workspace.ids.secret(),
        }
