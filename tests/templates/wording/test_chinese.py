"""Chinese as it is printed: one rule for spaces, Chinese punctuation, one word for one thing."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from models.policy.load import SHIPPED
from templates.wording import catalogue
from templates.wording.language import Language
from tests.docs.pages import GUIDES
from tests.templates.scenes import reader

HAN = r"[\u4e00-\u9fff]"
FACT = r"%\((\w+)\)s"
WORDS = frozenset({"ahead", "city", "item", "kind", "month", "rank", "role", "shared", "what"})
"""Facts that are Chinese words themselves: they stand without spaces, as words do."""
EITHER = frozenset({"currency", "high", "instead", "low", "wanted"})
"""Facts that are a word in one text, a figure, a sign or a name in another."""
MARKS = "，。；：、！？（）“”《》"
OLD = {
    "例外": "特批",
    "次接待": "副接待人",
    "已送站": "来宾已送到",
    "人际沟通": "礼节性拜访",
    "政府视察": "政府调研",
    "考察工厂": "验厂",
    "主页": "工作台",
    "协调人": "综合办公室",
    "推迟": "延期",
}
"""What a thing is not called, and what it is."""


def seams(text: str) -> list[str]:
    """Where the text breaks the rule: one space between Chinese and letters, digits, names, times
    and sums; none between Chinese words, none beside a Chinese mark."""
    found = []
    for left, name in re.findall(rf"({HAN} ?){FACT}", text):
        if name not in EITHER and left.endswith(" ") == (name in WORDS):
            found.append(f"{left}%({name})s")
    for name, right in re.findall(rf"{FACT}( ?{HAN})", text):
        if name not in EITHER and right.startswith(" ") == (name in WORDS):
            found.append(f"%({name})s{right}")
    bare = re.sub(r"`[^`]*`", "`x`", re.sub(FACT, "%", text))
    found += re.findall(rf"{HAN}[A-Za-z0-9`]|[A-Za-z0-9`]{HAN}", bare)
    found += re.findall(rf"{HAN} {HAN}| [{MARKS}]|[{MARKS}] ", bare)
    found += re.findall(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.(?!\w)|\.\.\.|  ", bare)
    found += re.findall(rf"{HAN}\*[^*\n]+\*|\*[^*\n]+\*{HAN}", bare)  # Slack shows no bold then
    return found


def catalogue_texts() -> Iterator[str]:
    for message in catalogue.read("zh"):
        if message.id:
            string = message.string
            yield from string if isinstance(string, list | tuple) else [str(string)]


def shipped_texts() -> Iterator[str]:
    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("zh"), str):
                yield value["zh"]
            for each in value.values():
                yield from walk(each)
        elif isinstance(value, list):
            for each in value:
                yield from walk(each)

    for file in sorted(SHIPPED.rglob("*.toml")):
        yield from walk(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("texts", [catalogue_texts, shipped_texts])
def test_spaces_and_marks_follow_one_rule(texts: Any) -> None:
    broken = {text: seams(text) for text in texts() if seams(text)}
    assert broken == {}


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("提前 2 天", True),
        ("提前2 天", False),
        ("请与 %(who)s 联系", True),
        ("请与%(who)s 联系", False),
        ("改由%(role)s审批", True),
        ("改由 %(role)s 审批", False),
        ("已同意 。", False),
        ("（ %(who)s）", False),
        ("已同意,谢谢", False),
        ("点 `/visit new`。", True),
        ("点`/visit new`。", False),
        ("担任 *%(role)s*。", True),
        ("担任*%(role)s*。", False),
    ],
)
def test_the_rule(text: str, is_right: bool) -> None:
    assert (seams(text) == []) is is_right, seams(text)


@pytest.mark.parametrize("texts", [catalogue_texts, shipped_texts])
def test_a_thing_has_one_name(texts: Any) -> None:
    found = [(old, new, text) for text in texts() for old, new in OLD.items() if old in text]
    assert found == []


@pytest.mark.parametrize("page", sorted(GUIDES.glob("*.zh.md")), ids=lambda page: page.stem)
def test_the_guides_use_the_same_names(page: Any) -> None:
    text = page.read_text(encoding="utf-8")
    assert [old for old in OLD if old in text] == []


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("Asia/Shanghai", "上海"),
        ("Asia/Singapore", "新加坡"),
        ("Europe/Berlin", "柏林"),
        ("Europe/London", "伦敦"),
        ("America/New_York", "纽约"),
        ("America/Sao_Paulo", "圣保罗"),
        ("Australia/Sydney", "悉尼"),
    ],
)
def test_cities_are_named_in_the_readers_language(zone: str, city: str) -> None:
    assert Language(reader("zh")).city(zone) == city
