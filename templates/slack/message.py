"""One message, ready to be sent."""

from dataclasses import dataclass, replace
from typing import Any

from templates.slack.blocks import Button, Card
from templates.wording.text import Text, guard

REFUSED_BLOCKS = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long"}
)
"""Slack's errors for blocks that it does not take, be it because the plan has no tables or charts:
the message's text is then sent alone."""


@dataclass(frozen=True)
class Attachment:
    """A document that goes along: its content, or where the store of files has it."""

    name: str
    content: bytes | None = None
    place: str = ""


@dataclass(frozen=True)
class Message:
    """`text` is what a phone shows when the message arrives; `blocks` are what the channel shows.

    `in_thread` messages go into the thread of the visit card, with `broadcast` also into the
    channel. A live message is updated in place whenever what it shows changes. One with an
    `attachment` is said once: its document is uploaded for nobody to see, the message shares it.
    """

    text: str
    blocks: list[dict[str, Any]]
    in_thread: bool = False
    broadcast: bool = False
    is_live: bool = False
    attachment: Attachment | None = None

    def sharing(self, permalink: str) -> "Message":
        """The message with the address of its document, by which Slack shares it with whoever
        reads the message."""
        name = self.attachment.name if self.attachment is not None else permalink
        label = guard(name).mrkdwn().replace("|", "¦")
        link = f"<{permalink}|{label}>"
        block = {"type": "section", "text": {"type": "mrkdwn", "text": f"📎 {link}"}}
        return replace(self, text=f"{self.text} {link}", blocks=[*self.blocks, block])


def short(said: Text, *buttons: Button | None) -> Message:
    """A message of one text, with what can be done about it."""
    card = Card()
    card.text(said)
    card.buttons(*buttons)
    return Message(said.fallback(), card.done())
