"""Numbers of flights and trains, as people write them: `LH728`, `lh 728`, `G1372`. Pure."""

import re
import unicodedata
from collections.abc import Callable

from models.base.words import TravelBy

_FLIGHT = re.compile(r"([A-Z]{2}|[A-Z]\d|\d[A-Z])([ -]?)0*([1-9]\d{0,3})([A-Z]?)")
_TRAIN = re.compile(r"([GDCZTKLYSP]) ?([1-9]\d{0,3})|([1-9]\d{3})")
_ABROAD = re.compile(r"(ICE|IC|EC|ECE|EN|NJ|RJ|RJX|TGV|OUI|EST|AVE|KTX|SRT|IR|RE) ?([1-9]\d{0,4})")
_RAILWAYS_LETTER = re.compile(r"[GDCZTK]\d{4}")
_AIRLINES = frozenset(
    {"C3", "D2", "D7", "D8", "G3", "G8", "G9", "K4", "K6", "T3", "T5", "Z2", "Z8"}
)
"""Airlines whose numbers written together look like trains of China's railways."""
_BETWEEN = re.compile(r"\s*[/,;+&、，；→]\s*")


def flight_number(text: str) -> str | None:
    """The flight that these words are and nothing else, as `LH728`; None where they are none.

    A number of China's railways is no flight, although an airline could be called `G1`.
    """
    words = _plain(text)
    found = _FLIGHT.fullmatch(words)
    if found is None:
        return None
    airline, gap, number, suffix = found.groups()
    if not gap and airline not in _AIRLINES and _RAILWAYS_LETTER.fullmatch(words):
        return None
    return f"{airline}{number}{suffix}"


def train_number(text: str) -> str | None:
    """The train that these words are and nothing else, as `G1372` or `ICE 123`; None else."""
    words = _plain(text).removesuffix("次").rstrip()
    found = _TRAIN.fullmatch(words)
    if found is not None:
        letter, number, plain = found.groups()
        return plain or f"{letter}{number}"
    abroad = _ABROAD.fullmatch(words)
    return f"{abroad[1]} {abroad[2]}" if abroad is not None else None


_READS: dict[str, Callable[[str], str | None]] = {
    TravelBy.FLIGHT: flight_number,
    TravelBy.TRAIN: train_number,
}


def travel_numbers(by: str | None, text: str) -> str | None:
    """One number or several of a way with a change, `LH728 / MU5101`, each as it is written
    rightly; None where one of them is no number of such a journey. A way that is neither a flight
    nor a train has any number."""
    reads = _READS.get(by or "")
    if reads is None:
        return text.strip()
    numbers = [reads(each) for each in _BETWEEN.split(text.strip())]
    return " / ".join(each for each in numbers if each) if all(numbers) else None


def either_number(text: str) -> str | None:
    """The same of a way of which is not said how: each number a flight or a train."""
    numbers = [flight_number(each) or train_number(each) for each in _BETWEEN.split(text.strip())]
    return " / ".join(each for each in numbers if each) if all(numbers) else None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).upper().split())
