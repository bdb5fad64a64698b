"""How a person is answered, wherever they acted: in time, or after Slack's three seconds."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.slack.call import Call, Kind
from models.base.errors import AlreadyDecided, DomainError, InvalidForm, VisitOver
from templates.slack import ids
from templates.slack.message import REFUSED_BLOCKS, Message
from templates.slack.modal import as_sent, laid_on_top
from templates.slack.notice import message_view, notice_view, with_notice
from templates.slack.replies import done_reply, still_working_words
from templates.wording.errors import error_words, form_errors

View = dict[str, Any]
Payload = dict[str, Any]
"""What goes back with the acknowledgement; empty: nothing but that."""
SLACK_FAILED = (
    SlackApiError,
    SlackRequestError,
    aiohttp.ClientError,
    TimeoutError,
    ConnectionError,
)
_LONGEST_ANSWER = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Say:
    """Tell the person, where they are, so that nobody else sees it.

    After a submission `ends` closes the form for good; else it stays below, as it was filled.
    """

    words: Message | str
    ends: bool = True


@dataclass(frozen=True)
class Renew:
    """Put words in the place of those that only the person sees, in which they acted."""

    words: Message


@dataclass(frozen=True)
class Show:
    """Show a view: opened, or laid on top of the modal that the person acted in; after a submission
    in its place. `words` say what came of it to whoever left before it could be shown."""

    view: View
    words: Message | None = None


@dataclass(frozen=True)
class Refill:
    """Put a view in the place of the modal that the person acted in."""

    view: View


@dataclass(frozen=True)
class Back:
    """Close the form submitted, and show what lies behind it; where nothing does, say the words."""

    words: Message | str


@dataclass(frozen=True)
class Beneath:
    """After a submission: put a view in the place of the one beneath the form, which closes."""

    view: View


@dataclass(frozen=True)
class Offer:
    """The options of a select."""

    options: list[dict[str, Any]]


@dataclass(frozen=True)
class Mark:
    """What is wrong with which field of the form submitted: words by block id."""

    errors: dict[str, str]


Answer = Say | Renew | Show | Refill | Back | Beneath | Offer | Mark | None
"""None: what the person did shows elsewhere (a card, App Home); a form closes."""


def slack_code(error: BaseException) -> str | None:
    """The error that Slack's API answered with; None where it gave no such answer."""
    if not isinstance(error, SlackApiError):
        return None
    data = getattr(error.response, "data", error.response)
    code = data.get("error") if isinstance(data, Mapping) else None
    return str(code) if code else None


def refusal(call: Call, error: DomainError) -> Answer:
    """A domain error in words: beside the fields of a form, else as a message."""
    if isinstance(error, InvalidForm):
        words = form_errors(error, call.reader)
        if call.kind is Kind.SUBMISSION:
            return Mark(_placed(words, call.view))
        return Say("\n".join(words.values()))
    hopeless = isinstance(error, AlreadyDecided | VisitOver)
    return Say(error_words(error, call.reader), ends=hopeless)


async def give(call: Call, answer: Answer) -> Payload:
    """Answer in time. Raises what Slack's API raises."""
    match answer:
        case None:
            return {"response_action": "clear"} if call.kind is Kind.SUBMISSION else {}
        case Offer(options):
            return {"options": options}
        case Mark(errors):
            return {"response_action": "errors", "errors": errors}
        case Say(words, ends):
            return await _say(call, words, ends)
        case Back(words):
            if call.view.get("previous_view_id") is None:
                return await _say(call, words, ends=True)
        case Renew(words):
            if call.kind is not Kind.MESSAGE or not await _respond(call, words, in_place=True):
                return await _say(call, words, ends=True)
        case Show(view, _):
            if call.kind is Kind.SUBMISSION:
                return {"response_action": "update", "view": _in_place(call, view)}
            await _open(call, view)
        case Refill(view):
            view = _in_place(call, view)
            if call.kind is Kind.SUBMISSION:
                return {"response_action": "update", "view": view}
            await call.slack.views_update(view_id=call.view_id, view=view)
        case Beneath(view):
            await call.slack.views_update(view_id=call.view["previous_view_id"], view=view)
    return {}


