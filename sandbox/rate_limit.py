"""Slack's rate limits: one message a second in each channel with short bursts, tiers for the rest.

The figures are Slack's published ones; the size of a burst is not published and was chosen here.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

_PER_MINUTE: dict[int | str, int] = {1: 1, 2: 20, 3: 50, 4: 100, "auth": 600}
_POST_BURST = 4


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class RateLimit:
    """Token buckets by method, and by channel for chat.postMessage. Runs on real time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._buckets: dict[str, _Bucket] = {}

    def wait(self, method: str, tier: int | str, channel: str | None) -> int | None:
        """Count a call. None when it may pass, else the seconds for Retry-After."""
        if tier == "post":
            return self._take(f"post {channel}", 1.0, _POST_BURST)
        most = _PER_MINUTE[tier]
        return self._take(method, most / 60.0, most)

    def _take(self, key: str, per_second: float, most: int) -> int | None:
        now = self._monotonic()
        bucket = self._buckets.setdefault(key, _Bucket(float(most), now))
        bucket.left = min(float(most), bucket.left + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.left >= 1.0:
            bucket.left -= 1.0
            return None
        return max(1, math.ceil((1.0 - bucket.left) / per_second))
