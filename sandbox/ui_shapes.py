"""What the page is told, as JSON."""

import bisect
from collections.abc import Sequence

from sandbox.app import App
from sandbox.clock import Clock
from sandbox.model import Avatar, Channel, File, Json, Message, User, View
from sandbox.workspace import Workspace


def boot(workspace: Workspace, first: Sequence[str] = (), *, online: bool) -> Json:
    """What the page must know before it shows anything. `first` are the handles of those as whom
    it opens, one for each language."""
    app = workspace.app
    return {
        "first": list(first),
        "team": {"name": workspace.team.name, "id": workspace.team.id},
        "bot": {
            "id": app.bot_user,
            "user_id": app.bot_user,
            "bot_id": app.bot_id,
            "handle": workspace.bot.handle,
            "name": workspace.bot.shown_name,
            "avatar": _avatar(workspace.bot.avatar),
            "online": online,
            "messages_tab": app.messages_tab,
        },
        "users": [person(user) for user in workspace.users.values() if not user.is_bot],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "topic": channel.topic,
                "is_private": channel.kind == "private",
            }
            for channel in workspace.channels.values()
            if channel.kind != "im"
        ],
        "commands": [
            {
                "command": command.command,
                "usage_hint": command.usage_hint,
                "description": command.description,
                "should_escape": command.should_escape,
            }
            for command in app.commands
        ],
        "shortcuts": _shortcuts(app, "global"),
        "message_shortcuts": _shortcuts(app, "message"),
        "clock": clock(workspace.clock),
    }


def _shortcuts(app: App, kind: str) -> list[Json]:
    return [
        {"callback_id": shortcut.callback_id, "name": shortcut.name}
        for shortcut in app.shortcuts
        if shortcut.kind == kind
    ]


def clock(told: Clock) -> Json:
    """The clock: its time, and how many seconds it is ahead of real time."""
    return {"now": told.now().isoformat(), "offset_seconds": told.offset.total_seconds()}


def person(user: User) -> Json:
    """A person for the persona switcher, mentions and selects."""
    return {
        "id": user.id,
        "handle": user.handle,
        "name": user.shown_name,
        "title": user.title,
        "locale": user.locale,
        "tz": user.tz,
        "avatar": _avatar(user.avatar),
    }


def channel(workspace: Workspace, told: Channel, user: str) -> Json:
    """A conversation in the person's sidebar."""
    kind = "channel"
    if told.kind == "im":
        kind = "app" if workspace.app.bot_user in told.members else "dm"
    return {
        "id": told.id,
        "name": told.name,
        "kind": kind,
        "unread": unread(told, user),
        "members": list(told.members),
        "topic": told.topic,
        "is_private": told.kind == "private",
        "is_archived": told.archived,
    }


def unread(told: Channel, user: str) -> int:
    """How many messages of others the person has not seen; thread replies do not count."""
    start = bisect.bisect_right(told.timeline, told.last_read.get(user, ""))
    found = (told.messages[ts] for ts in told.timeline[start:])
    return sum(each.user != user and (not each.is_reply or each.broadcast) for each in found)


def attention(workspace: Workspace) -> dict[str, int]:
    """How many direct messages wait for each person."""
    counts = {user.id: 0 for user in workspace.users.values() if not user.is_bot}
    for told in workspace.channels.values():
        if told.kind == "im":
            for member in told.members:
                if member in counts:
                    counts[member] += unread(told, member)
    return counts


def message(workspace: Workspace, told: Message, user: str) -> Json:
    """A message as one person sees it."""
    body: Json = {
        "ts": told.ts,
        "channel": told.channel,
        "user": told.user,
        "bot": told.bot_id is not None,
        "text": told.text,
        "blocks": told.blocks,
        "reply_count": len(told.replies),
        "edited": told.edited is not None and not told.blocks,
        "ephemeral": told.ephemeral_to is not None,
    }
    for part in ("thread_ts", "subtype", "username", "icon_emoji"):
        if getattr(told, part):
            body[part] = getattr(told, part)
    if told.attachments:
        body["attachments"] = told.attachments
    if told.broadcast:
        body["broadcast"] = True
    if told.files:
        body["files"] = [file(each) for each in told.files]
    if told.reactions:
        body["reactions"] = [
            {"name": name, "count": len(users), "users": users}
            for name, users in told.reactions.items()
        ]
    state = workspace.message_states.get((user, told.ts))
    if state:
        body["state"] = {"values": state}
    return body


def file(told: File) -> Json:
    """A file with an address from which the page can show it."""
    return {
        "id": told.id,
        "name": told.name,
        "title": told.title,
        "mimetype": told.mimetype,
        "size": len(told.content),
        "url": f"/ui/files/{told.id}",
    }


def view(workspace: Workspace, told: View) -> Json:
    """A modal or Home tab with what was entered and what is wrong."""
    return {
        "id": told.id,
        "view": workspace.modals.to_slack(told),
        "errors": told.errors,
        "state": told.state,
        "busy": told.busy,
    }


def _avatar(avatar: Avatar) -> Json:
    shown: Json = {"color": avatar.color, "initials": avatar.initials}
    if avatar.emoji:
        shown["emoji"] = avatar.emoji
    return shown
