"""The words behind `/visit new`: customer, day and time, however a person puts them.

One day is taken out (`2026-12-12`, `12 Dec`, `Dec 12 2026`, `12.12.2026`, `12月12日`, `明天`,
`tomorrow`, `Friday`, `下周五`) and one time (`10:00`, `9am`, `下午3点半`). The rest is the
customer; words in quotation marks are the customer whole. A day without a year is the next one to
come.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_OPENING = time(9, 0)
_MONTHS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_MONTH_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAYS = ("monday 一", "tuesday 二", "wednesday 三", "thursday 四", "friday 五", "saturday 六")
_WEEKDAY_NUMBERS = {
    name: number
    for number, names in enumerate((*_WEEKDAYS, "sunday 日 天"))
    for name in names.split()
}
_DISTANCES = {"today": 0, "tomorrow": 1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}


def _patterns(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]


_DAYS = _patterns(
    r"(?<!\S)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\S)",
    r"(?<!\S)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})?(?!\S)",
    rf"(?<!\S)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<name>{_MONTH})\.?,?(?:\s+(?P<y>\d{{4}}))?(?!\S)",
    rf"(?<!\S)(?P<name>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?(?:\s+(?P<y>\d{{4}}))?(?!\S)",
    r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?",
    r"(?<!\S)(?P<far>today|tomorrow)(?!\S)",
    r"(?P<far>大后天|后天|明天|今天)",
    r"(?P<next>下)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天])",
    r"(?<!\S)(?P<next>next\s+)?(?P<week>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\s*$",
)
_TIMES = _patterns(
    r"(?<!\S)(?:at\s+)?(?P<h>\d{1,2})[:：](?P<min>\d{2})\s*(?P<half>am|pm)?(?!\S)",
    r"(?<!\S)(?:at\s+)?(?P<h>\d{1,2})\s*(?P<half>am|pm)(?!\S)",
    r"(?P<half>凌晨|早上|上午|中午|下午|晚上)?\s*(?P<h>\d{1,2})\s*[点點时時:：]"
    r"(?:(?P<thirty>半)|(?P<min>\d{1,2})\s*分?)?",
)
_QUOTED = re.compile(r"[\"“”「『](?P<words>[^\"“”「」『』]+)[\"“”」』]")
_EDGES = re.compile(r"^[\s,，;；、]+|[\s,，;；、]+$|\s+(?:on|at)$", re.IGNORECASE)


def read(words: str, now: datetime, zone: str) -> dict[str, str | datetime]:
    """First values for the request: `customer` and `arrival` (aware), as far as they are there.

    `zone` is the person's own; `now` is aware.
    """
    wall = now.astimezone(ZoneInfo(zone))
    name, rest = _quoted(words)
    hour, days, over = _taken_out(rest, wall.date())
    if not name or over:  # quotation marks within a name are part of it
        hour, days, name = _taken_out(words, wall.date())
    values: dict[str, str | datetime] = {"customer": name} if name else {}
    if days or hour is not None:
        values["arrival"] = _moment(days, hour, wall)
    return values


def _taken_out(words: str, today: date) -> tuple[time | None, list[date], str]:
    hour, rest = _hour(words)
    days, rest = _days(rest, today)
    return hour, days, " ".join(_EDGES.sub("", rest).split())


def _quoted(words: str) -> tuple[str, str]:
    match = _QUOTED.search(words)
    if match is None:
        return "", words
    return " ".join(match["words"].split()), _without(words, match)


def _without(words: str, match: re.Match[str]) -> str:
    return f"{words[: match.start()].rstrip()} {words[match.end() :].lstrip()}".rstrip()


def _hour(words: str) -> tuple[time | None, str]:
    for pattern in _TIMES:
        for match in pattern.finditer(words):
            found = match.groupdict()
            minute = 30 if found.get("thirty") else int(found.get("min") or 0)
            hour = _of_day(int(found["h"]), (found["half"] or "").lower())
            if hour < 24 and minute < 60:
                return time(hour, minute), _without(words, match)
    return None, words


def _of_day(hour: int, half: str) -> int:
    """The hour of 24 that is meant; 24 and more where there is none."""
    if half in {"am", "pm"} and not 1 <= hour <= 12:
        return 24
    if half in {"am", "凌晨", "早上", "上午"}:
        return 0 if hour == 12 else hour
    if half in {"pm", "下午", "晚上"}:
        return hour + 12 if hour < 12 else hour
    return hour + 12 if half == "中午" and hour < 3 else hour


def _days(words: str, today: date) -> tuple[list[date], str]:
    """The days that the words may mean, the nearest first, and the words without them."""
    for pattern in _DAYS:
        for match in pattern.finditer(words):
            days = _meant({name: part for name, part in match.groupdict().items() if part}, today)
            if days:
                return days, _without(words, match)
    return [], words


def _meant(found: dict[str, str], today: date) -> list[date]:
    if "far" in found:
        return [today + timedelta(days=_DISTANCES[found["far"].lower()])]
    if "week" in found:
        weekday = _WEEKDAY_NUMBERS[found["week"].lower()]
        if "next" in found:
            monday = today - timedelta(days=today.weekday())
            return [monday + timedelta(days=7 + weekday)]
        ahead = today + timedelta(days=(weekday - today.weekday()) % 7)
        return [ahead, ahead + timedelta(days=7)]
    month = int(found["m"]) if "m" in found else _MONTH_NUMBERS[found["name"].lower()]
    years = [int(found["y"])] if "y" in found else range(today.year, today.year + 9)
    days = []
    for year in years:
        try:
            days.append(date(year, month, int(found["d"])))
        except ValueError:
            continue  # 29 February waits for a year that has it; others never come
    return days


def _moment(days: list[date], hour: time | None, wall: datetime) -> datetime:
    """The first of the days that is still to come at that hour; the last one if none is."""
    today = wall.date()
    choices = days or [today, today + timedelta(days=1)]
    for day in choices:
        if hour is None and day >= today:
            return _at(day, _unsaid(day, wall), wall)
        if hour is not None and _at(day, hour, wall) > wall:
            return _at(day, hour, wall)
    return _at(choices[-1], hour or _OPENING, wall)


def _unsaid(day: date, wall: datetime) -> time:
    """The time to propose where none was said: nine, or the next full hour of today."""
    later = wall + timedelta(hours=1)
    if day == wall.date() == later.date() and wall.time() >= _OPENING:
        return time(later.hour)
    return _OPENING


def _at(day: date, hour: time, wall: datetime) -> datetime:
    return datetime.combine(day, hour, tzinfo=wall.tzinfo)
