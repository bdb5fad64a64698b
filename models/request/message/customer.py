"""Which customer comes: the company that a message names."""

import re
from collections.abc import Sequence

from models.customers.titles import HAN, HAN_TITLE, SURNAME, is_full_name, is_person, is_title
from models.request.message.companies import LEADING, companies_in
from models.request.message.said import Read, Span
from models.request.message.signed import Signature

_LABEL = re.compile(
    r"(?:^|(?<=[\s。;；]))(?:company|customer|client|organi[sz]ation|客户名称|客户|客戶|来访单位|单位名称|单位|公司名称|公司)\s*[:：]\s*"
    r"(?P<name>[^\n,，。;；|]{2,80})",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITAL = r"[A-Z][A-Za-z0-9À-ÿ&'-]*"
_LATIN = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.] )(?<![\w@])(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})\s+(?:is|are|will be"
        rf"|will|wants? to|would like to)\s+"
        r"(?:coming|visiting|here|visit\b|come\b|in town|at our)",
        rf"\b(?:visitors?|guests?|people|team|delegation|group|customers?)\s+(?:from|of)\s+(?:the\s+)?(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})",
        rf"(?<![\w@])(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})\s*的客[户戶]",
        rf"(?<![\w@.] )(?<![\w@])(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})?)\s+(?:team|delegation)\s*\(",
    )
]
_HAN_NAME = rf"(?P<name>[{HAN}A-Za-z0-9]{{2,12}}?)"
_START = r"(?:^|[\s,，。:：;；@]|是|来自|客户)"
_HAN = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"{_START}{_HAN_NAME}的{HAN_TITLE}(?={SURNAME})",
        rf"{_START}{_HAN_NAME}(?:采购部|质量部|技术部|销售部|研发部|品质部|工程部)的?人",
        rf"{_START}{_HAN_NAME}(?:那边|这边)",
        rf"{_START}{_HAN_NAME}的(?={SURNAME}[总董工])",
        rf"{_START}{_HAN_NAME}的?客[户戶](?=[来到\s,，要]|下|明|后|本|周)",
    )
]
_SENTENCE = re.compile(r"\.\s+(?=[A-Z])")
_CALLS = re.compile(r"^(?:FYI|Btw|BTW|Hi|Hey|News|Update|Re|FW|Good)\s+")
_TOKEN = re.compile(rf"^\s*(?P<name>[{HAN}]{{2,8}})\s+(?=[\x01])", re.MULTILINE)
_NO_NAME = re.compile(
    r"^(?:I|We|He|She|They|It|You|This|That|Our|The|Who|Mr|Ms|Mrs|Dr|All|Both|There|Two|Three|Four|Five|Please|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|CEO|China|Germany|Shanghai|Beijing)\b"
    r"|我们?|你们?|他们?|咱|我司|贵司|公司|领导|对方|客户|明天|后天|今天|下周|本周|这周|大家|收到|定于|林|老板|谢谢|同事"
)


def customer_in(
    text: str, masked: str, signature: Signature | None, persons: Sequence[str]
) -> Read[str] | None:
    """The customer's name; several companies, or a name that may be a person's, are candidates.

    What stands behind a label counts first, then the company of whoever signed, then the one that
    is named by its legal form, then the one of which somebody says that it comes. `masked` has days
    and times masked; `persons` are the names that are people's.
    """
    for match in _LABEL.finditer(text):
        named = companies_in(match["name"])
        name = named[0][0] if named else _SENTENCE.split(match["name"])[0].strip()
        if not is_person(name):
            begin = match.start("name")
            return Read(name, Span(begin, begin + len(_SENTENCE.split(match["name"])[0].rstrip())))
    if signature is not None and signature.companies:
        return _one(signature.companies)
    formal = companies_in(masked)
    if formal:
        return _one(formal)
    return _by_words(text, masked, persons)


def _by_words(text: str, masked: str, persons: Sequence[str]) -> Read[str] | None:
    found: list[tuple[str, Span]] = []
    doubtful = False
    for pattern in (*_LATIN, *_HAN, _TOKEN):
        for match in pattern.finditer(masked if pattern is _TOKEN else text):
            name = _CALLS.sub("", LEADING.sub("", match["name"].strip()))
            if (
                len(name) < 2
                or _NO_NAME.search(name)
                or name in persons
                or is_title(name)
                or is_person(name)
            ):
                continue
            doubtful = doubtful or (is_full_name(name) and not persons)
            end = match.start("name") + len(match["name"].rstrip())
            found.append((name, Span(end - len(name), end)))
    if not found:
        return None
    read = _one(found)
    return Read(None, read.span, (read.value,)) if doubtful and read.value else read


def _one(found: Sequence[tuple[str, Span]]) -> Read[str]:
    names = list(dict.fromkeys(name for name, _ in found))
    whole = [name for name in names if not any(name != other and name in other for other in names)]
    if len(whole) == 1:
        return Read(whole[0], next(span for name, span in found if name == whole[0]))
    spans = [span for _, span in found]
    return Read(None, Span(spans[0].begin, max(span.end for span in spans)), tuple(whole))
