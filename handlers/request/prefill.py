"""The words behind `/visit new`: customer, day and time, however a person puts them.

One day (`said_days`) and one time (`said_hours`) are taken out. The rest is the customer; words in
quotation marks are the customer whole, and so are those that begin with a known customer's name
(Acme Monday). What is not certain is taken out too, and stays empty.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.request.said_days import is_weekday, said_days
from models.request.said_hours import TAKEN, said_hour

_OPENING = 9 * 60
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0: " ", 0x3000: " "}
"""Full-width signs as the plain ones, each for one."""
_QUOTED = re.compile(
    r"[\"“”„「『](?P<words>[^\"“”„「」『』]+)[\"“”」』]|«(?P<guillemets>[^«»]+)»|《(?P<title>[^《》]+)》"
    r"|(?<!\w)‘(?P<single>[^‘’]+)’|(?<!\S)'(?P<plain>[^']+)'(?!\S)"
)
_BETWEEN = re.compile(rf"(?:\b(?:on|at)\s*)?[{TAKEN}]+[\s.。!！?？的]*", re.IGNORECASE)
_EMPTY = re.compile(r"[(（]\s*[)）]")
_EDGES = " \t,，;；、"


def _nobody(name: str) -> bool:  # noqa: ARG001 - a name that is asked about
    return False


def read(
    words: str, now: datetime, zone: str, is_known: Callable[[str], bool] = _nobody
) -> dict[str, str | datetime]:
    """First values for the request: `customer` and `arrival` (aware), as far as they are there, and
    `customer_else`, what the customer may be called as well.

    `zone` is that in which times are said; `now` is aware. `is_known` says whether a customer of
    that name is known.
    """
    wall = now.astimezone(ZoneInfo(zone))
    name, rest = _quoted(words)
    arrival, over = _taken_out(rest, wall)
    if not name or over:  # quotation marks within a name are part of it
        arrival, name = _taken_out(words, wall)
        known = _known(words, name, wall, is_known)
        arrival, name = known or (arrival, name)
        other = None if known else _other(words, name)
    else:
        other = None
    values: dict[str, str | datetime] = {"customer": name} if name else {}
    if arrival is not None:
        values["arrival"] = arrival
    if other is not None:
        values["customer_else"] = other
    return values


def _known(
    words: str, name: str, wall: datetime, is_known: Callable[[str], bool]
) -> tuple[datetime | None, str] | None:
    """The arrival, and the known customer with whose name the words begin, where that is longer
    than what is left of them without a day and a time."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        whole = " ".join(parts[:count]).strip(_EDGES)
        if len(whole) <= len(name):
            return None
        arrival, over = _taken_out(" ".join(parts[count:]), wall)
        if not over and is_known(whole):
            return arrival, whole
    return None


def _other(words: str, name: str) -> str | None:
    """The words as a name, where a day of the week with a capital letter ends them."""
    *before, last = words.split() or [""]
    is_day = bool(before) and last[:1].isupper() and is_weekday(last)
    return " ".join(words.split()) if is_day and " ".join(before) == name else None


def _taken_out(words: str, wall: datetime) -> tuple[datetime | None, str]:
    """The arrival as far as it is certain, and the words without what was understood."""
    day = said_days(words.translate(_NARROW), wall.date())
    hour = said_hour(day.rest)
    rest = "".join(
        TAKEN if sign == TAKEN else own for own, sign in zip(words, hour.rest, strict=True)
    )
    name = " ".join(_EMPTY.sub("", _BETWEEN.sub(" ", rest)).strip(_EDGES).split())
    is_said = bool(day.days) or hour.minutes is not None
    if day.is_unsure or hour.is_unsure or not is_said:
        return None, name
    return _moment(day.days, hour.minutes, wall), name


def _quoted(words: str) -> tuple[str, str]:
    match = _QUOTED.search(words.translate(_NARROW))
    if match is None:
        return "", words
    start, end = match.span(match.lastgroup or 0)
    rest = f"{words[: match.start()].rstrip()} {words[match.end() :].lstrip()}"
    return " ".join(words[start:end].split()), rest.rstrip()


def _moment(days: list[date], minutes: int | None, wall: datetime) -> datetime:
    """The first of the days that is still to come at that time; the last one if none is."""
    today = wall.date()
    choices = days or [today, today + timedelta(days=1)]
    for day in choices:
        if minutes is None and day >= today:
            return _at(day, _unsaid(day, wall), wall)
        if minutes is not None and _at(day, minutes, wall) > wall:
            return _at(day, minutes, wall)
    return _at(choices[-1], _OPENING if minutes is None else minutes, wall)


def _unsaid(day: date, wall: datetime) -> int:
    """The time to propose where none was said: nine, or the next full hour of today."""
    later = wall + timedelta(hours=1)
    if day == wall.date() == later.date() and wall.hour * 60 + wall.minute >= _OPENING:
        return later.hour * 60
    return _OPENING


def _at(day: date, minutes: int, wall: datetime) -> datetime:
    """That time of the wall clock; midnight at the day's end is the next day's start."""
    days, rest = divmod(minutes, 24 * 60)
    hour = time(*divmod(rest, 60))
    return datetime.combine(day + timedelta(days=days), hour, tzinfo=wall.tzinfo)
