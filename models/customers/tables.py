"""Tables out of files: CSV in whatever encoding, and what Excel writes today (XLSX)."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from statistics import median

from charset_normalizer import from_bytes
from python_calamine import CalamineError, load_workbook

from models.base.errors import DomainError
from models.keeping.files import FILE_LIMIT, FileKind, kind_of, safe_name

ROWS_LIMIT = 1000
"""The most rows that are looked at; a guest list has 500 guests at most."""
_COLUMNS_LIMIT = 60
_CELL_LIMIT = 2000
_UNPACKED_LIMIT = 100 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "vbaProject.bin"
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CHINESE = "gb18030"
_PLAIN_CHINESE = "gb2312"
_WESTERN = "cp1252"
_MOSTLY, _FEW = 0.8, 0.4
_DELIMITERS = ",;\t|，"
_LOOKED_AT = 30
Value = int | float | str | bool | time | date | datetime | timedelta


class TableRefused(DomainError):
    """A file that is no table which can be read. `why` is a code: empty, too_large, old_excel,
    password, macros, broken, kind, too_many (`rows` of them)."""

    code = "table_refused"

    def __init__(self, why: str, name: str, rows: int = 0) -> None:
        super().__init__(why=why, name=safe_name(name), rows=rows)


def table_of(name: str, content: bytes) -> list[list[str]]:
    """The rows of a file, each cell as text: a formula in a CSV is text like any other, of one in
    Excel the value counts that was saved with it. Rows without anything are left out.

    Raises TableRefused.
    """
    if not content.strip():
        raise TableRefused("empty", name)
    if len(content) > FILE_LIMIT:
        raise TableRefused("too_large", name)
    if content.startswith(_OLD_OFFICE):
        raise TableRefused("password" if _ENCRYPTED in content else "old_excel", name)
    if content.startswith(b"PK\x03\x04"):
        rows = _of_excel(name, content)
    else:
        rows = _of_text(name, content)
    filled = [row for row in rows if any(row)]
    if not filled:
        raise TableRefused("empty", name)
    if len(filled) > ROWS_LIMIT:
        raise TableRefused("too_many", name, len(filled))
    return filled


def _of_excel(name: str, content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            described = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise TableRefused("broken", name) from None
    if any(part.filename.endswith(_MACROS) for part in described):
        raise TableRefused("macros", name)
    if kind_of(content) is not FileKind.XLSX:
        raise TableRefused("kind", name)
    if sum(part.file_size for part in described) > _UNPACKED_LIMIT:
        raise TableRefused("too_large", name)
    try:
        book = load_workbook(io.BytesIO(content))
        for sheet in range(len(book.sheet_names)):
            rows = book.get_sheet_by_index(sheet).to_python()
            if any(any(cell != "" for cell in row) for row in rows):
                return [[_shown(cell) for cell in row[:_COLUMNS_LIMIT]] for row in rows]
    except (CalamineError, ValueError, OSError):
        raise TableRefused("broken", name) from None
    return []


def _shown(value: Value) -> str:
    """A cell's value as it reads: whole numbers (phones among them) without a point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return str(value)[:_CELL_LIMIT].strip()


def _of_text(name: str, content: bytes) -> list[list[str]]:
    text = decoded(content)
    if text is None or text.lstrip()[:1] == "<":
        raise TableRefused("kind", name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [
        [cell[:_CELL_LIMIT].strip() for cell in row[:_COLUMNS_LIMIT]]
        for row in _cells(lines, _delimiter(lines))
    ]


def _cells(text: str, delimiter: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)


def _delimiter(text: str) -> str:
    """The sign that parts most of the first lines into the same number of cells."""
    begin = "\n".join(text.split("\n")[:_LOOKED_AT])

    def weight(sign: str) -> tuple[float, int]:
        try:
            sizes = [len(row) for row in _cells(begin, sign) if row]
        except csv.Error:
            return 0, 0
        middle = median(sizes or [0])
        return (middle > 1) * sum(size == middle for size in sizes), int(middle)

    return max(_DELIMITERS, key=weight)


def decoded(content: bytes) -> str | None:
    """The text of bytes in whatever encoding, also where its lines are in several; None for what is
    no text."""
    marked = next((coding for mark, coding in _MARKS if content.startswith(mark)), None)
    if marked is not None:
        return content.decode(marked, "replace")
    if b"\x00" in content:
        wide = next((c for c in ("utf-16-le", "utf-16-be") if _is_text(_in(content, c))), None)
        return _in(content, wide) if wide else None
    text = _in(content, "utf-8")
    if text is None:
        other = _other_encoding(content)
        if other is None:
            return None
        lines = content.split(b"\n")
        text = "\n".join(_in(line, "utf-8") or line.decode(other, "replace") for line in lines)
    return text if _is_text(text) else None


def _other_encoding(content: bytes) -> str | None:
    """What the lines are in that are no UTF-8."""
    odd = b"\n".join(line for line in content.split(b"\n") if _in(line, "utf-8") is None)
    chinese = _in(odd, _CHINESE)
    if chinese is not None:
        wide = [char for char in chinese if not char.isascii()]
        plain = sum(_is_plain_chinese(char) for char in wide)
        if plain >= _MOSTLY * len(wide):
            return _CHINESE
    western = _in(odd, _WESTERN)
    if western is not None and _is_western(western):
        return _WESTERN
    best = from_bytes(odd).best()
    return best.encoding if best is not None else None


def _is_western(text: str) -> bool:
    """Whether the letters beyond ASCII are few, and letters indeed."""
    odd = [char for char in text if not char.isascii()]
    letters = sum(char.isalpha() for char in text)
    return all(char.isalpha() for char in odd) and len(odd) <= letters * _FEW


def _is_plain_chinese(char: str) -> bool:
    try:
        char.encode(_PLAIN_CHINESE)
    except UnicodeEncodeError:
        return False
    return True


def _in(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_text(text: str | None) -> bool:
    return text is not None and all(char >= " " or char in "\t\n\r\f" for char in text)
