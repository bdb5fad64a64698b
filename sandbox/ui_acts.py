"""What a person does on the page, passed on to Slack's client as the persona API does."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.blocks import find, is_stateful
from sandbox.client import Client, Outcome
from sandbox.form import accept_state
from sandbox.model import Channel, Json, Message, User, View
from sandbox.workspace import Workspace

Act = Callable[[User, Json], Awaitable[Json]]
_CHOICE_KEYS = (
    "value",
    "rich_text_value",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_channel",
    "selected_channels",
    "selected_conversation",
    "selected_conversations",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "files",
)


class ActError(Exception):
    """The page asked for something that is not there; `str()` is what the person reads."""


class Acts:
    """Carries out `POST /ui/act`."""

    def __init__(self, workspace: Workspace, client: Client) -> None:
        self._workspace = workspace
        self._client = client
        self._acts: dict[str, Act] = {
            "send": self._send,
            "click": self._click,
            "view_action": self._view_action,
            "home_action": self._view_action,
            "view_submit": self._view_submit,
            "view_close": self._view_close,
            "options": self._options,
            "home_open": self._home_open,
            "shortcut": self._shortcut,
            "message_shortcut": self._message_shortcut,
            "delete": self._delete,
            "read": self._read,
            "open_dm": self._open_dm,
        }

    async def do(self, body: Any) -> Json:
        """Act and answer. Raises ActError."""
        if not isinstance(body, dict):
            raise ActError("This is not an act.")
        act = self._acts.get(str(body.get("kind")))
        user = self._workspace.users.get(str(body.get("user")))
        if act is None or user is None or user.is_bot:
            raise ActError(f"Unknown act or person: {body.get('kind')!r}, {body.get('user')!r}.")
        return await act(user, body)

    async def _send(self, user: User, body: Json) -> Json:
        channel = self._channel(user, body)
        files = tuple(
            self._workspace.files[file_id]
            for file_id in body.get("files", ())
            if file_id in self._workspace.files
        )
        outcome = await self._client.say(
            user,
            channel,
            str(body.get("text", "")),
            thread_ts=body.get("thread_ts") or None,
            files=files,
        )
        return _answer(outcome)

    async def _click(self, user: User, body: Json) -> Json:
        message = self._message(user, body)
        block, element = self._element(message.all_blocks, body)
        self._client.enter(user, message, accept_state(message.all_blocks, body.get("state")))
        outcome = await self._client.act_on_message(user, message, block, element, _choice(body))
        return _answer(outcome)

    async def _view_action(self, user: User, body: Json) -> Json:
        view = self._view(user, body)
        found = find(view.blocks, str(body.get("block_id")), str(body.get("action_id")))
        if found is None:
            return {"ok": True}  # typed into a view that the app has replaced meanwhile
        block, element = found
        view.state |= accept_state(view.blocks, body.get("state"))
        choice = _choice(body)
        if is_stateful(element) and not choice:
            choice = view.state[block["block_id"]][element["action_id"]]
        return _answer(await self._client.act_in_view(view, block, element, choice))

    async def _view_submit(self, user: User, body: Json) -> Json:
        view = self._view(user, body)
        view.state |= accept_state(view.blocks, body.get("state"))
        outcome = await self._client.submit(view)
        answer = _answer(outcome)
        if view.errors:
            answer |= {"errors": view.errors}
        return answer

    async def _view_close(self, user: User, body: Json) -> Json:
        view = self._view(user, body)
        everything = bool(body.get("clear", False))
        return _answer(await self._client.close(view, everything=everything))

    async def _options(self, user: User, body: Json) -> Json:
        place = self._view(user, body) if body.get("view_id") else self._message(user, body)
        blocks = place.blocks if isinstance(place, View) else place.all_blocks
        block, element = self._element(blocks, body)
        query = str(body.get("query", ""))
        offered = await self._client.suggestions(user, place, block, element, query)
        if offered.notice is not None:
            return {"ok": False, "notice": offered.notice}
        if offered.groups is not None:
            return {"ok": True, "option_groups": offered.groups}
        return {"ok": True, "options": offered.options}

    async def _home_open(self, user: User, body: Json) -> Json:
        tab = "messages" if body.get("tab") == "messages" else "home"
        await self._client.open_home(user, tab)
        return {"ok": True}

    async def _shortcut(self, user: User, body: Json) -> Json:
        shortcut = self._workspace.app.shortcut(str(body.get("callback_id")))
        if shortcut is None:
            raise ActError("There is no such shortcut.")
        return _answer(await self._client.shortcut(user, shortcut.callback_id))

    async def _message_shortcut(self, user: User, body: Json) -> Json:
        message = self._message(user, body)
        shortcut = self._workspace.app.shortcut(str(body.get("callback_id")), "message")
        if shortcut is None:
            raise ActError("There is no such shortcut.")
        return _answer(await self._client.message_shortcut(user, shortcut.callback_id, message))

    async def _delete(self, user: User, body: Json) -> Json:
        return _answer(self._client.delete(user, self._message(user, body)))

    async def _read(self, user: User, body: Json) -> Json:
        self._workspace.mark_read(self._channel(user, body), user.id)
        return {"ok": True}

    async def _open_dm(self, user: User, body: Json) -> Json:
        other = self._workspace.users.get(str(body.get("with")))
        if other is None:
            raise ActError("There is no such person.")
        return {"ok": True, "channel": self._workspace.dm(user.id, other.id).id}

    def _channel(self, user: User, body: Json) -> Channel:
        channel = self._workspace.channels.get(str(body.get("channel")))
        if channel is None or user.id not in channel.members:
            raise ActError("You are not in that channel.")
        return channel

    def _message(self, user: User, body: Json) -> Message:
        channel = self._channel(user, body)
        message = self._workspace.message(channel.id, str(body.get("ts")))
        if message is None or message.ephemeral_to not in (None, user.id):
            raise ActError("This message is gone.")
        return message

    def _view(self, user: User, body: Json) -> View:
        view = self._workspace.modals.known(str(body.get("view_id")))
        if view is None or view.user != user.id or not view.open:
            raise ActError("This window is closed.")
        return view

    def _element(self, blocks: list[Json], body: Json) -> tuple[Json, Json]:
        ids = str(body.get("block_id")), str(body.get("action_id"))
        found = find(blocks, *ids, body.get("value"))
        if found is None:
            raise ActError("This has changed in the meantime.")
        return found


def _choice(body: Json) -> Json:
    return {key: body[key] for key in _CHOICE_KEYS if key in body}


def _answer(outcome: Outcome) -> Json:
    answer: Json = {"ok": outcome.acked, "ms": round(outcome.ms, 1)}
    if outcome.notice is not None:
        answer["notice"] = outcome.notice
    return answer
