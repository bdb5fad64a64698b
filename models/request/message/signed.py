"""Who signed a message: name, title and company at its end."""

import re
from dataclasses import dataclass

from models.customers.titles import HAN, is_full_name, is_person, is_title
from models.request.message.companies import companies_in, is_company
from models.request.message.persons import HONORIFIC
from models.request.message.phones import MAIL
from models.request.message.said import Span

_SIGN_OFF = re.compile(
    r"\s*(?:(?:(?:best|kind|warm|many|with|yours|very)\s+)*(?:regards|wishes|thanks|thank you"
    r"|sincerely|faithfully|truly|greetings)"
    r"(?:\s+(?:and|yours|in advance|truly|regards|best regards|kind regards))*|yours|best|cheers"
    r"|thx|br|rgds|b\.?rgds|see you!?"
    r"|(?:viele|beste|mit freundlichen|freundliche)\s+grüßen?n?|mfg|cordialement|saludos"
    r"|此致|敬礼|敬禮|祝好|顺祝商祺|顺颂商祺|順頌商祺|谢谢|謝謝|谢谢!|多谢)\s*[,.!]*\s*(?P<rest>[A-Z][^\n]*)?",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*(?:—+|--+|–)\s*(?P<rest>.*)")
_SENTENCE = re.compile(
    r"[。!！?？;；]|[.](?=\s+[A-Z])|[a-z]{3}\.\s*$|(?<!\w)(?:I|we|you|will|please)(?!\w)|我们|您|请|[到来去过]",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\d{1,2}\s*[.)、]|[-•·*]\s|>)")
_LABEL = re.compile(r"\s*[^\s:]{1,14}\s*:")
_CELLS = re.compile(rf"[|｜,，\t()]|\s{{2,}}|(?<=[{HAN}])\s+|\s+(?=[{HAN}])")
_PHONE = re.compile(
    r"(?:\b(?:tel|phone|mobile|mob|cell|fax|office|t|m|f|p)\b\.?\s*:?|电话|手机|手機|传真|邮箱|电邮)?\s*:?\s*\+?\(?\d[\d\s()./-]{5,}\d",
    re.IGNORECASE,
)
_TALK = re.compile(
    "麻烦|安排|谢谢|辛苦|收到|请|帮|一下|好的|知道|没问题|可以|了|吗|吧|的|我|你|您|这|那|再|就|来访|参观|到达|出发"
)
_LINES = 9
_LONGEST = 110


@dataclass(frozen=True)
class Signature:
    """The end of a message; `name`, `title` and `company` with their places, as far as they are
    there. `begin` is where it starts."""

    begin: int
    name: tuple[str, Span] | None = None
    title: str | None = None
    companies: tuple[tuple[str, Span], ...] = ()


def signature_of(text: str) -> Signature | None:
    """Who signed a part of a message; None where nobody did."""
    lines = _lines(text)
    if not lines:
        return None
    begin, lines, is_told = _end(lines)
    if not lines:
        return None
    if not is_told and not any(_is_signed(line) for _, line in lines):
        return None
    name: tuple[str, Span] | None = None
    title: str | None = None
    companies: list[tuple[str, Span]] = []
    for at, line in lines:
        companies += [(found, Span(at + s.begin, at + s.end)) for found, s in companies_in(line)]
    for at, line in lines:
        taken = [span for _, span in companies]
        cells = [
            (cell, Span(at + where, at + where + len(cell)))
            for cell, where in _cells(line)
            if not any(s.begin <= at + where < s.end for s in taken)
        ]
        for number, (cell, span) in enumerate(cells):
            plain = re.sub(rf"^(?:{HONORIFIC}\s*)+|^i\.\s?[AV]\.\s*", "", cell)
            is_followed = number + 1 < len(cells) and is_title(cells[number + 1][0])
            if name is None and (_is_name(plain) or (_is_han_name(plain) and is_followed)):
                name = (plain, span)
            elif name is not None and title is None and is_title(plain) and not is_company(plain):
                title = plain
            elif name is not None or len(cells) > 1 or len(lines) == 1:
                behind = [] if is_told and len(cells) == 1 else cells[number + 1 :]
                is_first = name is None and (is_told or bool(behind))
                unknown = _han_company(plain, behind, is_first=is_first)
                if unknown and not companies:
                    companies.append((plain, span))
                    follows = cells[number + 1 :]
                    if name is None and follows and _is_han_name(follows[0][0]):
                        name = follows[0]
    return Signature(begin, name, title, tuple(companies))


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append((at, line))
        at += len(line) + 1
    while found and not found[-1][1].strip():
        found.pop()
    return found


