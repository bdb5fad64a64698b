"""The list of guests that a message holds: numbered, with dashes, as a table, or behind a label."""

import re
from dataclasses import dataclass

from models.customers.columns import columns_of
from models.customers.grouping import NOBODY
from models.customers.guests import GuestLine, UnclearGuests, parse_guests
from models.customers.titles import is_full_name, is_person, is_title
from models.request.message.companies import is_company
from models.request.message.persons import HONORIFIC
from models.request.message.phones import MAIL, Phone
from models.request.message.said import FoundGuest, Read, Span

_HEADING = re.compile(
    r"(?:team|participants?|visitors?|guests?|delegation|delegates|attendees|travell?ers|names"
    r"|人员|名单|成员|来宾|代表团|團員|一行|到访|来访)[^\n:。.]{0,14}[:：]\s*$"
    r"|(?:team|participants?|visitors?|guests?|delegation|attendees|名单|成员)[^\n:]{0,12}(?:如下|below|are)[:：.。]?\s*$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(?:from our side|participants?|visitors?|guests?|our team|delegation|attendees|来访人员?"
    r"|來訪人員|参加人员|乘客|旅客|passengers?|来宾|人员|成员|名单)"
    r"\s*(?:is|are|will be|如下|有)?\s*[:：]\s*(?P<said>[^\n。]{3,300})",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\(?\d{1,2}\s*[.)、]|[-–•·*●]\s|[①-⑳])\s*")
