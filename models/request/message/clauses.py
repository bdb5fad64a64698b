"""Sentences and clauses of a message, and what a clause says of the days and numbers in it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from models.request.message.said import Span

MASK = "\x01"
"""Stands for each sign of a day or a time, so that nothing in it parts clauses."""
_SENTENCE = re.compile(r"\n\s*\n|\n|[。;；!！?？]|\.(?=\s+[A-Z(\x01]|\s*$|\s*\n)|(?<=[a-z]{3})\.\s")
_CLAUSE = re.compile(r"[,，、]|\s[-–—]\s|\b(?:and then|and|then|but)\b|然后|并且|但是?")


class Role(Enum):
    """What a clause says of a moment or a number in it."""

    NEW = auto()  # instead of another
    ARRIVES = auto()
    VISITS = auto()
    STARTS_OUT = auto()  # of a flight: from home, or from here
    LEAVES = auto()
    NOT = auto()  # called off, closed, or another matter
    NONE = auto()


_BEFORE, _BEHIND, _BOTH = 1, 2, 3
_CUES: list[tuple[Role, int, str]] = [
    (
        Role.NOT,
        _BOTH,
        r"\b(?:call|conference|webinar|video|online|teams meeting|zoom"
        r"|(?<!after the )fair|exhibition|"
        r"expo|dated|since|founded|established|deadline|closed|invoice|due|open|opening|hours"
        r"|originally|instead of|ship(?:ped|ment|ping)?|customs|delivery"
        r"|office hours|birthday|"
        r"not before|last|yesterday|our (?:mail|e-mail|letter) of|your (?:mail|e-mail|letter) of|"
        r"if needed|reservation until|valid)\b"
        r"|工业展|博览会|展位|参展|视频|視訊|电话会|线上|網路會議|网络会|腾讯会议|展会|展览会|广交会|进博会|交货|发货|货物|到港|报关|船期|发票|成立|生日|截止"
        r"|上次|营业|上班|工作日|出厂|有效期|签发",
    ),
    (
        Role.NOT,
        _BEFORE,
        r"\b(?:by|before|no later than|latest|(?:week|month|beginning|middle|end) of"
        r"|week commencing|w/c|mid)"
        r"(?:\s+(?:the|end of))?\s*-?$"
        r"|\b(?:was|were|signed)\s+(?:\w+\s+)?(?:on\s+)?$|(?:mov\w+|shift\w*|postpon\w+|chang\w+|resched\w+|delay\w*)\s+from\s*$"
        r"|(?:原定|原来|原计划|本来|之前定的?|原訂)(?:于|在|的)?\s*$"
        r"|\b(?:confirm|reply|answer|respond|send|let (?:me|us) know)\b[^,]{0,25}$",
    ),
    (
        Role.NOT,
        _BEHIND,
        r"^\s*(?:之前|以前|前)(?!台|往|来|去|后)|^\s*(?:does not|doesn['’]t|is not|is no)\b",
    ),
    (
        Role.NEW,
        _BEFORE,
        r"\b(?:mov(?:e|es|ed|ing)|postpone\w*|shift(?:ed)?|resched\w+|change(?:d)?|bring|brought)\b[^,;]{0,25}"
        r"\bto(?:\s+the)?\s*$|\b(?:rather|instead|better)\s*(?:on\s*)?$"
        r"|(?:改到|改为|改成|改至|改在|推迟到|推迟至|延期到|延至|提前到|调整到|调整为|换到|换成|改期到|挪到)\s*了?$",
    ),
    (
        Role.LEAVES,
        _BOTH,
        r"\b(?:leav(?:e|es|ing)|departures?|return(?:s|ing)?(?: flight)?|fl(?:y|ies|ying) (?:back"
        r"|out|home)|"
        r"back|go(?:es|ing)? (?:back|home)|check(?:ing)? out|abreise|"
        r"until|drive back|end(?:s|ing)?)\b"
        r"|离开|離開|离[沪京宁苏杭深穗渝]|返程|回程|返回|返[台港京沪日国]|回去|回(?!复|信|邮|电|函|应|头|来)[\u4e00-\u9fff]|送.{0,4}机场|送机|送站|离店|结束",
    ),
    (
        Role.LEAVES,
        _BEHIND,
        r"^[^,，]{0,12}?(?:走|回|離|离|返)(?=\s*(?:[,，。;；!！.)）]|$|吧|了|的))",
    ),
    (
        Role.STARTS_OUT,
        _BOTH,
        r"\b(?:depart(?:s|ing|ed)?|dep\.?|etd|takes? off|taking off|set(?:s|ting)? off)(?!\w)|起飞"
        r"|起飛|出发|出發|发车",
    ),
    (
        Role.ARRIVES,
        _BOTH,
        r"\b(?:arriv(?:e|es|ing|al)|arr\.?|land(?:s|ing|ed)?|fl(?:y|ies|ying) in|get(?:s|ting)? in|"
        r"touch(?:es|ing)? down|eta|inbound|reach(?:es|ing)?|check(?:ing)? in|anreise|ankunft|"
        r"pick (?:me|us|him|her|them) up)(?!\w)"
        r"|去程|来程|到达|到達|抵达|抵達|抵沪|抵京|抵(?=[\u4e00-\u9fff])|到站|降落|落地|飞到|飛到|接机|接站|入住",
    ),
    (
        Role.ARRIVES,
        _BEHIND,
        r"^[^,，\d]{0,14}?(?<![收周])到(?!时候|时$|时,|底|期|\s*[\x01\d]|现在|目前)"
        r"(?=[\u4e00-\u9fffA-Za-z\s,，。;；!！.]|$)",
    ),
    (
        Role.VISITS,
        _BOTH,
        r"\b(?:(?<!before our )(?<!before the )(?<!after the )visit(?:s|ing)?|come(?:s)?|coming"
        r"|be (?:here|there|at|in)|meet(?:ing)?|see you|"
        r"audit|inspection|drive to|appointment)\b"
        r"|来访|來訪|拜访|拜訪|过来|過來|过去|過去|前往|到访|到訪|来我司|去贵司|来贵司|来(?=[\u4e00-\u9fff])|验厂|见面",
    ),
]
_COMPILED = [(role, side, re.compile(words, re.IGNORECASE)) for role, side, words in _CUES]
_HAN = re.compile("[\u4e00-\u9fff]")
_PARTED = 10**6
_JOINED = re.compile(
    r"\x01\s*(?:或者?是?|or|and|和|与|/|或)?\s*(?:on\s+|the\s+)?$|^\s*(?:或者?是?|or|and|和|与|/)?\s*\x01",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:cancel\w*|can(?:no|['’])t(?! wait)|unable|unfortunately|no longer|not (?:possible"
    r"|available|suit\w*|work|come|be)"
    r"|do(?:es)?(?: not|n['’]t) (?:work|suit|fit)|won['’]t|container|vessel|cargo"
    r"|postponed(?! (?:to|until)))\b"
    r"|货柜|到港|船期|取消|不行|不方便|没空|来不了|去不了|无法|不能(?:来|到)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A clause: its place, that of its sentence, and its words with days and times masked."""

    span: Span
    sentence: Span
    text: str


