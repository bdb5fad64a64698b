"""chat.*: posting, changing and deleting messages."""

import json

from sandbox.args import Args
from sandbox.methods import access
from sandbox.model import Channel, File, Json, Message, SlackError
from sandbox.validation import POST_TEXT_LIMIT, UPDATE_TEXT_LIMIT, message_content
from sandbox.workspace import Draft, Workspace


def post_message(workspace: Workspace, args: Args) -> Json:
    """chat.postMessage."""
    channel = access.target(workspace, args)
    draft = _draft(args, POST_TEXT_LIMIT)
    _check_thread(channel, draft)
    draft.files = _linked_files(workspace, draft)
    message = workspace.post(channel, workspace.app.bot_user, draft)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": message.to_slack(workspace.team.id, with_metadata=True),
    }


def post_ephemeral(workspace: Workspace, args: Args) -> Json:
    """chat.postEphemeral."""
    channel = access.target(workspace, args)
    user = workspace.users.get(args.required("user", "user_not_in_channel"))
    if user is None or user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    draft = _draft(args, POST_TEXT_LIMIT)
    _check_thread(channel, draft)
    message = workspace.post(channel, workspace.app.bot_user, draft, ephemeral_to=user.id)
    return {"message_ts": message.ts}


def update(workspace: Workspace, args: Args) -> Json:
    """chat.update: own messages only.

    What is not given stays, except that new text without blocks removes the blocks; an empty
    metadata object removes the metadata.
    """
    channel = access.joined_channel(workspace, args)
    if channel.archived:
        raise SlackError("is_inactive")
    message = _own_message(workspace, channel, args, "cant_update_message")
    keep = {part for part in ("text", "attachments", "metadata") if not args.has(part)}
    if not args.has("blocks") and not args.has("text"):
        keep.add("blocks")
    if args.json("metadata", "invalid_metadata_format") == {}:
        args.values["metadata"] = None
    draft = _draft(args, UPDATE_TEXT_LIMIT)
    workspace.edit(message, draft, keep=frozenset(keep))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.to_slack(workspace.team.id, with_metadata=True),
    }


def delete(workspace: Workspace, args: Args) -> Json:
    """chat.delete: own messages only."""
    channel = access.joined_channel(workspace, args)
    message = _own_message(workspace, channel, args, "cant_delete_message")
    workspace.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(workspace: Workspace, args: Args) -> Json:
    """chat.getPermalink."""
    channel = access.channel(workspace, args)
    message = access.message(channel, args.required("message_ts", "message_not_found"))
    address = f"https://{workspace.team.domain}.slack.com/archives/{channel.id}/p"
    address += message.ts.replace(".", "")
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


def _draft(args: Args, text_limit: int) -> Draft:
    draft = message_content(args, text_limit)
    draft.thread_ts = args.text("thread_ts") or None
    draft.broadcast = args.flag("reply_broadcast")
    draft.username = args.text("username")
    draft.icon_emoji = args.text("icon_emoji")
    return draft


def _check_thread(channel: Channel, draft: Draft) -> None:
    if draft.thread_ts is None:
        return
    parent = channel.messages.get(draft.thread_ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        draft.thread_ts = parent.thread_ts


def _linked_files(workspace: Workspace, draft: Draft) -> list[File]:
    """The files whose permalinks stand in the message: that is how an app shares one it keeps."""
    if not workspace.files:
        return []
    words = draft.text + json.dumps(draft.blocks, ensure_ascii=False)
    return [
        file
        for file in workspace.files.values()
        if file.mode == "hosted" and file.permalink in words and workspace.app_sees(file)
    ]


def _own_message(workspace: Workspace, channel: Channel, args: Args, error: str) -> Message:
    message = access.message(channel, args.required("ts", "message_not_found"))
    if message.user != workspace.app.bot_user:
        raise SlackError(error)
    return message
