"""The pages that people read, and what stands in them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDES = DOCS / "guides"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = sorted([*READMES, *DOCS.rglob("*.md")])

_LINK = re.compile(r"!?\[[^\]]*\]\((?P<md>[^)\s]+)\)|<img src=\"(?P<img>[^\"]+)\"")
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LABEL = re.compile(r"\*\*([^*\n]+)\*\*")
_TICKS = re.compile(r"`([^`\n]+)`")


def name(page: Path) -> str:
    """A page as the tests name it."""
    return str(page.relative_to(ROOT))


def text(page: Path) -> str:
    """What stands on a page."""
    return page.read_text(encoding="utf-8")


def links(page: Path) -> list[str]:
    """Where a page points to, pictures too."""
    found = _LINK.finditer(_CODE.sub("", text(page)))
    return [match["md"] or match["img"] for match in found]


def labels(page: Path) -> list[str]:
    """What a page prints bold."""
    return _LABEL.findall(_CODE.sub("", text(page)))


def ticks(page: Path) -> list[str]:
    """What a page prints as code within its lines."""
    return _TICKS.findall(_CODE.sub("", text(page)))


def rows(page: Path) -> list[list[str]]:
    """The rows of all tables of a page."""
    lines = (line.strip() for line in text(page).splitlines())
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and not set(line) <= set("|- ")
    ]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub addresses them."""
    found = set()
    for line in _CODE.sub("", text(page)).splitlines():
        if line.startswith("#"):
            title = line.lstrip("#").strip().lower()
            found.add(re.sub(r"[^\w -]", "", title).replace(" ", "-"))
    return found
