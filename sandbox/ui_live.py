"""The page's live connection: one person's workspace, and every change of it."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import WSMsgType, web

from sandbox import ui_shapes
from sandbox.changes import (
    BotOnline,
    Change,
    ChannelChanged,
    ClockChanged,
    HomeChanged,
    MessageDeleted,
    MessagePosted,
    ReactionAdded,
    ViewsChanged,
)
from sandbox.model import Channel, Json, Message
from sandbox.workspace import Workspace

Pending = Callable[[], Json]


class LiveSession:
    """What one open page still has to be told.

    Changes of the same thing are told once, as it stands when it is told; so a slow page cannot
    pile up a backlog.
    """

    def __init__(self, workspace: Workspace, user: str, moments: Callable[[], list[Json]]) -> None:
        self._workspace = workspace
        self._user = user
        self._moments = moments
        self._pending: dict[tuple[str, ...], Pending] = {}
        self._wake = asyncio.Event()

    async def run(self, request: web.Request, *, online: bool) -> web.WebSocketResponse:
        """Serve the connection until the page leaves."""
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        stop = self._workspace.changes.subscribe(self._on_change)
        writer = asyncio.create_task(self._write(socket, online))
        try:
            async for message in socket:
                if message.type == WSMsgType.ERROR:
                    break
        finally:
            stop()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    def clock_moved(self) -> None:
        """Tell the time and where the clock may jump."""
        self._add("clock", tell=self._clock)

    async def _write(self, socket: web.WebSocketResponse, online: bool) -> None:
        await socket.send_str(_dump(self._snapshot(online)))
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._pending:
                key = next(iter(self._pending))
                tell = self._pending.pop(key)
                await socket.send_str(_dump(tell()))

    def _snapshot(self, online: bool) -> Json:
        workspace, user = self._workspace, self._user
        mine = [each for each in workspace.channels.values() if user in each.members]
        home = workspace.modals.home(user)
        return {
            "type": "snapshot",
            "channels": [ui_shapes.channel(workspace, each, user) for each in mine],
            "messages": {
                each.id: [
                    ui_shapes.message(workspace, message, user)
                    for message in workspace.visible(each, user)
                ]
                for each in mine
            },
            "home": ui_shapes.view(workspace, home) if home else None,
            "views": [ui_shapes.view(workspace, view) for view in workspace.modals.stack(user)],
            "clock": ui_shapes.clock(workspace.clock),
            "moments": self._moments(),
            "bot": {"online": online},
            "attention": ui_shapes.attention(workspace),
        }

    def _on_change(self, change: Change) -> None:
        match change:
            case MessagePosted(message=message) | ReactionAdded(message=message):
                self._message(message)
            case MessageDeleted(message=message):
                self._deleted(message)
            case ViewsChanged(user=user) if user == self._user:
                self._add("views", tell=self._views)
            case HomeChanged(user=user) if user == self._user:
                self._add("home", tell=self._home)
            case ChannelChanged(channel=channel):
                self._channel(channel)
            case ClockChanged():
                self.clock_moved()
            case BotOnline(online=online):
                self._add("bot", tell=lambda: {"type": "bot", "online": online})
            case _:
                pass

    def _message(self, message: Message) -> None:
        channel = self._workspace.channels[message.channel]
        if channel.kind == "im":
            self._add("attention", tell=self._attention)
        if not self._visible(message, channel):
            return
        kind = "message" if message.ephemeral_to is None else "ephemeral"
        self._add(
            "message",
            message.channel,
            message.ts,
            tell=lambda: {
                "type": kind,
                "channel": message.channel,
                "message": ui_shapes.message(self._workspace, message, self._user),
            },
        )
        self._tell_channel(channel)

    def _deleted(self, message: Message) -> None:
        channel = self._workspace.channels[message.channel]
        if not self._visible(message, channel):
            return
        self._pending.pop(("message", message.channel, message.ts), None)
        self._add(
            "deleted",
            message.channel,
            message.ts,
            tell=lambda: {
                "type": "message_deleted",
                "channel": message.channel,
                "ts": message.ts,
            },
        )
        self._tell_channel(channel)

    def _channel(self, channel: Channel) -> None:
        if self._user in channel.members:
            self._tell_channel(channel)
        else:
            gone = {"type": "channel", "channel": {"id": channel.id, "gone": True}}
            self._add("channel", channel.id, tell=lambda: gone)
        if channel.kind == "im":
            self._add("attention", tell=self._attention)

    def _tell_channel(self, channel: Channel) -> None:
        self._add(
            "channel",
            channel.id,
            tell=lambda: {
                "type": "channel",
                "channel": ui_shapes.channel(self._workspace, channel, self._user),
            },
        )

    def _visible(self, message: Message, channel: Channel) -> bool:
        return self._user in channel.members and message.ephemeral_to in (None, self._user)

    def _views(self) -> Json:
        stack = self._workspace.modals.stack(self._user)
        return {
            "type": "views",
            "views": [ui_shapes.view(self._workspace, view) for view in stack],
        }

    def _home(self) -> Json:
        home = self._workspace.modals.home(self._user)
        return {"type": "home", "view": ui_shapes.view(self._workspace, home) if home else None}

    def _attention(self) -> Json:
        return {"type": "attention", "counts": ui_shapes.attention(self._workspace)}

    def _clock(self) -> Json:
        told = ui_shapes.clock(self._workspace.clock)
        return {"type": "clock", **told, "moments": self._moments()}

    def _add(self, *key: str, tell: Pending) -> None:
        self._pending[key] = tell
        self._wake.set()


def _dump(event: Json) -> str:
    return json.dumps(event, ensure_ascii=False)
