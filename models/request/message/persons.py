"""The people whom a message names, with their titles and what is said of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from models.customers.titles import HAN_TITLE, SURNAME, is_person, is_title
from models.request.message.companies import companies_in
from models.request.message.said import Span

HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Eng|Ing|Herr|Frau|H\.\s?E|Sir|Madam)(?:\.|(?=\s))"
_LETTER = r"A-Za-z0-9À-ÿ'’"
_WORD = rf"[A-ZÀ-Þ](?:[{_LETTER}-]*[a-zà-ÿ][{_LETTER}-]*)"
_TITLED = re.compile(rf"(?:{HONORIFIC}\s*)+(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}})")
_PLAIN = re.compile(
    rf"(?<![{_LETTER}@.])(?P<name>{_WORD}(?:[ ]{_WORD}){{1,2}})(?:先生|女士|小姐|博士)?"
    r"\s*(?:\((?P<within>[^()\n]{2,50})\)|(?:,|\s[-–—/]|[ ]-)\s*(?P<behind>[^,;.()\n\x01]{2,50}))"
)
_HAN_CALLED = re.compile(
    rf"(?<![{_LETTER}@.])(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}})\s*(?:先生|女士|小姐|博士)"
)
_BEHIND = re.compile(
    r"(?:先生|女士|小姐|博士)?\s*(?:\((?P<within>[^()\n]{2,50})\)|,\s*(?P<behind>[^,;.()\n]{2,50}?)(?=[,;.()\n]|\s(?:and|will|is|from)\b|$)"
    r"|\s+is\s+(?:our|the|their)\s+(?P<isa>[^,;.()\n]{2,40}))"
)
_OUR_TITLE = re.compile(
    rf"\b(?:[Oo]ur|[Tt]he"
    rf"|[Tt]heir)\s+(?P<title>[A-Za-z][\w &/-]{{1,40}}?),?\s+(?P<name>{_WORD}\s{_WORD})(?=[\s,.;)]"
    rf"|$)"
)
_LABELLED = re.compile(
    rf"(?:lead|leader|visitor|guest|inspector|auditor|head of delegation|lead guest|来访人|带队"
    rf"|领队|负责人)\s*[:：]\s*(?:{HONORIFIC}\s*)*"
    rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{1,2}})",
    re.IGNORECASE,
)
_LEAD_AHEAD = re.compile(
    r"(?:\bwho(?:['’]s| is)? lead(?:s|ing)\??|\b(?:led|headed|guided) by|\b(?:lead|leader"
    r"|head of (?:the )?delegation)\s*(?:is|:|will be)?|带队(?:的)?(?:人|领导)?(?:是)?|领队(?:是)?"
    r"|团长(?:是)?|负责人(?:是)?|由)\s*[:：]?\s*$",
    re.IGNORECASE,
)
_LEAD_BEHIND = re.compile(
    r"^\s*(?:\([^()]*\)\s*)?(?:亲自)?(?:带队|率队|领队|率领|带团|一行|leads\b|will lead\b"
    r"|is leading\b)",
    re.IGNORECASE,
)
_NO_VISITOR = re.compile(
    r"(?:\b(?:dear|hi|hello|hey|ask|tell|with your|thanks?(?: to)?|regards to|cc|attn\.?|to|meet"
    r"|inform|from)\s*[:,]?|尊敬的|致|抄送|找|您和|你和|请)\s*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:\bcontact(?: person| window)?(?: is|:)|联系人|联络人|联络员|聯絡人|对接人)\s*(?:是"
    r"|为)?\s*[:：]?\s*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    rf"^[ \t]*(?:(?:dear|hi|hello|hey|hallo|bonjour|guten (?:tag|morgen)|good (?:day|morning"
    rf"|afternoon|evening)|sehr geehrte\w*|to|attn\.?)\b[^,\n:]{{0,50}}[,:\n]"
    rf"|(?:尊敬的|亲爱的)?[^\s,，:：。]{{1,12}}?(?:{HAN_TITLE}|总|總|工|哥|姐|董|様|さん|先生|女士|老师)(?:您好|你好|好)?\s*[,，:：!！]"
    rf"|@\S+\s)",
    re.IGNORECASE | re.MULTILINE,
)
_COMES = re.compile(
    r"\b(?:arriv\w*|land(?:s|ing)?|fl(?:y|ies|ying)|flights?|visit\w*|com(?:e|es|ing)|attend\w*|join\w*|travel\w*|welcom\w*|receiv\w*"
    r"|be (?:there|here|at|in)|visitors?|guests?|inspector|passengers?|delegation|accompanied"
    r"|intends|of us|drive|host\w*)\b"
    r"|来|來|到|抵|访|过去|一行|乘|坐|飞|带|赴|陪同|出席|参加|去|(?<!负)负责人",
    re.IGNORECASE,
)
_STAYS = re.compile(
    r"\bby (?:phone|video)|\bremote\w*|\bonline\b|\bcan(?:no|['’])t\b|\b(?:not|won['’]t) (?:travel"
    r"|come|join|attend|work)\b"
    r"|电话参加|沟通|对接|线上|视频|不来|来不了|无法|不参加",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=[a-z0-9)])\.\s+(?=[A-Z])")
_TITLE = re.compile(HAN_TITLE)
_STOP = (
    "带|率|亲|一行|先生|女士|小姐|同志|博士|及|和|与|将|于|等|来|到|说|要|的|下|本|明|后|周|星期|已|在|也|为"
    "|是|就|从|去|自|坐|乘|飞|想|会|陪|负责|手机|电话|这|那|今|总经|副|董事|携|同|过"
)
_AFTER_NAME = re.compile(rf"(?:$|[\s,，。;；:：()（）、!！\d\x01A-Za-z]|{_STOP}|{HAN_TITLE})")
_BEFORE_NAME = re.compile(r"(?:^|[\s,，。;；:：()（）、!！\d的是有和与及由请叫户司团局厂事们队@])$")
_NAME_AFTER = re.compile(
    rf"(?P<gap>[ \t]{{0,3}}[:是]?[ \t]{{0,2}})(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})"
)
_SHORT_NAME = re.compile(
    rf"(?P<name>{SURNAME}(?:总|總|董))(?![经經監监裁事理])|{SURNAME}(?:处|局|工|科|厅|导)(?=[、,。()\s]|陪同|带队|$)"
)
_SURNAME_TITLE = re.compile(rf"(?P<surname>(?!向|于){SURNAME})(?P<title>{HAN_TITLE})")
_I_AM_HAN = re.compile(r"我是(?:[^,。\n]{2,20}的)?(?P<name>[\u4e00-\u9fff]{2,4})(?=[,。])")
_NO_NAME = re.compile(
    "谢谢|方便|方案|方面|方式|时间|时候|周[一二三四五六日末边]|高铁|高管|高速|高级|金额|马上|任何|任务|成都|成功|成员|"
    "安排|安全|安徽|常州|常务|温州|路上|关于|于是|单位|单独|向您|何时|万一|车站|车间|车辆|宁波|项目|包括|包装|程序|"
    "白天|江苏|江西|石家|许多|计划|计算|华为|华东|华南|华北|华中|应该|应当|费用|付款|全部|全体|全程|司机|明天|明年|"
    "明早|强调|文件|平时|平台|连同|连接|通过|时长|党委|党组|左右|符合|荣幸|公司|申请|申报|支持|商务|商量|解决|解释|"
    "武汉|苏州|吴江|杭州|徐州|郑州|柳州|福州|贵州|贵司|贵公|贵方|季度|查看|查收|管理|简单|顾客|顾问|毕竟|巩固|冷链|"
    "辛苦|双方|段时|严格|陆续|游览|农业|汤|沈阳|安保|国际|解放|强烈|龙头|康复|安装|路程|程度|经理|席位|温度|宁可|"
    "祝您|祝好|和您|和你|从|都|同事|各位|原定|原来|麻烦|尚未|向贵|向我|任意|易于|习惯|历史|古镇|景区|景点|喻为|米线"
)
"""How words begin that are no names, though a surname stands first."""
_HAN_LABELLED = re.compile(
    r"(?:带队(?:的)?(?:人|领导)?(?:是)?|联系人|联络员|我是|领队)"
    rf"[ \t:：]*(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})"
)
_NEAR = 200
_MOST = 60
"""People of a message that are looked at."""
_NO_TITLE = {"团长", "团長", "负责人", "代表", "领导", "领队", "司机", "翻译", "专家"}


@dataclass(frozen=True)
class Person:
    """Somebody who is named. `leads` and `comes` where that is said; `is_contact` where they are
    to be called, which does not say that they come."""

    name: str
    span: Span
    title: str | None = None
    leads: bool = False
    comes: bool = False
    is_contact: bool = False


def persons_in(text: str) -> list[Person]:
    """The people of a text who may be guests, each once, in their order; greetings left out."""
    plain = _GREETING.sub(lambda match: _blank(match[0]), text)
    found: list[Person] = []
    for person in islice((*_latin(plain), *_han(plain)), _MOST):
        before = plain[max(0, person.span.begin - _NEAR) : person.span.begin]
        behind = plain[person.span.end : person.span.end + _NEAR]
        line = before[before.rfind("\n") + 1 :]
        if _NO_VISITOR.search(_without_title(line, person.title)):
            continue
        head = _without_title(line, person.title)
        asked = before.rstrip().endswith("?") and not line.strip()
        leads = bool(
            _LEAD_AHEAD.search(before.rstrip() if asked else head) or _LEAD_AHEAD.search(line)
        )
        leads = leads or bool(_LEAD_BEHIND.match(_behind_title(behind, person.title)))
        contact = bool(_CONTACT.search(head))
        comes = leads or _is_coming(plain, person.span)
        found.append(replace(person, leads=leads, comes=comes, is_contact=contact))
    return merged(found)


def merged(people: Sequence[Person]) -> list[Person]:
    """Each person once, with all that is known of them."""
    found: list[Person] = []
    for person in sorted(people, key=lambda each: each.span):
        same = next((each for each in found if is_same(each.name, person.name)), None)
        if same is None:
            found.append(person)
            continue
        name = max(
            same.name, person.name, key=lambda name: (not _SHORT_NAME.fullmatch(name), len(name))
        )
        both = Person(
            name,
            same.span if name == same.name else person.span,
            same.title or person.title,
            same.leads or person.leads,
            same.comes or person.comes,
            same.is_contact and person.is_contact,
        )
        found[found.index(same)] = both
    return found


def is_same(one: str, other: str) -> bool:
    """Whether two names mean one person: the same, the last name alone, or 张总 for 张明."""
    if one.casefold() == other.casefold():
        return True
    short, whole = sorted(
        (one, other), key=lambda name: (not _SHORT_NAME.fullmatch(name), len(name))
    )
    if _SHORT_NAME.fullmatch(short):
        return whole.startswith(short[:-1]) and not _SHORT_NAME.fullmatch(whole)
    return " " not in short and short.isascii() and whole.split()[-1].casefold() == short.casefold()


def _is_coming(text: str, span: Span) -> bool:
    """Whether the sentence says that its people come, and does not say that they stay."""
    begin = max(text.rfind(sign, 0, span.begin) for sign in ("\n", "。", "!", "?", "; "))
    ends = [
        at for at in (text.find(sign, span.end) for sign in ("\n", "。", "!", "?", "; ")) if at >= 0
    ]
    sentence = text[begin + 1 : min(ends, default=len(text))]
    own = _FULL_STOP.split(sentence)
    name = text[span.begin : span.end]
    within = next((each for each in own if name in each), sentence)
    return bool(_COMES.search(within)) and not _STAYS.search(within)


def _latin(text: str) -> Iterator[Person]:
    for match in _TITLED.finditer(text):
        title = _title_behind(text, match.end()) or _title_ahead(text, match.start())
        yield Person(match["name"], Span(*match.span()), title)
    for match in _PLAIN.finditer(text):
        said = (match["within"] or match["behind"]).strip()
        title = _as_title(said)
        ahead = text[: match.start()].rsplit("\n", maxsplit=1)[-1].split(" ")
        word = ahead[-2] if len(ahead) > 1 and not ahead[-1] else ""
        is_part = word[:1].isupper() and is_title(f"{word} {match['name']}")
        if title is not None and not is_title(match["name"]) and not is_part:
            yield Person(match["name"], Span(*match.span("name")), title)
    for match in _HAN_CALLED.finditer(text):
        yield Person(
            match["name"], Span(*match.span("name")), _title_behind(text, match.end("name"))
        )
    for match in _OUR_TITLE.finditer(text):
        if is_title(match["title"]) and not is_title(match["name"]):
            yield Person(match["name"], Span(*match.span("name")), match["title"].strip())
    for match in _LABELLED.finditer(text):
        if not is_title(match["name"]):
            title = _title_behind(text, match.end())
            yield Person(match["name"], Span(*match.span("name")), title)


def _title_behind(text: str, at: int) -> str | None:
    match = _BEHIND.match(text, at)
    if match is None:
        return None
    return _as_title((match["within"] or match["behind"] or match["isa"]).strip())


def _as_title(said: str) -> str | None:
    words = re.split(r"\s(?:and|will|would|is|are|from|at|who)\s", said)[0].strip()
    head, of, rest = words.partition(" of ")
    words = head if of and companies_in(rest) else words
    words = re.sub(r"^(?:new|current|newly appointed)\s+", "", words)
    words = re.sub(r"^(?:I am|I'm|our|the|a)\s+(?:the\s+|a\s+)?", "", words)
    is_other = re.match(r"(?:and|or|with|as well|both)\b", words, re.IGNORECASE)
    is_plain = not is_other and not re.search(r"\s-\s|\d", words)
    return words if is_plain and is_title(words) else None


def _title_ahead(text: str, at: int) -> str | None:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    match = re.search(
        r"\b(?:our|the|their|its|my|led by"
        r"|headed by)\s+(?P<title>[A-Za-z][A-Za-z &/-]{1,40}?)\s*,?\s*$",
        line,
        re.IGNORECASE,
    )
    if match is None or not is_title(match["title"]):
        return None
    return re.sub(r"^(?:new|current)\s+", "", match["title"].strip())


def _han(text: str) -> Iterator[Person]:
    for match in _TITLE.finditer(text):
        title = match[0]
        kept = None if title in _NO_TITLE else title
        named = _name_before(text, match.start())
        if named is None:
            named = _name_after(text, match.end())
        if named is not None:
            name, span = named
            yield Person(name, span, kept)
    for match in _SHORT_NAME.finditer(text):
        is_apart = _BEFORE_NAME.search(text[max(0, match.start() - 1) : match.start()])
        if text[match.end() : match.end() + 1] not in {"部", "结"} and (match["name"] or is_apart):
            yield Person(match[0], Span(*match.span()))
    for match in _SURNAME_TITLE.finditer(text):
        if _BEFORE_NAME.search(text[max(0, match.start() - 1) : match.start()]):
            yield Person(match[0], Span(*match.span()), match["title"])
    for match in _I_AM_HAN.finditer(text):
        if not re.search("[的了来]", match["name"]) and not _TITLE.search(match["name"]):
            yield Person(match["name"], Span(*match.span("name")))
    for match in _HAN_LABELLED.finditer(text):
        cut = _cut_name(text, match.start("name"))
        if cut is not None:
            yield Person(text[cut.begin : cut.end], cut)


def _name_before(text: str, at: int) -> tuple[str, Span] | None:
    """The name right before a title: `陈志强总经理`, `刘洋，质量部部长`, `彭飞（质量工程师）`."""
    near = text[max(0, at - 6) : at]
    gap = re.search(r"[ \t]{0,3}(?:[,(][ \t]{0,2})?$", near)
    end = at - len(near) + gap.start() if gap else at
    is_apart = end < at
    best: tuple[str, Span] | None = None
    for size in (3, 2, 4):
        begin = end - size
        name = text[begin:end] if begin >= 0 else ""
        if len(name) != size or not _is_name(name) or _SHORT_NAME.fullmatch(name):
            continue
        if _BEFORE_NAME.search(text[max(0, begin - 1) : begin]):
            return name, Span(begin, end)
        if best is None and is_apart and size < 4 and text[at - 1] == "(":
            best = name, Span(begin, end)
    return best


def _name_after(text: str, at: int) -> tuple[str, Span] | None:
    match = _NAME_AFTER.match(text, at)
    if match is None:
        return None
    cut = _cut_name(text, match.start("name"))
    return (text[cut.begin : cut.end], cut) if cut else None


def _cut_name(text: str, begin: int) -> Span | None:
    """A name that begins there, of two or three signs, by what follows it."""
    for size in (2, 3):
        name = text[begin : begin + size]
        if len(name) < size or not _is_name(name):
            continue
        if _AFTER_NAME.match(text, begin + size):
            return Span(begin, begin + size)
    return None


def _is_name(signs: str) -> bool:
    return is_person(signs) and not re.search(r"\s", signs) and not _NO_NAME.match(signs)


def _without_title(line: str, title: str | None) -> str:
    """The words before a person, without the title that stands between."""
    head = re.sub(rf"(?:{HONORIFIC}\s*)+$", "", line.rstrip())
    if title and head.rstrip(" ,").endswith(title):
        head = head.rstrip(" ,")[: -len(title)]
        head = re.sub(r"\b(?:our|the|their|its|my)\s*$", "", head, flags=re.IGNORECASE)
    return head


def _behind_title(behind: str, title: str | None) -> str:
    plain = behind.lstrip(" ,(")
    if title and plain.startswith(title):
        return plain[len(title) :].lstrip(")")
    return behind


def _blank(words: str) -> str:
    return "".join(sign if sign == "\n" else " " for sign in words)
