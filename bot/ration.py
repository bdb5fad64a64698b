"""Lines that strangers can cause are rationed, so that they cannot fill the log."""

import logging

_SECONDS = 60.0
MOST = 10


class Ration(logging.Filter):
    """Lets a logger say the same a few times a minute; the next line after that counts, as
    `left_out`, what was not said. Lines are the same whose words are, whatever facts they bear."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most
        self._said: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is said."""
        key = (record.name, str(record.msg))
        since, count = self._said.get(key, (record.created, 0))
        if abs(record.created - since) >= _SECONDS:
            if count > self._most:
                record.__dict__["left_out"] = count - self._most
            since, count = record.created, 0
        self._said[key] = (since, count + 1)
        return count < self._most
