"""The names of companies and offices in a message."""

import re

from models.request.message.said import Span

_LETTER = r"A-Za-z0-9À-ÿ"
_CAPITAL = rf"[A-ZÀ-Ý][{_LETTER}'’.&/-]*"
_LEGAL = (
    r"Pvt\.?\s+Ltd\.?|GmbH(?:\s*&\s*Co\.?\s*KG)?|AG|KG|SE|Pte\.?\s+Ltd\.?|Pty\.?\s+Ltd\.?|\(Pvt\.?\)\s+Ltd\.?|Co\.?,?\s*Ltd\.?"
    r"|Sdn\.?\s+Bhd\.?|Ltd\.?|Limited|LLC|LLP|PLC|plc|Inc\.?|Corp\.?|Corporation|Company|Group|Holdings?"
    r"|S\.p\.A\.?|SpA|S\.A\.S\.?|SAS|S\.A\.|SA|S\.r\.l\.?|Srl|s\.r\.o\.|a\.s\.|B\.V\.|BV|N\.V\.|NV|AB|Oyj?|A/S|ApS|ASA?|OÜ"
    r"|Lda\.?|Ltda\.?|JSC|OOO|K\.K\.|Kft\.?|d\.o\.o\.|Sp\.\s*z\s*o\.o\."
)
_LATIN = re.compile(
    rf"(?<![{_LETTER}&])(?:{_CAPITAL}|\d[A-Z][{_LETTER}]*)(?:[ ]+(?:{_CAPITAL}|&|and|of|de|und"
    rf"|für)){{0,5}}?,?[ ]+(?:{_LEGAL})(?![{_LETTER}&])"
    rf"(?:[ ]+(?:{_LEGAL})(?![{_LETTER}&]))?"
)
_OFFICE = re.compile(
    rf"(?<![{_LETTER}])(?:(?:Technische|Technical)[ ]+)?(?:Universit(?:y|ät|é)|Embassy"
    rf"|Consulate(?:\s+General)?|Ministry|Institute)"
    rf"(?:[ ]+(?:of|for|the|de)){{0,2}}[ ]+{_CAPITAL}(?:[ ]+(?:and[ ]+|of[ ]+)?{_CAPITAL}){{0,4}}"
    rf"|(?<![{_LETTER}]){_CAPITAL}(?:[ ]+{_CAPITAL}){{0,2}}[ ]+(?:University"
    rf"|Institute)(?![{_LETTER}])"
)
_HAN_SUFFIX = (
    r"(?:股份|集团|集團|有限|责任|責任)*(?:公司|集团|集團)(?!的?客户)|分公司|株式会社|会社|(?<![工我贵貴验驗審审到进来回离本出])厂(?![长房区商])|(?<![工我贵貴])廠(?!長)"
    r"|大学|大學|学院|研究院|研究所|银行|(?<!副)局(?![长長面部])|委员会|管委会|协会|商会|大使馆|领事馆|事务所"
)
_HAN = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9()·&]{{1,24}}(?:{_HAN_SUFFIX})")
LEADING = re.compile(
    r"^.*(?:我们是|我是|我们|来自|來自|关于|乙方|客户|客戶|感谢|邀请|陪同|代表|这边是|那边是|通知|您好|你好|抵达|前往|拜访)"
)
_NOT_THEIRS = re.compile(
    r"(?:贵|貴|我|本|你|您|你们|我们|咱们|该|各|总|母|子|他们|自己|一家|外贸|物流|旅行社|旅游)(?:公司|集团|厂|司|局)$"
)
_PARTS = re.compile(r"(?<=[公集][司团])(?:和|与|及|、)|的")
_WITH_OF = {"Bank", "House", "University", "Embassy", "Institute", "Ministry", "Port", "College"}
_NO_FIRST = re.compile(
    "Dear|Hi|Hello|The|Our|Your|From|At|Best|Kind|Regards|Thanks|In|A|Re|We|To|For|Of|With|And"
    "|CEO|CFO|COO|CTO|VP|GM|Manager|Director|FYI|Fa[.]"
)
"""Words with a capital that stand before a name."""


def companies_in(text: str) -> list[tuple[str, Span]]:
    """Names that say what they are (`GmbH`, `有限公司`, `University of`), in their order."""
    found: list[tuple[str, Span]] = []
    for pattern in (_OFFICE, _LATIN, _HAN):
        for match in pattern.finditer(text):
            name, begin = match[0], match.start()
            if pattern is _HAN:
                name, begin = _han_name(name, begin)
            else:
                name, begin = _latin_name(name, begin)
            span = Span(begin, begin + len(name))
            is_new = not any(span.begin < each.end and each.begin < span.end for _, each in found)
            if name and is_new:
                found.append((" ".join(name.split()), span))
    return sorted(found, key=lambda each: each[1])


def is_company(text: str) -> bool:
    """Whether words are a company's name and nothing else."""
    return any(span == (0, len(text)) for _, span in companies_in(text))


def _latin_name(name: str, begin: int) -> tuple[str, int]:
    first, _, rest = name.partition(" ")
    while _NO_FIRST.fullmatch(first) and " " in rest:
        begin += len(name) - len(rest)
        name = rest
        first, _, rest = name.partition(" ")
    head, of, rest = name.partition(" of ")
    if of and head.rsplit(" ", 1)[-1] not in _WITH_OF:
        return rest, begin + len(head) + len(of)
    return (name, begin) if " " in name else ("", begin)


def _han_name(name: str, begin: int) -> tuple[str, int]:
    for part in reversed(_PARTS.split(name)):
        if re.search(rf"(?:{_HAN_SUFFIX})$", part):
            begin += name.rfind(part)
            name = part
            break
    else:
        return "", begin
    joined = re.match(r"[\d:点半]*(?:与|跟|同|由|是|给|让)", name)
    if joined is not None:
        begin += joined.end()
        name = name[joined.end() :]
    lead = LEADING.match(name)
    if lead is not None:
        begin += lead.end()
        name = name[lead.end() :]
    if len(name) < 4 or _NOT_THEIRS.search(name) or re.search("[在到去来进天].?厂$", name):
        return "", begin
    return name, begin
