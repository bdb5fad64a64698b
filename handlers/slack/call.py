"""One interaction, read out of its payload: who, what was pressed, on what, with which values."""

import asyncio
from collections.abc import Mapping
from enum import Enum, auto
from html import unescape
from typing import Any, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.edge import About, Deed, Edge
from handlers.slack.values import Entries, clean
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.records.people import Reader
from templates.slack import ids
from templates.slack.metadata import FormMeta

T = TypeVar("T")
_LARGEST_ID = 2**31 - 1


class Kind(Enum):
    """Where an interaction comes from, which decides how it can be answered."""

    COMMAND = auto()
    SHORTCUT = auto()
    MESSAGE = auto()  # something pressed in a message
    MODAL = auto()  # something pressed or entered in a modal
    HOME = auto()  # something pressed on App Home
    SUBMISSION = auto()
    CLOSED = auto()
    OPTIONS = auto()  # Slack asks what a select offers
    EVENT = auto()


_VIEW_KINDS = {"modal": Kind.MODAL, "home": Kind.HOME}
_KINDS = {
    "shortcut": Kind.SHORTCUT,
    "message_action": Kind.SHORTCUT,
    "view_submission": Kind.SUBMISSION,
    "view_closed": Kind.CLOSED,
    "block_suggestion": Kind.OPTIONS,
    "event_callback": Kind.EVENT,
}


