"""A person in the workspace, acting and reading as they would in Slack. For tests and scripts."""

from collections.abc import Sequence
from typing import Any

from sandbox.blocks import elements, is_stateful, nested
from sandbox.client import Client, Outcome
from sandbox.filling import choice_for
from sandbox.model import Channel, Json, User, View
from sandbox.model import Message as StoredMessage
from sandbox.persona_modal import Modal
from sandbox.reading import Reader, button_labels, option_words, options_of
from sandbox.seen import Ack, Message
from sandbox.typed_text import written_by
from sandbox.workspace import Workspace

_PATIENCE = 3.0
Where = tuple[Json, Json]


class HomeTab:
    """The App Home tab as one person sees it."""

    def __init__(self, persona: "Persona", view: View | None, reader: Reader) -> None:
        self._persona = persona
        self._view = view
        self._reader = reader

    @property
    def text(self) -> str:
        """All its words, one part per line; empty when nothing was published."""
        return "\n".join(self._reader.blocks(self._view.blocks)) if self._view else ""

    @property
    def buttons(self) -> list[str]:
        """The words on its buttons."""
        return button_labels(self._view.blocks) if self._view else []

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return self._view.blocks if self._view else []

    async def click(self, label: str, *, near: str | None = None) -> Ack:
        """Press a button on it. Raises AssertionError naming the buttons that are there."""
        return await self._persona.click_in_view(self._view, label, near=near)


