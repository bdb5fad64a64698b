"""Storing what comes in faster than it can be stored: of each person only the newest counts."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """The values of people, stored one after the other, in the order in which they came in."""

    def __init__(self) -> None:
        self._waiting: dict[str, T] = {}
        self._storing: set[str] = set()

    async def store(self, user_id: str, value: T, do: Callable[[T], Awaitable[object]]) -> None:
        """Store a value, or leave that to whoever stores an earlier one of the same person."""
        self._waiting[user_id] = value
        if user_id in self._storing:
            return
        self._storing.add(user_id)
        try:
            while user_id in self._waiting:
                await do(self._waiting.pop(user_id))
        finally:
            self._storing.discard(user_id)

    def drop(self, user_id: str) -> None:
        """Forget what has not been stored yet."""
        self._waiting.pop(user_id, None)
