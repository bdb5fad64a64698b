"""What tells by its looks what it is: phone numbers, mail addresses and the sex of a guest."""

import re
from collections.abc import Mapping
from dataclasses import replace

from models.customers.columns import MAIL, PHONE, SEX
from models.customers.rows import Cell, Row

MAIL_LIMIT = 254
_MAIL = re.compile(
    r"[^\s@<>,，;；、()（）\"]+@[^\s@<>,，;；、()（）\"]+\.[^\s@<>,，;；、()（）\".]{2,}"
)
_LABEL = r"(?:(?:联系)?电话|手机号?码?|tel|phone|mobile|cell|邮箱|邮件|e-?mail|mail)?[ .:：]*"
_EXTENSION = r"(?: *(?:ext\.?|转|轉|分机|分機) *\d{1,6})?"
_NUMBER = re.compile(
    rf"{_LABEL}(?<![\w+])(?P<it>\+?(?:[(（]\+?\d+[)）] ?)?\d[\d /.-]{{4,}}\d{_EXTENSION})(?!\w)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"{_LABEL}(?P<it>{_MAIL.pattern})", re.IGNORECASE)
_NO_NUMBER = re.compile(r"(?:19|20)\d\d *[-/.] *(?:(?:19|20)\d\d|\d{1,2}[-/.]\d{1,2})")
_LEAST_DIGITS = 7
_SEXES = {
    **dict.fromkeys(("男", "male", "m", "mr", "mr."), "male"),
    **dict.fromkeys(("女", "female", "f", "ms", "mrs", "ms.", "mrs."), "female"),
}


def is_mail(text: str) -> bool:
    """Whether a text is one mail address."""
    return len(text) <= MAIL_LIMIT and _MAIL.fullmatch(text) is not None


def sex_of(text: str) -> str | None:
    """`male` or `female`, as a list writes it; None for anything else."""
    return _SEXES.get(text.strip().casefold())


def taken_out(row: Row) -> tuple[Row, Mapping[str, str]]:
    """A row without the phone, mail and sex that it tells, and those. What stands in quotation
    marks stays as it is."""
    said: dict[str, str] = {}
    cells = [_without(cell, said) if not cell.is_quoted else cell for cell in row.cells]
    if not said:
        return row, said
    at = [index for index, cell in enumerate(cells) if cell.text or not row.cells[index].text]
    parts = [row.parts[index - 1] for index in at[1:]]
    return replace(row, cells=[cells[index] for index in at], parts=parts), said


def _without(cell: Cell, said: dict[str, str]) -> Cell:
    text = cell.text
    sex = sex_of(text)
    if (sex is not None and len(text) > 1) or text in {"男", "女"}:
        said.setdefault(SEX, sex or "")
        return Cell("")
    if "@" in text:
        text = _cut(text, _ADDRESS, MAIL, said)
    if sum(char.isdecimal() for char in text) >= _LEAST_DIGITS:
        text = _cut(text, _NUMBER, PHONE, said)
    return Cell(text) if text != cell.text else cell


def _cut(text: str, pattern: re.Pattern[str], column: str, said: dict[str, str]) -> str:
    found = pattern.search(text)
    if found is None or column in said or not _is_number(found["it"], column):
        return text
    said[column] = found["it"].strip()
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(" :：")


def _is_number(text: str, column: str) -> bool:
    if column != PHONE:
        return True
    digits = sum(char.isdecimal() for char in text)
    return digits >= _LEAST_DIGITS and _NO_NUMBER.fullmatch(text.strip()) is None
