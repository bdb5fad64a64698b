"""files.*: uploads in three steps, and what is known of a file."""

from typing import Any

from sandbox.args import Args
from sandbox.methods import access
from sandbox.methods.paging import page
from sandbox.model import Channel, File, Json, SlackError
from sandbox.validation import message_content
from sandbox.workspace import Draft, Workspace

MAX_BYTES = 1_000_000_000


def get_upload_url(workspace: Workspace, args: Args) -> Json:
    """files.getUploadURLExternal: announces a file of `length` bytes."""
    name = args.text("filename")
    length = args.number("length", 0)
    if not name or length <= 0:
        raise SlackError("missing_argument")
    if length > MAX_BYTES:
        raise SlackError("file_upload_size_restricted")
    if len(args.text("alt_txt") or "") > 1000:
        raise SlackError("alt_txt_too_large")
    file = workspace.add_file(name, workspace.app.bot_user, b"")
    file.size = length
    return {"upload_url": f"{workspace.base_url}/upload/{file.id}", "file_id": file.id}


def complete_upload(workspace: Workspace, args: Args) -> Json:
    """files.completeUploadExternal: shares what was uploaded, in channels or not at all."""
    files = [_uploaded(workspace, entry) for entry in _entries(args)]
    channels = [_shared_in(workspace, ref) for ref in _channels(args)]
    thread_ts = args.text("thread_ts") or None
    if thread_ts and len(channels) > 1:
        raise SlackError("invalid_arguments", "[ERROR] thread_ts needs one channel")
    if thread_ts and any(thread_ts not in channel.messages for channel in channels):
        raise SlackError("thread_not_found")
    draft = _comment(args)
    for file in files:
        file.mode = "hosted"
    for channel in channels:
        shared = Draft(
            text=draft.text,
            blocks=draft.blocks,
            thread_ts=thread_ts,
            files=files,
            subtype="file_share",
        )
        workspace.post(channel, workspace.app.bot_user, shared)
    return {"files": [file.to_slack() for file in files]}


def info(workspace: Workspace, args: Args) -> Json:
    """files.info."""
    return {"file": _known(workspace, args).to_slack(), "comments": []}


def list_(workspace: Workspace, args: Args) -> Json:
    """files.list: files in channels of the bot, the newest first."""
    channel = args.text("channel")
    files = [
        file
        for file in reversed(workspace.files.values())
        if file.mode == "hosted"
        and workspace.app_sees(file)
        and (channel is None or channel in file.channels)
    ]
    part, metadata = page(files, args)
    described = [file.to_slack() for file in part]
    return {"files": described, "response_metadata": metadata}


def delete(workspace: Workspace, args: Args) -> Json:
    """files.delete: own files only."""
    file = _known(workspace, args)
    if file.user != workspace.app.bot_user:
        raise SlackError("cant_delete_file")
    workspace.delete_file(file)
    return {}


def _known(workspace: Workspace, args: Args) -> File:
    file = workspace.files.get(args.required("file", "file_not_found"))
    if file is None or file.mode != "hosted" or not workspace.app_sees(file):
        raise SlackError("file_not_found")
    return file


def _entries(args: Args) -> list[Any]:
    entries = args.json("files", "invalid_arguments")
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: files")
    return entries


def _uploaded(workspace: Workspace, entry: Any) -> File:
    file = workspace.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or file.mode != "uploaded":
        raise SlackError("file_not_found")
    file.title = str(entry.get("title") or file.name)
    return file


def _channels(args: Args) -> list[str]:
    one = args.text("channel_id")
    return [one] if one else args.words("channels")


def _shared_in(workspace: Workspace, ref: str) -> Channel:
    if ref in workspace.users:
        return workspace.app_dm(ref)
    channel = workspace.channels.get(ref)
    if channel is None or not access.visible(workspace, channel):
        raise SlackError("invalid_channel")
    if workspace.app.bot_user not in channel.members or channel.archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _comment(args: Args) -> Draft:
    if args.text("initial_comment"):
        return message_content(Args({"text": args.text("initial_comment")}))
    if args.has("blocks"):
        return message_content(Args({"blocks": args.values["blocks"]}))
    return Draft()
