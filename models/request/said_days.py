"""The day that somebody's words say: `2026-12-12`, `12 Dec`, `12/15`, `明天`, `下下周五`, `Fri`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models.request.said_hours import END, FOLLOWS, HAN, NUMBER, number, taken

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
MONTH_NUMBERS = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAYS = (
    "monday mon 一",
    "tuesday tues tue 二",
    "wednesday wed 三",
    "thursday thurs thur thu 四",
    "friday fri 五",
    "saturday sat 六",
    "sunday sun 日 天",
)
WEEKDAY_NUMBERS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
WEEKDAY = "|".join(
    sorted((name for name in WEEKDAY_NUMBERS if name.isascii()), key=len, reverse=True)
)
_DISTANCES = {
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "今": 0,
    "明": 1,
    "后": 2,
    "大后": 3,
}
_NAMES_OF_WEEKDAYS = frozenset(
    {
        "ash",
        "black",
        "bloody",
        "blue",
        "casual",
        "cyber",
        "easter",
        "fab",
        "fat",
        "giving",
        "good",
        "happy",
        "man",
        "manic",
        "palm",
        "perfect",
        "ruby",
        "shrove",
        "stormy",
        "sunny",
        "super",
        "taco",
        "weld",
    }
)
"""Behind these a day of the week is a part of a name (Ruby Tuesday)."""
_HOUR_FOLLOWS = (
    r"(?=\.?,?\s+(?:(?:at\s+)?\d{1,2}(?::\d|\s*[ap]\.?\s?m\b)|(?:morning|afternoon|evening)\b))"
)
_DATE_FOLLOWS = rf"(?=\.?,?\s+(?:\x00|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:{MONTH})\b))"
_LAST = r"(?=[.,]?[\s\x00]*[.!?]?$)"
_TH = r"(?:st|nd|rd|th)?"
_WEEKS = 50


def _alone(word: str) -> tuple[str, str]:
    """Chinese words for a day where they are no part of a name: before a time, or by themselves."""
    return rf"{word}{FOLLOWS}", rf"(?<![{HAN}]){word}{END}"


_DAYS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\S)(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){END}",
        r"(?<!\S)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})?(?!\S)",
        rf"(?<!\S)(?P<d>\d{{1,2}}){_TH}\.?\s+(?P<name>{MONTH})\.?,?(?:\s+(?P<y>\d{{4}}))?(?!\S)",
        rf"(?<!\S)(?P<name>{MONTH})\.?\s+(?P<d>\d{{1,2}}){_TH},?(?:\s+(?P<y>\d{{4}}))?(?!\S)",
        rf"(?:(?P<y>\d{{4}})\s*年\s*)?(?P<m>{NUMBER})\s*月\s*(?P<d>{NUMBER})\s*[日号]?",
        rf"(?<!\S)(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})(?:/(?P<y>\d{{4}}))?{END}",
        r"(?<!\S)(?P<m>\d{1,2})-(?P<d>\d{1,2})(?=\s+\d{1,2}:\d\d)",
        r"(?<!\S)(?P<one>\d{1,2})\.(?P<two>\d{1,2})(?=\s+\d{1,2}:\d\d)",
        *_alone(rf"(?<!\d)(?P<d>{NUMBER})[号日]"),
        rf"(?<!\S)(?:the\s+)?(?P<far>day\s+after\s+tomorrow){END}",
        rf"(?<!\S)(?P<far>(?-i:today|tomorrow)){END}",
        rf"(?<!\S)(?P<far>today|tomorrow)(?:{_LAST}|{_HOUR_FOLLOWS})",
        r"(?P<far>大后)天",
        rf"(?P<far>今|明|后)(?=[早晚]上?\s*{NUMBER}\s*[点點:])",
        rf"(?<![{HAN}])(?P<far>今|明)(?=[早晚]上?{END})",
        *_alone(r"(?P<far>今|明|后)[天日]"),
        r"(?P<ahead>下下个?|下个?)(?:周|星期|礼拜)(?P<week>[一二三四五六日天])",
        *_alone(
            r"(?P<ahead>[本这]个?)?(?<![上每])(?<!上个)(?:周|星期|礼拜)(?P<week>[一二三四五六日天])"
        ),
        rf"(?<!\S)(?P<ahead>next|this)\s+(?P<week>{WEEKDAY}){END}\.?",
        rf"(?<!\S)on\s+(?P<week>{WEEKDAY}){END}\.?",
        rf"(?<!\S)(?P<plain>{WEEKDAY})(?:{_HOUR_FOLLOWS}|{_DATE_FOLLOWS})\.?",
        rf"(?<!\S)(?P<plain>(?!(?:sun|sat)\b)(?:{WEEKDAY})){_LAST}\.?",
    )
]


@dataclass(frozen=True)
class SaidDays:
    """`days` that may be meant, the nearest first; none where none, or (`is_unsure`) none for
    certain, is said. `rest` is the text with TAKEN in the place of what was understood."""

    days: list[date]
    is_unsure: bool
    rest: str


def said_days(text: str, today: date) -> SaidDays:
    """The one day in a text. A day without a year is the next one to come.

    Days that contradict each other, or that can be read in two ways, are unsure.
    """
    meant: list[list[date]] = []
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            found = {name: part for name, part in match.groupdict().items() if part}
            days = _meant(found, today, text[: match.start()])
            if days is not None:
                meant.append(days)
                text = taken(text, match)
    if not meant:
        return SaidDays([], is_unsure=False, rest=text)
    first, *others = meant
    days = [day for day in first if all(day in other for other in others)]
    return SaidDays(days, is_unsure=not days, rest=text)


def _meant(found: dict[str, str], today: date, before: str) -> list[date] | None:
    """The days that a match may mean; empty where that is not certain, None where it is none."""
    if "far" in found:
        far = " ".join(found["far"].lower().split())
        return [today + timedelta(days=_DISTANCES[far])]
    if "plain" in found and _is_name(found["plain"], before):
        return None
    week = found.get("week") or found.get("plain")
    if week:
        return weekdays_of(WEEKDAY_NUMBERS[week.lower()], found.get("ahead", "").lower(), today)
    year = int(found["y"]) if "y" in found else None
    if "one" in found:
        return _either_way(int(found["one"]), int(found["two"]), year, today)
    if "m" not in found and "name" not in found:
        return _days_of_month(number(found["d"]) or 0, today) or None
    month = MONTH_NUMBERS[found["name"].lower()] if "name" in found else number(found["m"])
    return dates_of(month or 0, number(found["d"]) or 0, year, today) or None


def is_weekday(word: str) -> bool:
    """Whether a word is the English name of a day of the week in full."""
    return word.lower().endswith("day") and word.lower() in WEEKDAY_NUMBERS


def _is_name(word: str, before: str) -> bool:
    last = before.split()[-1:] or [""]
    return word[:1].isupper() and last[0].lower() in _NAMES_OF_WEEKDAYS


def weekdays_of(weekday: int, ahead: str, today: date) -> list[date]:
    """The days that a day of the week (0: Monday) may be, the nearest first; `ahead` are the words
    before it (`next`, `下下`)."""
    monday = today - timedelta(days=today.weekday())
    if ahead == "next" or "下" in ahead:
        return [monday + timedelta(days=7 * (ahead.count("下") or 1) + weekday)]
    if ahead:
        day = monday + timedelta(days=weekday)
        return [day] if day >= today else []
    first = today + timedelta(days=(weekday - today.weekday()) % 7)
    return [first + timedelta(days=7 * weeks) for weeks in range(_WEEKS)]


def _either_way(one: int, two: int, year: int | None, today: date) -> list[date] | None:
    """Month and day, or day and month: certain where only one of them is a day (12/15)."""
    if (one, two) == (24, 7) and year is None:
        return None
    american, european = dates_of(one, two, year, today), dates_of(two, one, year, today)
    if american and european and american != european:
        return []
    return american or european or None


def _days_of_month(day: int, today: date) -> list[date]:
    """That day of this month and of those that follow, the days gone by left out."""
    months = [divmod(today.month - 1 + ahead, 12) for ahead in range(3)]
    days = [
        each
        for years, month in months
        for each in dates_of(month + 1, day, today.year + years, today)
    ]
    return [each for each in days if each >= today]


def dates_of(month: int, day: int, year: int | None, today: date) -> list[date]:
    """That day of that year, or without one of this year and those that follow; none where there is
    no such day."""
    days = []
    for each in [year] if year is not None else range(today.year, today.year + 9):
        try:
            days.append(date(each, month, day))
        except ValueError:
            continue  # 29 February waits for a year that has it; others never come
    return days
