"""The days that a message names, each with its place; a day of the week settles or contradicts the
date beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.request.message.said import Span
from models.request.said_days import (
    MONTH,
    MONTH_NUMBERS,
    WEEKDAY,
    WEEKDAY_NUMBERS,
    dates_of,
    weekdays_of,
)
from models.request.said_hours import NUMBER, number

_TH = r"(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|~|～|to|until|till|through|至|到|bis)\s*"
_D = r"\d{1,2}"
_HAN_WEEK = r"(?:周|週|星期|礼拜|禮拜)"
_YEAR = r"(?:,?\s*(?P<y>20\d{2})(?![\d:]))?"
_AHEAD = r"(?:下下个?|下个?|本|这个?|這個?)"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2026年12月15日至17日, 12月15-17日, 12月15日到12月17日
        rf"(?:(?P<y>20\d{{2}})\s*年\s*)?(?<!\d)(?P<m>{NUMBER})\s*月\s*(?P<d>{NUMBER})\s*[日号號]?"
        rf"(?:\([^()]{{1,6}}\))?{_TO}(?:(?P<m2>{NUMBER})\s*月\s*)?(?P<d2>{NUMBER})\s*[日号號]",
        rf"(?<!\d)(?P<d>{_D})\s*[日号號]?{_TO}(?P<d2>{_D})\s*[日号號]",
        rf"(?:(?P<y>20\d{{2}})\s*年\s*)?(?<!\d)(?P<m>{NUMBER})\s*月\s*(?P<d>{NUMBER})\s*[日号號]?",
        r"(?<![\d/.-])(?P<y>20\d{2})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?![\d/-])",
        # 14.12.2026 to 16.12.2026, 14.-16.12.
        rf"(?<![\d.])(?P<d>{_D})\.(?P<m>{_D})\.(?P<y>20\d{{2}})?{_TO}(?P<d2>{_D})\.(?P<m2>{_D})\."
        r"(?:20\d{2})?(?!\d)",
        rf"(?<![\d.])(?P<d>{_D})\.{_TO}(?P<d2>{_D})\.(?P<m>{_D})\.(?P<y>20\d{{2}})?(?!\d)",
        rf"(?<![\d.])(?P<d>{_D})\.(?P<m>{_D})\.(?P<y>20\d{{2}})?(?!\d)",
        # 15-17 Dec, 15 December to 17 December 2026, Dec 15-17
        rf"(?<![A-Za-z0-9.])(?P<d>{_D}){_TH}\s*(?:of\s+)?(?P<name>{MONTH})?\.?{_TO}"
        rf"(?:the\s+)?(?P<d2>{_D}){_TH}\s*(?:of\s+)?(?P<name2>{MONTH})\b\.?{_YEAR}",
        rf"(?<![A-Za-z0-9./-])(?P<d>{_D}){_TH}\s*(?P<alt>or)\s*(?:the\s+)?(?P<d2>{_D}){_TH}"
        rf"\s+(?:of\s+)?(?P<name2>{MONTH})\b\.?{_YEAR}",
        rf"(?<![A-Za-z0-9./-])(?P<d>{_D}){_TH}\s*(?:and|&|/|,)\s*(?P<d2>{_D}){_TH}\s+(?P<name2>{MONTH})\b\.?{_YEAR}",
        rf"(?<![A-Za-z])(?P<name>{MONTH})\.?\s+(?P<d>{_D}){_TH}{_TO}(?:(?P<name2>{MONTH})\.?\s+)?"
        rf"(?P<d2>{_D}){_TH}(?![\w:]){_YEAR}",
        rf"(?<![A-Za-z0-9.])(?P<d>{_D}){_TH}\.?\s*(?:of\s+)?(?P<name>{MONTH})\b\.?{_YEAR}",
        rf"(?<![A-Za-z])(?P<name>{MONTH})\.?\s+(?:the\s+)?(?P<d>{_D}){_TH}(?![\w:]|\.\d){_YEAR}",
        r"(?<![A-Za-z0-9/.:-])(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<y>20\d{2}))?(?![A-Za-z0-9/-])",
        # 下个月5号, 15号
        r"(?P<month>下个月|下月|本月|这个月)\s*(?P<d>\d{1,2})\s*[日号號]",
        r"(?<![\d月.])(?P<d>\d{1,2})\s*[日号號](?![线楼馆院门])",
        rf"(?<!\w)(?:on|by|before|from|until|till|not|unfortunately|for)\s+the\s+(?P<d>{_D})(?:st|nd|rd|th)\b",
        rf"(?<!\w)the\s+(?P<d>{_D})(?:st|nd|rd|th)\b(?!\s+(?:time|floor|anniversary|of|fair|edition))",
        # words
        r"(?<!\w)the\s+day\s+after\s+tomorrow\b|(?P<after>大后天|后天|後天)",
        r"(?<!\w)(?P<tomorrow>tomorrow)\b|(?P<ming>明天|明日|明早|明晚|明儿)",
        r"(?<!\w)(?P<today>today)\b|(?P<jin>今天|今日|今早|今晚)",
        rf"(?<!\w)(?P<week>{WEEKDAY})\.?(?:,)?\s+(?:of\s+)?(?P<ahead>next)\s+week\b",
        rf"(?<!\w)(?P<ahead>next)\s+week\s+(?:on\s+)?(?P<week>{WEEKDAY})\b",
        rf"(?<!\w)(?P<ahead>this|next|coming)\s+(?P<week>{WEEKDAY})\b\.?",
        rf"(?P<ahead>{_AHEAD})?{_HAN_WEEK}(?P<week>[一二三四五六日天])",
        r"\((?P<week>[一二三四五六日])\)",
        rf"(?<![\w'])(?P<plain>{WEEKDAY})\b(?!['’]s)\.?",
    )
]
_BARE = re.compile(rf"(?:{WEEKDAY})\.?|{_HAN_WEEK}[一二三四五六日天]", re.IGNORECASE)
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)")
_MOVED = re.compile(
    r"(?:mov|shift|postpon|chang|resched|delay)\w*\s+(?:from\s+)?$|(?:改|推迟|调整|延期)[^,。]{0,3}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"{_TO}(?:the\s+)?", re.IGNORECASE)
_GAP = re.compile(r"[\s,.(]{0,3}")
_MOST = 100
_SOON = 3
"""Days after a date within which a day of the week behind it is meant for certain."""
_NEAR = timedelta(days=150)
"""Of two days so far apart nobody names the later one with its day of the week."""
_LONG_AGO = timedelta(days=120)


@dataclass(frozen=True)
class Day:
    """A day that is named. Several `choices` where it may be one or another; `last` ends a range.
    `is_week`: only the day of the week was said."""

    span: Span
    choices: tuple[date, ...]
    last: date | None = None
    is_week: bool = False


def days_in(text: str, today: date, *, is_past: bool = False) -> list[Day]:
    """The days that a text names, in their order, counted from `today`. A date without a year that
    has gone by lately is left out: it was. `is_past` where all of them have been."""
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if len(found) > _MOST or any(
                span.begin < day.span.end and day.span.begin < span.end for day in found
            ):
                continue
            if "d2" in match.groupdict() and _MOVED.search(
                text, max(0, span.begin - 30), span.begin
            ):
                continue
            day = _day(match, span, today, is_past=is_past)
            if day is not None:
                found.append(day)
    merged = _merged(text, sorted(found, key=lambda day: day.span))
    whole = [day for day in merged if not (day.is_week and text[day.span.begin] == "(")]
    return whole if is_past else _ranges(text, _following(text, _in_one_style(text, whole)))


def _in_one_style(text: str, days: Sequence[Day]) -> list[Day]:
    """Who writes 15/12 once writes 9/12 alike: a date that is certain settles the others."""
    styles: set[bool] = set()
    for day in days:
        match = _SLASHED.search(text, *day.span)
        if match is not None and len(day.choices) == 1 and match[1] != match[2]:
            styles.add(day.choices[0].month == int(match[1]))
    if len(styles) != 1:
        return list(days)
    is_month_first = styles.pop()
    found = []
    for day in days:
        match = _SLASHED.search(text, *day.span)
        meant = [
            each
            for each in day.choices
            if match and (each.month == int(match[1])) is is_month_first
        ]
        found.append(replace(day, choices=tuple(meant)) if len(day.choices) > 1 and meant else day)
    return found


def _ranges(text: str, days: Sequence[Day]) -> list[Day]:
    """Two days with nothing but `to` between them: the first, and the last of a range."""
    found: list[Day] = []
    for day in days:
        before = found[-1] if found else None
        if (
            before is not None
            and before.last is None
            and len(before.choices) == len(day.choices) == 1
        ):
            is_moved = _MOVED.search(text, max(0, before.span.begin - 30), before.span.begin)
            gap = text[before.span.end : day.span.begin]
            is_range = not is_moved and _BETWEEN.fullmatch(gap)
            if is_range and day.choices[0] > before.choices[0]:
                span = Span(before.span.begin, day.span.end)
                found[-1] = replace(before, span=span, last=day.last or day.choices[0])
                continue
        found.append(day)
    return found


def _following(text: str, days: Sequence[Day]) -> list[Day]:
    """Behind a date a day of the week is the next one after it: `Sunday 13 Dec … Monday 9:00`."""
    found: list[Day] = []
    for day in days:
        is_bare = day.is_week and _BARE.fullmatch(text[day.span.begin : day.span.end])
        if found and is_bare and len(day.choices) == len(found[-1].choices) == 1:
            found.append(replace(day, choices=_after(found, day.choices[0])))
        else:
            found.append(day)
    return found


def _after(before: Sequence[Day], nearest: date) -> tuple[date, ...]:
    """Which day a day of the week is behind the days `before`: one of them, if it was among them;
    one soon after the last; else that or the `nearest` one."""
    known = [day.choices[0] for day in before if day.choices[0].weekday() == nearest.weekday()]
    if known:
        return (known[-1],)
    last = before[-1].last or before[-1].choices[0]
    ahead = (nearest.weekday() - last.weekday()) % 7
    later = last + timedelta(days=ahead)
    if ahead <= _SOON:
        return (max(nearest, later),)
    meant = {nearest, later, later - timedelta(days=7)}
    return tuple(sorted(each for each in meant if each >= nearest))


def _day(match: re.Match[str], span: Span, today: date, *, is_past: bool) -> Day | None:
    said = {name: part for name, part in match.groupdict().items() if part}
    week = said.get("week") or said.get("plain")
    if week is not None:
        return _of_week(match, span, week, said.get("ahead", ""), today)
    if "one" in said:
        choices = _either_way(said, match.string, today)
        return Day(span, choices) if choices else None
    if not set(said) & {"d", "d2"}:
        return Day(span, (today + timedelta(days=_ahead(said)),))
    month = _month(said, "m", "name") or _month(said, "m2", "name2")
    year = int(said["y"]) if "y" in said else None
    day = number(said["d"]) or 0
    first = (
        _in_month(said, day, today) if month is None else _next(month, day, year, today, is_past)
    )
    if first is not None and "alt" in said:
        other = _next(first.month, number(said["d2"]) or 0, year, today, is_past)
        return Day(span, tuple(filter(None, (first, other))))
    if first is None or "d2" not in said:
        return Day(span, (first,)) if first else None
    end = _month(said, "m2", "name2") or first.month
    years = first.year + (end < first.month)
    last = next(iter(dates_of(end, number(said["d2"]) or 0, years, today)), None)
    return Day(span, (first,), last if last and last > first else None)


def _of_week(match: re.Match[str], span: Span, word: str, ahead: str, today: date) -> Day | None:
    """A day of the week. What `next Friday` means on a Tuesday, people do not agree on."""
    weekday = WEEKDAY_NUMBERS[word.lower()]
    if word.lower() in {"sun", "sat", "mon"} and not word[0].isupper():
        return None
    ahead = ahead.lower()
    if ahead == "coming":
        ahead = ""
    days = weekdays_of(weekday, ahead, today)
    is_by_word = "week" in match[0].lower()
    if ahead == "next" and not is_by_word and weekday > today.weekday():
        days = [days[0] - timedelta(days=7), days[0]]
        return Day(span, tuple(days), is_week=True)
    if not days:
        return None
    return Day(span, (days[0],), is_week=True)


def _ahead(said: dict[str, str]) -> int:
    if "today" in said or "jin" in said:
        return 0
    if "tomorrow" in said or "ming" in said:
        return 1
    return 3 if said.get("after") == "大后天" else 2


def _month(said: dict[str, str], figure: str, name: str) -> int | None:
    if name in said:
        return MONTH_NUMBERS[said[name].lower()]
    return number(said[figure]) if figure in said else None


def _next(month: int, day: int, year: int | None, today: date, is_past: bool) -> date | None:
    """The day of a date; without a year the next one, none if it was lately."""
    if year is not None:
        return next(iter(dates_of(month, day, year, today)), None)
    if is_past:
        days = dates_of(month, day, today.year, today)
        earlier = dates_of(month, day, today.year - 1, today)
        return next((each for each in [*days, *earlier] if each <= today), None)
    for each in dates_of(month, day, None, today):
        if each >= today:
            return each
        if each >= today - _LONG_AGO:
            return None
    return None


def _in_month(said: dict[str, str], day: int, today: date) -> date | None:
    """That day of this month or the next one; the one that is named, if one is."""
    named = said.get("month", "")
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    months = [following] if "下" in named else [today] if named else [today, following]
    for month in months:
        for each in dates_of(month.month, day, month.year, today):
            if each >= today:
                return each
    return None


def _either_way(said: dict[str, str], text: str, today: date) -> tuple[date, ...]:
    """12/11: month and day in Chinese, else either, as far as both are days."""
    one, two = int(said["one"]), int(said["two"])
    year = int(said["y"]) if "y" in said else None
    if (one, two) == (24, 7) and year is None:
        return ()
    pairs = (
        [(one, two)]
        if re.search("[\u4e00-\u9fff]", text) and one <= 12
        else [(one, two), (two, one)]
    )
    found = []
    for month, day in pairs:
        days = [each for each in dates_of(month, day, year, today) if year or each >= today]
        found += days[:1]
    ahead = [day for day in found if day >= today]
    return tuple(dict.fromkeys(ahead or found))


def _merged(text: str, days: Sequence[Day]) -> Iterator[Day]:
    """Days of the week with the dates beside them: `Tuesday, 15 December`, `12月15日（周二）`."""
    at = 0
    while at < len(days):
        day = days[at]
        after = days[at + 1] if at + 1 < len(days) else None
        gap = text[day.span.end : after.span.begin] if after else "x"
        if after and day.is_week != after.is_week and _GAP.fullmatch(gap):
            yield _settled(*((after, day) if day.is_week else (day, after)))
            at += 2
            continue
        yield day
        at += 1


def _settled(dated: Day, week: Day) -> Day:
    span = Span(min(dated.span.begin, week.span.begin), max(dated.span.end, week.span.end))
    weekday = week.choices[0].weekday()
    right = [day for day in dated.choices if day.weekday() == weekday]
    if right:
        soonest = min(right)
        near = [day for day in right if day - soonest <= _NEAR]
        return replace(dated, span=span, choices=tuple(near))
    first = dated.choices[0]
    other = first + timedelta(days=(weekday - first.weekday() + 3) % 7 - 3)
    return replace(dated, span=span, choices=(*dated.choices, other))
