"""Ids in Slack's forms. They are made from a seeded source, so that a run can be repeated."""

import random

_UPPER = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MIXED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Ids:
    """Makes ids that never repeat within one workspace."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._count = 0

    def new(self, prefix: str) -> str:
        """An id of an object, such as `C07QK2M0F3A`."""
        self._count += 1
        number, digits = self._count, ""
        while number:
            number, rest = divmod(number, 36)
            digits = _UPPER[rest] + digits
        filler = "".join(self._random.choices(_UPPER, k=max(0, 8 - len(digits))))
        return f"{prefix}0{filler}{digits}"

    def short(self) -> str:
        """What Slack fills in for a missing block_id or action_id, such as `b8Q+x`."""
        return "".join(self._random.choices(_MIXED, k=5))

    def secret(self, length: int = 24) -> str:
        """A piece of an address or of a trigger id that cannot be guessed."""
        return "".join(self._random.choices(_MIXED, k=length))
