"""A pasted table as rows of cells: tabs or commas, quoted cells, numbered lines."""

import re
from dataclasses import dataclass, field

from models.base.visible import seen
from models.customers.titles import HAN

PARTS = ",，、;；|｜"
_QUOTED = re.compile(
    rf"[ ]*(?:[\"＂](?P<plain>(?:[^\"＂]|[\"＂]{{2}})*)[\"＂]|“(?P<smart>[^”\n]*)”)"
    rf"[ ]*(?=[\t\n{PARTS}]|$)"
)
_DOUBLED = re.compile(r"[\"＂]{2}")
_BLANK = "[ \u3000]*"
_MARK = re.compile(
    rf"{_BLANK}(?:[(（]\d{{1,3}}[)）]|\d{{1,3}}{_BLANK}[、.．:：)）](?!\d)|[①-⑳]"
    rf"|[-–•·*●][ \u3000]+|[一二三四五六七八九十]{{1,3}}、"
    rf"|\d{{1,3}}{_BLANK}(?=[{HAN}])(?![位名个人])){_BLANK}(?=\S)"
)
"""What stands before a line of a numbered list."""
_OPEN, _CLOSE = "(（", ")）"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell; `is_quoted` where quotation marks say that it is one."""

    text: str
    is_quoted: bool = False


@dataclass
class Row:
    """A row as it was pasted, and its cells; `parts` are the signs between them."""

    shown: str
    cells: list[Cell] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The text of each cell."""
        return [cell.text for cell in self.cells]

    @property
    def is_table(self) -> bool:
        """Whether it is a row of a table rather than a line that somebody typed."""
        return "\t" in self.parts


def rows_of(pasted: str) -> list[Row]:
    """The rows that are not empty; numbers before a line are left out."""
    rows = []
    text = pasted.replace("\r\n", "\n").replace("\r", "\n")
    for pasted_line in _lines(text):
        line = pasted_line.strip().strip("|｜") if pasted_line.strip()[:1] in "|｜" else pasted_line
        is_table = "\t" in line and "\t" in _row(line, f"\t{PARTS}").parts
        row = _row(line, "\t" if is_table else PARTS)
        if any(row.texts):
            rows.append(row)
    return rows


def _lines(text: str) -> list[str]:
    """The lines; a line break within a quoted cell is none."""
    lines, begin, at, is_start = [], 0, 0, True
    while at < len(text):
        quoted = _QUOTED.match(text, at) if is_start else None
        if quoted is not None:
            at, is_start = quoted.end(), False
            continue
        if text[at] == "\n":
            lines.append(text[begin:at])
            begin = at + 1
        is_start = text[at] in f"\n\t{PARTS}"
        at += 1
    return [*lines, text[begin:]]


def _row(line: str, parts: str) -> Row:
    mark = _MARK.match(line)
    row, at, begin, depth = Row(seen(line)), mark.end() if mark else 0, 0, 0
    begin = at
    while at <= len(line):
        quoted = _QUOTED.match(line, at) if at == begin else None
        if quoted is not None and (quoted.end() == len(line) or line[quoted.end()] in parts):
            row.cells.append(_cell(quoted))
            at = quoted.end()
        elif at < len(line) and (line[at] not in parts or (depth > 0 and line[at] != "\t")):
            depth = max(0, depth + (line[at] in _OPEN) - (line[at] in _CLOSE))
            at += 1
            continue
        else:
            row.cells.append(Cell(seen(line[begin:at])))
        if at < len(line):
            row.parts.append(line[at])
        at += 1
        begin, depth = at, 0
    return row


def _cell(quoted: re.Match[str]) -> Cell:
    plain = quoted["plain"]
    text = _DOUBLED.sub('"', plain) if plain is not None else quoted["smart"]
    return Cell(seen(text), is_quoted="\n" not in text)
