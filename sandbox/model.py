"""What the workspace is made of: people, channels, messages, views, files and the app."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

Json = dict[str, Any]
State = dict[str, dict[str, Json]]
ChannelKind = Literal["public", "private", "im"]


class SlackError(Exception):
    """A refusal in Slack's manner: `code`, and `messages` for the response_metadata."""

    def __init__(self, code: str, *messages: str, **extra: Any) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = list(messages)
        self.extra = extra

    def answer(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something of the app's that Slack would have refused for its content."""

    where: str
    code: str
    messages: list[str]
    content: Any


@dataclass(slots=True)
class Team:
    """The workspace as Slack's team object sees it."""

    id: str
    name: str
    domain: str

    def to_slack(self) -> Json:
        """The object that team.info returns."""
        return {
            "id": self.id,
            "name": self.name,
            "domain": self.domain,
            "url": f"https://{self.domain}.slack.com/",
            "email_domain": f"{self.domain}.example",
            "icon": {"image_default": True},
            "is_verified": False,
        }


@dataclass(slots=True)
class Avatar:
    """How a person is drawn on the page."""

    color: str
    initials: str
    emoji: str | None = None


@dataclass(slots=True)
class User:
    """A person, or the app's bot user. `team` is another company's, in a channel shared with it."""

    id: str
    handle: str
    name: str
    title: str = ""
    locale: str = "en-US"
    tz: str = "UTC"
    display_name: str = ""
    email: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_guest: bool = False
    deleted: bool = False
    team: str | None = None
    avatar: Avatar = field(default_factory=lambda: Avatar("#616061", "?"))

    @property
    def shown_name(self) -> str:
        """The name that others see."""
        return self.display_name or self.name

    def to_slack(self, team_id: str, now: datetime, *, include_locale: bool) -> Json:
        """The object that users.info returns."""
        local = now.astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        user: Json = {
            "id": self.id,
            "team_id": self.team or team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "color": self.avatar.color.removeprefix("#"),
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": local.tzname() or self.tz,
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
            "profile": {
                "title": self.title,
                "phone": "",
                "real_name": self.name,
                "real_name_normalized": self.name,
                "display_name": self.display_name,
                "display_name_normalized": self.display_name,
                "email": self.email,
                "team": self.team or team_id,
            },
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": self.is_owner,
            "is_restricted": self.is_guest,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1700000000,
        }
        if include_locale:
            user["locale"] = self.locale
        return user


@dataclass(frozen=True, slots=True)
class Share:
    """Where a file was shared: in which channel, by which message."""

    channel: str
    kind: ChannelKind
    ts: str
    thread_ts: str | None


@dataclass(slots=True)
class File:
    """A file: `mode` is "pending" until files.completeUploadExternal.

    `address` is where the workspace is served; `submitted` is a file of a form that the app got.
    """

    id: str
    name: str
    title: str
    user: str
    created: int
    size: int
    mimetype: str = "application/octet-stream"
    content: bytes = b""
    address: str = ""
    mode: Literal["pending", "uploaded", "hosted"] = "pending"
    shares: list[Share] = field(default_factory=list)
    submitted: bool = False

    @property
    def channels(self) -> list[str]:
        """The channels in which it was shared, each once."""
        return list(dict.fromkeys(share.channel for share in self.shares))

    @property
    def filetype(self) -> str:
        """Slack's word for its kind: what follows the last dot of its name."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"

    @property
    def permalink(self) -> str:
        """The address by which people, and messages, refer to it."""
        return f"{self.address}/files/{self.user}/{self.id}/{quote(self.name)}"

    def to_slack(self) -> Json:
        """The file object."""
        private = f"{self.address}/files-pri/{self.id}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": self.filetype.upper(),
            "user": self.user,
            "editable": False,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": any(share.kind == "public" for share in self.shares),
            "public_url_shared": False,
            "display_as_bot": False,
            "url_private": f"{private}/{quote(self.name)}",
            "url_private_download": f"{private}/download/{quote(self.name)}",
            "permalink": self.permalink,
            "channels": self._shared_in("public"),
            "groups": self._shared_in("private"),
            "ims": self._shared_in("im"),
            "shares": self._described_shares(),
        }

    def _shared_in(self, kind: ChannelKind) -> list[str]:
        return list(dict.fromkeys(each.channel for each in self.shares if each.kind == kind))

    def _described_shares(self) -> Json:
        described: Json = {}
        for share in self.shares:
            where = described.setdefault("public" if share.kind == "public" else "private", {})
            place: Json = {"ts": share.ts}
            if share.thread_ts:
                place["thread_ts"] = share.thread_ts
            where.setdefault(share.channel, []).append(place)
        return described


@dataclass(slots=True)
class Message:
    """A message in a channel; `ephemeral_to` names the one person who sees it, if so."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    bot_id: str | None = None
    app_id: str | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    broadcast: bool = False
    edited: Json | None = None
    metadata: Json | None = None
    ephemeral_to: str | None = None
    files: list[File] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    replies: list[str] = field(default_factory=list)
    username: str | None = None
    icon_emoji: str | None = None
    client_msg_id: str | None = None

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks and those of its attachments."""
        if not self.attachments:
            return self.blocks
        more = [block for part in self.attachments for block in part.get("blocks", ())]
        return [*self.blocks, *more]

    @property
    def is_reply(self) -> bool:
        """Whether it lies in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def to_slack(self, team_id: str, *, with_metadata: bool = False) -> Json:
        """The message object, as in history, events and interaction payloads."""
        body: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.subtype:
            body["subtype"] = self.subtype
        if self.bot_id:
            body |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.client_msg_id:
            body["client_msg_id"] = self.client_msg_id
        body["team"] = team_id
        if self.blocks:
            body["blocks"] = self.blocks
        if self.attachments:
            body["attachments"] = self.attachments
        if self.username:
            body["username"] = self.username
        if self.icon_emoji:
            body["icons"] = {"emoji": self.icon_emoji}
        if self.edited:
            body["edited"] = self.edited
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.files:
            body["files"] = [file.to_slack() for file in self.files]
            body["upload"] = self.subtype == "file_share"
        if self.reactions:
            body["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in self.reactions.items()
            ]
        if self.metadata:
            if with_metadata:
                body["metadata"] = self.metadata
            else:
                body["metadata"] = {"event_type": self.metadata["event_type"]}
        return body


@dataclass(slots=True)
class Channel:
    """A channel or a direct conversation, with what was said in it."""

    id: str
    name: str
    kind: ChannelKind
    members: list[str] = field(default_factory=list)
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    archived: bool = False
    is_shared: bool = False  # with another company
    messages: dict[str, Message] = field(default_factory=dict)
    timeline: list[str] = field(default_factory=list)
    ephemerals: dict[str, Message] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)

    def to_slack(self, viewer: str, team_id: str, *, include_locale: bool = False) -> Json:
        """The conversation object as `viewer` sees it."""
        body: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_private": self.kind != "public",
            "is_org_shared": False,
            "context_team_id": team_id,
            "updated": self.created * 1000,
        }
        if include_locale:
            body["locale"] = "en-US"
        if self.kind == "im":
            others = [member for member in self.members if member != viewer]
            body |= {"user": others[0] if others else viewer, "is_user_deleted": False}
            return body
        stamp = {"creator": self.creator, "last_set": self.created}
        body |= {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "public",
            "is_group": self.kind == "private",
            "is_general": self.name == "general",
            "is_shared": self.is_shared,
            "is_ext_shared": self.is_shared,
            "is_pending_ext_shared": False,
            "is_member": viewer in self.members,
            "creator": self.creator,
            "topic": {"value": self.topic, **stamp},
            "purpose": {"value": self.purpose, **stamp},
            "num_members": len(self.members),
        }
        return body


@dataclass(slots=True)
class View:
    """A modal or an App Home tab, with what its person has entered so far."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: State = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    open: bool = True

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks, with the ids that Slack filled in."""
        blocks: list[Json] = self.body["blocks"]
        return blocks
