"""What a person reads: messages as they see them, and how the app answered an act."""

from dataclasses import dataclass

from sandbox.model import Json
from sandbox.model import Message as StoredMessage
from sandbox.reading import Reader, button_labels


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app answered: `text` is what only this person then saw, if anything.

    `posted` is what the person wrote, where the act was to write.
    """

    text: str | None
    ms: float
    acked: bool
    notice: str | None = None
    posted: "Message | None" = None


class Message:
    """A message as one person sees it now; it shows later changes too."""

    def __init__(self, stored: StoredMessage, reader: Reader) -> None:
        self.stored = stored
        self._reader = reader

    @property
    def text(self) -> str:
        """All its words, blocks flattened, one part per line; no buttons."""
        return self._reader.message(self.stored)

    @property
    def buttons(self) -> list[str]:
        """The words on its buttons."""
        return button_labels(self.stored.all_blocks)

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, with the ids that Slack filled in."""
        return self.stored.blocks

    @property
    def raw_text(self) -> str:
        """The `text` of the message, which Slack shows in notifications."""
        return self.stored.text

    @property
    def ts(self) -> str:
        """Its id within the channel."""
        return self.stored.ts

    @property
    def channel(self) -> str:
        """The id of its channel."""
        return self.stored.channel

    @property
    def thread_ts(self) -> str | None:
        """The parent's id, in a thread."""
        return self.stored.thread_ts

    @property
    def user(self) -> str:
        """The author's id."""
        return self.stored.user

    @property
    def edited(self) -> bool:
        """Whether it was changed."""
        return self.stored.edited is not None

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.stored.ephemeral_to is not None

    @property
    def metadata(self) -> Json | None:
        """Its metadata, which people do not see."""
        return self.stored.metadata

    def __repr__(self) -> str:
        buttons = f" [{'] ['.join(self.buttons)}]" if self.buttons else ""
        return f"<message {self.ts}: {self.text!r}{buttons}>"
