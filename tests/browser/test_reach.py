"""The page for every eye and thumb: contrast of its colours, size and names of what is pressed."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Stage
from tests.browser.test_words import PAGE

_COLOUR = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
_READ_ON = {
    "ink": ("bg", "bg-soft", "bg-hover", "bg-raised", "warn-soft"),
    "ink-2": ("bg", "bg-soft", "bg-hover", "bg-raised", "warn-soft"),
    "ink-3": ("bg", "bg-soft", "bg-hover", "bg-raised"),
    "link": ("bg", "bg-soft", "bg-hover", "bg-raised"),
    "accent": ("bg", "bg-soft", "bg-hover", "bg-raised"),
    "danger": ("bg", "bg-raised"),
    "on-accent": ("accent", "accent-hover"),
    "side-ink": ("side",),
    "side-ink-2": ("side",),
    "side-here-ink": ("side-here",),
}


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, as WCAG measures it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(theme: int) -> None:
    css = (PAGE / "css" / "base.css").read_text(encoding="utf-8")
    colours = {name: both[theme] for name, *both in _COLOUR.findall(css)}
    low = {
        (words, ground): round(contrast(colours[words], colours[ground]), 2)
        for words, grounds in _READ_ON.items()
        for ground in grounds
        if contrast(colours[words], colours[ground]) < 4.5
    }
    assert low == {}


def test_the_strip_and_the_banner_stand_out() -> None:
    css = (PAGE / "css" / "layout.css").read_text(encoding="utf-8")
    for name in ("coach", "banner"):
        rule = re.search(rf"^\.{name} {{(.*?)}}", css, re.MULTILINE | re.DOTALL)
        assert rule is not None
        ground, words = (
            re.search(rf"{key}: (#[0-9a-f]{{6}})", rule[1]) for key in ("background", r"\bcolor")
        )
        assert ground is not None
        assert words is not None
        assert contrast(ground[1], words[1]) >= 4.5


_SIZES = """() => [...document.querySelectorAll('button, a[href], [role=tab], [role=option]')]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest('.body a'))
  .map((node) => { const box = node.getBoundingClientRect();
    return [node.className + ' ' + node.textContent.trim().slice(0, 20), box.width, box.height,
      (node.getAttribute('aria-label') || node.textContent || node.title).trim()]; })
  .filter(([, width]) => width)"""


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("where", ["user=sam.carter&channel=visits", "user=sam.carter#home"])
async def test_what_is_pressed_on_a_phone_is_large_enough_and_named(
    stage: Stage, where: str
) -> None:
    stage.sandbox.first = ["sam.carter", "lin.wei"]
    page = await stage.open(where, narrow=True)
    await expect(page.get_by_role("note", name="First steps")).to_be_visible()
    found = await page.evaluate(_SIZES)
    assert found
    assert [each for each in found if not each[3]] == []
    assert [each for each in found if "link" not in each[0] and min(each[1:3]) < 44] == []


@pytest.mark.asyncio(loop_scope="session")
async def test_three_first_steps_until_they_are_closed(stage: Stage) -> None:
    stage.sandbox.first = ["helen.park", "lin.wei"]
    for locale, person in (("en-GB", "Helen Park"), ("zh-CN", "林薇")):
        page = await stage.open("", locale=locale)
        await expect(page.get_by_label("Persona" if locale == "en-GB" else "身份")).to_contain_text(
            person
        )
        steps = page.get_by_role("note").get_by_role("listitem")
        await expect(steps).to_have_count(3)
        await page.get_by_role("note").get_by_role("button").click()
        await expect(page.get_by_role("note")).to_be_hidden()
        await page.reload()
        await expect(page.get_by_role("note")).to_be_hidden()
