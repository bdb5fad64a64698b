"""HTTP mode: payloads as signed requests to the app's request URL."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery import Envelope, NotAcknowledgedError

# The words of the header for those of Socket Mode's envelopes.
_RETRY_REASONS = {"timeout": "http_timeout", "error": "http_error"}


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's request signature, version v0."""
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpSender:
    """Sends what Slack would send to a request URL."""

    def __init__(self, signing_secret: str) -> None:
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None
        self.url: str | None = None

    async def send(self, envelope: Envelope, within: float) -> Any:
        """Post the payload; return the JSON or text of the answer.

        Raises NotAcknowledgedError: operation_timeout, http_client_error, http_service_error,
        dispatch_failed, no_retry (as the app asks for).
        """
        if self.url is None:
            raise NotAcknowledgedError("dispatch_failed")
        body, content_type = _wire_form(envelope)
        headers = self._signed(body) | {"Content-Type": content_type}
        if envelope.attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.attempt)
            headers["X-Slack-Retry-Reason"] = _RETRY_REASONS.get(envelope.reason, envelope.reason)
        limit = aiohttp.ClientTimeout(total=within)
        try:
            async with self._open_session().post(
                self.url, data=body.encode(), headers=headers, timeout=limit
            ) as answer:
                text = await answer.text()
                if answer.headers.get("X-Slack-No-Retry") == "1" and answer.status != 200:
                    raise NotAcknowledgedError("no_retry")
                if answer.status >= 500:
                    raise NotAcknowledgedError("http_service_error")
                if answer.status != 200:
                    raise NotAcknowledgedError("http_client_error")
                if not text:
                    return None
                if answer.content_type == "application/json":
                    return json.loads(text)
                return {"text": text}
        except TimeoutError:
            raise NotAcknowledgedError("operation_timeout") from None
        except (aiohttp.ClientError, ValueError):
            raise NotAcknowledgedError("dispatch_failed") from None

    async def verify(self) -> bool:
        """Slack's check of a new request URL: whether it repeats the challenge."""
        challenge = hashlib.sha256(self._secret.encode()).hexdigest()[:32]
        payload = {"type": "url_verification", "token": "sandbox", "challenge": challenge}
        try:
            answer = await self.send(Envelope("events_api", payload), 3.0)
        except NotAcknowledgedError:
            return False
        return isinstance(answer, dict) and challenge in answer.values()

    async def stop(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    def _signed(self, body: str) -> dict[str, str]:
        timestamp = str(int(time.time()))
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }


def _wire_form(envelope: Envelope) -> tuple[str, str]:
    form = "application/x-www-form-urlencoded"
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), "application/json"
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload), form
    return urlencode({"payload": json.dumps(envelope.payload)}), form
