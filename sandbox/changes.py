"""What happens in the workspace, told to whoever watches: the page, tests, the event feed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.model import Channel, Json, Message


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """A message was posted, changed or (`how` = "touched") got a reply, a reaction or a pin.

    `before` is what a changed message was.
    """

    message: Message
    how: Literal["posted", "changed", "touched"]
    before: Json | None = None


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message is gone."""

    message: Message


@dataclass(frozen=True, slots=True)
class ViewsChanged:
    """A person's stack of modals changed."""

    user: str


@dataclass(frozen=True, slots=True)
class HomeChanged:
    """A person's App Home changed."""

    user: str


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A channel appeared or its members, name, topic or read marks changed."""

    channel: Channel
    joined: str | None = None
    left: str | None = None


@dataclass(frozen=True, slots=True)
class ClockChanged:
    """The clock jumped."""


@dataclass(frozen=True, slots=True)
class BotOnline:
    """The app connected its first socket, or lost its last."""

    online: bool


@dataclass(frozen=True, slots=True)
class ReactionAdded:
    """Somebody put a reaction on a message."""

    message: Message
    user: str
    reaction: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """Any other event of Slack's, for the app alone."""

    event: Json


Change = (
    MessagePosted
    | MessageDeleted
    | ViewsChanged
    | HomeChanged
    | ChannelChanged
    | ClockChanged
    | BotOnline
    | ReactionAdded
    | Happened
)
Listener = Callable[[Change], None]


class Changes:
    """Tells listeners at once, and wakes those who wait for a condition."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._waiters: set[asyncio.Future[None]] = set()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called with each change. Returns how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, change: Change) -> None:
        """Tell everyone."""
        for listener in tuple(self._listeners):
            listener(change)
        self.wake()

    def wake(self) -> None:
        """Have waiting conditions looked at again."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Wait until the condition holds.

        It is looked at after each change only. Raises TimeoutError after so many `seconds`.
        """
        async with asyncio.timeout(seconds):
            while not condition():
                waiter = asyncio.get_running_loop().create_future()
                self._waiters.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiters.discard(waiter)
