"""Storing what comes in faster than it can be stored: of each thing only the newest counts."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Values by key, those of one key stored one after the other in the order they came in."""

    def __init__(self) -> None:
        self._waiting: dict[str, T] = {}
        self._storing: set[str] = set()

    async def store(self, key: str, value: T, do: Callable[[T], Awaitable[object]]) -> None:
        """Store a value, or leave that to whoever stores an earlier one of the same key."""
        self._waiting[key] = value
        if key in self._storing:
            return
        self._storing.add(key)
        try:
            while key in self._waiting:
                await do(self._waiting.pop(key))
        finally:
            self._storing.discard(key)

    def drop(self, key: str) -> None:
        """Forget what has not been stored yet."""
        self._waiting.pop(key, None)
