"""Guests as people paste them, and as they are written back: a line each."""

import re
from dataclasses import dataclass

from models.base.limits import NAME_LIMIT
from models.customers.columns import LEFT_OUT, UNKNOWN, columns_of
from models.customers.grouping import LITERAL, NOBODY, Unclear, in_columns, listed
from models.customers.rows import PARTS, Row, rows_of

_SHOWN = 60
_NEEDS = re.compile(rf"[\t\"“”{PARTS}]")


@dataclass(frozen=True)
class GuestLine:
    """One guest as pasted: name, title, diet."""

    name: str
    title: str | None = None
    diet: str | None = None


class UnclearGuests(ValueError):
    """A line that cannot be read for certain: a fault's code, and what is to be shown of it."""

    def __init__(self, code: str, shown: str) -> None:
        super().__init__(code)
        self.code = code
        self.shown = shown[:_SHOWN]


def parse_guests(pasted: str) -> list[GuestLine]:
    """The guests of a pasted list: one a line, name, title and diet parted by tabs or commas.

    Takes what Excel puts on the clipboard (tabs, quoted cells, line breaks in them, a column of
    numbers, a header), numbered lines, and names on one line. Raises UnclearGuests with the line
    that is too long to be a guest, that may be read in several ways, or with the column that is no
    known one.
    """
    rows = rows_of(pasted)
    header = _header(rows[0]) if rows else None
    if header is not None:
        rows = rows[1:]
    guests: list[GuestLine] = []
    for row in rows:
        found = _guests(row, header)
        if (
            guests
            and not guests[-1].title
            and not row.is_table
            and [g.name for g in found] == [NOBODY]
        ):
            raise UnclearGuests("guest_unclear", f"{guests[-1].name} / {row.shown}")
        guests += found
    return guests


def written_guest(guest: GuestLine) -> str:
    """A guest as a line that is read as that guest again, as plain as it can be."""
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


def _header(row: Row) -> list[str] | None:
    texts = row.texts if len(row.cells) > 1 else row.texts[0].split()
    found = columns_of(texts) if not all(cell.is_quoted for cell in row.cells) else None
    unknown = [text for text, column in zip(texts, found or [], strict=False) if column == UNKNOWN]
    if unknown:
        raise UnclearGuests("guest_column", unknown[0])
    return found


def _guests(row: Row, header: list[str] | None) -> list[GuestLine]:
    try:
        found = [in_columns(row.texts, header)] if _fits(row, header) and header else listed(row)
    except Unclear:
        raise UnclearGuests("guest_unclear", row.shown) from None
    for fields in found:
        if any(len(part) > NAME_LIMIT for part in fields):
            raise UnclearGuests("guest_line", row.shown)
    return [GuestLine(f.name or NOBODY, f.title or None, f.diet or None) for f in found if any(f)]


def _fits(row: Row, header: list[str] | None) -> bool:
    """Whether the row has the header's columns, and nothing beyond them."""
    if header is None or len(row.cells) == 1:
        return False
    is_numbered = header[0] == LEFT_OUT and not row.is_table
    return len(row.cells) == len(header) or (
        len(row.cells) < len(header) and not is_numbered and row.is_table
    )
