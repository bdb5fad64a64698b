"""One message, ready to be sent."""

from dataclasses import dataclass
from typing import Any

REFUSED_BLOCKS = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long"}
)
"""Slack's errors for blocks that it does not take, be it because the plan has no tables or charts:
the message's text is then sent alone."""


@dataclass(frozen=True)
class Message:
    """`text` is what a phone shows when the message arrives; `blocks` are what the channel shows.

    `in_thread` messages go into the thread of the visit card, with `broadcast` also into the
    channel. A live message is updated in place whenever what it shows changes.
    """

    text: str
    blocks: list[dict[str, Any]]
    in_thread: bool = False
    broadcast: bool = False
    is_live: bool = False
