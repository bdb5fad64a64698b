"""auth.*, users.*, bots.* and team.*."""

from sandbox.args import Args
from sandbox.methods import access
from sandbox.methods.paging import page
from sandbox.model import Json, SlackError, User
from sandbox.workspace import Workspace


def api_test(_workspace: Workspace, args: Args) -> Json:
    """api.test: repeats the arguments. Raises SlackError with the `error` that is asked for."""
    error = args.text("error")
    if error:
        raise SlackError(error, args=args.values)
    return {"args": args.values}


def auth_test(workspace: Workspace, _args: Args) -> Json:
    """auth.test."""
    return {
        "url": f"https://{workspace.team.domain}.slack.com/",
        "team": workspace.team.name,
        "user": workspace.bot.handle,
        "team_id": workspace.team.id,
        "user_id": workspace.app.bot_user,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    }


def team_info(workspace: Workspace, args: Args) -> Json:
    """team.info."""
    team = args.text("team")
    if team and team != workspace.team.id:
        raise SlackError("team_not_found")
    return {"team": workspace.team.to_slack()}


def bots_info(workspace: Workspace, args: Args) -> Json:
    """bots.info."""
    wanted = args.text("bot")
    if wanted and wanted != workspace.app.bot_id:
        raise SlackError("bot_not_found")
    bot = {
        "id": workspace.app.bot_id,
        "deleted": False,
        "name": workspace.app.name,
        "updated": 1700000000,
        "app_id": workspace.app.id,
        "user_id": workspace.app.bot_user,
        "icons": {},
    }
    return {"bot": bot}


def users_info(workspace: Workspace, args: Args) -> Json:
    """users.info."""
    user = access.user(workspace, args.required("user", "user_not_found"))
    return {"user": _described(workspace, user, args)}


def users_list(workspace: Workspace, args: Args) -> Json:
    """users.list."""
    part, metadata = page(list(workspace.users.values()), args, default=1000)
    return {
        "members": [_described(workspace, user, args) for user in part],
        "cache_ts": workspace.epoch(),
        "response_metadata": metadata,
    }


def users_lookup_by_email(workspace: Workspace, args: Args) -> Json:
    """users.lookupByEmail."""
    email = args.required("email", "users_not_found").lower()
    for user in workspace.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"user": _described(workspace, user, args)}
    raise SlackError("users_not_found")


def users_profile_get(workspace: Workspace, args: Args) -> Json:
    """users.profile.get."""
    user = access.user(workspace, args.text("user") or workspace.app.bot_user)
    return {"profile": _described(workspace, user, args)["profile"]}


def users_get_presence(workspace: Workspace, args: Args) -> Json:
    """users.getPresence."""
    access.user(workspace, args.text("user") or workspace.app.bot_user)
    return {"presence": "active"}


def users_conversations(workspace: Workspace, args: Args) -> Json:
    """users.conversations: channels of a person that the bot can see."""
    user = access.user(workspace, args.text("user") or workspace.app.bot_user)
    bot = workspace.app.bot_user
    kinds = {
        {"public_channel": "public", "private_channel": "private"}.get(kind, kind)
        for kind in args.words("types") or ["public_channel"]
    }
    channels = [
        each
        for each in workspace.channels.values()
        if each.kind in kinds
        and user.id in each.members
        and (each.kind == "public" or bot in each.members)
        and not (args.flag("exclude_archived") and each.archived)
    ]
    part, metadata = page(channels, args)
    described = [access.described(workspace, each) for each in part]
    return {"channels": described, "response_metadata": metadata}


def _described(workspace: Workspace, user: User, args: Args) -> Json:
    described = user.to_slack(
        workspace.team.id, workspace.clock.now(), include_locale=args.flag("include_locale")
    )
    if not workspace.app.may(("users:read.email",)):
        del described["profile"]["email"]
    return described
