"""Reactions, pins, bookmarks and canvases: what is put on messages and channels."""

import re

from sandbox.args import Args
from sandbox.changes import ReactionAdded
from sandbox.methods import access
from sandbox.model import Channel, Json, Message, Share, SlackError
from sandbox.workspace import Workspace

_EMOJI = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")
_TIMESTAMP = re.compile(r"\d{1,10}\.\d{1,6}")
_MOST_REACTIONS = 23
_MOST_BOOKMARKS = 100


def add_reaction(workspace: Workspace, args: Args) -> Json:
    """reactions.add."""
    name, message = _reaction(workspace, args)
    users = message.reactions.get(name, [])
    if workspace.app.bot_user in users:
        raise SlackError("already_reacted")
    if name not in message.reactions and len(message.reactions) >= _MOST_REACTIONS:
        raise SlackError("too_many_emoji")
    message.reactions.setdefault(name, []).append(workspace.app.bot_user)
    workspace.changes.emit(ReactionAdded(message, workspace.app.bot_user, name))
    return {}


def remove_reaction(workspace: Workspace, args: Args) -> Json:
    """reactions.remove."""
    name, message = _reaction(workspace, args)
    users = message.reactions.get(name, [])
    if workspace.app.bot_user not in users:
        raise SlackError("no_reaction")
    users.remove(workspace.app.bot_user)
    if not users:
        del message.reactions[name]
    workspace.changes.emit(ReactionAdded(message, workspace.app.bot_user, name, removed=True))
    return {}


def get_reactions(workspace: Workspace, args: Args) -> Json:
    """reactions.get."""
    channel = _channel_of_item(workspace, args)
    message = _item(channel, args)
    return {
        "type": "message",
        "channel": channel.id,
        "message": message.to_slack(workspace.team.id),
    }


def add_pin(workspace: Workspace, args: Args) -> Json:
    """pins.add."""
    channel = access.joined_channel(workspace, args)
    message = _item(channel, args)
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    channel.pins.append(message.ts)
    workspace.touch(channel)
    return {}


def remove_pin(workspace: Workspace, args: Args) -> Json:
    """pins.remove."""
    channel = access.joined_channel(workspace, args)
    message = _item(channel, args)
    if message.ts not in channel.pins:
        raise SlackError("no_pin")
    channel.pins.remove(message.ts)
    workspace.touch(channel)
    return {}


def list_pins(workspace: Workspace, args: Args) -> Json:
    """pins.list."""
    channel = access.joined_channel(workspace, args)
    return {
        "items": [
            {
                "type": "message",
                "channel": channel.id,
                "created_by": workspace.app.bot_user,
                "message": channel.messages[ts].to_slack(workspace.team.id),
            }
            for ts in channel.pins
            if ts in channel.messages
        ]
    }


def add_bookmark(workspace: Workspace, args: Args) -> Json:
    """bookmarks.add: links only."""
    channel = _bookmarked_channel(workspace, args)
    title = args.required("title")
    if args.required("type") != "link":
        raise SlackError("invalid_bookmark_type")
    link = _link(args)
    if len(channel.bookmarks) >= _MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    bookmark = {
        "id": workspace.ids.new("Bk"),
        "channel_id": channel.id,
        "title": title,
        "link": link,
        "emoji": args.text("emoji") or "",
        "type": "link",
        "entity_id": None,
        "date_created": workspace.epoch(),
        "date_updated": 0,
        "rank": "U",
        "app_id": workspace.app.id,
    }
    channel.bookmarks.append(bookmark)
    workspace.touch(channel)
    return {"bookmark": bookmark}


def edit_bookmark(workspace: Workspace, args: Args) -> Json:
    """bookmarks.edit."""
    channel = _bookmarked_channel(workspace, args)
    bookmark = _bookmark(channel, args)
    if args.has("link"):
        bookmark["link"] = _link(args)
    for part in ("title", "emoji"):
        if args.has(part):
            bookmark[part] = args.text(part)
    bookmark["date_updated"] = workspace.epoch()
    workspace.touch(channel)
    return {"bookmark": bookmark}


def list_bookmarks(workspace: Workspace, args: Args) -> Json:
    """bookmarks.list."""
    return {"bookmarks": _bookmarked_channel(workspace, args).bookmarks}


def remove_bookmark(workspace: Workspace, args: Args) -> Json:
    """bookmarks.remove."""
    channel = _bookmarked_channel(workspace, args)
    channel.bookmarks.remove(_bookmark(channel, args))
    workspace.touch(channel)
    return {}


def create_canvas(workspace: Workspace, args: Args) -> Json:
    """canvases.create: kept as a file of markdown."""
    content = args.json("document_content", "invalid_arguments")
    markdown = ""
    if content is not None:
        if not isinstance(content, dict) or content.get("type") != "markdown":
            raise SlackError("canvas_creation_failed", detail="document_content needs markdown")
        markdown = str(content.get("markdown", ""))
    title = args.text("title") or "Untitled"
    canvas = workspace.add_file(title, workspace.app.bot_user, markdown.encode(), "text/markdown")
    canvas.mode = "hosted"
    if args.has("channel_id"):
        channel = _bookmarked_channel(workspace, args)
        canvas.shares.append(Share(channel.id, channel.kind, workspace.next_ts(), None))
    return {"canvas_id": canvas.id}


def _reaction(workspace: Workspace, args: Args) -> tuple[str, Message]:
    name = args.text("name") or ""
    if not _EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    channel = _channel_of_item(workspace, args)
    if channel.archived:
        raise SlackError("is_archived")
    return name, _item(channel, args)


def _channel_of_item(workspace: Workspace, args: Args) -> Channel:
    if not args.has("channel") or not args.has("timestamp"):
        raise SlackError("no_item_specified")
    return access.joined_channel(workspace, args)


def _item(channel: Channel, args: Args) -> Message:
    ts = args.required("timestamp", "no_item_specified")
    if not _TIMESTAMP.fullmatch(ts):
        raise SlackError("bad_timestamp")
    return access.message(channel, ts)


def _bookmarked_channel(workspace: Workspace, args: Args) -> Channel:
    named = Args({"channel": args.required("channel_id", "channel_not_found")})
    return access.joined_channel(workspace, named)


def _link(args: Args) -> str:
    link = args.required("link", "invalid_link")
    if not link.startswith(("http://", "https://")):
        raise SlackError("invalid_link")
    return link


def _bookmark(channel: Channel, args: Args) -> Json:
    wanted = args.required("bookmark_id", "not_found")
    for bookmark in channel.bookmarks:
        if bookmark["id"] == wanted:
            return bookmark
    raise SlackError("not_found")
