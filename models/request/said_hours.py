"""The time of day that somebody's words say (`10:00`, `2:30 p.m.`, `下午三点半`, `晚上12点`)."""

import re
from dataclasses import dataclass

DAY = 24 * 60
"""Minutes of a day: said so late, midnight is the end of the day."""
TAKEN = "\x00"
"""Stands where words were understood and taken out of a text, one for each character."""
_FIGURES = "零一二三四五六七八九"
NUMBER = r"(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
HAN = r"\u3400-\u9fff"
END = r"(?=$|[\x00\s,，。;；、!！?？)）]|\.(?:\s|$))"
"""Where words that stand by themselves end."""
_MORNING = {"凌晨", "清晨", "清早", "早晨", "早上", "早间", "上午", "早", "am"}
_NOON = {"中午", "正午"}
_AFTERNOON = {"下午", "午后", "傍晚", "pm"}
_EVENING = {"晚上", "晚间", "夜晚", "夜里", "晚"}
_NIGHT = {"半夜", "深夜", "午夜"}
HALVES = "|".join(
    word
    for words in (_MORNING, _NOON, _AFTERNOON, _EVENING, _NIGHT)
    for word in sorted(words)
    if len(word) > 1 and not word.isascii()
)
_CLOCK = rf"{NUMBER}\s*[点點时時:]"
FOLLOWS = rf"(?=\s*(?:{HALVES}|[早晚]?\s*{_CLOCK}|(?:at\s+)?\d{{1,2}}\s*[ap]\.?\s?m\b))"
"""Ahead of a time of day."""
_SAID = rf"""
    (?P<h>{NUMBER})\s*
    (?:(?P<clock>[点點时時])(?:钟|鐘|整)?
       (?:(?P<thirty>半)|(?P<quarters>[一三])刻|(?P<min>{NUMBER})分?)?
     |:(?P<sharp>\d{{2}}))(?![\d人位名个])
"""
_HALF_FIRST = rf"(?P<half>{HALVES}|(?<![{HAN}])[早晚])\s*{_SAID}"
_IN_LETTERS = rf"""
    (?<![A-Za-z0-9.:/\-])(?:at\s+)?(?P<h>\d{{1,2}})
    (?:[:.](?P<min>\d{{2}}))?\s*(?P<half>[ap]\.?\s?m\b\.?){END}
"""
_UNTIL = r"(?:\s*[-–~～至到]\s*\d{1,2}:\d{2})?"
_PLAIN = rf"(?<![A-Za-z0-9.:/\-])(?:at\s+)?(?P<h>\d{{1,2}}):(?P<min>\d{{2}}){_UNTIL}{END}"
_ON_THE_CLOCK = rf"(?<![{HAN}\w.:/–\-]){_SAID}{END}"
_TIMES = [
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (_HALF_FIRST, _IN_LETTERS, _PLAIN, _ON_THE_CLOCK, rf"\bat\s+(?P<noon>noon){END}")
]
_VAGUE = re.compile(
    rf"(?<=\x00)\s*(?:(?:in\s+the\s+)?(?:morning|afternoon|evening|night)|{HALVES}|[早晚]上?){END}"
    rf"|\bat\s+\d{{1,2}}(?:\s+o['’]clock)?\s*$|\bat\s+midnight{END}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SaidHour:
    """`minutes` from the day's start; None: nothing, or (`is_unsure`) nothing certain, was said.
    `rest` is the text with TAKEN in the place of what was understood."""

    minutes: int | None
    is_unsure: bool
    rest: str


def said_hour(text: str) -> SaidHour:
    """The one time of day in a text, in which the days that it says are TAKEN.

    An hour of Chinese words from one to six without its half of the day may be either; so may one
    behind midnight. Several times, or a half of a day alone, are unsure too.
    """
    found: set[int | None] = set()
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            parts = {name: part for name, part in match.groupdict().items() if part}
            hour, minute = number(parts.get("h", "12")), _minute(parts)
            if hour is None or hour > 24 or minute is None or minute > 59:
                continue
            found.add(of_day(hour, minute, parts.get("half", ""), parts.get("clock", "")))
            text = taken(text, match)
    for match in _VAGUE.finditer(text):
        found.add(None)
        text = taken(text, match)
    minutes = next(iter(found)) if len(found) == 1 else None
    return SaidHour(minutes, bool(found) and minutes is None, text)


def number(written: str) -> int | None:
    """A number under a hundred in figures or Chinese words; None for what is none."""
    if written.isdecimal():
        return int(written)
    plain = written.replace("〇", "零").replace("两", "二")
    if "十" not in plain:
        return _FIGURES.find(plain) if len(plain) == 1 else None
    tens, _, ones = plain.partition("十")
    if "十" in ones or len(tens) > 1 or len(ones) > 1:
        return None
    return (_FIGURES.find(tens) if tens else 1) * 10 + (_FIGURES.find(ones) if ones else 0)


def taken(text: str, match: re.Match[str]) -> str:
    """The text with what was understood taken out, as long as before."""
    return f"{text[: match.start()]}{TAKEN * len(match[0])}{text[match.end() :]}"


def _minute(parts: dict[str, str]) -> int | None:
    if "thirty" in parts:
        return 30
    if "quarters" in parts:
        return 15 if parts["quarters"] == "一" else 45
    return number(parts.get("min") or parts.get("sharp") or "0")


def of_day(hour: int, minute: int, half: str, clock: str) -> int | None:
    """The minutes from the day's start that are meant; None where it is not certain which. `half`
    are the words for the half of the day, `clock` is the sign behind the hour (`点`)."""
    half = re.sub(r"[\s.]", "", half).lower()
    if half:
        hours = _in_half(hour, half)
    else:
        is_either = clock in {"点", "點"} and 0 < hour < 7
        hours = None if is_either else hour
    if hours is None or hours * 60 + minute > DAY:
        return None
    return hours * 60 + minute


def _in_half(hour: int, half: str) -> int | None:
    """The hour of 24 (24 is the day's end) that an hour of a half of the day is."""
    if hour > 12:
        return hour if half not in _MORNING | _NOON else None
    if half in _MORNING:
        return hour if hour < 12 or half == "上午" else 0
    if half in _NOON:
        return hour if hour > 10 else hour + 12 if hour in {1, 2} else None
    if half in _AFTERNOON:
        return hour + 12 if 0 < hour < 12 else hour or None
    if hour in {0, 12}:
        return 24
    return hour + 12 if hour > (8 if half in _NIGHT else 4) else None
