"""The cells of a line as guests: which is a name, a title, a diet, and where a guest begins."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from models.customers import columns
from models.customers.rows import PARTS, Cell, Row
from models.customers.titles import (
    HAN,
    ends_with_title,
    glued,
    is_diet,
    is_full_name,
    is_left_out,
    is_person,
    is_short_title,
    is_title,
)

NOBODY = "–"
"""Stands for the name of a guest of whom only the title is known."""
_NUMBER = re.compile(r"\d{1,4}[.、]?|[①-⑳]|[一二三四五六七八九十]{1,3}")
_BRACKETS = re.compile(r"(?P<before>.+?)\s*[（(](?P<within>[^（）()]*)[)）]")
_DASH = re.compile(rf"\s+[-–—]\s+|\s*[:：—/／]\s*|(?<=[{HAN}])-(?=[{HAN}])")
_HAN = re.compile(f"[{HAN}]")
_ONE_WORD = re.compile(r"[A-Z][\w'’.-]*")
_QUOTES = '"＂“'
LITERAL = 4
"""So many quoted cells, the last of them empty, are taken as they are."""


class Unclear(ValueError):
    """Cells that may be read in several ways."""


class Fields(NamedTuple):
    """What a line says of one guest; empty where it says nothing. `besides`: what a table has in
    further columns, by their names."""

    name: str
    title: str = ""
    diet: str = ""
    besides: Mapping[str, str] = MappingProxyType({})


def listed(row: Row) -> list[Fields]:
    """The guests of a row without a header. Raises Unclear."""
    cells, parts = row.cells, row.parts
    if _is_literal(cells):
        name, title, diet = row.texts[:3]
        return [Fields(name, title, diet)]
    if len(cells) > 1 and _NUMBER.fullmatch(cells[0].text):
        cells, parts = cells[1:], parts[1:]
    if any(_is_left_open(cell) for cell in cells):
        raise Unclear
    if row.is_table or any(cell.is_quoted for cell in cells):
        return [_one(cells)]
    segments = _segments([cell.text for cell in cells], parts)
    return [guest for texts, between in segments for guest in _typed(texts, between)]


def in_columns(texts: Sequence[str], header: Sequence[str]) -> Fields:
    """The guest of a row below a header, whose columns it has."""
    said: dict[str, str] = {}
    for column, text in zip(header, texts, strict=False):
        is_second = column == columns.NAME and said.get(column)  # 姓名, then name
        said.setdefault(columns.OTHER_NAME if is_second else column, text)
    first, last = said.get(columns.FIRST, ""), said.get(columns.LAST, "")
    whole = f"{last}{first}" if _HAN.search(last) else f"{first} {last}".strip()
    other = said.get(columns.OTHER_NAME, "")
    name = said.get(columns.NAME) or whole or other
    unit, title = said.get(columns.UNIT, ""), said.get(columns.TITLE, "")
    inner: list[str] = []
    if not title and name:
        name, inner = _opened(name)
    title = title or _joined([text for text in inner if not is_diet(text)])
    more = {column: said.get(column, "") for column in columns.BESIDES}
    more[columns.OTHER_NAME] = other if other != name else ""
    return Fields(name, " ".join(filter(None, [unit, title])), said.get(columns.DIET, ""), more)


def _is_literal(cells: Sequence[Cell]) -> bool:
    return len(cells) == LITERAL and all(c.is_quoted for c in cells) and not cells[-1].text


def _is_left_open(cell: Cell) -> bool:
    text = cell.text
    if cell.is_quoted or not text.startswith(tuple(_QUOTES)):
        return False
    return "”" not in text if text[0] == "“" else (text.count('"') + text.count("＂")) % 2 == 1


def _segments(texts: list[str], parts: list[str]) -> list[tuple[list[str], list[str]]]:
    """The line cut where semicolons part guests, and other signs what is said of each."""
    signs = set(parts)
    whole = [(texts, parts)]
    if not signs & set(";；") or signs <= set(";；"):
        return whole
    found: list[tuple[list[str], list[str]]] = [([texts[0]], [])]
    for sign, text in zip(parts, texts[1:], strict=True):
        if sign in ";；":
            found.append(([text], []))
        else:
            found[-1][0].append(text)
            found[-1][1].append(sign)
    found = [(cells, between) for cells, between in found if any(cells)]
    each_is_one = all(
        not _is_said_of_one(cells[0]) and (len(cells) > 1 or _is_named(cells[0]))
        for cells, _ in found
    )
    return found if each_is_one else whole


def _typed(texts: list[str], parts: list[str]) -> list[Fields]:
    """The guests of a line that somebody typed."""
    filled = [text for text in texts if text]
    if not filled:
        return []
    if not parts:
        words = filled[0].split()
        is_list = sum(map(_is_named, words)) > 1
        if is_list and all(_is_named(word) or _is_said_of_one(word) for word in words):
            return _people(words)
    elif set(parts) == {"、"} and not _is_said_of_one(filled[0]):
        return _people(filled)
    glue = filled[0] if glued(filled[0]) else None
    named = [text for text in filled if _is_named(text) and (glue or not glued(text))]
    if len(named) > 1:
        groups = _groups(filled, named)
        if len(named) < len(filled) and (filled[0] not in named or min(map(len, groups)) < 2):
            raise Unclear
        return [_one([Cell(text) for text in group]) for group in groups]
    if len(filled) > 1 and all(map(is_full_name, filled)):
        raise Unclear
    if len(filled) > 2 and all(_is_one_word(text) for text in filled):
        raise Unclear
    return [_one([Cell(text) for text in texts])]


def _people(texts: list[str]) -> list[Fields]:
    """A list of people, in which titles and diets stand behind whose they are."""
    starts = [text for text in texts if not _is_said_of_one(text)]
    return [_one([Cell(text) for text in group]) for group in _groups(texts, starts)]


def _groups(texts: list[str], starts: list[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for text in texts:
        if text in starts or not groups:
            groups.append([])
        groups[-1].append(text)
    return groups


def _one(cells: Sequence[Cell]) -> Fields:
    """One guest: the name first, then title and diet; a title elsewhere is found (A03)."""
    name, is_quoted = cells[0].text, cells[0].is_quoted
    rest = [cell.text for cell in cells[1:] if not is_left_out(cell.text)]
    titles = _titles(rest)
    if not titles and not is_quoted and name:
        if rest and is_title(name) and (is_person(rest[0]) or is_full_name(rest[0])):
            name, rest = rest[0], [name, *rest[1:]]
        else:
            name, inner = _opened(name)
            rest = [*inner, *(rest[1:] if inner and rest[:1] == [""] else rest)]
        titles = _titles(rest)
    if not titles:
        is_first_eaten = bool(rest) and is_diet(rest[0])
        title = "" if is_first_eaten else "".join(rest[:1])
        return Fields(name, title, _with_commas(rest if is_first_eaten else rest[1:]))
    begin = end = titles[0]
    while end in titles:
        end += 1
    if titles[-1] >= end or (_is_one_word(name) and rest[0] and _is_one_word(rest[0])):
        raise Unclear
    before = [text for text in rest[:begin] if text]
    title = _joined([text for text in before if not is_diet(text)] + rest[begin:end])
    return Fields(name, title, _with_commas([*filter(is_diet, before), *rest[end:]]))


def _titles(texts: Sequence[str]) -> list[int]:
    """Where titles stand behind a name."""
    return [at for at, text in enumerate(texts) if is_title(text) or glued(text) is not None]


def _opened(text: str) -> tuple[str, list[str]]:
    """The name in a cell, and what the cell says of that person besides. Raises Unclear."""
    found = _in_brackets(text) or _around_dash(text)
    if found is not None:
        return found
    told = glued(text)
    if told is not None:
        return told.name, [told.title]
    words = [word for word in text.split() if not is_left_out(word)] or text.split()
    end = len(words)
    while end > 1 and (is_short_title(words[end - 1]) or _is_eaten(words[end - 1])):
        end -= 1
    if end < len(words):
        name, inner = _opened(" ".join(words[:end]))
        return name, [*inner, *words[end:]]
    if len(words) > 1 and is_short_title(words[0]) and is_person("".join(words[1:])):
        return " ".join(words[1:]), words[:1]
    return _alone(text, words)


def _alone(text: str, words: list[str]) -> tuple[str, list[str]]:
    """A cell that is a name, or nothing but a title."""
    if not is_title(text) or text[0].isdecimal():
        return " ".join(words), []
    if _HAN.search(text) or len(words) == 1:
        return NOBODY, [text]
    if len(words) > 2 or ends_with_title(text):
        if all(map(is_title, words)):
            return NOBODY, [text]
        raise Unclear
    return text, []


def _in_brackets(text: str) -> tuple[str, list[str]] | None:
    match = _BRACKETS.fullmatch(text)
    if match is None:
        return None
    within = [part.strip() for part in re.split(f"[{PARTS}]", match["within"]) if part.strip()]
    if any(map(_is_said_of_one, within)):
        return match["before"], within
    if is_title(match["before"]) and len(within) == 1:
        return within[0], [match["before"]]
    return None


def _around_dash(text: str) -> tuple[str, list[str]] | None:
    parts = _DASH.split(text, maxsplit=1)
    if len(parts) != 2 or not all(parts):
        return None
    head, tail = parts
    if is_title(tail):
        return head, [tail]
    return (tail, [head]) if is_title(head) else None


def _is_named(text: str) -> bool:
    """Whether the words hold a person's name for certain."""
    if is_person(text) or glued(text) is not None or _in_brackets(text) is not None:
        return True
    brackets = _BRACKETS.fullmatch(text)
    before = (
        brackets["before"] if brackets else text.split(maxsplit=1)[0] if text.split()[1:] else ""
    )
    return is_person(before) or glued(before) is not None


def _is_said_of_one(text: str) -> bool:
    return is_title(text) or is_diet(text)


def _is_eaten(word: str) -> bool:
    return _HAN.search(word) is not None and is_diet(word)


def _is_one_word(text: str) -> bool:
    return _ONE_WORD.fullmatch(text) is not None and not _is_said_of_one(text)


def _joined(titles: list[str]) -> str:
    """Several titles of one person, so that each of them is seen as one."""
    return ("、" if any(map(_HAN.search, titles)) else ", ").join(titles)


def _with_commas(texts: Sequence[str]) -> str:
    return ", ".join(text for text in texts if text)
