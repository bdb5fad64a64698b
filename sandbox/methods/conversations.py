"""conversations.*: channels, their members and DMs."""

import re

from sandbox.args import Args
from sandbox.methods import access
from sandbox.methods.paging import page
from sandbox.model import Channel, Json, SlackError
from sandbox.workspace import Workspace

_NAME = re.compile(r"[^A-Z\s.,!?'\"@#$%^&*()+=\[\]{}<>/\\|~`:;]{1,80}")
_TEXT_LIMIT = 250


def list_(workspace: Workspace, args: Args) -> Json:
    """conversations.list."""
    kinds = _kinds(args)
    channels = [each for each in _reachable(workspace) if each.kind in kinds]
    if args.flag("exclude_archived"):
        channels = [each for each in channels if not each.archived]
    part, metadata = page(channels, args)
    return {
        "channels": [access.described(workspace, each) for each in part],
        "response_metadata": metadata,
    }


def info(workspace: Workspace, args: Args) -> Json:
    """conversations.info."""
    channel = access.channel(workspace, args)
    described = channel.to_slack(
        workspace.app.bot_user, workspace.team.id, include_locale=args.flag("include_locale")
    )
    if not args.flag("include_num_members"):
        described.pop("num_members", None)
    return {"channel": described}


def members(workspace: Workspace, args: Args) -> Json:
    """conversations.members."""
    channel = access.channel(workspace, args)
    part, metadata = page(channel.members, args)
    return {"members": part, "response_metadata": metadata}


def open_(workspace: Workspace, args: Args) -> Json:
    """conversations.open: the DM with one person."""
    if args.has("channel"):
        channel = access.channel(workspace, args)
        if channel.kind != "im":
            raise SlackError("channel_not_found")
        return {"channel": access.described(workspace, channel)}
    users = args.words("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    user = access.user(workspace, users[0])
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("user_disabled")
    already = workspace.has_dm(user.id, workspace.app.bot_user)
    channel = workspace.app_dm(user.id)
    described = (
        access.described(workspace, channel) if args.flag("return_im") else {"id": channel.id}
    )
    return {"no_op": already, "already_open": already, "channel": described}


def create(workspace: Workspace, args: Args) -> Json:
    """conversations.create."""
    name = args.required("name", "invalid_name_required")
    if len(name) > 80:
        raise SlackError("invalid_name_maxlength")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")
    if not any(letter.isalnum() for letter in name):
        raise SlackError("invalid_name_punctuation")
    bot = workspace.app.bot_user
    channel = workspace.add_channel(
        name,
        kind="private" if args.flag("is_private") else "public",
        members=[bot],
        creator=bot,
    )
    return {"channel": access.described(workspace, channel)}


def join(workspace: Workspace, args: Args) -> Json:
    """conversations.join: public channels only."""
    channel = access.channel(workspace, args)
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    answer: Json = {"channel": access.described(workspace, channel)}
    if not workspace.join(channel, workspace.app.bot_user):
        answer |= {"warning": "already_in_channel"}
    answer["channel"] = access.described(workspace, channel)
    return answer


def invite(workspace: Workspace, args: Args) -> Json:
    """conversations.invite."""
    channel = _own_channel(workspace, args)
    users = args.words("users")
    if not users:
        raise SlackError("no_user")
    for ref in users:
        user = access.user(workspace, ref)
        if user.id == workspace.app.bot_user:
            raise SlackError("cant_invite_self")
        if user.id in channel.members:
            raise SlackError("already_in_channel")
        if user.deleted:
            raise SlackError("cant_invite")
    for ref in users:
        workspace.join(channel, ref)
    return {"channel": access.described(workspace, channel)}


def kick(workspace: Workspace, args: Args) -> Json:
    """conversations.kick."""
    channel = _own_channel(workspace, args)
    user = access.user(workspace, args.required("user", "user_not_found"))
    if user.id == workspace.app.bot_user:
        raise SlackError("cant_kick_self")
    if not workspace.leave(channel, user.id):
        raise SlackError("not_in_channel")
    return {}


def leave(workspace: Workspace, args: Args) -> Json:
    """conversations.leave."""
    channel = access.channel(workspace, args)
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.name == "general":
        raise SlackError("cant_leave_general")
    if not workspace.leave(channel, workspace.app.bot_user):
        return {"not_in_channel": True}
    return {}


def archive(workspace: Workspace, args: Args) -> Json:
    """conversations.archive."""
    channel = _own_channel(workspace, args, archived="already_archived")
    if channel.name == "general":
        raise SlackError("cant_archive_general")
    channel.archived = True
    workspace.touch(channel)
    return {}


def unarchive(workspace: Workspace, args: Args) -> Json:
    """conversations.unarchive."""
    channel = access.channel(workspace, args)
    if not channel.archived:
        raise SlackError("not_archived")
    channel.archived = False
    workspace.touch(channel)
    return {}


def rename(workspace: Workspace, args: Args) -> Json:
    """conversations.rename."""
    channel = _own_channel(workspace, args)
    name = args.required("name", "invalid_name_required")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")
    taken = workspace.channel_named(name)
    if taken is not None and taken is not channel:
        raise SlackError("name_taken")
    channel.name = name
    workspace.touch(channel)
    return {"channel": access.described(workspace, channel)}


def set_topic(workspace: Workspace, args: Args) -> Json:
    """conversations.setTopic."""
    channel = _own_channel(workspace, args)
    topic = args.text("topic") or ""
    if len(topic) > _TEXT_LIMIT:
        raise SlackError("too_long")
    channel.topic = topic
    workspace.touch(channel)
    return {"channel": access.described(workspace, channel)}


def set_purpose(workspace: Workspace, args: Args) -> Json:
    """conversations.setPurpose."""
    channel = _own_channel(workspace, args)
    purpose = args.text("purpose") or ""
    if len(purpose) > _TEXT_LIMIT:
        raise SlackError("too_long")
    channel.purpose = purpose
    workspace.touch(channel)
    return {"channel": access.described(workspace, channel)}


def _own_channel(workspace: Workspace, args: Args, archived: str = "is_archived") -> Channel:
    channel = access.joined_channel(workspace, args)
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError(archived)
    return channel


def _kinds(args: Args) -> set[str]:
    names = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
    wanted = args.words("types") or ["public_channel"]
    if not set(wanted) <= set(names):
        raise SlackError("invalid_types")
    return {names[each] for each in wanted}


def _reachable(workspace: Workspace) -> list[Channel]:
    bot = workspace.app.bot_user
    return [
        each for each in workspace.channels.values() if each.kind == "public" or bot in each.members
    ]
