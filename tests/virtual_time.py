"""An event loop in which waiting takes no time: when there is nothing left to do, its clock moves
on to the next timer. Work in threads is waited for, and takes the time that it says it takes."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` is virtual, in seconds from 0."""

    def __init__(self) -> None:
        self._now = 0.0
        self._threads = 0
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self._now

    def spend(self, seconds: float) -> None:
        """Work takes so long; to be called by the work."""
        self._now += seconds

    def run_in_executor(self, *args: Any) -> Any:  # type: ignore[override]
        self._threads += 1
        future = super().run_in_executor(*args)
        future.add_done_callback(self._has_ended)
        return future

    def _has_ended(self, _future: object) -> None:
        self._threads -= 1

    def wait(self, seconds: float | None) -> float | None:
        """How long to wait in truth where the loop would wait so long."""
        if self._threads and seconds != 0:
            return None
        if seconds:
            self._now += seconds
            return 0
        return seconds


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        return super().select(self._loop.wait(timeout))


def run(main: Callable[[VirtualLoop], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine to its end in a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        return runner.run(main(loop))
