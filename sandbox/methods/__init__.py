"""The Web API methods that the workspace has, each with the scopes that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.args import Args
from sandbox.methods import blocks, chat, conversations, files, history, marks, people, views
from sandbox.methods.scopes import Purpose, Scopes, accepted, needed
from sandbox.model import Json
from sandbox.workspace import Workspace

Tier = Literal[1, 2, 3, 4, "post", "auth"]


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method.

    The bot needs any one of `scopes` (none named: no scope); where a purpose is given, those of
    them that it asks for with this kind of conversation.
    """

    call: Callable[[Workspace, Args], Json]
    scopes: tuple[str, ...] = ()
    tier: Tier = 3
    purpose: Purpose | None = None

    def needed(self, name: str, workspace: Workspace, args: Args) -> list[Scopes]:
        """The sets of scopes of each of which the bot needs one."""
        if self.purpose is None:
            return [self.scopes]
        return needed(self.purpose, name, workspace, args)


def _about(purpose: Purpose, call: Callable[[Workspace, Args], Json], tier: Tier = 3) -> Method:
    return Method(call, accepted(purpose), tier, purpose)


_WRITE = ("chat:write",)
_PEOPLE = ("users:read",)

METHODS: dict[str, Method] = {
    "api.test": Method(people.api_test, tier=4),
    "auth.test": Method(people.auth_test, tier="auth"),
    "blocks.validate": Method(blocks.validate),
    "bookmarks.add": Method(marks.add_bookmark, ("bookmarks:write",), 2),
    "bookmarks.edit": Method(marks.edit_bookmark, ("bookmarks:write",), 2),
    "bookmarks.list": Method(marks.list_bookmarks, ("bookmarks:read",)),
    "bookmarks.remove": Method(marks.remove_bookmark, ("bookmarks:write",), 2),
    "bots.info": Method(people.bots_info, _PEOPLE),
    "canvases.create": Method(marks.create_canvas, ("canvases:write",), 2),
    "chat.delete": Method(chat.delete, _WRITE),
    "chat.getPermalink": Method(chat.permalink, tier="auth"),
    "chat.postEphemeral": Method(chat.post_ephemeral, _WRITE, 4),
    "chat.postMessage": Method(chat.post_message, _WRITE, "post"),
    "chat.update": Method(chat.update, _WRITE),
    "conversations.archive": _about("manage", conversations.archive, 2),
    "conversations.create": _about("manage", conversations.create, 2),
    "conversations.history": _about("history", history.history),
    "conversations.info": _about("read", conversations.info),
    "conversations.invite": _about("invite", conversations.invite),
    "conversations.join": Method(conversations.join, ("channels:join",)),
    "conversations.kick": _about("manage", conversations.kick),
    "conversations.leave": _about("manage", conversations.leave),
    "conversations.list": _about("read", conversations.list_, 2),
    "conversations.members": _about("read", conversations.members, 4),
    "conversations.open": _about("manage", conversations.open_),
    "conversations.rename": _about("manage", conversations.rename, 2),
    "conversations.replies": _about("history", history.replies),
    "conversations.setPurpose": _about("topic", conversations.set_purpose, 2),
    "conversations.setTopic": _about("topic", conversations.set_topic, 2),
    "conversations.unarchive": _about("manage", conversations.unarchive, 2),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",), 4),
    "files.delete": Method(files.delete, ("files:write",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",), 4),
    "files.info": Method(files.info, ("files:read",), 4),
    "files.list": Method(files.list_, ("files:read",)),
    "pins.add": Method(marks.add_pin, ("pins:write",), 2),
    "pins.list": Method(marks.list_pins, ("pins:read",), 2),
    "pins.remove": Method(marks.remove_pin, ("pins:write",), 2),
    "reactions.add": Method(marks.add_reaction, ("reactions:write",)),
    "reactions.get": Method(marks.get_reactions, ("reactions:read",)),
    "reactions.remove": Method(marks.remove_reaction, ("reactions:write",), 2),
    "team.info": Method(people.team_info, ("team:read",)),
    "users.conversations": _about("read", people.users_conversations),
    "users.getPresence": Method(people.users_get_presence, _PEOPLE),
    "users.info": Method(people.users_info, _PEOPLE, 4),
    "users.list": Method(people.users_list, _PEOPLE, 2),
    "users.lookupByEmail": Method(people.users_lookup_by_email, ("users:read.email",)),
    "users.profile.get": Method(people.users_profile_get, ("users.profile:read",), 4),
    "views.open": Method(views.open_, tier=4),
    "views.publish": Method(views.publish, tier=4),
    "views.push": Method(views.push, tier=4),
    "views.update": Method(views.update, tier=4),
}
