"""What open forms show by now, which the interactions on their way do not know yet."""

from collections import OrderedDict

_KEPT = 2000


class Shown:
    """Follows a form from the state in which Slack reported it to the one it was brought to since.

    Two changes that a person makes at once both report the form as it was before: the second must
    build on what the first led to. States bear Slack's hash and what stands for the live parts.
    """

    def __init__(self) -> None:
        self._next: OrderedDict[tuple[str, str], tuple[str, str]] = OrderedDict()

    def remember(self, view_id: str, old: str, new: str, shown: str) -> None:
        """The form was brought from one state to the next."""
        self._next[view_id, old] = (new, shown)
        while len(self._next) > _KEPT:
            self._next.popitem(last=False)

    def newest(self, view_id: str, state: str, shown: str | None) -> tuple[str, str | None]:
        """The last known state after the reported one, and what it shows."""
        while (following := self._next.get((view_id, state))) is not None:
            state, shown = following
        return state, shown