def _is_signed(line: str) -> bool:
    """Whether a line at the end is one of a signature, though no greeting stands before it."""
    if companies_in(line) or MAIL.search(line) or re.search(r"\d{7}|\d[\d -]{7}", line):
        return True
    cells = [cell for cell, _ in _cells(line)]
    return len(cells) > 1 and _is_han_name(cells[-1]) and not _TALK.search(line)


def _end(lines: list[tuple[int, str]]) -> tuple[int, list[tuple[int, str]], bool]:
    """Where the signature begins, its lines, and whether a greeting stands before it."""
    for number in range(len(lines) - 1, max(-1, len(lines) - 16), -1):
        at, line = lines[number]
        match = _SIGN_OFF.fullmatch(line) or _DASH.fullmatch(line)
        if match is None:
            continue
        rest = match["rest"] or ""
        if rest and len(rest) > 60:
            continue
        own = [(at + match.start("rest"), rest)] if rest.strip() else []
        below = [each for each in lines[number + 1 :] if each[1].strip()]
        if own or below:
            return at, [*own, *below[:_LINES]], True
    found: list[tuple[int, str]] = []
    for at, line in reversed(lines):
        plain = _PHONE.sub("", MAIL.sub("", line))
        is_end = bool(_SENTENCE.search(plain)) or bool(_ITEM.match(line)) or len(line) > _LONGEST
        if not line.strip():
            if found:
                break
            continue
        if is_end or (_LABEL.match(plain) and plain.strip()) or len(found) == _LINES:
            if not found:
                tail = _tail(at, line)
                found = [tail] if tail else []
            break
        found.append((at, line))
    found.reverse()
    return (found[0][0], found, False) if found else (0, [], False)


def _tail(at: int, line: str) -> tuple[int, str] | None:
    """The words behind the last full stop of a last line: `…，3个人。 大华建材有限公司 汪洋`."""
    match = re.search(r"[。!！]\s*(?P<rest>[^。!！]{4,60})$", line)
    if match is None or not companies_in(match["rest"]):
        return None
    return at + match.start("rest"), match["rest"]


def _cells(line: str) -> list[tuple[str, int]]:
    plain = _PHONE.sub(lambda m: "|" * len(m[0]), MAIL.sub(lambda m: "|" * len(m[0]), line))
    found, begin = [], 0
    for match in [*_CELLS.finditer(plain), None]:
        end = match.start() if match else len(plain)
        cell = plain[begin:end]
        if cell.strip():
            found.append((cell.strip(), begin + len(cell) - len(cell.lstrip())))
        begin = match.end() if match else len(plain)
    return found


def _is_name(cell: str) -> bool:
    return (is_full_name(cell) or is_person(cell)) and not is_company(cell)


def _is_han_name(cell: str) -> bool:
    return re.fullmatch(f"[{HAN}]{{2,4}}", cell) is not None and not is_title(cell)


def _han_company(cell: str, behind: list[tuple[str, Span]], *, is_first: bool) -> bool:
    """A Chinese name without a legal form: `上海东方重机 吴刚 副总经理`."""
    if re.fullmatch(f"[{HAN}]{{4,12}}", cell) is None or is_title(cell) or is_person(cell):
        return False
    if _TALK.search(cell):
        return False
    return is_first and (not behind or _is_han_name(behind[0][0]))
