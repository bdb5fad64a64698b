"""A guest list line by line: how each was read, and what of it is doubtful."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.base.errors import Fault
from models.base.limits import NAME_LIMIT, PHONE_LIMIT
from models.base.visible import seen
from models.customers.guests import GuestLine, Header, UnclearGuests, guests_in, header_of
from models.customers.names import fold
from models.customers.phones import read_phone
from models.customers.rows import Cell, Row, rows_of
from models.customers.shapes import is_mail

SHORT_LIMIT = 64
"""The most characters of a nationality, an ethnic group or a language."""
_SHOWN = 600
_HEADER_WITHIN = 6
_NO_NAME = re.compile("[<>\u202a-\u202e\u2066-\u2069]|^[=@+]|^-(?!\\w)")
"""Signs of markup or a formula, and what turns the writing round."""
_SENTENCE = re.compile(r".*[!?。！？]|(?:\S+\s+){5,}\S+")
_NUMBERS = re.compile(r"[+(（]?\d[\d ()（）/.-]*")


@dataclass(frozen=True)
class ReadLine:
    """A line of a list, as it stands there, and the guests in it. `fault` says what of it is
    doubtful: then it names none, or those that it seems to name."""

    number: int
    shown: str
    guests: tuple[GuestLine, ...] = ()
    fault: Fault | None = None

    def kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        fault = [self.fault.code, self.fault.facts] if self.fault else None
        guests = [{k: v for k, v in vars(guest).items() if v} for guest in self.guests]
        return {"number": self.number, "shown": self.shown, "guests": guests, "fault": fault}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "ReadLine":
        """What JSON kept."""
        guests = tuple(GuestLine(**guest) for guest in kept["guests"])
        fault = Fault(*kept["fault"]) if kept["fault"] else None
        return cls(kept["number"], kept["shown"], guests, fault)


@dataclass(frozen=True)
class Reading:
    """A list that was read; `left_out` are columns of which nothing is kept."""

    lines: list[ReadLine]
    left_out: list[str]

    @property
    def doubtful(self) -> list[ReadLine]:
        """The lines that are to be put right."""
        return [line for line in self.lines if line.fault is not None]

    @property
    def guests(self) -> list[GuestLine]:
        """The guests of the lines without doubt, each once."""
        return once(guest for line in self.lines if not line.fault for guest in line.guests)


def read_pasted(text: str, country: str) -> Reading:
    """A list as it was pasted. A phone number without a country is one of `country` (ISO code)."""
    return _read(rows_of(text), country)


def read_table(table: Sequence[Sequence[str]], country: str) -> Reading:
    """A list as a file has it, cell by cell."""
    rows: list[Row] = []
    for texts in table:
        cells = [Cell(seen(text)) for text in texts]
        while len(cells) > 1 and not cells[-1].text:
            cells.pop()
        if len(cells) == 1:
            rows += rows_of(cells[0].text)
        elif cells:
            shown = " · ".join(cell.text for cell in cells if cell.text)
            rows.append(Row(shown, cells, ["\t"] * (len(cells) - 1)))
    return _read(rows, country)


def read_again(line: ReadLine, text: str | None, country: str) -> list[ReadLine]:
    """A doubtful line as it was put right; nothing where it was emptied."""
    return [replace(each, number=line.number) for each in read_pasted(text or "", country).lines]


def _read(rows: list[Row], country: str) -> Reading:
    header, begin = _header(rows)
    lines: list[ReadLine] = []
    before: GuestLine | None = None
    for number, row in enumerate(rows[begin:], start=begin + 1):
        if len(row.cells) == 1 and row.shown.endswith((":", "：")):
            continue  # a heading
        line = _line(number, row, header, before, country)
        lines.append(line)
        before = line.guests[-1] if line.guests else None
    return Reading(lines, header.unknown if header else [])


def _header(rows: list[Row]) -> tuple[Header | None, int]:
    """The header, and where what it heads begins; a heading may stand over it."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        header = header_of(row)
        if header is not None and (at == 0 or len(row.cells) > 1):
            return header, at + 1
    return None, 0


def _line(
    number: int, row: Row, header: Header | None, before: GuestLine | None, country: str
) -> ReadLine:
    shown = row.shown[:_SHOWN]
    try:
        found = guests_in(row, header, before)
    except UnclearGuests as error:
        return ReadLine(number, shown, (), Fault(error.code, {"line": error.shown}))
    guests, faults = [], []
    for guest in found:
        fault = name_fault(guest.name)
        if _is_sentence(guest.name):
            fault = Fault("guest_unclear", {"line": shown[:SHORT_LIMIT]})
        read, more = _with_contacts(guest, country)
        faults += [each for each in (fault, more) if each is not None]
        guests.append(read)
    return ReadLine(number, shown, tuple(guests), faults[0] if faults else None)


def _with_contacts(guest: GuestLine, country: str) -> tuple[GuestLine, Fault | None]:
    """The guest with the phone as it is dialled; or what is wrong with it, or with the mail."""
    for field in ("nationality", "language"):
        if len(getattr(guest, field) or "") > SHORT_LIMIT:
            return guest, Fault("guest_line", {"line": guest.name[:SHORT_LIMIT]})
    if guest.diet and _NUMBERS.fullmatch(guest.diet):
        return guest, Fault("phone_in_line", {"line": guest.diet[:SHORT_LIMIT]})
    if guest.mail and not is_mail(guest.mail):
        return guest, Fault("mail_in_line", {"line": guest.mail[:SHORT_LIMIT]})
    if not guest.phone:
        return guest, None
    is_short = len(guest.phone) <= PHONE_LIMIT
    phone = read_phone(guest.phone, country) if is_short else None
    if phone is None:
        return guest, Fault("phone_in_line", {"line": guest.phone[:SHORT_LIMIT]})
    return replace(guest, phone=phone), None


def name_fault(name: str | None) -> Fault | None:
    """What is wrong with a guest's name: nothing of it is to be seen, it is too long, or holds what
    no name does (markup, a formula, what turns the writing round)."""
    plain = seen(name or "")
    if not plain:
        return Fault("name_unseen")
    if len(plain) > NAME_LIMIT:
        return Fault("too_long", {"limit": NAME_LIMIT, "length": len(plain)})
    return Fault("no_name", {"line": plain[:SHORT_LIMIT]}) if _NO_NAME.search(name or "") else None


def _is_sentence(name: str) -> bool:
    """Whether it is what somebody wrote beside the list rather than a name."""
    return _SENTENCE.fullmatch(name) is not None


def key_of(name: str, title: str | None) -> tuple[str, str]:
    """Under what two guests are one: name and title, however they are written."""
    return fold(name), fold(title or "")


def once(guests: Iterable[GuestLine]) -> list[GuestLine]:
    """The guests, each once; what is said of one in two places is put together."""
    found: dict[tuple[str, str], GuestLine] = {}
    for guest in guests:
        key = key_of(guest.name, guest.title)
        known = found.get(key)
        found[key] = filled(known, guest) if known is not None else guest
    return list(found.values())


def filled(known: GuestLine, said: GuestLine) -> GuestLine:
    """What is known of a guest, and what is said besides where nothing was."""
    empty = {field: value for field, value in vars(said).items() if not getattr(known, field)}
    return replace(known, **empty)
