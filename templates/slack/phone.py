"""How many lines a card takes on a phone: what a short card is held against.

The measure: a phone of 390 points shows about 40 narrow characters in a line of a paragraph, 32 in
one of a header and 46 in small letters; a Chinese character or an emoji counts for two, the mention
of a person for twelve. Each line of each text block counts for as many lines as it wraps to, the
facts of two columns as label and value one below the other; rows of buttons and dividers for none.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_COLUMNS = {"header": 32, "context": 46}
_TEXT = 40
_PERSON = "<@" + "x" * 8 + ">"
_MENTION = re.compile(r"<@\w+>")
_MARKUP = re.compile(r"[*_`]")


def lines(blocks: Iterable[Mapping[str, Any]]) -> int:
    """The lines of text that blocks, as Slack takes them, show on a phone."""
    return sum(
        _wrapped(line, _COLUMNS.get(str(block["type"]), _TEXT))
        for block in blocks
        for text in _texts(block)
        for line in text.split("\n")
    )


def _texts(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] == "rich_text":
        for part in block["elements"]:
            yield "".join(_piece(each) for each in part["elements"])
        return
    if isinstance(block.get("text"), Mapping):
        yield block["text"]["text"]
    for each in block.get("fields") or ():
        yield each["text"]
    if block["type"] == "context":
        yield from (each["text"] for each in block["elements"] if "text" in each)


def _piece(element: Mapping[str, Any]) -> str:
    return _PERSON if element["type"] == "user" else str(element.get("text", ""))


def _wrapped(line: str, columns: int) -> int:
    shown = _MENTION.sub(_PERSON, line)
    shown = shown if shown == line and "*" not in line else _MARKUP.sub("", shown)
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)
    return max(1, -(-width // columns))
