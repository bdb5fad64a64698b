"""What somebody asks for in words of their own, as the words behind `/visit` would ask for it."""

import re

LONGEST = 300
"""Longer than this nobody asks: it is something to keep."""
_MINE = "mine"
_TALK = re.compile(
    r"^(?:(?:hi|hello|hey|dear)\b[\s,!.]*)?(?:@?usher\b[\s,:!]*)?(?:please\b\s*|pls\b\s*)?"
    r"(?:(?:can|could|would|will)\s+you\b\s*|(?:can|may|could)\s+i\b\s*|i\s+(?:want|need)\b\s*|"
    r"i(?:'d|’d|\s+would)\s+like\b\s*)?(?:please\b\s*)?(?:to\b\s*)?",
    re.IGNORECASE,
)
_TALK_ZH = re.compile(
    r"^(?:你好|您好)?[\s,，!！。]*(?:请问|请|麻烦)?(?:帮我|给我|我想要?|我要|我需要)?\s*"
)
_END = re.compile(
    r"[\s.。!！?？~～]+$|[\s,，]*(?:please|pls|谢谢|thanks|thank you)[\s.!。！]*$", re.IGNORECASE
)
_COMMAND = re.compile(r"^/?visit\s+(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"[vVｖＶ]\s*[-－‐‑–]\s*\d{4}\s*[-－‐‑–]\s*\d+")
_BEFORE = "#＃\"“”「『‘’'"
_NEW = (
    re.compile(
        r"^(?:(?:request|book|create|open|add|start|make|plan|register)\s+)?(?:an?\s+)?new\s+"
        r"(?:customer\s+)?(?:visit|request|reception)\b\s*(?:(?:for|of|by|from|with)\b)?"
        r"[\s:,]*(?P<rest>.*)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:request|book|register)\s+(?:an?\s+)?(?:customer\s+)?(?:visit|reception)\b\s*"
        r"(?:(?:for|of|by|from|with)\b)?[\s:,]*(?P<rest>.*)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:新建|新增|申请|发起|登记|预约|提交)(?:一个|一次|一下|新的?)?"
        r"(?:客户)?(?:来访|接待|到访|参观)?(?:申请)?[\s:：,，]*(?P<rest>.*)$"
    ),
    re.compile(r"^新的?(?:客户)?(?:来访|接待|到访|参观)(?:申请)?[\s:：,，]*(?P<rest>.*)$"),
)
_SHOW = r"(?:(?:show|list|see|what are)\s+)?(?:me\s+)?"
_VISITS = r"(?:open\s+)?(?:customer\s+)?(?:visits?|receptions?)"
_LISTS = (
    (rf"{_SHOW}my\s+{_VISITS}", _MINE),
    (r"(?:我的|我负责的|我申请的)(?:客户)?(?:来访|接待|到访)(?:列表)?(?:有哪些)?", _MINE),
    (
        rf"{_SHOW}(?:today['’]?s\s+{_VISITS}|{_VISITS}\s+today)",
        "today",
    ),
    (r"(?:who comes|who is coming|what is on)\s+today", "today"),
    (r"(?:今天|今日)(?:的|有哪些|有什么)?(?:客户)?(?:来访|接待|到访)(?:有哪些)?", "today"),
    (
        rf"{_SHOW}(?:this week['’]?s\s+{_VISITS}|{_VISITS}\s+this week)",
        "week",
    ),
    (r"(?:本周|这周|这个星期)(?:的|有哪些)?(?:客户)?(?:来访|接待|到访)(?:有哪些)?", "week"),
    (rf"{_SHOW}(?:the\s+|all\s+)?{_VISITS}", ""),
    (r"(?:所有|全部|查看|列出)?的?(?:客户)?(?:来访|接待|到访)(?:列表|清单)?(?:有哪些)?", ""),
)
_OPEN = (
    rf"{_SHOW}my\s+(?:open\s+)?(?:things|items|tasks|to-?dos?)",
    r"what(?:['’]s| is)?\s+(?:open|waiting)(?:\s+for\s+me)?|what do i have to do|to-?dos?",
    r"(?:我的)?待办(?:事项)?(?:有哪些)?|我(?:有什么|有哪些)(?:待办|要做|事项).*|我(?:现在)?(?:要|该)做什么",
)
_HELP = (
    r"(?:help|help me|what can you do|how does (?:this|it) work|commands|\?)",
    r"(?:帮助|怎么用|如何使用|使用说明|你能做什么|能做什么|你会什么)",
)
OPEN_THINGS = "open things"
"""Asked for in words alone: what waits for the person."""


def asked(text: str, commands: frozenset[str]) -> str | None:
    """The words behind `/visit` that ask for the same, or OPEN_THINGS; None where nothing that can
    be done is asked for. `commands` are the words that a command may begin with, in any language.

    What begins with such a word is a command with a visit's number behind it, or nothing, or when
    it stands behind `/visit`; else it may be a sentence.
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST:
        return None
    command = _COMMAND.sub("", plain)
    if command != plain:
        return command
    plain = _END.sub("", _END.sub("", plain)) or plain
    first, _, rest = plain.partition(" ")
    if first.lower() in commands and (not rest or _NUMBER.match(rest.lstrip(_BEFORE))):
        return plain
    for begun in (plain, _TALK_ZH.sub("", _TALK.sub("", plain, count=1), count=1)):
        found = _known(begun)
        if found is not None:
            return found
    return None


def number_in(text: str) -> str | None:
    """The first number of a visit in the text, as it is written."""
    found = _NUMBER.search(text)
    return "".join(found[0].split()) if found else None


def _known(plain: str) -> str | None:
    if _any(_HELP, plain):
        return "help"
    if _any(_OPEN, plain):
        return OPEN_THINGS
    for pattern in _NEW:
        found = pattern.match(plain)
        if found is not None:
            return f"new {found['rest']}".strip()
    for words, shelf in _LISTS:
        if re.fullmatch(words, plain, re.IGNORECASE):
            return f"list {shelf}".strip()
    return None


def _any(patterns: tuple[str, ...], plain: str) -> bool:
    return any(re.fullmatch(pattern, plain, re.IGNORECASE) for pattern in patterns)
