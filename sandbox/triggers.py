"""Trigger ids and response URLs: short-lived permissions that an interaction gives the app."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.ids import Ids
from sandbox.model import SlackError

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5
_KEPT = 10_000


@dataclass(slots=True)
class Trigger:
    """Lets the app open one view for one person within three seconds."""

    id: str
    user: str
    until: float
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Lets the app answer five times within half an hour, where the interaction took place."""

    id: str
    user: str
    channel: str
    until: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Permits:
    """All trigger ids and response URLs of the workspace. Times are real (monotonic) seconds."""

    def __init__(self, ids: Ids, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._ids = ids
        self._monotonic = monotonic
        self._triggers: dict[str, Trigger] = {}
        self._urls: dict[str, ResponseUrl] = {}

    def trigger(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id, of an interaction inside `view_id` if one is given."""
        self._forget_old()
        number = f"{len(self._triggers) + 1_000_000}.{int(self._monotonic() * 1000)}"
        trigger_id = f"{number}.{self._ids.secret(32).lower()}"
        until = self._monotonic() + TRIGGER_SECONDS
        self._triggers[trigger_id] = Trigger(trigger_id, user, until, view_id)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use up a trigger id.

        Raises SlackError: invalid_trigger_id, exchanged_trigger_id, expired_trigger_id.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._monotonic() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def response_url(
        self,
        user: str,
        channel: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """The id of a new response URL."""
        self._forget_old()
        url_id = self._ids.secret()
        until = self._monotonic() + RESPONSE_URL_SECONDS
        self._urls[url_id] = ResponseUrl(url_id, user, channel, until, message_ts, thread_ts)
        return url_id

    def use_response_url(self, url_id: str) -> ResponseUrl:
        """Count one use. Raises SlackError: invalid_url, expired_url, used_url."""
        url = self._urls.get(url_id)
        if url is None:
            raise SlackError("invalid_url")
        if self._monotonic() > url.until:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        url.uses += 1
        return url

    def _forget_old(self) -> None:
        if len(self._triggers) + len(self._urls) < _KEPT:
            return
        now = self._monotonic()
        self._urls = {key: url for key, url in self._urls.items() if url.until > now}
        long_ago = now - RESPONSE_URL_SECONDS
        self._triggers = {
            key: trigger for key, trigger in self._triggers.items() if trigger.until > long_ago
        }