_LABEL = re.compile(r"\s*[^\s:：]{1,14}\s*[:：]")
_DROPPED = re.compile(
    rf"(?<![\w.])(?:{HONORIFIC}\s*)+|(?<=\S)(?:先生|女士|小姐|同志)(?=[\s,，(（]|$)"
)
_AND = re.compile(r"\s+(?:and|und)\s+|\s*以及\s*|\s*和\s*")
_END = re.compile(r"(?<=[a-z)])\.\s.*$|(?<=[a-z)])\.$")
_MORE = re.compile(
    r"\b(?:and|plus|with)\s+(?:his|her|their|some|a few|several|\w+)\s+(?:wife|husband|others?"
    r"|colleagues?|family)|\betc\b|等(?=[\d一二三四五六七八九十人,，。]|$)|另有",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class GuestList:
    """The guests listed, the first of them first; `doubtful` are lines that cannot be read for
    certain. `is_whole` unless others come besides."""

    guests: list[Read[FoundGuest]]
    doubtful: list[Span]
    span: Span
    is_whole: bool = True


def list_in(text: str, phones: list[Phone]) -> GuestList | None:
    """The list of guests in a text; None where there is none."""
    found = _block(text, phones) or _behind_label(text, phones)
    if found is None or not (found.guests or found.doubtful):
        return None
    around = text[max(0, found.span.begin - 30) : found.span.end + 40]
    if _MORE.search(around):
        return GuestList(found.guests, found.doubtful, found.span, is_whole=False)
    return found


def _block(text: str, phones: list[Phone]) -> GuestList | None:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    best: GuestList | None = None
    for number, (_, line) in enumerate(lines):
        header = _header(line)
        if header is None and not _HEADING.search(line) and not _begins(lines, number):
            continue
        found = _items(
            lines[number + 1 :] if not _begins(lines, number) or header else lines[number:],
            header,
            phones,
        )
        if found is not None and (best is None or len(found.guests) > len(best.guests)):
            best = found
    return best


def _begins(lines: list[tuple[int, str]], number: int) -> bool:
    """Whether a list of people begins here by its numbers or dashes alone."""
    line = lines[number][1]
    is_first = number == 0 or not _ITEM.match(lines[number - 1][1])
    return is_first and bool(_ITEM.match(line)) and _names_somebody(line)


def _names_somebody(line: str) -> bool:
    plain = _DROPPED.sub("", _ITEM.sub("", line, count=1)).strip()
    first = re.split(
        r"[,，;；|｜\t(（/]|\s[-–—]\s|\s{2,}|(?<=[\u4e00-\u9fff])\s", plain, maxsplit=1
    )[0].strip()
    return is_person(first) or is_full_name(first)


def _header(line: str) -> str | None:
    cells = [cell.strip() for cell in re.split(r"[|｜\t]", line.strip().strip("|｜"))]
    return line.strip() if len(cells) > 1 and columns_of(cells) is not None else None


def _items(
    lines: list[tuple[int, str]], header: str | None, phones: list[Phone]
) -> GuestList | None:
    guests: list[Read[FoundGuest]] = []
    doubtful: list[Span] = []
    begin = end = -1
    for at, line in lines:
        if not line.strip():
            if begin >= 0:
                break
            continue
        if _header(line) is not None and begin < 0:
            header = _header(line)
            continue
        if re.fullmatch(r"[\s|:-]+", line):
            continue
        is_item = bool(_ITEM.match(line)) or _names_somebody(line) or header is not None
        if not is_item or (_LABEL.match(line) and not _ITEM.match(line)):
            break
        span = Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        read = _line(line, header)
        if read is None:
            doubtful.append(span)
        guests += [Read(_found(guest, line, at, phones), span) for guest in read or ()]
        begin = span.begin if begin < 0 else begin
        end = span.end
    if begin < 0:
        return None
    return GuestList(guests, doubtful, Span(begin, end))


def _line(line: str, header: str | None) -> list[GuestLine] | None:
    """The guests of a line; None where it cannot be read for certain."""
    try:
        if header is not None:
            return _named(parse_guests(f"{header}\n{line.strip()}"))
        plain = _DROPPED.sub("", MAIL.sub("", line)).strip()
        plain = re.sub(r"[,，;；]?\s*(?:\+?\d[\d\s()./-]{6,}\d)", "", plain).strip(" .")
        return _named(parse_guests(_parted(plain)))
    except UnclearGuests:
        return _by_place(line)


def _by_place(line: str) -> list[GuestLine] | None:
    """A line of a list with a form of address: the name first, then the title, in any language."""
    if re.match(rf"\s*{HONORIFIC}", _ITEM.sub("", line, count=1)) is None:
        return None
    cells = [cell.strip() for cell in _parted(_DROPPED.sub("", line)).split(",")]
    if len(cells) != 2 or not is_full_name(cells[0]):
        return None
    return [GuestLine(cells[0], cells[1].strip(" ."))]


def _parted(line: str) -> str:
    """A line in which blanks part name and title, with a comma there: `王建国  董事长`."""
    plain = _ITEM.sub("", line, count=1).strip()
    cells = re.split(r"\s{2,}|\s+[-–—]\s+", plain)
    if len(cells) == 1:
        first, _, rest = plain.partition(" ")
        cells = [first, rest] if is_person(first) and is_title(rest) else cells
    return ", ".join(cell.strip(" ,，") for cell in cells)


def _named(guests: list[GuestLine]) -> list[GuestLine] | None:
    return guests if guests and all(guest.name != NOBODY for guest in guests) else None


def _found(guest: GuestLine, line: str, at: int, phones: list[Phone]) -> FoundGuest:
    mail = MAIL.search(line)
    numbers = [phone.kept for phone in phones if at <= phone.span.begin < at + len(line)]
    return FoundGuest(
        guest.name,
        guest.title,
        numbers[0] if len(numbers) == 1 else None,
        mail[0] if mail else None,
    )


def _behind_label(text: str, phones: list[Phone]) -> GuestList | None:
    for match in _INLINE.finditer(text):
        said = match["said"]
        begin = match.start("said")
        plain = _END.sub("", _DROPPED.sub("", said))
        try:
            read = parse_guests(_AND.sub(", " if "(" in plain else "; ", plain))
        except UnclearGuests:
            continue
        named = [guest for guest in read if is_person(guest.name) or is_full_name(guest.name)]
        if any(
            guest.title and ("(" in guest.title or not is_title(guest.title)) for guest in named
        ):
            continue
        if not named or len(named) != len(read) or any(is_company(g.name) for g in named):
            continue
        guests = []
        for guest in named:
            place = said.find(guest.name)
            where = (
                Span(begin + place, begin + place + len(guest.name))
                if place >= 0
                else Span(begin, begin + len(said))
            )
            guests.append(Read(_found(guest, "", 0, phones), where))
        return GuestList(guests, [], Span(begin, begin + len(said)))
    return None