class Clauses:
    """The clauses of a text, in which days and times (`masked`) part nothing."""

    def __init__(self, text: str, masked: Sequence[Span]) -> None:
        signs = list(text)
        for begin, end in masked:
            signs[begin:end] = MASK * (end - begin)
        self.text = "".join(signs)
        self.all: list[Clause] = []
        for sentence in _cut(self.text, Span(0, len(text)), _SENTENCE):
            for span in _cut(self.text, sentence, _CLAUSE):
                self.all.append(Clause(span, sentence, self.text[span.begin : span.end]))
        self._begins = [clause.span.begin for clause in self.all]

    def at(self, place: int) -> int:
        """The number of the clause in which a place lies."""
        number = bisect_right(self._begins, place) - 1
        if number >= 0 and place < self.all[number].span.end:
            return number
        return min(number + 1, len(self.all) - 1)

    def role(self, span: Span, own_spans: Sequence[Span] = (), *, is_number: bool = False) -> Role:
        """What is said of what stands there: by its own clause, else by those before it in its
        sentence, else by the one behind it. `own_spans` are the days and times that belong to it;
        what is said of a number (`is_number`) may stand with a day behind it."""
        text = self.text.replace(MASK, " ") if is_number else _blanked(self.text, own_spans)
        own = self.at(span.begin)
        found = self._role_in(self.all[own], span, text)
        if found is not Role.NONE:
            return found
        is_first = own == 0 or self.all[own - 1].sentence != self.all[own].sentence
        if is_number and is_first and own + 1 < len(self.all):
            behind = self.all[own + 1]
            if behind.sentence == self.all[own].sentence:
                return self._role_in(
                    behind, Span(span.begin, span.begin), self.text.replace(MASK, " ")
                )
        for number in range(own - 1, -1, -1):
            if self.all[number].sentence != self.all[own].sentence:
                break
            found = self._role_in(self.all[number], span, text, is_own=False)
            if found is not Role.NONE:
                return found
        if own + 1 < len(self.all) and self.all[own + 1].sentence == self.all[own].sentence:
            behind = self.all[own + 1]
            is_bare = MASK not in behind.text
            if is_bare:
                return self._role_in(behind, span, text, is_own=False)
        return Role.NONE

    def _role_in(self, clause: Clause, span: Span, text: str, *, is_own: bool = True) -> Role:
        """The nearest word in a clause that says what is meant; a denial counts before all else,
        and another day between the word and what it is said of parts them."""
        end = min(max(span.begin, clause.span.begin), clause.span.end)
        start = max(min(span.end, clause.span.end), clause.span.begin)
        before = text[clause.span.begin : end]
        behind = text[start : clause.span.end]
        if not is_own:
            before, behind = before.replace(MASK, " "), behind.replace(MASK, " ")
            behind = behind or before
        denied = _DENIED.search(before.rsplit(MASK, 1)[-1]) or _DENIED.search(behind.split(MASK)[0])
        if denied and is_own:
            return Role.NOT
        is_han = bool(_HAN.search(clause.text))
        best, nearest = Role.NONE, _PARTED
        for role, side, pattern in _COMPILED:
            if side & _BEFORE and (is_own or side & _BEHIND or role is not Role.NOT):
                for match in pattern.finditer(before):
                    far = _distance(before[match.end() :]) + (2 if is_han else 0)
                    if far < nearest:
                        best, nearest = role, far
            if side & _BEHIND:
                match_behind = pattern.search(behind)
                if match_behind is not None:
                    far = _distance(behind[: match_behind.start()]) + (0 if is_han else 6)
                    if far < nearest:
                        best, nearest = role, far
        return best


def _distance(between: str) -> int:
    """How far a word stands from what it is said of; another day between parts them, unless both
    are joined (`8 or 10 December`)."""
    if MASK not in between or _JOINED.search(between):
        return len(between.replace(MASK, ""))
    return _PARTED


def _blanked(text: str, spans: Sequence[Span]) -> str:
    signs = list(text)
    for begin, end in spans:
        signs[begin:end] = " " * (end - begin)
    return "".join(signs)


def _cut(text: str, span: Span, pattern: re.Pattern[str]) -> list[Span]:
    found, begin = [], span.begin
    for match in pattern.finditer(text, span.begin, span.end):
        if text[begin : match.start()].strip():
            found.append(Span(begin, match.start()))
        begin = match.end()
    if text[begin : span.end].strip():
        found.append(Span(begin, span.end))
    return found
