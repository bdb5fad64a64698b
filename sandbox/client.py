"""What a person does in Slack's own app, and how Slack's app shows the answer."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sandbox.blocks import elements, is_stateful
from sandbox.delivery import Acknowledgement, Delivery, Envelope, NotAcknowledgedError, PayloadKind
from sandbox.events import EventFeed
from sandbox.form import problems, state_of
from sandbox.model import Channel, File, Json, Message, SlackError, State, User, View
from sandbox.payloads import Payloads, chosen
from sandbox.responses import Responses
from sandbox.workspace import Draft, Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an act ended: acknowledged or not, after how long, and what Slack itself said."""

    acked: bool
    ms: float = 0.0
    notice: str | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What an external select offers: options or groups of them, or why there are none."""

    options: list[Json] = field(default_factory=list)
    groups: list[Json] | None = None
    notice: str | None = None

    @property
    def flat(self) -> list[Json]:
        """All options, those in groups too."""
        return [*self.options, *(each for group in self.groups or () for each in group["options"])]


class Client:
    """The Slack app in everybody's hands."""

    def __init__(self, workspace: Workspace, delivery: Delivery, events: EventFeed) -> None:
        self.workspace = workspace
        self._delivery = delivery
        self._events = events
        self._payloads = Payloads(workspace)
        self._responses = Responses(workspace)

    # Writing

    async def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        thread_ts: str | None = None,
        files: tuple[File, ...] = (),
    ) -> Outcome:
        """Write a message, in Slack's form (`typed_text` makes it).

        A text that begins with `/` is a slash command.
        """
        if text.startswith("/"):
            return await self.command(user, channel, text)
        with_app = channel.kind == "im" and self.workspace.app.bot_user in channel.members
        if with_app and self.workspace.app.messages_tab != "open":
            return _noticed("Sending messages to this app has been turned off.")
        if user.id not in channel.members or channel.archived:
            return _noticed("You can’t post in this channel.")
        draft = Draft(
            text=text,
            thread_ts=thread_ts,
            files=list(files),
            subtype="file_share" if files else None,
            client_msg_id=str(uuid.uuid4()),
        )
        return Outcome(True, message=self.workspace.post(channel, user.id, draft))

    def edit(self, user: User, message: Message, text: str) -> Outcome:
        """Change the words of an own message, in Slack's form."""
        if message.user != user.id:
            return _noticed("You can’t edit this message.")
        kept = frozenset({"blocks", "attachments", "metadata"})
        self.workspace.edit(message, Draft(text=text), keep=kept)
        return Outcome(True, message=message)

    def delete(self, user: User, message: Message) -> Outcome:
        """Delete an own message."""
        if message.user != user.id:
            return _noticed("You can’t delete this message.")
        self.workspace.delete(message)
        return Outcome(True)

    async def command(self, user: User, channel: Channel, line: str) -> Outcome:
        """Send a slash command."""
        if user.id not in channel.members:
            return _noticed("You can’t post in this channel.")
        name, _, text = line.strip().partition(" ")
        known = self.workspace.app.command(name)
        if known is None:
            return _noticed(f"{name} is not a valid command.")
        payload = self._payloads.command(
            user, channel, name, text.strip(), self._response_url(user, channel)
        )
        try:
            ack = await self._send("slash_commands", payload)
        except NotAcknowledgedError as failure:
            return _noticed(f"{name} failed with the error “{failure.code}”")
        try:
            message = self._responses.to_command(user, channel, line, ack.response)
        except SlackError as refused:
            self.workspace.reject("slash command response", refused, ack.response)
            return _noticed(f"{name} failed with the error “invalid_command_response”")
        return Outcome(True, ack.ms, message=message)

    # Buttons and choices

    async def act_on_message(
        self, user: User, message: Message, block: Json, element: Json, choice: Json
    ) -> Outcome:
        """Press a button or choose something in a message."""
        state = self._message_state(user, message)
        if is_stateful(element):
            state[block["block_id"]][element["action_id"]] = chosen(element, choice)
            if not _dispatches(block):
                return Outcome(True)
        channel = self.workspace.channels[message.channel]
        url = self._response_url(user, channel, message)
        action = self._payloads.action(block, element, choice)
        payload = self._payloads.message_actions(user, message, action, state, url)
        return await self._interact(payload)

    def enter(self, user: User, message: Message, state: State) -> None:
        """Keep what a person chose in a message's elements, before an act."""
        held = self._message_state(user, message)
        for block_id, entries in state.items():
            held[block_id] |= entries

    async def act_in_view(
        self, view: View, block: Json, element: Json, choice: Json, *, send: bool = True
    ) -> Outcome:
        """Press a button or enter something in a modal or App Home.

        An input block tells the app only when it has dispatch_action; `send=False` only types.
        """
        if is_stateful(element):
            held, entered = view.state[block["block_id"]], chosen(element, choice)
            if held.get(element["action_id"]) != entered:  # else it was typed before the error
                view.errors.pop(block["block_id"], None)
            held[element["action_id"]] = entered
            self.workspace.modals.touched(view)
            if not send or not _dispatches(block):
                return Outcome(True)
        action = self._payloads.action(block, element, choice)
        payload = self._payloads.view_actions(view, action)
        return await self._interact(payload)

    async def suggestions(
        self, user: User, place: View | Message, block: Json, element: Json, query: str
    ) -> Suggestions:
        """The options that the app offers for what was typed."""
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        payload = self._payloads.suggestion(user, place, ids, query)
        try:
            ack = await self._send("interactive", payload)
        except NotAcknowledgedError:
            return Suggestions(notice=TROUBLE)
        try:
            checked = self._responses.options(ack.response)
        except SlackError as refused:
            self.workspace.reject("block_suggestion response", refused, ack.response)
            return Suggestions(notice="There was a problem loading the options.")
        if checked.get("option_groups") is not None:
            return Suggestions(groups=checked["option_groups"])
        return Suggestions(options=checked["options"])

    # Modals and Home

    async def submit(self, view: View) -> Outcome:
        """Submit a modal. What Slack's app refuses by itself stands in `view.errors`."""
        user = self.workspace.users[view.user]
        files = self._uploaded(view)
        view.errors = problems(view.blocks, view.state)
        if view.errors:
            self.workspace.modals.touched(view)
            return Outcome(True)
        for file in files:
            file.mode, file.submitted = "hosted", True
        view.busy = True
        self.workspace.modals.touched(view)
        payload = self._payloads.submission(view, self._view_response_urls(user, view))
        try:
            ack = await self._send("interactive", payload)
        except NotAcknowledgedError:
            return _noticed(TROUBLE)
        finally:
            view.busy = False
            self.workspace.modals.touched(view)
        try:
            self._responses.to_submission(view, ack.response)
        except SlackError as refused:
            self.workspace.reject("view_submission response", refused, ack.response)
            return _noticed(TROUBLE)
        return Outcome(True, ack.ms)

    async def close(self, view: View, *, everything: bool = False) -> Outcome:
        """Close a modal; `everything` (or clear_on_close) closes the whole stack."""
        user = self.workspace.users[view.user]
        cleared = everything or view.body["clear_on_close"]
        if cleared:
            gone = self.workspace.modals.clear(user.id)
        else:
            gone = [view]
            self.workspace.modals.close(view)
        outcome = Outcome(True)
        for each in gone:
            if each.body["notify_on_close"]:
                payload = self._payloads.closed(each, cleared=cleared)
                outcome = await self._interact(payload)
        return outcome

    async def open_home(self, user: User, tab: str = "home") -> None:
        """Look at the app's Home (or Messages) tab; waits until the app has heard of it."""
        channel = self.workspace.app_dm(user.id)
        heard = self._events.send(self._payloads.home_opened(user, channel, tab))
        if heard is not None:
            await heard

    async def shortcut(self, user: User, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        return await self._interact(self._payloads.shortcut(user, callback_id))

    async def message_shortcut(self, user: User, callback_id: str, message: Message) -> Outcome:
        """Use a shortcut from a message's menu; messages to one person have none."""
        if message.ephemeral_to is not None:
            return _noticed("This message has no shortcuts.")
        channel = self.workspace.channels[message.channel]
        url = self._response_url(user, channel, message)
        payload = self._payloads.message_shortcut(user, callback_id, message, url)
        return await self._interact(payload)

    # What all have in common

    async def _interact(self, payload: Json) -> Outcome:
        if not self.workspace.app.interactive:
            return _noticed("This app is not configured to handle interactive responses.")
        try:
            ack = await self._send("interactive", payload)
        except NotAcknowledgedError:
            return _noticed(TROUBLE)
        return Outcome(True, ack.ms)

    async def _send(self, kind: PayloadKind, payload: Json) -> Acknowledgement:
        return await self._delivery.send(Envelope(kind, payload, accepts_response=True))

    def _response_url(self, user: User, channel: Channel, message: Message | None = None) -> str:
        url_id = self.workspace.permits.response_url(
            user.id,
            channel.id,
            message.ts if message else None,
            message.thread_ts if message else None,
        )
        return f"{self.workspace.base_url}/response/{url_id}"

    def _view_response_urls(self, user: User, view: View) -> list[Json]:
        found = []
        for block, element in elements(view.blocks):
            if element.get("response_url_enabled"):
                held = view.state[block["block_id"]][element["action_id"]]
                channel: Any = held.get("selected_conversation") or held.get("selected_channel")
                where = self.workspace.channels.get(channel)
                if where is not None:
                    found.append(
                        {
                            "block_id": block["block_id"],
                            "action_id": element["action_id"],
                            "channel_id": where.id,
                            "response_url": self._response_url(user, where),
                        }
                    )
        return found

    def _uploaded(self, view: View) -> list[File]:
        """The files chosen in a modal, described in its state as Slack describes them."""
        chosen = []
        for block, element in elements(view.blocks):
            if element["type"] == "file_input":
                held = view.state[block["block_id"]][element["action_id"]]
                known = [self.workspace.files.get(each["id"]) for each in held["files"]]
                files = [file for file in known if file is not None]
                held["files"] = [file.to_slack() for file in files]
                chosen += files
        return chosen

    def _message_state(self, user: User, message: Message) -> State:
        key = user.id, message.ts
        before = self.workspace.message_states.get(key, {})
        state = state_of(message.all_blocks, message.all_blocks, before)
        if state:
            self.workspace.message_states[key] = state
        return state


def _noticed(text: str) -> Outcome:
    return Outcome(False, notice=text)


def _dispatches(block: Json) -> bool:
    return block["type"] != "input" or bool(block.get("dispatch_action", False))
