"""Guests as people paste them, and as they are written back: a line each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from models.base.limits import NAME_LIMIT
from models.customers import columns
from models.customers.columns import LEFT_OUT, UNKNOWN, columns_of
from models.customers.grouping import LITERAL, NOBODY, Fields, Unclear, in_columns, listed
from models.customers.rows import PARTS, Row, rows_of
from models.customers.shapes import sex_of, taken_out

_SHOWN = 60
_NEEDS = re.compile(rf"[\t\"“”{PARTS}]")


@dataclass(frozen=True)
class GuestLine:
    """One guest as listed: name, title, diet; and what else the list says, as it is written there.
    `sex` is `male` or `female`."""

    name: str
    title: str | None = None
    diet: str | None = None
    name_other: str | None = None
    phone: str | None = None
    mail: str | None = None
    sex: str | None = None
    nationality: str | None = None
    language: str | None = None


class UnclearGuests(ValueError):
    """A line that cannot be read for certain: a fault's code, and what is to be shown of it."""

    def __init__(self, code: str, shown: str) -> None:
        super().__init__(code)
        self.code = code
        self.shown = shown[:_SHOWN]


@dataclass(frozen=True)
class Header:
    """The columns of a table; `unknown` are those of which nothing is kept."""

    columns: list[str]
    unknown: list[str]


def parse_guests(pasted: str) -> list[GuestLine]:
    """The guests of a pasted list: one a line, name, title and diet parted by tabs or commas.

    Takes what Excel puts on the clipboard (tabs, quoted cells, line breaks in them, a column of
    numbers, a header), numbered lines, and names on one line. Raises UnclearGuests with the line
    that is too long to be a guest, that may be read in several ways, or with the column that is no
    known one.
    """
    rows = rows_of(pasted)
    header = header_of(rows[0]) if rows else None
    if header is not None:
        if header.unknown:
            raise UnclearGuests("guest_column", header.unknown[0])
        rows = rows[1:]
    guests: list[GuestLine] = []
    for row in rows:
        guests += guests_in(row, header, guests[-1] if guests else None)
    return guests


@lru_cache(maxsize=2048)
def written_guest(guest: GuestLine) -> str:
    """A guest as a line that is read as that guest again, as plain as it can be: name, title and
    diet."""
    guest = GuestLine(guest.name, guest.title, guest.diet)
    cells = [guest.name, guest.title or "", guest.diet or ""]
    while not cells[-1]:
        cells.pop()
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    ways = (
        ", ".join(cells),
        ", ".join(q if _NEEDS.search(c) else c for c, q in zip(cells, quoted, strict=True)),
        ", ".join(quoted),
    )
    for line in ways:
        try:
            if parse_guests(line) == [guest]:
                return line
        except UnclearGuests:
            continue
    return ", ".join([*quoted, *['""'] * (LITERAL - len(quoted))])


def header_of(row: Row) -> Header | None:
    """The columns that a row names; None where it is no header."""
    texts = row.texts if len(row.cells) > 1 else row.texts[0].split()
    found = columns_of(texts) if not all(cell.is_quoted for cell in row.cells) else None
    if found is None:
        return None
    unknown = [text for text, column in zip(texts, found, strict=False) if column == UNKNOWN]
    return Header(found, unknown)


def guests_in(row: Row, header: Header | None, before: GuestLine | None) -> list[GuestLine]:
    """The guests of a row; `before` is the one above it. Raises UnclearGuests."""
    said: Mapping[str, str] = {}
    try:
        if header is not None and _fits(row, header):
            found = [in_columns(row.texts, header.columns)]
        else:
            row, said = taken_out(row)
            found = listed(row)
    except Unclear:
        raise UnclearGuests("guest_unclear", row.shown) from None
    found = [fields for fields in found if any(fields[:3])]
    for fields in found:
        if any(len(part) > NAME_LIMIT for part in (*fields[:3], *fields.besides.values())):
            raise UnclearGuests("guest_line", row.shown)
    if said and len(found) > 1:
        raise UnclearGuests("guest_unclear", row.shown)
    is_title = not row.is_table and [fields.name or NOBODY for fields in found] == [NOBODY]
    if before is not None and not before.title and is_title:
        raise UnclearGuests("guest_unclear", f"{before.name} / {row.shown}")
    return [_guest(fields, {**said, **fields.besides}) for fields in found]


def _guest(fields: Fields, more: dict[str, str]) -> GuestLine:
    return GuestLine(
        fields.name or NOBODY,
        fields.title or None,
        fields.diet or None,
        more.get(columns.OTHER_NAME) or None,
        more.get(columns.PHONE) or None,
        more.get(columns.MAIL) or None,
        sex_of(more.get(columns.SEX, "")),
        more.get(columns.NATIONALITY) or None,
        more.get(columns.LANGUAGE) or None,
    )


def _fits(row: Row, header: Header) -> bool:
    """Whether the row has the header's columns, and nothing beyond them."""
    if len(row.cells) == 1:
        return False
    wanted = header.columns
    is_numbered = wanted[0] == LEFT_OUT and not row.is_table
    return len(row.cells) == len(wanted) or (
        len(row.cells) < len(wanted) and not is_numbered and row.is_table
    )
