"""One message, ready to be sent."""

from dataclasses import dataclass
from typing import Any


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
