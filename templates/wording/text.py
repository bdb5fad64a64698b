"""Text that is safe to show in Slack: people's words stay words, whatever they contain.

Slack's mrkdwn gives `& < >` a meaning, for which there are escapes, and `* _ ~ ` :name:` and a
leading `>` another, for which there are none. So what people wrote is marked on its way in (each
such character is shifted to a private code point), and written out at the end in the form that the
place takes: as mrkdwn where it cannot format, else as rich text or plain text, where nothing does.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Form = Literal["mrkdwn", "plain"]

LINE_LIMIT = 300
"""Characters of one value of somebody's within a text; longer ones end in an ellipsis."""

_SHIFT = 0xF0000
_GUARDED = "&<>*_~`:"
_GUARD = {ord(char): chr(_SHIFT + ord(char)) for char in _GUARDED}
_UNGUARD = {_SHIFT + ord(char): char for char in _GUARDED}
_ESCAPES = {_SHIFT + ord(char): char for char in _GUARDED} | {
    _SHIFT + ord("&"): "&amp;",
    _SHIFT + ord("<"): "&lt;",
    _SHIFT + ord(">"): "&gt;",
}
_DEAREST = 5  # what one character may count for: &amp;
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_BIDI_CONTROLS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLON = chr(_SHIFT + ord(":"))
_FORMATS = re.compile(
    "["
    + "".join(chr(_SHIFT + ord(char)) for char in ">*_~`")
    + "]"
    + f"|{_COLON}[^\\s{_COLON}]+{_COLON}"
)
_SPAN = re.compile(r"([*_`])[^*_`\n]+\1")
_MARKUP = re.compile(r"`(?P<code>[^`\n]*)`|[*_`]")
_DIAL = re.compile(r"<tel:[^<>|]*\|([^<>]*)>")
_MENTION = re.compile(r"<@(\w+)>")
_TOKEN = re.compile(r"<[^<>]*>|.", re.DOTALL)
_RUN = re.compile(r"<[^<>]*>|[^<*_`]+|.", re.DOTALL)
_ISOLATE, _POP = "\u2068", "\u2069"


class Text(str):
    """Words ready to be placed: people's characters guarded, the templates' own markup not.

    Made by `guard` and by the templates; `Text("...")` itself trusts what it is given.
    """

    __slots__ = ()

    @property
    def could_format(self) -> bool:
        """Whether something that a person wrote would format as mrkdwn."""
        return _FORMATS.search(self) is not None

    @property
    def needs_rich(self) -> bool:
        """Whether only rich text shows it rightly: what people wrote would format, or our own
        markup would not, because it stands without a space beside words that are not Latin."""
        sides = (
            self[max(0, m.start() - 1) : m.start()] + self[m.end() : m.end() + 1]
            for m in _SPAN.finditer(self)
        )
        return self.could_format or any(not side.isascii() for side in sides)

    def mrkdwn(self, limit: int = 3000) -> str:
        """As mrkdwn of at most `limit` characters. Only where nothing of it `could_format`."""
        return _written(_fit(self, limit, "mrkdwn"), "mrkdwn")

    def plain(self, limit: int = 3000) -> str:
        """As it stands in a plain_text object: without markup, at most `limit` characters."""
        bare = Text(_bare(self))
        return _written(_fit(bare, limit, "plain"), "plain")

    def fallback(self, limit: int = 1000) -> str:
        """As the text of a message beside its blocks: one line for a notification."""
        bare = Text(" ".join(_bare(self).split()))
        return _written(_fit(bare, limit, "mrkdwn"), "mrkdwn")

    def pieces(self) -> list["Piece"]:
        """The text cut at its own markup, for rich text."""
        return list(_pieces(_fit(self, 3000, "plain")))


@dataclass(frozen=True)
class Piece:
    """A run of words in one style, or (with `user`) the mention of a person."""

    words: str
    user: str | None = None
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False


def guard(value: object, limit: int = LINE_LIMIT, *, keep_lines: bool = False) -> Text:
    """What a person wrote (or a company's policy says), made inert.

    One line unless `keep_lines`; cut to `limit`; control characters are dropped, and words written
    from right to left are isolated, so that they turn nothing around them.
    """
    return _guarded(str(value), limit, keep_lines)


