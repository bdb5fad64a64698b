"""Guests as people paste them: one a line."""

import re
from dataclasses import dataclass

from models.base.limits import NAME_LIMIT


@dataclass(frozen=True)
class GuestLine:
    """One guest as pasted: name, title, diet."""

    name: str
    title: str | None = None
    diet: str | None = None


def parse_guests(pasted: str) -> list[GuestLine]:
    """The guests of a pasted list: one a line, name, title and diet parted by tabs or commas.

    Takes what Excel puts on the clipboard (tabs, quoted cells, CRLF) and Chinese commas. Raises
    ValueError with the line that is too long to be a guest.
    """
    guests = []
    for line in pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        parts = re.split(r"\t", line) if "\t" in line else re.split(r"[,，、;；]", line)
        cells = [cell.strip().strip('"').strip() for cell in parts]
        if not any(cells):
            continue
        if any(len(cell) > NAME_LIMIT for cell in cells):
            raise ValueError(line.strip()[:60])
        name, title, diet = (
            [*cells[:2], ", ".join(c for c in cells[2:] if c), ""][:3]
            if len(cells) > 1
            else [cells[0], "", ""]
        )
        guests.append(GuestLine(name or "–", title or None, diet or None))
    return guests
