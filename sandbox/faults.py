"""Faults that can be asked for: failing, slow or half-done Web API calls, and lost sockets."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, get_args

FaultKind = Literal["429", "500", "latency", "drop_answer", "error", "data_blocks"]


@dataclass(slots=True)
class Fault:
    """One rule: which calls fail, how, and how often.

    `times` counts down; without it the fault stays. `share` strikes that part of the calls, by a
    random source started from `seed`. "error" answers with the code `error`, and with `is_done`
    only after the call was carried out. "data_blocks" refuses messages that hold a table or chart,
    as a plan without these does; other messages do not count.
    """

    method: str
    kind: FaultKind
    times: int | None = None
    share: float | None = None
    retry_after: int = 1
    seconds: float = 0.0
    seed: int = 0
    error: str = "fatal_error"
    is_done: bool = False
    struck: int = 0
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"no fault is called {self.kind!r}; there are {get_args(FaultKind)}")
        self._random = random.Random(self.seed)

    def strikes(self, method: str) -> bool:
        """Whether this call is hit; counts it if so."""
        if self.times is not None and self.times <= 0:
            return False
        if not fnmatchcase(method, self.method):
            return False
        if self.share is not None and self._random.random() >= self.share:
            return False
        if self.times is not None:
            self.times -= 1
        self.struck += 1
        return True


class Faults:
    """The faults in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._refresh: Callable[[], None] = lambda: None
        self._lose: Callable[[], None] = lambda: None

    def connect(self, refresh: Callable[[], None], lose: Callable[[], None]) -> None:
        """Say how sockets are refreshed and lost."""
        self._refresh = refresh
        self._lose = lose

    def add(
        self,
        method: str = "*",
        kind: FaultKind = "500",
        *,
        times: int | None = None,
        share: float | None = None,
        seed: int = 0,
        retry_after: int = 1,
        seconds: float = 0.0,
        error: str = "fatal_error",
        is_done: bool = False,
    ) -> Fault:
        """Add a fault for a method (or pattern such as `chat.*`).

        Without `times` or `share` it strikes once. `seconds` is the delay of "latency", `error`
        the code of "error", which with `is_done` comes once the call was carried out. For a plan
        that never takes tables and charts: `add(kind="data_blocks", share=1)`. Raises ValueError
        for an unknown kind.
        """
        if times is None and share is None:
            times = 1
        fault = Fault(method, kind, times, share, retry_after, seconds, seed, error, is_done)
        self._faults.append(fault)
        return fault

    @property
    def active(self) -> list[Fault]:
        """The faults that may still strike."""
        return [fault for fault in self._faults if fault.times is None or fault.times > 0]

    def clear(self) -> None:
        """End all faults."""
        self._faults.clear()

    def striking(self, method: str) -> list[Fault]:
        """The faults that hit this call, whatever it holds."""
        return [
            fault for fault in self._faults if fault.kind != "data_blocks" and fault.strikes(method)
        ]

    def refuses_data(self, method: str) -> bool:
        """Whether this call, which holds a table or chart, is refused for it; counts it if so."""
        return any(fault.kind == "data_blocks" and fault.strikes(method) for fault in self._faults)

    def refresh_socket(self) -> None:
        """Have Slack ask the app to connect anew, as it does every few hours."""
        self._refresh()

    def lose_sockets(self) -> None:
        """Cut all socket connections without a word."""
        self._lose()
