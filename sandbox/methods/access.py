"""Which channels, messages and people the bot may reach."""

from sandbox.args import Args
from sandbox.model import Channel, Json, Message, SlackError, User
from sandbox.workspace import Workspace


def channel(workspace: Workspace, args: Args) -> Channel:
    """The channel whose id is given, as far as the bot can see it.

    Raises SlackError channel_not_found.
    """
    ref = args.required("channel", "channel_not_found")
    found = workspace.channels.get(ref)
    if found is None or not visible(workspace, found):
        raise SlackError("channel_not_found")
    return found


def joined_channel(workspace: Workspace, args: Args) -> Channel:
    """As `channel`, and the bot is a member. Raises SlackError not_in_channel."""
    found = channel(workspace, args)
    if workspace.app.bot_user not in found.members:
        raise SlackError("not_in_channel")
    return found


def target(workspace: Workspace, args: Args) -> Channel:
    """Where chat.postMessage goes: a channel's id or name, or a user's id (their DM).

    Raises SlackError channel_not_found, cannot_dm_bot, not_in_channel, is_archived,
    messages_tab_disabled.
    """
    ref = args.required("channel", "channel_not_found")
    user = workspace.users.get(ref)
    if user is not None:
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
        if user.deleted:
            raise SlackError("channel_not_found")
        return _open_tab(workspace, workspace.app_dm(user.id))
    found = workspace.channels.get(ref) or workspace.channel_named(ref.removeprefix("#"))
    if found is None or not visible(workspace, found):
        raise SlackError("channel_not_found")
    may_post = workspace.app.bot_user in found.members or (
        found.kind == "public"
        and workspace.app.installed
        and workspace.app.may(("chat:write.public",))
    )
    if not may_post:
        raise SlackError("not_in_channel")
    if found.archived:
        raise SlackError("is_archived")
    if found.kind == "im" and any(workspace.users[each].deleted for each in found.members):
        raise SlackError("channel_not_found")
    return _open_tab(workspace, found)


def message(found: Channel, ts: str | None) -> Message:
    """A message of the channel that everybody sees. Raises SlackError message_not_found."""
    message_or_none = found.messages.get(ts or "")
    if message_or_none is None:
        raise SlackError("message_not_found")
    return message_or_none


def user(workspace: Workspace, ref: str) -> User:
    """A person by id. Raises SlackError user_not_found."""
    found = workspace.users.get(ref)
    if found is None:
        raise SlackError("user_not_found")
    return found


def described(workspace: Workspace, found: Channel) -> Json:
    """The conversation object as the bot sees it."""
    return found.to_slack(workspace.app.bot_user, workspace.team.id)


def visible(workspace: Workspace, found: Channel) -> bool:
    """Whether the bot knows that the channel exists."""
    return found.kind == "public" or workspace.app.bot_user in found.members


def _open_tab(workspace: Workspace, found: Channel) -> Channel:
    if found.kind == "im" and workspace.app.messages_tab == "off":
        raise SlackError("messages_tab_disabled")
    return found
