"""The door to Slack: every interaction comes in here, is acknowledged in time, and is answered.

The work of a listener may take longer than Slack waits (a slow network, a locked database). Then
the person is told that it goes on, and afterwards how it ended. This is the outermost edge: what
nobody expected ends here too, in the log and in words with a reference to it.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack import answers
from handlers.slack.answers import SLACK_FAILED, Answer, Offer, Payload, Say
from handlers.slack.call import Call, Kind
from handlers.slack.edge import Edge
from models.base.errors import DomainError, InvalidForm, NotAMember
from services.store.database import DatabaseTrouble
from templates.talk import again_reply
from templates.wording.errors import database_words, slack_trouble_words, unexpected_words

SECONDS = 2.4
"""How long a listener may work before the acknowledgement goes out; Slack waits 3 s."""
Listener = Callable[[Call], Awaitable[Answer]]
log = logging.getLogger(__name__)


class Door:
    """Knows the listener of each id, and lets in what has one (`open`). `before` runs first, and
    raises NotAMember for whoever takes no part here; `after` runs when somebody has acted."""

    def __init__(
        self,
        app: AsyncApp,
        edge: Edge,
        *,
        before: Callable[[Call], Awaitable[None]] | None = None,
        after: Callable[[Call], Awaitable[None]] | None = None,
    ) -> None:
        self.app = app
        self.edge = edge
        self.before = before
        self.after = after
        self.listeners: dict[tuple[str, str], Listener] = {}
        self._quiet: set[tuple[str, str]] = set()

    # Registering

    def command(self, name: str, listener: Listener) -> None:
        """A slash command."""
        self._let_in("command", name, listener)

    def shortcut(self, callback_id: str, listener: Listener) -> None:
        """A global shortcut, or one in the menu of messages."""
        self._let_in("shortcut", callback_id, listener)

    def button(self, action_id: str, listener: Listener) -> None:
        """A button, wherever it stands."""
        self._let_in("action", action_id, listener)

    def entry(self, action_id: str, listener: Listener) -> None:
        """An input that reports each change. Nobody waits for an answer."""
        self._let_in("action", action_id, listener, is_quiet=True)

    def options(self, action_id: str, listener: Listener) -> None:
        """A select that searches."""
        self._let_in("options", action_id, listener, is_quiet=True)

    def form(self, callback_id: str, listener: Listener) -> None:
        """A form that is submitted."""
        self._let_in("view", callback_id, listener)

    def closed(self, callback_id: str, listener: Listener) -> None:
        """A form that is closed without being submitted."""
        self._let_in("closed", callback_id, listener, is_quiet=True)

    def event(self, name: str, listener: Listener) -> None:
        """An event of the workspace."""
        self._let_in("event", name, listener, is_quiet=True)

    def open(self) -> None:
        """Have the app let in what has a listener. To the app, all of one kind are one: it asks
        each of its listeners in turn whether it is meant, at every click."""
        app = self.app
        ways = {
            "command": app.command,
            "shortcut": app.shortcut,
            "action": app.action,
            "options": app.options,
            "view": app.view,
            "closed": app.view_closed,
            "event": app.event,
        }
        for kind, way in ways.items():
            ids = "|".join(re.escape(name) for each, name in self.listeners if each == kind)
            way(re.compile(f"^(?:{ids})$"))(self._entrance(kind))

    # Attending

    def _let_in(self, kind: str, name: str, listener: Listener, *, is_quiet: bool = False) -> None:
        if (kind, name) in self.listeners:
            raise ValueError(f"{kind} {name} has a listener already")
        self.listeners[kind, name] = listener
        if is_quiet:
            self._quiet.add((kind, name))

    def _entrance(self, kind: str) -> Callable[..., Awaitable[None]]:
        async def entrance(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
            call = Call(self.edge, client, body)
            listener = self.listeners[kind, call.what]
            is_quiet = (kind, call.what) in self._quiet
            task = self.edge.start(self._conduct(call, listener, is_quiet))
            await asyncio.wait({task}, timeout=SECONDS)
            if task.done():
                payload = task.result()
            else:
                call.is_late = True
                payload = self._ask_for_patience(call, is_quiet)
            await (ack(payload) if payload else ack())

        return entrance

    async def _conduct(self, call: Call, listener: Listener, is_quiet: bool) -> Payload:
        """Work and answer. Returns what goes back with the acknowledgement; raises nothing."""
        payload: Payload = {}
        try:
            answer = await self._attend(call, listener, is_quiet)
            payload = await self._give(call, answer)
        except Exception as error:  # the outermost edge
            if is_quiet:
                if isinstance(error, DatabaseTrouble):
                    log.warning("%s by %s: %s", call.name, call.user_id, error)
                else:
                    log.exception("%s by %s", call.name, call.user_id)
                return {"options": []} if call.kind is Kind.OPTIONS else {}
            payload = await self._apologise(call, error)
        if self.after is not None and not is_quiet and call.is_admitted:
            self.edge.start(self._without_failing(call, self.after(call)))
        return payload

    async def _attend(self, call: Call, listener: Listener, is_quiet: bool) -> Answer:
        if self.before is not None:
            try:
                await self.before(call)
            except NotAMember:
                call.is_admitted = False
                if not is_quiet:
                    raise
                return Offer([]) if call.kind is Kind.OPTIONS else None
        if call.kind is Kind.SUBMISSION and (faults := call.entries.faults):
            raise InvalidForm(faults)
        return await listener(call)

    def _ask_for_patience(self, call: Call, is_quiet: bool) -> Payload:
        log.info("%s by %s goes on after the acknowledgement", call.name, call.user_id)
        if is_quiet:
            return {"options": []} if call.kind is Kind.OPTIONS else {}
        call.asked = self.edge.start(self._without_failing(call, answers.ask_for_patience(call)))
        return answers.patience(call)

    async def _give(self, call: Call, answer: Answer) -> Payload:
        if not call.is_late:
            return await answers.give(call, answer)
        if call.asked is not None:
            await call.asked
            await answers.give_late(call, answer)
        return {}

    async def _apologise(self, call: Call, error: Exception) -> Payload:
        try:
            if answers.slack_code(error) == "expired_trigger_id" and not call.has_acted:
                await self._offer_again(call)
                return {}
            return await self._give(call, _in_words(call, error))
        except Exception:
            log.exception("%s by %s: no answer reached them", call.name, call.user_id)
        return {}

    async def _offer_again(self, call: Call) -> None:
        """Slack did not wait for the view. The same by a new click, which it waits for anew."""
        log.warning("%s by %s: Slack did not wait for the view", call.name, call.user_id)
        if call.asked is not None:
            await call.asked
        await answers.tell(call, again_reply(call.reader, *call.again))

    async def _without_failing(self, call: Call, work: Awaitable[None]) -> None:
        try:
            await work
        except DatabaseTrouble as trouble:
            log.warning("after %s by %s: %s", call.name, call.user_id, trouble)
        except Exception:
            log.exception("after %s by %s", call.name, call.user_id)


def _in_words(call: Call, error: Exception) -> Answer:
    if isinstance(error, DatabaseTrouble) and error.code in _OUTAGES and not call.has_acted:
        log.warning("%s by %s: %s", call.name, call.user_id, error)
        return Say(database_words(call.reader), ends=False)
    if isinstance(error, DomainError) and not isinstance(error, DatabaseTrouble):
        return answers.refusal(call, error)
    return Say(_explain(call, error), ends=False)


def _explain(call: Call, error: Exception) -> str:
    """Log what nobody expected and put it in words, with the reference under which it stands."""
    if isinstance(error, SLACK_FAILED):
        code = answers.slack_code(error)
        log.warning("%s by %s: Slack failed: %s", call.name, call.user_id, code or repr(error))
        if code is None or code in _SLACKS_OWN:
            return slack_trouble_words(call.reader)
    reference = secrets.token_hex(3).upper()
    log.error("[%s] %s by %s", reference, call.name, call.user_id, exc_info=error)
    return unexpected_words(call.reader, reference, is_done=call.has_acted)


_OUTAGES = {
    "database_busy",
    "database_full",
    "database_gone",
    "database_read_only",
    "database_replaced",
    "database_unreachable",
}
"""What the database is when it takes nothing for a while; else it was set up wrongly."""
_SLACKS_OWN = {
    "expired_trigger_id",
    "fatal_error",
    "internal_error",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
}
"""What Slack answers when the fault is its own, or time ran out; all else is a fault of ours."""
