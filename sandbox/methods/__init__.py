"""The Web API methods that the workspace has, each with the scopes that it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.args import Args
from sandbox.methods import blocks, chat, conversations, files, history, marks, people, views
from sandbox.model import Json
from sandbox.workspace import Workspace

Tier = Literal[1, 2, 3, 4, "post", "auth"]


@dataclass(frozen=True, slots=True)
class Method:
    """One Web API method; the bot needs any one of `scopes` (none named: no scope)."""

    call: Callable[[Workspace, Args], Json]
    scopes: tuple[str, ...] = ()
    tier: Tier = 3


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_MANAGE = ("channels:manage", "groups:write", "im:write", "mpim:write")
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
    "conversations.archive": Method(conversations.archive, _MANAGE, 2),
    "conversations.create": Method(conversations.create, _MANAGE, 2),
    "conversations.history": Method(history.history, _HISTORY),
    "conversations.info": Method(conversations.info, _READ),
    "conversations.invite": Method(
        conversations.invite, ("channels:write.invites", "groups:write.invites", *_MANAGE)
    ),
    "conversations.join": Method(conversations.join, ("channels:join",)),
    "conversations.kick": Method(conversations.kick, _MANAGE),
    "conversations.leave": Method(conversations.leave, _MANAGE),
    "conversations.list": Method(conversations.list_, _READ, 2),
    "conversations.members": Method(conversations.members, _READ, 4),
    "conversations.open": Method(conversations.open_, _MANAGE),
    "conversations.rename": Method(conversations.rename, _MANAGE, 2),
    "conversations.replies": Method(history.replies, _HISTORY),
    "conversations.setPurpose": Method(
        conversations.set_purpose, ("channels:write.topic", "groups:write.topic", *_MANAGE), 2
    ),
    "conversations.setTopic": Method(
        conversations.set_topic, ("channels:write.topic", "groups:write.topic", *_MANAGE), 2
    ),
    "conversations.unarchive": Method(conversations.unarchive, _MANAGE, 2),
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
    "users.conversations": Method(people.users_conversations, _READ),
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
