"""Memory that a burst of messages took and left is given back to the machine."""

import ctypes
import gc
from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int] | None:
    """glibc's `malloc_trim`; other C libraries have none."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return trim


def give_back() -> None:
    """Have what is free in the process handed back: without that it stays as large as it was at the
    height of the largest burst. Takes some ten milliseconds."""
    gc.collect()
    trim = _trim()
    if trim is not None:
        trim(0)
