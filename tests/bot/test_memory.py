"""Giving memory back."""

from pathlib import Path

import pytest

from bot.memory import _trim, give_back

PAGES = Path("/proc/self/statm")


@pytest.mark.skipif(_trim() is None or not PAGES.exists(), reason="no glibc, or no /proc here")
def test_what_a_burst_left_is_given_back() -> None:
    texts = [f"{number:0600d}" for number in range(100_000)]  # larger than what Python pools
    kept = texts[::50]
    texts.clear()
    before = resident()
    give_back()
    assert resident() < before - 20
    assert len(kept) == 2000


def resident() -> float:
    """In MB, of pages of 4 kB."""
    return int(PAGES.read_text().split()[1]) * 4096 / 2**20
