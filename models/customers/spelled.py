"""How a name is typed by somebody who looks for it: as it is written, in pinyin, or by initials.

`terms` are what a search compares its beginning with: the name from each of its words or signs on,
so that 科技 and `keji` find 华为科技 as well as `huawei` and `hw` do.
"""

import re

from pypinyin import lazy_pinyin

from models.customers.names import fold

TERM_LENGTH = 80
_LONGEST = 40
"""How many signs or words of a name can be looked for."""
_PIECE = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SURNAMES = {
    "单": "shan",
    "單": "shan",
    "曾": "zeng",
    "解": "xie",
    "仇": "qiu",
    "区": "ou",
    "區": "ou",
    "查": "zha",
    "任": "ren",
    "华": "hua",
    "朴": "piao",
    "翟": "zhai",
    "盖": "ge",
    "乐": "yue",
    "員": "yun",
    "员": "yun",
    "缪": "miao",
    "逄": "pang",
    "繁": "po",
    "冼": "xian",
    "洗": "xian",
    "召": "shao",
    "宓": "mi",
    "折": "she",
    "种": "chong",
    "秘": "bi",
    "覃": "qin",
    "燕": "yan",
    "纪": "ji",
    "那": "na",
    "薄": "bo",
    "褚": "chu",
    "訾": "zi",
    "都": "du",
    "宁": "ning",
    "曲": "qu",
    "句": "gou",
    "牟": "mu",
    "隗": "wei",
    "阚": "kan",
    "谌": "chen",
    "郇": "xun",
    "卜": "bu",
    "晁": "chao",
    "佴": "nai",
    "祭": "zhai",
    "黑": "he",
    "尹": "yin",
    "撒": "sa",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "单于": "chan yu",
    "澹台": "tan tai",
    "长孙": "zhang sun",
    "令狐": "ling hu",
    "鲜于": "xian yu",
    "呼延": "hu yan",
}
"""How signs are read that are a surname; elsewhere most of them are read in another way."""


def person_terms(name: str) -> set[str]:
    """What finds a person of that name: their surname is read as one."""
    return _terms(name, [_syllables(name, as_person=True)])


def company_terms(name: str) -> set[str]:
    """What finds a company of that name; one that begins as a surname does is found by either
    reading."""
    return _terms(name, [_syllables(name, as_person=False), _syllables(name, as_person=True)])


def looked_for(words: str) -> str:
    """Words as a search compares them: folded, without spaces and signs between."""
    return "".join(_pieces(words))[:TERM_LENGTH]


def _terms(name: str, readings: list[list[str]]) -> set[str]:
    pieces = _pieces(name)
    found = set(_from_each(pieces))
    if any(_HAN.match(piece) for piece in pieces):
        for syllables in readings:
            found |= set(_from_each(syllables))
    for syllables in readings:
        found |= set(_from_each([syllable[0] for syllable in syllables]))
    return {term[:TERM_LENGTH] for term in found if term}


def _pieces(words: str) -> list[str]:
    """The signs of a Chinese name, and the words of others."""
    return _PIECE.findall(fold(words))[:_LONGEST]


def _syllables(name: str, *, as_person: bool) -> list[str]:
    """Each sign of a Chinese name in pinyin; words of other names as they are."""
    pieces = _pieces(name)
    surname = _surname("".join(pieces[:3])) if as_person else []
    read = [
        syllable
        for run in _runs(pieces[len(surname) :])
        for syllable in (lazy_pinyin(run) if _HAN.match(run) else [run])
    ]
    return [*surname, *read]


def _surname(beginning: str) -> list[str]:
    for length in (2, 1):
        read = _SURNAMES.get(beginning[:length])
        if read is not None and len(beginning) > length:
            return read.split()
    return []


def _runs(pieces: list[str]) -> list[str]:
    """Signs beside each other together, because how one is read hangs on the next."""
    runs: list[str] = []
    for piece in pieces:
        if runs and _HAN.match(piece) and _HAN.match(runs[-1]):
            runs[-1] += piece
        else:
            runs.append(piece)
    return runs


def _from_each(parts: list[str]) -> list[str]:
    return ["".join(parts[start:]) for start in range(len(parts))]
