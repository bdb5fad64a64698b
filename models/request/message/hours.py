"""The times of day that a message names, each with its place and the zone that is said with it."""

import re
from dataclasses import dataclass, replace

from models.request.message.said import Span
from models.request.message.zones import ZONE, zone_named
from models.request.said_hours import HALVES, NUMBER, number, of_day

_TO = r"\s*(?:-|–|—|~|～|to|until|till|至|到)\s*"
_HALF_DAY = r"[ap]\.?\s?m\b\.?"
_SAID = (
    rf"(?P<h>{NUMBER})\s*(?:(?P<clock>[点點时時])(?:钟|鐘|整)?"
    rf"(?:(?P<thirty>半)|(?P<quarter>[一三])刻|(?P<min>\d{{1,2}}(?=分|\D|$)|[零〇一二三四五六七八九十]{{1,3}}(?=分)|[一二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])分?)?|:(?P<sharp>\d{{2}})(?!\d))"
)
_UNTIL = (
    rf"(?:{_TO}(?:{HALVES})?(?:(?P<h2>\d{{1,2}}):(?P<m2>\d{{2}})(?!\d)"
    rf"|(?P<han2>{NUMBER})[点點时時]))?"
)
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<half>{HALVES}|(?<=[\u4e00-\u9fff])[早晚])\s*{_SAID}{_UNTIL}",
        rf"(?<![A-Za-z0-9.:/-])(?P<h>\d{{1,2}})(?:[:.](?P<sharp>\d{{2}}))?\s*(?P<half>{_HALF_DAY})"
        rf"(?:{_TO}(?P<h2>\d{{1,2}})(?:[:.](?P<m2>\d{{2}}))?\s*(?P<half2>{_HALF_DAY}))?",
        rf"(?<![A-Za-z0-9.:/-])(?P<h>\d{{1,2}})(?:[:.](?P<sharp>\d{{2}}))?{_TO}"
        rf"(?P<h2>\d{{1,2}})(?:[:.](?P<m2>\d{{2}}))?\s*(?P<half>{_HALF_DAY})",
        rf"(?<![\d.:/+-])(?P<h>\d{{1,2}})(?<!\d[./]\d\d):(?P<sharp>\d{{2}})(?![\d:]){_UNTIL}",
        rf"(?<![\d第]){_SAID}{_UNTIL}(?![\d人位名个])",
        r"(?<![A-Za-z0-9.:/-])(?P<h>\d{1,2})\s*h\s*(?P<sharp>\d{2})?(?!\w)",
        r"\bat\s+(?P<h>\d{1,2})\.(?P<sharp>\d{2})(?!\d|\.\d)",
        r"\b(?:at\s+)?(?P<h>\d{1,2})\s+o['’]?\s?clock",
        r"\b(?P<half>morning|afternoon|evening),?\s+(?:at\s+|around\s+)(?P<h>\d{1,2})(?![\d:.]\d|\d)",
        r"\bat\s+(?P<h>\d{1,2})\s+in the\s+(?P<half>morning|afternoon|evening)\b",
        r"\b(?:at\s+)?(?P<noon>noon)\b",
        rf"(?P<vague>{HALVES}|\b(?:morning|afternoon|evening|night)\b)",
    )
]
_ZONE_FOLLOWS = re.compile(
    rf"\s*(?:hrs\.?\s*|h\s+|Uhr\s*)?\(?\s*(?P<zone>{ZONE})\)?", re.IGNORECASE
)
_ZONE_BEFORE = re.compile(rf"(?P<zone>{ZONE})\s*\)?\s*$", re.IGNORECASE)
_NEXT_DAY = re.compile(r"\s*\+1\b")
_LETTERS = {"morning": "am", "afternoon": "pm", "evening": "pm"}


@dataclass(frozen=True)
class Hour:
    """A time of day that is named: `minutes` from the day's start. Several `choices` where it may
    be either half of the day, none where only a part of the day was said. `until` ends it; `zones`
    are the IANA zones that the words with it may mean."""

    span: Span
    choices: tuple[int, ...]
    until: int | None = None
    zones: tuple[str, ...] = ()
    days_later: int = 0


def hours_in(text: str) -> list[Hour]:
    """The times of day in a text, in their order."""
    found: list[Hour] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.begin < hour.span.end and hour.span.begin < span.end for hour in found):
                continue
            hour = _hour(match, span)
            if hour is not None:
                found.append(_zoned(text, hour))
    return sorted(found, key=lambda hour: hour.span)


def _hour(match: re.Match[str], span: Span) -> Hour | None:
    said = {name: part for name, part in match.groupdict().items() if part}
    if "vague" in said:
        return Hour(span, ())
    hour = number(said.get("h", "12"))
    minute = _minute(said)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    half = _LETTERS.get(said.get("half", "").lower(), said.get("half", ""))
    meant = of_day(hour, minute, half, said.get("clock", ""))
    until = _until(said)
    if meant is None and (half or hour > 12):
        return None
    choices = (meant,) if meant is not None else (hour * 60 + minute, (hour + 12) * 60 + minute)
    is_earlier = "han2" in said and until is not None and until <= choices[-1] % (12 * 60)
    if "han2" in said and until is not None and not is_earlier and choices[0] >= 12 * 60 > until:
        until += 12 * 60
    return Hour(span, choices, until if until and until > choices[0] else None)


def in_half(hour: Hour, half: str) -> Hour:
    """An hour that may be either, as the words for a part of the day settle it."""
    if len(hour.choices) < 2:
        return hour
    late = (
        hour.choices[1]
        if re.search("下午|午后|傍晚|晚|afternoon|evening|night", half, re.IGNORECASE)
        else None
    )
    if late is None and not re.search("上午|早|凌晨|morning", half, re.IGNORECASE):
        return hour
    until = hour.until
    if late is not None and until is not None and until < 12 * 60:
        until += 12 * 60
    return replace(hour, choices=(late if late is not None else hour.choices[0],), until=until)


def _until(said: dict[str, str]) -> int | None:
    if "han2" in said:
        return (number(said["han2"]) or 0) * 60
    if "h2" not in said:
        return None
    hour, minute = int(said["h2"]), int(said.get("m2", "0"))
    if hour > 24 or minute > 59:
        return None
    half = said.get("half2", said.get("half", "") if said.get("half", "")[:1] in "ap" else "")
    if half:
        return of_day(hour, minute, half, "")
    return hour * 60 + minute


def _minute(said: dict[str, str]) -> int | None:
    if "thirty" in said:
        return 30
    if "quarter" in said:
        return 15 if said["quarter"] == "一" else 45
    return number(said.get("min") or said.get("sharp") or "0")


def _zoned(text: str, hour: Hour) -> Hour:
    begin, end = hour.span
    later = _NEXT_DAY.match(text, end)
    if later is not None:
        end = later.end()
    match = _ZONE_FOLLOWS.match(text, end)
    if match is not None:
        end = match.end()
    else:
        match = _ZONE_BEFORE.search(text, max(0, begin - 12), begin)
        begin = match.start() if match else begin
    zones = zone_named(match["zone"]) if match else ()
    return Hour(
        Span(begin, end),
        hour.choices,
        hour.until,
        zones,
        1 if later else 0,
    )