@lru_cache(maxsize=2048)
def _guarded(value: str, limit: int, keep_lines: bool) -> Text:
    written = _BIDI_CONTROLS.sub("", _PRIVATE.sub("\ufffd", value))
    lines = written.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    lines = [" ".join(_printable(line).split()) for line in lines]
    text = "\n".join(lines).strip() if keep_lines else " ".join(filter(None, lines))
    text = clip(text, limit)
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text):
        text = f"{_ISOLATE}{text}{_POP}"
    return Text(text.translate(_GUARD))


def joined(separator: str, parts: Iterable[Text | None]) -> Text:
    """The parts that say something, with a separator of our own between them."""
    return Text(separator.join(part for part in parts if part))


def mention(user_id: str) -> Text:
    """A person, as Slack shows them by name."""
    if not re.fullmatch(r"\w+", user_id, re.ASCII):
        return guard(user_id)
    return Text(f"<@{user_id}>")


def dial(address: str, shown: str) -> Text:
    """A phone number that is dialled when it is pressed: its `tel:` address and how it reads."""
    return Text(f"<{guard(address)}|{guard(shown)}>".replace(_COLON, ":"))


def clip(text: str, limit: int) -> str:
    """At most `limit` characters (counted at worst, in UTF-16); an ellipsis ends what was cut."""
    if _length(text) <= limit:
        return text
    used, end = 1, 0
    for index, char in enumerate(text):
        used += _length(char)
        if used > limit:
            break
        end = index + 1
    while end and _joins(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _printable(line: str) -> str:
    return "".join(
        char if char.isprintable() or unicodedata.category(char) == "Cf" else " " for char in line
    )


def _joins(text: str, index: int) -> bool:
    """Whether the character at `index` belongs to the one before it (marks, joined emoji)."""
    if index >= len(text):
        return False
    char, before = text[index], text[index - 1]
    return (
        bool(unicodedata.combining(char))
        or char in "\u200d\ufe0f\u20e3"
        or before == "\u200d"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _written(text: str, form: Form) -> str:
    """With people's characters as they are written in that form."""
    if text.isascii() or _PRIVATE.search(text) is None:  # most have none, and `translate` is slow
        return str(text)
    return text.translate(_ESCAPES if form == "mrkdwn" else _UNGUARD)


def _cost(token: str, form: Form) -> int:
    return _length(_written(token, form))


def _fit(text: str, limit: int, form: Form) -> str:
    """Cut between characters and never inside a mention; markup that is open is closed."""
    if len(text) * _DEAREST <= limit or _cost(text, form) <= limit:
        return text
    kept: list[str] = []
    left = limit - 4  # the ellipsis and markup to close
    for token in _TOKEN.findall(text):
        left -= _cost(token, form)
        if left < 0:
            break
        kept.append(token)
    cut = "".join(kept).rstrip()
    last_line = cut.rpartition("\n")[2]
    closing = "".join(mark for mark in "_*" if last_line.count(mark) % 2)
    return cut + "…" + closing


def _bare(text: str) -> str:
    """Without our own markup; within code nothing but the ticks is markup."""
    return _MARKUP.sub(lambda found: found["code"] or "", _DIAL.sub(r"\1", text))


def _pieces(text: str) -> Iterator[Piece]:
    styles = {"*": False, "_": False, "`": False}
    run = ""

    def styled(words: str, user: str | None = None) -> Piece:
        return Piece(_written(words, "plain"), user, styles["*"], styles["_"], styles["`"])

    for part in _RUN.findall(_DIAL.sub(r"\1", text)):
        person = _MENTION.fullmatch(part)
        is_markup = part in styles and (part == "`" or not styles["`"])
        if person is None and not is_markup:
            run += part
            continue
        if run:
            yield styled(run)
            run = ""
        if person is not None:
            yield styled(part, person[1])
        else:
            styles[part] = not styles[part]
    if run:
        yield styled(run)
