"""Messages that were answered, which Slack may tell of again."""

from collections import OrderedDict

_KEPT = 1000


class Heard:
    """Remembers what was heard lately, by conversation and time."""

    def __init__(self) -> None:
        self._heard: OrderedDict[tuple[str, str], None] = OrderedDict()

    def is_new(self, channel: str, ts: str) -> bool:
        """Whether this message is heard for the first time; from now on it is not."""
        if (channel, ts) in self._heard:
            return False
        self._heard[channel, ts] = None
        while len(self._heard) > _KEPT:
            self._heard.popitem(last=False)
        return True
