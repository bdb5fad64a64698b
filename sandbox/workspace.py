"""The workspace itself, in memory: who is there and what was said, and the rules of both."""

import bisect
import mimetypes
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sandbox.app import App
from sandbox.blocks import complete
from sandbox.changes import (
    Changes,
    ChannelChanged,
    ClockChanged,
    Happened,
    MessageDeleted,
    MessagePosted,
)
from sandbox.clock import Clock
from sandbox.ids import Ids
from sandbox.modals import Modals
from sandbox.model import (
    Channel,
    ChannelKind,
    File,
    Json,
    Message,
    Rejection,
    Share,
    SlackError,
    State,
    Team,
    User,
)
from sandbox.triggers import Permits


@dataclass(slots=True)
class Draft:
    """The content of a message about to be posted."""

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    files: list[File] = field(default_factory=list)
    username: str | None = None
    icon_emoji: str | None = None
    subtype: str | None = None
    client_msg_id: str | None = None


class Workspace:
    """Everything that exists in one Slack workspace with one installed app."""

    def __init__(self, clock: Clock, team_name: str = "Workspace", domain: str = "sandbox") -> None:
        self.clock = clock
        self.ids = Ids()
        self.changes = Changes()
        self.team = Team("T0HARBOUR1", team_name, domain)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.app = App(id="A0USHERAPP", bot_user="U0USHERBOT", bot_id="B0USHERBOT")
        self.users[self.app.bot_user] = User(
            self.app.bot_user, "usher", "Usher", display_name="Usher", is_bot=True
        )
        self.permits = Permits(self.ids)
        self.modals = Modals(self.ids, self.changes, self._describe_view)
        self.message_states: dict[tuple[str, str], State] = {}
        self.rejections: list[Rejection] = []
        self.base_url = ""
        self._last_micros = 0
        self._dms: dict[frozenset[str], Channel] = {}
        clock.on_change(lambda: self.changes.emit(ClockChanged()))

    def _describe_view(self) -> Json:
        return {
            "team_id": self.team.id,
            "app_id": self.app.id,
            "app_installed_team_id": self.team.id,
            "bot_id": self.app.bot_id,
        }

    # Time

    def next_ts(self) -> str:
        """A message id: the clock's time, always later than the one before."""
        micros = int(self.clock.now().timestamp() * 1_000_000)
        self._last_micros = max(micros, self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def epoch(self) -> int:
        """The clock's time in whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    # People

    def add_user(self, user: User) -> User:
        """Let somebody join; the app hears of it."""
        self.users[user.id] = user
        self._tell_of(user, "team_join")
        return user

    def change_user(self, user_id: str, **changes: Any) -> User:
        """Change somebody's profile, language or zone; the app hears of it.

        Raises AttributeError for a field that people do not have.
        """
        user = self.users[user_id]
        for name, value in changes.items():
            setattr(user, name, value)
        self._tell_of(user, "user_change")
        return user

    def _tell_of(self, user: User, event: str) -> None:
        described = user.to_slack(self.team.id, self.clock.now(), include_locale=True)
        stamps = {"cache_ts": self.epoch(), "event_ts": self.next_ts()}
        self.changes.emit(Happened({"type": event, "user": described, **stamps}))

    def user(self, ref: str) -> User:
        """A person by id or handle. Raises LookupError naming those who exist."""
        if ref in self.users:
            return self.users[ref]
        for user in self.users.values():
            if user.handle == ref.removeprefix("@"):
                return user
        known = ", ".join(sorted(user.handle for user in self.users.values()))
        raise LookupError(f"nobody is called {ref!r}; there are {known}")

    @property
    def bot(self) -> User:
        """The app's bot user."""
        return self.users[self.app.bot_user]

    # Channels

    def add_channel(
        self,
        name: str,
        *,
        kind: ChannelKind = "public",
        members: list[str] | None = None,
        topic: str = "",
        channel_id: str | None = None,
        creator: str = "",
    ) -> Channel:
        """Create a channel. Raises SlackError name_taken."""
        if kind != "im" and self.channel_named(name) is not None:
            raise SlackError("name_taken")
        channel = Channel(
            id=channel_id or self.ids.new("D" if kind == "im" else "C"),
            name=name,
            kind=kind,
            members=list(members or ()),
            topic=topic,
            creator=creator,
            created=self.epoch(),
        )
        self.channels[channel.id] = channel
        self.changes.emit(ChannelChanged(channel))
        return channel

    def channel_named(self, name: str) -> Channel | None:
        """The channel with that name (without `#`)."""
        for channel in self.channels.values():
            if channel.kind != "im" and channel.name == name:
                return channel
        return None

    def channel(self, ref: str) -> Channel:
        """A channel by id or name. Raises LookupError naming those that exist."""
        if ref in self.channels:
            return self.channels[ref]
        channel = self.channel_named(ref.removeprefix("#"))
        if channel is None:
            known = ", ".join(each.name for each in self.channels.values() if each.name)
            raise LookupError(f"no channel is called {ref!r}; there are {known}")
        return channel

    def dm(self, one: str, other: str) -> Channel:
        """The direct conversation of two people, opened if need be."""
        pair = frozenset((one, other))
        found = self._dms.get(pair)
        if found is None:
            members = [one] if one == other else [one, other]
            found = self._dms[pair] = self.add_channel("", kind="im", members=members)
        return found

    def app_dm(self, user: str) -> Channel:
        """A person's conversation with the app."""
        return self.dm(user, self.app.bot_user)

    def has_dm(self, one: str, other: str) -> bool:
        """Whether the two have talked."""
        return frozenset((one, other)) in self._dms

    def join(self, channel: Channel, user: str) -> bool:
        """Make somebody a member. Returns False when they were one."""
        if user in channel.members:
            return False
        channel.members.append(user)
        self.changes.emit(ChannelChanged(channel, joined=user))
        return True

    def leave(self, channel: Channel, user: str) -> bool:
        """End somebody's membership. Returns False when they were not a member."""
        if user not in channel.members:
            return False
        channel.members.remove(user)
        self.changes.emit(ChannelChanged(channel, left=user))
        return True

    def mark_read(self, channel: Channel, user: str) -> None:
        """Remember that a person has seen all of a channel."""
        if channel.timeline and channel.last_read.get(user) != channel.timeline[-1]:
            channel.last_read[user] = channel.timeline[-1]
            self.changes.emit(ChannelChanged(channel))

    def touch(self, channel: Channel) -> None:
        """Tell watchers that a channel's name, topic or state changed."""
        self.changes.emit(ChannelChanged(channel))

    # Messages

    def post(
        self, channel: Channel, author: str, draft: Draft, *, ephemeral_to: str | None = None
    ) -> Message:
        """Post a message, to all members or to one person only."""
        ts = self.next_ts()
        by_app = author == self.app.bot_user
        message = Message(
            channel=channel.id,
            ts=ts,
            user=author,
            text=draft.text,
            blocks=complete(draft.blocks, self.ids) if draft.blocks else [],
            attachments=self._complete_attachments(draft.attachments),
            bot_id=self.app.bot_id if by_app else None,
            app_id=self.app.id if by_app else None,
            thread_ts=draft.thread_ts,
            subtype="thread_broadcast" if draft.broadcast and draft.thread_ts else draft.subtype,
            broadcast=draft.broadcast,
            metadata=draft.metadata,
            ephemeral_to=ephemeral_to,
            files=draft.files,
            username=draft.username,
            icon_emoji=draft.icon_emoji,
            client_msg_id=draft.client_msg_id,
        )
        if ephemeral_to is not None:
            channel.ephemerals[ts] = message
            self.changes.emit(MessagePosted(message, "posted"))
            return message
        channel.messages[ts] = message
        self._share(channel, message)
        channel.timeline.append(ts)
        channel.last_read[author] = ts
        parent = channel.messages.get(draft.thread_ts) if draft.thread_ts else None
        if parent is not None:
            parent.replies.append(ts)
            parent.thread_ts = parent.ts
        self.changes.emit(MessagePosted(message, "posted"))
        if parent is not None:
            self.changes.emit(MessagePosted(parent, "touched"))
        return message

    def _share(self, channel: Channel, message: Message) -> None:
        for file in message.files:
            file.mode = "hosted"
            file.shares.append(Share(channel.id, channel.kind, message.ts, message.thread_ts))

    def edit(self, message: Message, draft: Draft, *, keep: frozenset[str] = frozenset()) -> None:
        """Change a message's content, except the parts named in `keep`."""
        before = message.to_slack(self.team.id)
        if "text" not in keep:
            message.text = draft.text
        if "blocks" not in keep:
            message.blocks = complete(draft.blocks, self.ids)
        if "attachments" not in keep:
            message.attachments = self._complete_attachments(draft.attachments)
        if "metadata" not in keep:
            message.metadata = draft.metadata
        if message.ephemeral_to is None:
            message.edited = {"user": message.user, "ts": self.next_ts()}
        self.changes.emit(MessagePosted(message, "changed", before))

    def _complete_attachments(self, attachments: list[Json]) -> list[Json]:
        return [
            {**part, "blocks": complete(part["blocks"], self.ids)} if part.get("blocks") else part
            for part in attachments
        ]

    def delete(self, message: Message) -> None:
        """Remove a message; a parent's replies stay."""
        channel = self.channels[message.channel]
        if message.ephemeral_to is not None:
            channel.ephemerals.pop(message.ts, None)
        else:
            channel.messages.pop(message.ts, None)
            at = bisect.bisect_left(channel.timeline, message.ts)
            if at < len(channel.timeline) and channel.timeline[at] == message.ts:
                del channel.timeline[at]
            parent = channel.messages.get(message.thread_ts or "")
            if parent is not None and message.ts in parent.replies:
                parent.replies.remove(message.ts)
        self.changes.emit(MessageDeleted(message))

    def message(self, channel: str, ts: str) -> Message | None:
        """A message, ephemeral ones included."""
        where = self.channels.get(channel)
        if where is None:
            return None
        return where.messages.get(ts) or where.ephemerals.get(ts)

    def touch_message(self, message: Message) -> None:
        """Tell watchers that something about a message changed, not its content."""
        self.changes.emit(MessagePosted(message, "touched"))

    def messages_with(self, file: File) -> list[Message]:
        """The messages that carry a file."""
        return [
            message
            for channel_id in file.channels
            for message in self.channels[channel_id].messages.values()
            if file in message.files
        ]

    def visible(self, channel: Channel, user: str) -> list[Message]:
        """What a person can read in a channel, oldest first, threads included."""
        if user not in channel.members:
            return []
        shown = [channel.messages[ts] for ts in channel.timeline]
        private = [each for each in channel.ephemerals.values() if each.ephemeral_to == user]
        return sorted([*shown, *private], key=lambda each: each.ts) if private else shown

    # Files

    def add_file(
        self, name: str, user: str, content: bytes, mimetype: str = "", **more: Any
    ) -> File:
        """Store a file that a person chose; it is in no channel yet.

        Without a mimetype the name tells it.
        """
        guessed, _ = mimetypes.guess_type(name)
        file = File(
            id=self.ids.new("F"),
            name=name,
            title=name,
            user=user,
            created=self.epoch(),
            size=len(content),
            mimetype=mimetype or guessed or "application/octet-stream",
            content=content,
            address=self.base_url,
            **more,
        )
        self.files[file.id] = file
        return file

    def app_sees(self, file: File) -> bool:
        """Whether the app may read a file: its own, one of its channels, or of a form it got."""
        return (
            file.submitted
            or file.user == self.app.bot_user
            or any(self.app.bot_user in self.channels[each].members for each in file.channels)
        )

    def delete_file(self, file: File) -> None:
        """Remove a file from the workspace and from the messages that carry it."""
        del self.files[file.id]
        for message in self.messages_with(file):
            message.files.remove(file)
            self.touch_message(message)
        if self.app_sees(file):
            stamp = self.next_ts()
            self.changes.emit(
                Happened({"type": "file_deleted", "file_id": file.id, "event_ts": stamp})
            )

    def install(self, manifest: Json) -> None:
        """Install the app from its manifest."""
        self.app.install(manifest)
        bot = manifest.get("features", {}).get("bot_user", {})
        if bot.get("display_name"):
            self.bot.name = self.app.name
            self.bot.display_name = bot["display_name"]

    def reject(self, where: str, refusal: SlackError, content: Any) -> None:
        """Keep what was refused, for those who look for the cause."""
        self.rejections.append(Rejection(where, refusal.code, refusal.messages, content))

    def at(self, ts: str) -> datetime:
        """The moment of a message id, in UTC."""
        return datetime.fromtimestamp(float(ts), tz=UTC)
