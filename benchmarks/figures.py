"""Median and p99 of measured times, and their ratio to a bare counterpart's."""

from collections.abc import Sequence
from statistics import quantiles


def median(times: Sequence[float]) -> float:
    """The middle of the times, in their own unit."""
    return quantiles(times, n=2, method="inclusive")[0]


def p99(times: Sequence[float]) -> float:
    """The time that one in a hundred exceeds."""
    return quantiles(times, n=100, method="inclusive")[98]


def compare(name: str, ours: Sequence[float], bare: Sequence[float]) -> str:
    """A line with both medians and p99s in ms and their ratios. Times are in ms."""
    return (
        f"{name:<34} median {median(ours):7.2f} ms ({median(ours) / median(bare):4.1f} x bare "
        f"{median(bare):5.2f})   p99 {p99(ours):7.2f} ms ({p99(ours) / p99(bare):4.1f} x bare "
        f"{p99(bare):5.2f})"
    )


def goal(figure: float, least: float) -> str:
    """The goal of a figure that should be at least so much, and whether it was reached."""
    return f"goal {least:g}: {'reached' if figure >= least else 'MISSED'}"


def at_most(figure: float, most: float) -> str:
    """The goal of a figure that should be no more than so much, and whether it was reached."""
    return f"goal {most:g} at most: {'reached' if figure <= most else 'MISSED'}"


def spread(times: Sequence[float]) -> str:
    """Between which times the middle half of them lies, in their own unit."""
    low, _, high = quantiles(times, n=4, method="inclusive")
    return f"{low:.2f} to {high:.2f}"
