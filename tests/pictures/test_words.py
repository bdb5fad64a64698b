"""What the pictures' stories press and fill in stands in the templates, in both languages: so the
pictures show the product's words of today, or the story can no longer be told."""

import ast
from pathlib import Path

import pytest

from templates.wording.catalogue import collect
from templates.wording.language import translations
from tests.docs.pages import READMES, ROOT, text
from tests.pictures import story
from tests.pictures.cast import CHINESE, ENGLISH, Cast

CASTS = [ENGLISH, CHINESE]
CHOSEN = ("Purpose", "Travel by")
"""Of these fields a story enters what the product offers, not words of its own."""
WORDS = {message.id for message in collect() if isinstance(message.id, str) and message.id}


def pressed() -> set[str]:
    """The labels that the script of the story names: they begin with a capital letter, as neither
    names of pictures nor of people do."""
    tree = ast.parse(Path(story.__file__).read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value[:1].isupper() and id(node) not in docs
    }


def labels() -> set[str]:
    return pressed() | {name for cast in CASTS for name in (*cast.request, *cast.second)}


def test_the_script_names_what_it_presses() -> None:
    assert {"Approve", "Assign driver", "Accept", "Confirm", "Car is here"} <= pressed()


@pytest.mark.parametrize("label", sorted(labels()))
def test_every_label_of_a_story_is_the_products_in_both_languages(label: str) -> None:
    assert label in WORDS
    said = translations("zh").gettext(label)
    assert said != label
    assert not said.isascii()


@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.locale)
def test_what_is_chosen_in_a_story_is_offered(cast: Cast) -> None:
    offered = {translations(cast.locale).gettext(word) for word in WORDS}
    chosen = [form[name] for form in (cast.request, cast.second) for name in CHOSEN if name in form]
    assert len(chosen) > 2
    assert set(chosen) <= offered


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_picture_of_a_readme_is_one_that_a_story_takes(page: Path) -> None:
    taken = Path(story.__file__).read_text(encoding="utf-8")
    shown = [part.split('"')[0] for part in text(page).split('src="')[1:]]
    shown = [each for each in shown if "docs/pictures/" in each]
    assert len(shown) >= 5
    for each in shown:
        assert (ROOT / each).is_file(), each
        assert f'"{Path(each).name.split(".")[0]}"' in taken, each