def patience(call: Call) -> Payload:
    """What is acknowledged when the work is not done in time; `later` says how it ended."""
    words = still_working_words(call.reader)
    match call.kind:
        case Kind.COMMAND:
            return {"text": words}
        case Kind.SUBMISSION:
            view = notice_view(call.reader, words) | {"external_id": _waiting_view(call)}
            return {"response_action": "update" if _is_deep(call) else "push", "view": view}
        case _:
            return {}


async def ask_for_patience(call: Call) -> None:
    """Tell whoever the acknowledgement could not tell that it is still being worked on."""
    if call.kind in {Kind.MESSAGE, Kind.MODAL, Kind.HOME, Kind.SHORTCUT}:
        await tell(call, still_working_words(call.reader))


async def give_late(call: Call, answer: Answer) -> None:
    """Say how something ended whose person was asked for patience."""
    match answer:
        case None:
            await _end(call, done_reply(call.reader))
        case Say(words, ends):
            await _end(call, words, ends)
        case Renew(words) | Back(words):
            await _end(call, words)
        case Mark(errors):
            await _end(call, _listed(errors, call.view), ends=False)
        case Show(view, words) if call.kind is Kind.SUBMISSION and words is not None:
            if not await _put_where_waiting(call, laid_on_top(call.reader, view)):
                await tell(call, words)
        case Show(view) | Refill(view) if call.kind is Kind.SUBMISSION:
            view = laid_on_top(call.reader, view)
            await call.slack.views_update(external_id=_waiting_view(call), view=view)
        case Show() | Refill():
            await give(call, answer)
        case Beneath(view):
            await call.slack.views_update(view_id=call.view["previous_view_id"], view=view)
            await _end(call, done_reply(call.reader))
        case Offer():
            pass


async def tell(call: Call, words: Message | str) -> None:
    """Tell the person outside of the acknowledgement: beside what they pressed, else by DM."""
    message = words if isinstance(words, Message) else Message(words, [])
    if await _respond(call, message):
        return
    try:
        await _post(call, message)
    except SlackApiError as error:
        if not message.blocks or slack_code(error) not in REFUSED_BLOCKS:
            raise
        log.warning("%s is answered in plain text: %s", call.name, slack_code(error))
        await _post(call, Message(message.text, []))


async def _post(call: Call, message: Message) -> None:
    await call.slack.chat_postMessage(
        channel=call.user_id, text=message.text, blocks=message.blocks or None
    )


async def _say(call: Call, words: Message | str, ends: bool) -> Payload:
    match call.kind:
        case Kind.COMMAND:
            if isinstance(words, Message) and words.blocks:
                return {"text": words.text, "blocks": words.blocks}
            return {"text": words.text if isinstance(words, Message) else words}
        case Kind.SUBMISSION:
            view = {**_as_view(call, words), "clear_on_close": ends}
            if not ends and _is_deep(call):
                view = with_notice(
                    as_sent(call.view), words if isinstance(words, str) else words.text
                )
            return {"response_action": "update" if ends or _is_deep(call) else "push", "view": view}
        case Kind.MESSAGE if call.is_in_both:
            await _open(call, _as_view(call, words))
        case Kind.MESSAGE:
            await tell(call, words)
        case Kind.MODAL | Kind.HOME | Kind.SHORTCUT:
            await _open(call, _as_view(call, words))
        case Kind.OPTIONS:
            return {"options": []}
        case Kind.EVENT | Kind.CLOSED:
            pass
    return {}


async def _open(call: Call, view: View) -> None:
    is_read = call.view.get("callback_id") == ids.NOTICE_VIEW
    if call.kind is Kind.MODAL and (is_read or _is_deep(call)):
        await call.slack.views_update(view_id=call.view_id, view=_in_place(call, view))
    elif call.kind is Kind.MODAL:
        view = laid_on_top(call.reader, view)
        await call.slack.views_push(trigger_id=call.trigger_id, view=view)
    else:
        await call.slack.views_open(trigger_id=call.trigger_id, view=view)