class Call:
    """An interaction, and what a listener may ask of the edge in its course.

    `is_late` is set when Slack was answered before the work was done; `asked` is then the telling
    of that, where the person is told at all. `is_admitted` is unset for whoever takes no part here.
    """

    def __init__(self, edge: Edge, slack: AsyncWebClient, body: Mapping[str, Any]) -> None:
        self.edge = edge
        self.slack = slack
        self.body = body
        self.kind = _kind(body)
        self.user_id = _user(body)
        self.is_late = False
        self.asked: asyncio.Task[None] | None = None
        self.has_acted = False
        self.is_admitted = True

    async def act(self, verb: Verb, do: Deed[T], about: About | None = None) -> T:
        """Do one verb for the person. Raises its domain errors."""
        result = await self.edge.act(self.user_id, verb, do, about)
        self.has_acted = True
        return result

    async def look(self, do: Deed[T], verb: Verb | None = None, about: About | None = None) -> T:
        """Read something for the person; with a verb, only if they may do that."""
        return await self.edge.look(self.user_id, do, verb, about)

    @property
    def reader(self) -> Reader:
        """How to speak to the person."""
        return self.edge.reader(self.user_id)

    @property
    def trigger_id(self) -> str:
        """What allows one view to be opened within 3 s."""
        return str(self.body.get("trigger_id", ""))

    @property
    def text(self) -> str:
        """The words behind a command, as they were typed."""
        return clean(unescape(str(self.body.get("text", "")))).strip()

    @property
    def is_typed(self) -> bool:
        """Whether an input reports characters, not a choice."""
        return self._action.get("type") in {"plain_text_input", "number_input"}

    @property
    def action(self) -> str:
        """The id of the button pressed."""
        return str(self._action.get("action_id", ""))

    @property
    def value(self) -> str:
        """The value of the button pressed."""
        return str(self._action.get("value", ""))

    @property
    def chosen(self) -> str:
        """The value of the option chosen in a select of a message."""
        option = self._action.get("selected_option")
        return str(option.get("value", "")) if isinstance(option, Mapping) else ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in the button's value. Raises Outdated where it is another kind of value."""
        try:
            numbers = ids.unpack(self.value)
        except ValueError:
            raise Outdated from None
        if not all(0 <= number <= _LARGEST_ID for number in numbers):
            raise Outdated
        return numbers

    @property
    def blocks(self) -> list[Mapping[str, Any]]:
        """What the message said in which a button was pressed; nothing where it was elsewhere."""
        message = self.body.get("message") or {}
        return list(message.get("blocks") or ())

    @property
    def thread(self) -> str | None:
        """The thread in which the message stands whose button was pressed; None in a channel."""
        message = self.body.get("message") or {}  # what only one person sees comes without it
        thread = message.get("thread_ts")
        return str(thread) if thread not in {None, message.get("ts")} else None

    @property
    def is_in_both(self) -> bool:
        """Whether that message stands in a thread and in the channel as well: nobody knows in which
        of the two it was pressed."""
        message = self.body.get("message") or {}
        return message.get("subtype") == "thread_broadcast"

    @property
    def query(self) -> str:
        """What has been typed into a select that searches."""
        return clean(str(self.body.get("value", "")))

    @property
    def event(self) -> Mapping[str, Any]:
        """The event's own facts."""
        event: Mapping[str, Any] = self.body.get("event") or {}
        return event

    @property
    def view(self) -> Mapping[str, Any]:
        """The view that this happened in."""
        view: Mapping[str, Any] = self.body.get("view") or {}
        return view

    @property
    def view_id(self) -> str:
        """The id of that view."""
        return str(self.view.get("id", ""))

    @property
    def meta(self) -> FormMeta:
        """What the form carries. Raises Outdated for the form of another version."""
        try:
            return FormMeta.load(str(self.view.get("private_metadata", "")))
        except ValueError:
            raise Outdated from None

    @property
    def entries(self) -> Entries:
        """What has been entered into the form."""
        state = self.view.get("state")
        return Entries(state.get("values") if isinstance(state, Mapping) else None)

    @property
    def again(self) -> tuple[str, str]:
        """Action id and value of a button that does the same once more; without a value where only
        what was pressed can do it."""
        if self.kind is Kind.COMMAND:
            return ids.SAY, self.text or "help"
        if self.kind is Kind.SHORTCUT:
            is_new = self.body.get("callback_id") == ids.NEW_VISIT_SHORTCUT
            return ids.NEW_VISIT, "-" if is_new else ""
        return self.action, self.value

    @property
    def named(self) -> dict[str, list[str]]:
        """The people who are chosen in the form, by the block in which they are."""
        state = self.view.get("state")
        values = state.get("values") if isinstance(state, Mapping) else None
        found: dict[str, list[str]] = {}
        for block, inputs in (values or {}).items():
            for entered in inputs.values():
                people = [entered.get("selected_user"), *(entered.get("selected_users") or ())]
                found.setdefault(block, []).extend(str(who) for who in people if who)
        return found

    @property
    def name(self) -> str:
        """What happened, for the log."""
        return f"{self.kind.name.lower()} {self.what}"

    @property
    def what(self) -> str:
        """The id of the button, input, form or shortcut, the command, or the type of event."""
        part = self._action.get("action_id") or self.body.get("action_id")
        what = part or self.view.get("callback_id") or self.body.get("callback_id")
        return str(what or self.event.get("type") or self._command)

    @property
    def _command(self) -> str:
        return str(self.body.get("command", ""))

    @property
    def _action(self) -> Mapping[str, Any]:
        actions = self.body.get("actions") or [{}]
        action: Mapping[str, Any] = actions[0]
        return action


def behind_of(call: Call) -> list[str]:
    """The views that lie below what is opened now, from the lowest, by their callback ids."""
    if call.kind is not Kind.MODAL:
        return []
    below = call.meta.behind or []
    return [*below, str(call.view.get("callback_id"))][-2:]


def wanted(number: int | None) -> int:
    """A number that the form has to carry. Raises Outdated where an older one does not."""
    if number is None:
        raise Outdated
    return number


def _kind(body: Mapping[str, Any]) -> Kind:
    kind = str(body.get("type", ""))
    if kind == "block_actions":
        view_type = str((body.get("view") or {}).get("type"))
        return _VIEW_KINDS.get(view_type, Kind.MESSAGE)
    return _KINDS.get(kind, Kind.COMMAND)


def _user(body: Mapping[str, Any]) -> str:
    user = body.get("user")
    if isinstance(user, Mapping):
        return str(user.get("id", ""))
    event = body.get("event") or {}
    person = event.get("user")
    if isinstance(person, Mapping):
        person = person.get("id")
    return str(body.get("user_id") or person or event.get("user_id") or "")