class Persona:
    """One person's hands and eyes."""

    def __init__(self, workspace: Workspace, client: Client, user: User) -> None:
        self._workspace = workspace
        self._client = client
        self.user = user
        self._reader = Reader(workspace, user)

    @property
    def id(self) -> str:
        """The user id."""
        return self.user.id

    # Acting

    async def command(self, line: str, channel: str | None = None) -> Ack:
        """Send a slash command, in a channel (name or id) or in the DM with the app."""
        known = self._workspace.app.command(line.partition(" ")[0])
        if known is not None and known.should_escape:
            line = written_by(self._workspace, line, labelled=True)
        outcome = await self._client.command(self.user, self._place(channel), line)
        return self._ack(outcome)

    async def say(
        self,
        text: str,
        channel: str | None = None,
        *,
        thread: Message | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Ack:
        """Write a message in a channel, in a thread, or (neither named) in the DM with the app.

        `files` are names and contents. What was written is in the answer's `posted`.
        """
        thread_ts = (thread.thread_ts or thread.ts) if thread else None
        place = self._place(thread.channel if thread else channel)
        written = text if text.startswith("/") else written_by(self._workspace, text)
        stored = tuple(self._workspace.add_file(name, self.id, content) for name, content in files)
        outcome = await self._client.say(
            self.user, place, written, thread_ts=thread_ts, files=stored
        )
        posted = self._seen(outcome.message) if outcome.message else None
        return Ack(None, outcome.ms, outcome.acked, outcome.notice, posted)

    async def write_to_bot(self, text: str, *files: tuple[str, bytes]) -> Ack:
        """Write to the app in the DM with it."""
        return await self.say(text, files=files)

    async def mention(
        self, text: str, channel: str | None = None, *, thread: Message | None = None
    ) -> Ack:
        """Write to the app in a channel or a thread, with its name before the words."""
        bot = self._workspace.bot.handle
        return await self.say(f"@{bot} {text}", channel, thread=thread)

    async def upload(
        self,
        *files: tuple[str, bytes],
        channel: str | None = None,
        thread: Message | None = None,
        text: str = "",
    ) -> Ack:
        """Share files (names and contents) as `say` does."""
        return await self.say(text, channel, thread=thread, files=files)

    def edit(self, message: Message, text: str) -> Ack:
        """Change the words of an own message."""
        written = written_by(self._workspace, text)
        outcome = self._client.edit(self.user, message.stored, written)
        return Ack(None, outcome.ms, outcome.acked, outcome.notice)

    def delete(self, message: Message) -> Ack:
        """Delete an own message."""
        outcome = self._client.delete(self.user, message.stored)
        return Ack(None, outcome.ms, outcome.acked, outcome.notice)

    async def shortcut(self, name: str, *, message: Message | None = None) -> Ack:
        """Use a global shortcut, or one of a message's menu, by its name or callback id.

        Raises AssertionError naming the shortcuts.
        """
        kind = "message" if message else "global"
        shortcut = self._workspace.app.shortcut(name, kind)
        if shortcut is None:
            offered = [each.name for each in self._workspace.app.shortcuts]
            raise AssertionError(f"no shortcut {name!r}; there are {offered}")
        if message is not None:
            return self._ack(
                await self._client.message_shortcut(self.user, shortcut.callback_id, message.stored)
            )
        return self._ack(await self._client.shortcut(self.user, shortcut.callback_id))

    async def click(
        self, label: str, *, message: Message | None = None, near: str | None = None
    ) -> Ack:
        """Press a button: of the given message, else of the open modal, else of the newest
        message that has one, else of App Home.

        `near` picks among equal buttons: the one in, or first below, a block with that text.
        Raises AssertionError naming the buttons that can be seen.
        """
        if message is not None:
            return await self._click_in_message(message.stored, label, near)
        stack = self._workspace.modals.stack(self.user.id)
        if stack and label in button_labels(stack[-1].blocks):
            return await self.click_in_view(stack[-1], label, near=near)
        for stored in reversed(self._all_visible()):
            if label in button_labels(stored.all_blocks):
                return await self._click_in_message(stored, label, near)
        home = self._workspace.modals.home(self.user.id)
        if home is not None and label in button_labels(home.blocks):
            return await self.click_in_view(home, label, near=near)
        raise AssertionError(f"{self.user.handle} sees no button {label!r}\n{self.transcript()}")

    async def choose(self, label: str, value: Any, *, message: Message | None = None) -> Ack:
        """Choose in a select of a message (or of App Home).

        `label` is its placeholder, the text of its section or the label of its input. Raises
        AssertionError naming what is there.
        """
        place, where = self._element(label, message)
        choice = await choice_for(self._client, self.user, place, where, value)
        if isinstance(place, View):
            return self._ack(await self._client.act_in_view(place, *where, choice))
        return self._ack(await self._client.act_on_message(self.user, place, *where, choice))

    async def overflow(self, label: str, option: str, *, message: Message | None = None) -> Ack:
        """Choose an entry of an overflow menu, which has no words of its own.

        `label` is part of the text beside it (of its block or the one above); an empty or
        unknown one, such as "More", takes the newest menu that has the entry.
        """
        found = self._overflow(label, option, message)
        stored, block, element, chosen = found
        choice = {"selected_option": chosen}
        outcome = await self._client.act_on_message(self.user, stored, block, element, choice)
        return self._ack(outcome)

    async def open_home(self) -> HomeTab:
        """Look at App Home."""
        await self._client.open_home(self.user)
        return self.home

    # Reading

    async def modal(
        self,
        title: str | None = None,
        timeout: float = _PATIENCE,  # noqa: ASYNC109
    ) -> Modal:
        """The topmost open modal, waiting for one (with that title, if one is given).

        Raises AssertionError naming what is there.
        """

        def found() -> bool:
            modals = self.modals
            return bool(modals) and title in (None, modals[-1].title)

        try:
            await self._workspace.changes.until(found, timeout)
        except TimeoutError:
            raise AssertionError(
                f"no modal {title or ''} is open for {self.user.handle} after {timeout} s\n"
                f"{self.transcript()}"
            ) from None
        return self.modals[-1]

    @property
    def modals(self) -> list[Modal]:
        """The open modals, the topmost last."""
        stack = self._workspace.modals.stack(self.user.id)
        return [Modal(self._workspace, self._client, view) for view in stack]

    @property
    def home(self) -> HomeTab:
        """What App Home shows."""
        return HomeTab(self, self._workspace.modals.home(self.user.id), self._reader)

    def dms(self) -> list[Message]:
        """The app's messages in the DM with it, oldest first; ephemeral ones not."""
        channel = self._workspace.app_dm(self.user.id)
        return [
            self._seen(stored)
            for stored in self._workspace.visible(channel, self.user.id)
            if stored.user == self._workspace.app.bot_user and stored.ephemeral_to is None
        ]

    def last_dm(self) -> Message:
        """The app's newest message in the DM. Raises AssertionError without one."""
        messages = self.dms()
        if not messages:
            raise AssertionError(f"the app has sent {self.user.handle} no direct message")
        return messages[-1]

    def channel(self, ref: str) -> list[Message]:
        """The messages of a channel, oldest first, without replies and ephemeral ones."""
        channel = self._workspace.channel(ref)
        return [
            self._seen(stored)
            for stored in self._workspace.visible(channel, self.user.id)
            if stored.ephemeral_to is None and (not stored.is_reply or stored.broadcast)
        ]

    def thread(self, message: Message) -> list[Message]:
        """The replies under a message, oldest first."""
        channel = self._workspace.channels[message.channel]
        return [
            self._seen(stored)
            for stored in self._workspace.visible(channel, self.user.id)
            if stored.is_reply and stored.thread_ts == message.ts
        ]

    def ephemeral(self) -> list[Message]:
        """The messages that only this person sees, oldest first."""
        return [self._seen(each) for each in self._all_visible() if each.ephemeral_to is not None]

    def sees(self, text: str) -> bool:
        """Whether any message that this person can read has these words."""
        return any(text in self._reader.message(stored) for stored in self._all_visible())

    def transcript(self, limit: int = 20) -> str:
        """The last messages and open modals, for error messages."""
        lines = []
        for stored in self._all_visible()[-limit:]:
            channel = self._workspace.channels[stored.channel]
            where = f"#{channel.name}" if channel.name else "DM"
            author = self._workspace.users[stored.user].handle
            lines.append(f"  {where} {author}: {self._seen(stored)!r}")
        lines += [f"  open modal: {modal!r}" for modal in self.modals]
        return "\n".join(lines) or "  nothing"

    # Within

    async def click_in_view(self, view: View | None, label: str, *, near: str | None = None) -> Ack:
        """Press a button in a modal or App Home. Raises AssertionError."""
        if view is None:
            raise AssertionError("nothing was published on App Home")
        block, element = self._button(view.blocks, label, near)
        return self._ack(await self._client.act_in_view(view, block, element, {}))

    async def _click_in_message(self, stored: StoredMessage, label: str, near: str | None) -> Ack:
        block, element = self._button(stored.all_blocks, label, near)
        outcome = await self._client.act_on_message(self.user, stored, block, element, {})
        return self._ack(outcome)

    def _button(self, blocks: list[Json], label: str, near: str | None) -> tuple[Json, Json]:
        for block, element in elements(blocks):
            if element["type"] != "button" or element["text"]["text"] != label:
                continue
            if near is None or near in self._beside(blocks, block):
                return block, element
        raise AssertionError(
            f"no button {label!r} near {near!r}; there are {button_labels(blocks)}"
        )

    def _beside(self, blocks: list[Json], block: Json) -> str:
        """The words of a block, or of the nearest block above it that has any."""
        there = list(nested(blocks))
        for candidate in reversed(there[: there.index(block) + 1]):
            words = "\n".join(self._reader.own_lines(candidate))
            if words:
                return words
        return ""

    def _element(self, label: str, message: Message | None) -> tuple[StoredMessage | View, Where]:
        home = self._workspace.modals.home(self.user.id)
        places: list[StoredMessage | View] = (
            [message.stored] if message else [*reversed(self._all_visible())]
        )
        if message is None and home is not None:
            places.append(home)
        there = []
        for place in places:
            for block, element in elements(
                place.blocks if isinstance(place, View) else place.all_blocks
            ):
                if is_stateful(element):
                    names = self._names(block, element)
                    if label in names:
                        return place, (block, element)
                    there += names
        raise AssertionError(f"{self.user.handle} sees no {label!r} to choose; there are {there}")

    def _names(self, block: Json, element: Json) -> list[str]:
        names = [part["text"] for part in (element.get("placeholder"), block.get("label")) if part]
        if block["type"] == "section" and "text" in block:
            names.append(self._reader.words(block["text"]["text"]))
        return names

    def _overflow(
        self, label: str, option: str, message: Message | None
    ) -> tuple[StoredMessage, Json, Json, Json]:
        there: list[str] = []
        fallback = None
        stored_messages = [message.stored] if message else reversed(self._all_visible())
        for stored in stored_messages:
            for block, element in elements(stored.all_blocks):
                if element["type"] != "overflow":
                    continue
                for each in options_of(element):
                    there.append(option_words(each))
                    if option_words(each) == option:
                        if label and label in self._beside(stored.all_blocks, block):
                            return stored, block, element, each
                        fallback = fallback or (stored, block, element, each)
        if fallback is None:
            raise AssertionError(f"no menu has {option!r}; there are {there}")
        return fallback

    def _place(self, channel: str | None) -> Channel:
        if channel is None:
            return self._workspace.app_dm(self.user.id)
        return self._workspace.channel(channel)

    def _all_visible(self) -> list[StoredMessage]:
        found = []
        for channel in self._workspace.channels.values():
            found += self._workspace.visible(channel, self.user.id)
        return sorted(found, key=lambda stored: stored.ts)

    def _seen(self, stored: StoredMessage) -> Message:
        return Message(stored, self._reader)

    def _ack(self, outcome: Outcome) -> Ack:
        text = None
        if outcome.message is not None and outcome.message.ephemeral_to is not None:
            text = self._reader.message(outcome.message)
        return Ack(text, outcome.ms, outcome.acked, outcome.notice)


__all__ = ["Ack", "HomeTab", "Message", "Modal", "Persona"]
