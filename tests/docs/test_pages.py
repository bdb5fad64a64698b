"""Links lead somewhere, pictures are there, and every page reads in plain words."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, GUIDES, PAGES, READMES, ROOT, anchors, links, name, text
from tests.pictures.__main__ import MOST_BYTES

PICTURES = sorted((DOCS / "pictures").glob("*.png"))
_ODD = re.compile(r"/work/|/tmp/|\bTODO\b|\bissue #?\d|[!！](?!\[)(?=\s|$)")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            assert link.startswith("https://"), link
            continue
        target = (page.parent / path).resolve() if path else page
        known = not anchor or (target.suffix == ".md" and anchor in anchors(target))
        if not target.exists() or not target.is_relative_to(ROOT) or not known:
            broken.append(link)
    assert not broken


def test_every_picture_is_shown_and_small() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    assert PICTURES
    assert [path.name for path in PICTURES if path not in shown] == []
    assert [path.name for path in PICTURES if path.stat().st_size > MOST_BYTES] == []


def test_every_page_can_be_found_from_the_readme() -> None:
    found, waiting = set(), [READMES[0]]
    while waiting:
        page = waiting.pop()
        if page in found:
            continue
        found.add(page)
        for link in links(page):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.is_dir():
                waiting += target.glob("*.md")
            elif target.suffix == ".md":
                waiting.append(target)
    assert [name(page) for page in PAGES if page not in found] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_pages_are_polite_and_speak_of_the_product_alone(page: Path) -> None:
    assert _ODD.findall(text(page)) == []
    assert max(map(len, text(page).splitlines())) < 400
    levels = [len(mark) for mark in re.findall(r"^(#+) ", text(page), re.MULTILINE)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_guide_is_there_in_both_languages() -> None:
    english = {p.stem for p in GUIDES.glob("*.md") if not p.stem.endswith(".zh")}
    chinese = {p.stem.removesuffix(".zh") for p in GUIDES.glob("*.zh.md")}
    assert english == chinese
    assert english >= {"visit", "salesperson", "leader", "coordinator", "dispatcher", "driver"}
    for stem in english:
        pair = (GUIDES / f"{stem}.md", GUIDES / f"{stem}.zh.md")
        assert pair[1].name in links(pair[0])
        assert pair[0].name in links(pair[1])
