"""The log: one line an event on stderr, `key=value` after the words, never a secret.

What people wrote and customers' names are not logged: lines name visits, people and messages by
their ids. An unexpected error gets a reference number, which the person who met it is shown.
"""

import asyncio
import logging
import re
import secrets
from datetime import UTC, datetime
from typing import Any

from bot.ration import Ration

_STANDARD = frozenset(logging.LogRecord("", 0, "", 0, "", None, None).__dict__) | {
    "message",
    "asctime",
    "taskName",
}
_SECRET = re.compile(
    r"\bx(?:ox[a-z]|app)-[\w.-]+"  # Slack's tokens
    r"|(?<=://)[^\s/@:]*:[^\s/@]*(?=@)"  # user and password of an address
    r"|(?<=password=)[^\s&'\"]+"  # the same in the address's query
    # What a row held that PostgreSQL refused, and a value that it or Pydantic could not read.
    r"|(?<=DETAIL:  )(?s:.*?)(?=\n(?:\[SQL|CONTEXT:|Traceback|\n(?:The ab|During h))|\Z)"
    r'|(?<=: )"[^"]*"(?=\n(?:LINE |CONTEXT:))'
    r"|(?<=input_value=)(?s:.*?)(?=, input_type=)"
)
_RATIONED = ("aiohttp.server", "bot.connections", "bot.log", "bot.web")
_RATION = Ration()
log = logging.getLogger(__name__)


class LineFormatter(logging.Formatter):
    """Time in UTC, level, logger, words, then the record's own facts as `key=value`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; tokens and passwords that slipped into it are blotted out."""
        at = datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds")
        facts = "".join(
            f" {name}={_quoted(value)}"
            for name, value in record.__dict__.items()
            if name not in _STANDARD
        )
        line = f"{at[:-6]}Z {record.levelname:<7} {record.name} {record.getMessage()}{facts}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return _SECRET.sub("[hidden]", line)


def set_up_log(level: int = logging.INFO) -> None:
    """Log to stderr from now on. Libraries speak only of trouble."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for ours in ("usher", "bot", "handlers", "scheduler", "services", "migrations"):
        logging.getLogger(ours).setLevel(level)
    for caused_by_strangers in _RATIONED:
        logging.getLogger(caused_by_strangers).addFilter(_RATION)
    # Reconnecting is everyday business, which the connection reports in its own words.
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def new_reference() -> str:
    """A number under which an unexpected error is found in the log."""
    return secrets.token_hex(4)


def report_lost_errors(loop: asyncio.AbstractEventLoop) -> None:
    """Have errors that nobody awaited logged under a reference number."""

    def report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        log.error(
            "an error that nobody awaited: %s",
            context.get("message", ""),
            exc_info=error if isinstance(error, BaseException) else None,
            extra={"reference": new_reference()},
        )

    loop.set_exception_handler(report)


def _quoted(value: object) -> str:
    text = str(value)
    return f'"{text}"' if " " in text or not text else text
