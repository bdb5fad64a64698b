"""Slack's signature, looked at before anything of a request is read or believed.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

_FRESH_SECONDS = 300
_LONGEST_STAMP = 12
_STAMP, _SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


def may_be_signed(headers: Mapping[str, str], now: datetime) -> bool:
    """Whether the headers alone leave it open: the body need not be read of a request that says
    nothing of a signature, or an old one."""
    stamp = headers.get(_STAMP, "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= _LONGEST_STAMP):
        return False
    return abs(now.timestamp() - int(stamp)) <= _FRESH_SECONDS and _SIGNATURE in headers


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Whether Slack has signed this body, in the last five minutes."""
    if not may_be_signed(headers, now):
        return False
    said = b"v0:" + headers[_STAMP].encode() + b":" + body
    right = "v0=" + hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), headers[_SIGNATURE].encode(errors="replace"))
