"""How many guests come, as a message says it."""

import re

from models.request.message.said import Read, Span
from models.request.said_hours import number

_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_N = r"(?P<n>\d{1,3}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"
_PEOPLE = (
    r"(?:people|persons?|pax|guests?|visitors?|students?|participants?|delegates|attendees|members|"
    r"engineers|officials|colleagues|ladies|gentlemen|men)"
)
_HAN_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_ALL = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:party|group|delegation|team)(?:\s+size)?[ \t]*(?:of"
        rf"|:)[ \t]*(?:about\s+)?(?!1[.)]\s){_N}\b",
        rf"\b(?:visitors|guests|headcount|number of (?:people|guests|visitors)|party size|pax"
        rf"|participants|people)[ \t]*:[ \t]*(?!1[.)]\s){_N}\b",
        rf"\b(?:in total|altogether)[,:]?\s+{_N}\b",
        rf"\b{_N}\s+(?:{_PEOPLE}\s+)?(?:in total|altogether)\b",
        rf"\b(?:we (?:are|will be|would be|'ll be)|we['’]re|there (?:are|will be)|(?:it"
        rf"|that)(?:['’]s| is| will be))\s+{_N}\b"
        rf"(?=\s*(?:of us|{_PEOPLE}|[.,;!)]|$))",
        rf"\b{_N}\s+of us\b",
        rf"(?:一行|共|总共|一共|共计|合计)\s*(?:约|大约|大概)?\s*{_HAN_N}\s*(?:个|位|名)?\s*(?:人|位|同事|客人|$|[,。;，])",
        rf"人数\s*[:：]\s*(?:共)?\s*{_HAN_N}",
    )
]
_SOME = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_N}\s+(?:more\s+)?{_PEOPLE}\b",
        rf"(?<![\d第]){_HAN_N}\s*(?:个人|位客人|位客户|位同事|名同事|人(?!民|份|间|桌|均|次|以)|位(?![数置于]))",
    )
]
_WITH_ME = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:me|myself|i)\s+(?:and|plus|with)\s+{_N}\s+(?:of my\s+|other\s+)?"
        r"(?:colleagues?|others?|engineers?|people)\b",
        rf"\b{_N}\s+colleagues?\s+and\s+(?:me|i|myself)\b",
        rf"\b(?:accompanied by|together with|along with|plus)\s+{_N}\s+(?:\w+\s+)?{_PEOPLE}\b",
    )
]
_ALONE = re.compile(
    r"\b(?:only|just)\s+me\b|\b(?:i(?:['’]ll| will| am|['’]m)?\s+(?:come|coming|be coming|travel"
    r"|travelling|be)\s+alone)\b"
    r"|\bby myself\b|(?:就|只有)我(?:一个人|自己)?(?=[,。;，]|$|来|过)|我一个人",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+[A-Z]\w+\s+and\s+(?:I|me|myself)\b|\b(?:my (?:boss|colleague"
    r"|wife)) and (?:I|me)\b"
    r"|我(?:和|跟|与)同事[\u4e00-\u9fff]{2,3}(?=[(（,，去来])"
)
_BESIDE = re.compile(r"(?:带|帶|携|陪同|同行|另有|随行|和|与|及|\+|\band)\s*(?:约|大概)?\s*$")


def size_in(text: str) -> Read[int] | None:
    """How many they are; several numbers that contradict each other are doubtful, and so is a
    number of which it is not said whether it holds who brings them (带 3 个人)."""
    ways = [(_ALL, None), ([_ALONE], 1), (_WITH_ME, None), ([_TWO], 2), (_SOME, None)]
    for patterns, fixed in ways:
        found = [match for pattern in patterns for match in pattern.finditer(text)]
        more = 1 if patterns is _WITH_ME else 0
        counted = [(match, fixed or _number(match["n"])) for match in found]
        counted = [(match, count + more) for match, count in counted if count]
        if counted:
            return _one(text, counted)
    return None


def _one(text: str, counted: list[tuple[re.Match[str], int]]) -> Read[int]:
    values = list(dict.fromkeys(count for _, count in counted))
    spans = [Span(*match.span()) for match, _ in counted]
    whole = Span(min(span.begin for span in spans), max(span.end for span in spans))
    before = text[max(0, spans[0].begin - 6) : spans[0].begin]
    if len(values) == 1 and _BESIDE.search(before):
        return Read(None, whole, (values[0], values[0] + 1))
    if len(values) == 1:
        return Read(values[0], spans[0])
    return Read(None, whole, tuple(sorted(values)))


def _number(said: str) -> int:
    low = said.lower()
    if low in _WORDS:
        return _WORDS.index(low) + 1
    return int(said) if said.isdecimal() else number(said) or 0
