"""What can go wrong with a call to Slack, and what follows for the row."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from scheduler.rows import Claimed, Over, PutBack
from templates.slack.message import REFUSED_BLOCKS

SLOW = timedelta(minutes=5)
"""How long a row waits for people to mend something, such as a channel without the bot."""
GIVE_UP = timedelta(days=3)
"""A row that never expires is given up when it was tried for so long."""
TOO_MUCH_SAID = "too_much_said"
"""The reason of a row that may have been sent, in a conversation too long to be looked through. It
ends at once: looking again would only have more to look through."""
SHARED = "channel_is_shared"
"""The reason of a row whose channel people of another company read: nothing goes into it."""
_LONGEST = 600
_LONGEST_CODE = 100


class Trouble(StrEnum):
    """Kinds of fault, by what is to be done."""

    LIMITED = "limited"  # 429: wait as long as Slack says
    UNCERTAIN = "uncertain"  # it may have been done: look before doing it again
    DOWN = "down"  # nothing works: network, token
    CARD_GONE = "card_gone"  # the message to be updated is not there
    THREAD_GONE = "thread_gone"  # the message to be answered is not there
    CLOSED = "closed"  # the conversation cannot be written to
    SETUP = "setup"  # the app is installed without something that it needs
    BLOCKS = "blocks"  # its blocks are refused, be it by the plan: its words may stand
    REFUSED = "refused"  # the message itself is refused: an error of ours
    UNSURE = "unsure"  # it may be there, and nobody can see: not to be sent again


class SlackFault(Exception):
    """A call that did not succeed: `reason` is Slack's error code, or what happened on the way."""

    def __init__(
        self, method: str, trouble: Trouble, reason: str, retry_after: float = 0.0
    ) -> None:
        super().__init__(f"{method}: {reason}")
        self.method = method
        self.trouble = trouble
        self.reason = reason
        self.retry_after = retry_after


_BY_CODE = {
    **dict.fromkeys(("ratelimited", "rate_limited", "message_limit_exceeded"), Trouble.LIMITED),
    **dict.fromkeys(
        ("fatal_error", "internal_error", "request_timeout", "service_unavailable"),
        Trouble.UNCERTAIN,
    ),
    **dict.fromkeys(
        (
            "not_authed",
            "invalid_auth",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "not_allowed_token_type",
            "org_login_required",
            "ekm_access_denied",
            "team_access_not_granted",
            "team_added_to_org",
            "two_factor_setup_required",
            "accesslimited",
            "access_denied",
        ),
        Trouble.DOWN,
    ),
    **dict.fromkeys(REFUSED_BLOCKS, Trouble.BLOCKS),
    **dict.fromkeys(("no_permission", "missing_scope", "messages_tab_disabled"), Trouble.SETUP),
    **dict.fromkeys(
        ("message_not_found", "cant_update_message", "edit_window_closed"), Trouble.CARD_GONE
    ),
    **dict.fromkeys(
        (
            "thread_not_found",
            "cannot_reply_to_message",
            "restricted_action_thread_locked",
            "restricted_action_non_threadable_channel",
        ),
        Trouble.THREAD_GONE,
    ),
    **dict.fromkeys(
        (
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "is_inactive",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "posting_to_general_channel_denied",
            "user_not_found",
            "user_disabled",
            "user_not_visible",
            "users_not_found",
            "cannot_dm_bot",
            "method_not_supported_for_channel_type",
        ),
        Trouble.CLOSED,
    ),
}


def is_closed(reason: str) -> bool:
    """Whether a row's reason (`method:code`) is that the person cannot be written to."""
    method, _, code = reason.partition(":")
    return method != "gave_up" and _BY_CODE.get(code) == Trouble.CLOSED


def is_shared(channel: Mapping[str, object]) -> bool:
    """Whether people of another company read a channel, as Slack describes it."""
    return bool(channel.get("is_ext_shared"))


