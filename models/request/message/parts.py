"""The parts of a message: what was written last, and the mails and lines that it quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.request.message.days import days_in

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
"""Full-width signs as the plain ones, each for one, so that places stay."""
_URL = re.compile(r"https?://\S+|\bwww\.\S+")
_NOTHING = "\x02"
_FORWARDED = re.compile(
    r"\s*(?:-{2,}\s*(?:forwarded message|转发邮件|轉寄郵件|转发的邮件|被转发邮件信息).*"
    r"|begin forwarded message:?)\s*",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|original appointment|原始邮件|原邮件|原始郵件"
    r"|ursprüngliche nachricht)"
    r".*|_{10,})\s*",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"\s*(?:(?:on|am|le|il|el)\s.{6,160}\s(?:wrote|schrieb.*|a écrit|ha scritto|escribió)\s*:?"
    r"|(?:在|于)?\s*\d{4}\s*年.{4,120}(?:写道|寫道|写到)\s*:?)\s*",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\s*(?P<what>from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments"
    r"|发件人|寄件者|发送时间|发送日期|寄件日期|日期|收件人|收件者|抄送|主题|主旨|时间)\s*:\s*(?P<said>.*)",
    re.IGNORECASE,
)
_FIRST_HEADERS = {"from", "发件人", "寄件者"}
_DATES = {"sent", "date", "发送时间", "发送日期", "寄件日期", "日期", "时间"}
_CHAT = re.compile(
    r"\s*(?P<who>[^\d:,.;()]{1,24}?)\s+\[?(?P<day>\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?\s+)?"
    r"(?P<hour>\d{1,2}:\d{2})(?::\d{2})?\s*(?:[AP]M)?\]?\s*",
    re.IGNORECASE,
)
_NO_WHO = re.compile(
    r"arriv|depart|return|leav|meet|start|end|from|until|time|date"
    r"|到|离|離|返|回|时间|時間|会|上午|下午|晚|早|周|星期|明|后天",
    re.IGNORECASE,
)
_WRAPPED, _FULL = 40, 60
"""Signs of a line from which on it may have been wrapped, or surely was."""
_OWN_LINE = re.compile(r"\s*(?:\d{1,2}\s*[.)、]|[-•·*–—]|[^\s:]{1,20}(?: [^\s:]{1,12})?\s*:)")
_CELLS = re.compile(r"[|\t]| {3}")
_QUOTED = re.compile(r"(?:\s{0,3}>)+")


class Kind(Enum):
    """How a part came into the message."""

    NEWEST = auto()
    FORWARDED = auto()  # somebody passed it on: it holds the facts
    ANSWERED = auto()  # it was answered: whoever wrote it may be one of us
    BELOW = auto()  # passed on or answered, nobody knows


@dataclass(frozen=True)
class Part:
    """Words of one person or one chat: `written` as they were, `text` with narrow signs, each for
    one. `sent` is the day on which they were written, as far as it is known."""

    text: str
    written: str
    kind: Kind
    sent: date | None = None


def parts_of(written: str, now: datetime, zone: str) -> list[Part]:
    """The parts, the newest first. `written` has plain line breaks."""
    text = _URL.sub(lambda match: _NOTHING * len(match[0]), written.translate(_NARROW))
    today = now.astimezone(ZoneInfo(zone)).date()
    layers: list[_Layer] = [_Layer(Kind.NEWEST)]
    base, is_header = 0, False
    lines = list(_lines(text))
    chat = _chat_lines(lines)
    for at, (begin, line) in enumerate(lines):
        plain, depth = _unquoted(line)
        if _FORWARDED.fullmatch(plain) or _ORIGINAL.fullmatch(plain) or _WROTE.fullmatch(plain):
            kind = _kind(plain)
            if not _WROTE.fullmatch(plain) or not _is_quoted(lines, at):
                layers.append(_Layer(kind))
                base, is_header = len(layers) - 1, True
            else:
                layers[_deeper(layers, base, depth)].mark(kind)
                layers[_deeper(layers, base, depth + 1)].kind = kind
            continue
        header = _HEADER.fullmatch(plain)
        if header and (is_header or _begins_header(lines, at)):
            if not is_header:
                layers.append(_Layer(Kind.BELOW))
                base, is_header = len(layers) - 1, True
            if header["what"].lower() in _DATES:
                layers[base].sent = _day(header["said"], today)
            continue
        is_header = is_header and not plain.strip()
        layer = layers[_deeper(layers, base, depth)]
        if at in chat:
            layer.sent = _day(chat[at], today) or layer.sent
        elif plain.strip(" \t"):
            layer.lines.append((begin + len(line) - len(plain), begin + len(line)))
        elif layer.lines:
            layer.lines.append((begin, begin))
    return [layer.part(text, written) for layer in layers if layer.lines]


class _Layer:
    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.sent: date | None = None
        self.lines: list[tuple[int, int]] = []

    def mark(self, kind: Kind) -> None:
        if not self.lines and self.kind is not Kind.NEWEST:
            self.kind = kind

    def part(self, text: str, written: str) -> Part:
        plain, own = (
            "\n".join(each[begin:end] for begin, end in self.lines) for each in (text, written)
        )
        return Part(_unwrapped(plain), own, self.kind, self.sent)


def _unwrapped(text: str) -> str:
    """The text with blanks for the line breaks within sentences, as mail programs make them."""
    lines = text.split("\n")
    joined = lines[0]
    for before, line in pairwise(lines):
        is_same = len(before) >= _WRAPPED and _goes_on(before.rstrip(), line)
        joined += f"{' ' if is_same else chr(10)}{line}"
    return joined


def _goes_on(before: str, line: str) -> bool:
    if not line.strip() or _OWN_LINE.match(line) or _CELLS.search(before) or _CELLS.search(line):
        return False
    if before[-1] in ",，、":
        return True
    if before[-1] in ".:;!?。：；！？)":
        return False
    is_long = len(before) >= _FULL and before[-1].isascii()
    return is_long or line[0].islower() or (line[0].isdecimal() and before[-1].isascii())


def _deeper(layers: list[_Layer], base: int, depth: int) -> int:
    while len(layers) <= base + depth:
        layers.append(_Layer(Kind.ANSWERED))
    return base + depth


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _unquoted(line: str) -> tuple[str, int]:
    match = _QUOTED.match(line)
    return (line[match.end() :], match[0].count(">")) if match else (line, 0)


def _is_quoted(lines: list[tuple[int, str]], at: int) -> bool:
    """Whether the next line that says something is marked as quoted deeper than this one."""
    depth = _unquoted(lines[at][1])[1]
    following = (_unquoted(line) for _, line in lines[at + 1 : at + 4])
    return any(more > depth for plain, more in following if plain.strip())


def _kind(line: str) -> Kind:
    if _FORWARDED.fullmatch(line):
        return Kind.FORWARDED
    return Kind.ANSWERED if _WROTE.fullmatch(line) else Kind.BELOW


def _begins_header(lines: list[tuple[int, str]], at: int) -> bool:
    first = _HEADER.fullmatch(_unquoted(lines[at][1])[0])
    if first is None or first["what"].lower() not in _FIRST_HEADERS:
        return False
    following = lines[at + 1 : at + 5]
    return sum(_HEADER.fullmatch(_unquoted(line)[0]) is not None for _, line in following) > 1


def _chat_lines(lines: list[tuple[int, str]]) -> dict[int, str]:
    """The lines over what each person of a chat said, with the day where it is there."""
    found: dict[int, str] = {}
    whole = 0
    for at, (_, line) in enumerate(lines):
        match = _CHAT.fullmatch(line)
        if match is not None and not _NO_WHO.search(match["who"]):
            found[at] = match["day"] or ""
            whole += bool(match["day"])
    return found if len(found) > 1 or whole else {}


def _day(said: str, today: date) -> date | None:
    """The day of a header; one that is still to come was not the day of a mail."""
    days = [day for day in days_in(said, today, is_past=True) if len(day.choices) == 1]
    if not days or days[0].choices[0] > today + timedelta(days=1):
        return None
    return days[0].choices[0]