async def _respond(call: Call, message: Message, *, in_place: bool = False) -> bool:
    """Use the interaction's response URL, if it has one that works; `in_place`: for the message in
    which the person acted."""
    url = str(call.body.get("response_url") or "")
    if not url:
        return False
    body: Payload = {
        "text": message.text,
        "response_type": "ephemeral",
        "replace_original": in_place,
    }
    if message.blocks:
        body["blocks"] = message.blocks
    if call.thread is not None and not call.is_in_both:
        body["thread_ts"] = call.thread
    status, words = await _send(call, url, body)
    if status == 400 and "blocks" in body and any(code in words for code in REFUSED_BLOCKS):
        log.warning("%s is answered in plain text: %s", call.name, words)
        status, words = await _send(call, url, {**body, "blocks": []})
    if status != 200:
        log.warning("a response URL failed: %s %s", status, words)
    return status == 200


async def _send(call: Call, url: str, body: Payload) -> tuple[int, str]:
    """What the response URL answers: status and words; status 0 where it does not."""
    client = AsyncWebhookClient(url, session=call.slack.session, retry_handlers=[])
    try:
        answer = await client.send_dict(body)
    except SLACK_FAILED as error:
        return 0, repr(error)
    return answer.status_code, str(answer.body)[:_LONGEST_ANSWER]


async def _end(call: Call, words: Message | str, ends: bool = True) -> None:
    """Put the outcome where the person waits for it; where they left that, tell them by DM."""
    if call.kind is Kind.SUBMISSION:
        shown = {**_as_view(call, words), "clear_on_close": ends}
        if await _put_where_waiting(call, shown):
            return
    if call.is_in_both:  # wherever they are by now
        await _post(call, words if isinstance(words, Message) else Message(words, []))
        return
    await tell(call, words)


async def _put_where_waiting(call: Call, view: View) -> bool:
    """Show a view where the person waits for it; False where they left that."""
    try:
        await call.slack.views_update(external_id=_waiting_view(call), view=view)
    except SlackApiError as error:
        if slack_code(error) != "not_found":
            raise
        return False
    return True


async def renew(call: Call, view_id: str, view: View) -> None:
    """Put a view in the place of one that is open, if it still is."""
    try:
        await call.slack.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if slack_code(error) != "not_found":  # it was closed meanwhile
            raise


def _in_place(call: Call, view: View) -> View:
    """A view for the place of the modal that the person acted in."""
    has_one_behind = call.view.get("previous_view_id") is not None
    return laid_on_top(call.reader, view) if has_one_behind else view


def _is_deep(call: Call) -> bool:
    """Whether no view can be laid on top: Slack takes three."""
    return call.view.get("previous_view_id") not in {None, call.view.get("root_view_id")}


def _waiting_view(call: Call) -> str:
    return f"wait-{call.view_id}-{call.view.get('hash', '')}"


def _as_view(call: Call, words: Message | str) -> View:
    if isinstance(words, Message):
        return message_view(call.reader, words)
    return notice_view(call.reader, words)


def _placed(errors: Mapping[str, str], view: Mapping[str, Any]) -> dict[str, str]:
    """Each error beside a block that the view has; what concerns another goes to the last."""
    blocks = [block["block_id"] for block in view.get("blocks", ()) if block["type"] == "input"]
    placed: dict[str, str] = {}
    for block, words in errors.items():
        place = block if block in blocks or not blocks else blocks[-1]
        placed[place] = f"{placed[place]} {words}" if place in placed else words
    return placed


def _listed(errors: Mapping[str, str], view: Mapping[str, Any]) -> str:
    labels = {
        block["block_id"]: block["label"]["text"]
        for block in view.get("blocks", ())
        if block["type"] == "input"
    }
    return "\n".join(f"{labels.get(block, block)}: {words}" for block, words in errors.items())
