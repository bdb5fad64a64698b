"""Scopes that depend on the kind of conversation: channels:…, groups:…, im:…."""

from collections.abc import Mapping
from typing import Literal

from sandbox.args import Args
from sandbox.model import ChannelKind
from sandbox.workspace import Workspace

Purpose = Literal["read", "history", "manage", "topic", "invite"]
Scopes = tuple[str, ...]

_BY_KIND: Mapping[Purpose, Mapping[ChannelKind, Scopes]] = {
    "read": {"public": ("channels:read",), "private": ("groups:read",), "im": ("im:read",)},
    "history": {
        "public": ("channels:history",),
        "private": ("groups:history",),
        "im": ("im:history",),
    },
    "manage": {"public": ("channels:manage",), "private": ("groups:write",), "im": ("im:write",)},
    "topic": {
        "public": ("channels:write.topic", "channels:manage"),
        "private": ("groups:write.topic", "groups:write"),
        "im": ("im:write.topic", "im:write"),
    },
    "invite": {
        "public": ("channels:write.invites", "channels:manage"),
        "private": ("groups:write.invites", "groups:write"),
        "im": ("im:write",),
    },
}
_TYPES: Mapping[str, ChannelKind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
}


def accepted(purpose: Purpose) -> Scopes:
    """All scopes that may serve a purpose."""
    return tuple(scope for scopes in _BY_KIND[purpose].values() for scope in scopes)


def needed(purpose: Purpose, name: str, workspace: Workspace, args: Args) -> list[Scopes]:
    """For each kind of conversation that a call is about: the scopes of which it needs one."""
    return [_BY_KIND[purpose][kind] for kind in _kinds(name, workspace, args)]


def _kinds(name: str, workspace: Workspace, args: Args) -> list[ChannelKind]:
    if name in ("conversations.list", "users.conversations"):
        types = args.words("types") or ["public_channel"]
        return [_TYPES[each] for each in types if each in _TYPES]
    if name == "conversations.open":
        return ["im"]
    if name == "conversations.create":
        return ["private" if args.flag("is_private") else "public"]
    channel = workspace.channels.get(args.text("channel") or "")
    return [channel.kind] if channel else ["public"]
