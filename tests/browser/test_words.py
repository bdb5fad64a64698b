"""The page's own words and files, without a browser."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
SOURCES = {path.name: path.read_text("utf-8") for path in PAGE.glob("*.js")}


def words(language: str) -> dict[str, str]:
    """The texts of one language."""
    text = SOURCES["i18n.js"]
    part = text[text.index(f"  {language}: {{") :]
    part = part[: part.index("\n  },")]
    found = re.findall(r"(\w+): '((?:[^'\\]|\\.)*)'", part)
    assert len(found) == len(dict(found)), "a key stands twice"
    return dict(found)


def test_every_text_is_in_both_languages_with_the_same_places() -> None:
    english, chinese = words("en"), words("zh")
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", chinese[key])), key
        assert key == "persona" or not re.search(r"[一-鿿]", text), key


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    code = "\n".join(text for name, text in SOURCES.items() if name != "i18n.js")
    known = words("en").keys()
    quoted = set(re.findall(r"'(\w+)'", code))
    assert known - quoted == set()
    assert set(re.findall(r"\bt\('(\w+)'", code)) - known == set()


def test_the_page_needs_no_other_host_and_parses_no_markup() -> None:
    for name, text in SOURCES.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", text), name
        assert not re.search(r"from '(?!\./)", text), name
    styles = "".join(path.read_text("utf-8") for path in PAGE.glob("css/*.css"))
    assert "url(" not in styles
    assert "@import" not in styles
    index = (PAGE / "index.html").read_text("utf-8")
    assert not re.search(r"(?:src|href)=\"(?!/page/)", index)
    for path in re.findall(r"\"/page/([^\"]+)\"", index):
        assert (PAGE / path).is_file(), path