@contextlib.contextmanager
def calling(method: str) -> Iterator[None]:
    """Turn whatever a call to Slack raises into a SlackFault."""
    try:
        yield
    except SlackApiError as error:
        raise _of_answer(method, error) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:  # not sent
        raise SlackFault(method, Trouble.DOWN, "unreachable") from error
    except (TimeoutError, aiohttp.ClientError, SlackClientError) as error:
        raise SlackFault(method, Trouble.UNCERTAIN, f"no_answer:{type(error).__name__}") from error
    except (AttributeError, ValueError) as error:  # an answer that is no Slack answer
        raise SlackFault(method, Trouble.UNCERTAIN, "strange_answer") from error


def _of_answer(method: str, error: SlackApiError) -> SlackFault:
    answer = error.response
    status = int(getattr(answer, "status_code", 0) or getattr(answer, "status", 0) or 0)
    data = getattr(answer, "data", None)
    code = _readable(data.get("error")) if isinstance(data, dict) else ""
    if status == 429 or _BY_CODE.get(code) == Trouble.LIMITED:
        headers = getattr(answer, "headers", {})
        return SlackFault(method, Trouble.LIMITED, "ratelimited", _seconds(headers))
    if status >= 500 or not code:
        return SlackFault(method, Trouble.UNCERTAIN, code or f"status_{status}")
    return SlackFault(method, _BY_CODE.get(code, Trouble.REFUSED), code)


def _readable(code: object) -> str:
    """Slack's code as it can be stored and shown, whatever stands in the answer."""
    return "".join(each for each in str(code or "") if each.isprintable())[:_LONGEST_CODE]


def _seconds(headers: object) -> float:
    get = getattr(headers, "get", None)
    given = get("Retry-After") if get is not None else None
    try:
        return max(float(given or 1), 0.0)
    except ValueError:
        return 1.0


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 2 s, 4 s, 8 s, ... ten minutes at most."""
    return timedelta(seconds=min(2 ** min(max(attempts, 1), 12), _LONGEST))


def is_hopeless(row: Claimed, now: datetime) -> bool:
    """Whether a row was tried for long enough: not at the first attempt after days of downtime."""
    began = max(row.due_at, row.first_tried_at or row.due_at)
    return row.attempts > 1 and now - began > GIVE_UP


def consequence(
    row: Claimed, fault: SlackFault, now: datetime, revision: int, *, is_uncertain: bool
) -> PutBack | Over:
    """What becomes of a row whose call failed. `is_uncertain` is what was known of it before.

    LIMITED and DOWN say nothing about the row: it goes back as it was, and the caller sets the
    pause.
    """
    back = PutBack(
        row,
        next_try_at=now,
        reason=f"{fault.method}:{fault.reason}",
        was_tried=False,
        is_uncertain=is_uncertain and row.ts is None,
        channel=row.channel,
        ts=row.ts,
    )
    if fault.trouble in {Trouble.LIMITED, Trouble.DOWN}:
        return back
    back = replace(back, was_tried=True)
    if fault.trouble in {Trouble.REFUSED, Trouble.BLOCKS, Trouble.UNSURE} or (
        fault.trouble == Trouble.CLOSED and row.recipient != CHANNEL
    ):
        return Over(row, DeliveryState.FAILED, back.reason or "", revision)
    if row.expires_at is None and row.ts is None and is_hopeless(row, now):
        return Over(row, DeliveryState.FAILED, f"gave_up:{back.reason}", revision)
    match fault.trouble:
        case Trouble.UNCERTAIN:
            unknown = row.ts is None
            return replace(back, next_try_at=now + backoff(row.attempts), is_uncertain=unknown)
        case Trouble.CLOSED:
            return replace(back, next_try_at=now + SLOW, notice=fault.reason)
        case Trouble.SETUP:
            return replace(back, next_try_at=now + SLOW)
        case _:  # the card to be updated is gone: it is posted anew
            return replace(back, ts=None)
