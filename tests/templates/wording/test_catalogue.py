"""Every text is there in both languages, once, whole, and in the house's style."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from models.base import errors
from models.base.errors import DomainError
from templates.wording import catalogue
from templates.wording.errors import ERRORS, FAULTS
from templates.wording.language import HERE, LOCALES, catalogue_path, translations

OTHERS = [locale for locale in LOCALES if locale != "en"]
_FACT = re.compile(r"%\((\w+)\)s")
_MARKUP = re.compile(r"[*`]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SAME = {"Usher", "Usher "}
# Words that keep their capital inside a sentence, besides the labels of buttons and commands.
_PROPER = {
    "Details", "Later",
    "Slack", "Excel", "Home", "Done", "Acme", "Dec", "Pudong", "Airport", "Purchasing", "Buick",
    "Jane", "Miller", "GL8", "T2", "IT", "I", "V-2026-0001", "Host", "Problem", "Usher", "USD",
    "LH728", "MU5101", "G1372", "D7", "PDF", "Word", "PNG", "JPEG", "HEIC", "MB", "CSV", "XLSX",
}  # fmt: skip


def texts() -> list[Message]:
    return [message for message in catalogue.collect() if message.id]


def sentences() -> Iterator[str]:
    for message in texts():
        yield from message.id if isinstance(message.id, list | tuple) else [message.id]


def strings(message: Message) -> list[str]:
    string = message.string
    return list(string) if isinstance(string, list | tuple) else [str(string)]


@pytest.mark.parametrize("locale", OTHERS)
def test_the_catalogue_is_exactly_what_the_texts_call_for(locale: str) -> None:
    """Nothing unused, nothing missing, in the order of the texts: `make words` changes nothing."""
    kept = catalogue_path(locale).read_bytes()
    assert kept == catalogue.updated(locale, catalogue.collect()), "run `make words`"


@pytest.mark.parametrize("locale", OTHERS)
def test_every_text_is_translated(locale: str) -> None:
    empty = [m.id for m in catalogue.read(locale) if m.id and not all(strings(m))]
    assert empty == []
    kept = catalogue.read(locale)
    assert [m.id for m in kept if m.id and m.fuzzy] == []
    assert list(kept.obsolete) == []


@pytest.mark.parametrize("locale", OTHERS)
def test_translations_hold_the_same_facts_and_markup(locale: str) -> None:
    for message in catalogue.read(locale):
        if not message.id:
            continue
        ids = list(message.id) if isinstance(message.id, list | tuple) else [message.id]
        for string in strings(message):
            assert sorted(_FACT.findall(string)) == sorted(_FACT.findall(ids[-1])), message.id
            assert len(_MARKUP.findall(string)) == len(_MARKUP.findall(ids[-1])), message.id
            assert string % dict.fromkeys(_FACT.findall(string), "x")


def test_the_chinese_is_chinese() -> None:
    for message in catalogue.read("zh"):
        for string in strings(message) if message.id else []:
            bare = re.sub(r"`[^`]*`|%\(\w+\)s|\W", "", string)
            assert not bare or _CHINESE.search(string) or string in _SAME, string
            assert not re.search(r"[\u4e00-\u9fff][,;:?]", string), string
            assert "!" not in string, string
            assert "！" not in string, string


def test_the_english_is_sentence_case_without_exclamations() -> None:
    for text in sentences():
        assert "!" not in text
        assert ".." not in text
        plain = re.sub(r"`[^`]*`|%\(\w+\)s|[*“”]", "", text).strip()
        words = re.findall(r"[\w'-]+", plain)
        first = {m.end() for m in re.finditer(r"(?:^|[.:?]\s+|^\W+)", plain)}
        for match in re.finditer(r"\b[A-Z][\w-]*", plain):
            inner = match.start() not in first
            assert not inner or match[0] in _PROPER, (text, words)


def test_translations_are_compiled_from_the_file() -> None:
    assert translations("zh").gettext("Lead guest") == "主宾"
    assert translations("zh").ngettext("%(num)s person", "%(num)s people", 3) == "%(num)s 人"
    assert translations("en").gettext("Lead guest") == "Lead guest"


def _blocks() -> dict[str, str]:
    found = {}
    for path in sorted((HERE / "words").glob("*.txt")):
        for name in re.findall(r"{%-? block (\w+) -?%}", path.read_text(encoding="utf-8")):
            found[f"{path.stem}.{name}"] = name
    return found


def test_every_block_of_words_is_said_somewhere() -> None:
    sources = [*HERE.rglob("*.py"), HERE.parent / "bot" / "demo_clock.py"]  # which speaks itself
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    code = code.replace("'", '"')
    by_code = {"history", "errors", "faults"}
    composed = {
        name[: name.index("{")]
        for name in re.findall(r'f"([a-z_]+\{[^"]*)"', code)
        if name.index("{") > 3
    }
    unused = [
        block
        for block, name in _blocks().items()
        if f'"{name}"' not in code
        and block.partition(".")[0] not in by_code
        and not any(name.startswith(prefix) for prefix in composed)
    ]
    assert unused == []


def test_every_refusal_and_fault_has_words() -> None:
    blocks = _blocks()
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    codes = {kind.code for kind in kinds if issubclass(kind, DomainError)}
    assert codes <= ERRORS
    assert {f"faults.{code}" for code in FAULTS} == {b for b in blocks if b.startswith("faults.")}


def test_every_fault_of_the_code_has_words() -> None:
    root = HERE.parent
    used = set()
    for folder in ("models", "services", "handlers"):
        for path in (root / folder).rglob("*.py"):
            for found in re.findall(r'Fault\(\s*"(\w+)"', path.read_text(encoding="utf-8")):
                used.add(found)
    assert used
    assert used <= FAULTS
