"""Both sides of every figure that Slack documents for blocks, elements and views."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.validation import block_problems, view_problems
from tests.sandbox.kit import (
    PICTURE,
    JsonDict,
    actions,
    button,
    element,
    home,
    input_block,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
)

CONFIRM = {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}


def confirmed(**change: Any) -> JsonDict:
    return actions(button(confirm={**CONFIRM, **change}))


def select(**more: Any) -> JsonDict:
    more.setdefault("options", options(1))
    return element("static_select", **more)


def grouped(*groups: JsonDict) -> JsonDict:
    return actions(element("static_select", option_groups=list(groups)))


def group(label: str = "Group", count: int = 1) -> JsonDict:
    return {"label": plain(label), "options": options(count)}


def table(rows: int = 1, cells: int = 1, **more: Any) -> JsonDict:
    row = [{"type": "raw_text", "text": "x"}] * cells
    return {"type": "table", "rows": [row] * rows, **more}


def image(**more: Any) -> JsonDict:
    return {"type": "image", "image_url": PICTURE, "alt_text": "x", **more}


def address(length: int) -> str:
    return "https://example.com/".ljust(length, "a")[:length]


def video(**more: Any) -> JsonDict:
    return {
        "type": "video",
        "alt_text": "x",
        "title": plain("x"),
        "thumbnail_url": PICTURE,
        "video_url": "https://example.com/v",
        **more,
    }


def context(count: int) -> JsonDict:
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def feedback(**change: Any) -> JsonDict:
    one = {"text": plain("Good"), "value": "1", **change}
    part = element("feedback_buttons", positive_button=one, negative_button=one)
    return {"type": "context_actions", "elements": [part]}


def icon(**more: Any) -> JsonDict:
    part = element("icon_button", icon="trash", text=plain("x"), **more)
    return {"type": "context_actions", "elements": [part]}


def workflow(text: str) -> JsonDict:
    trigger = {"trigger": {"url": "https://slack.com/shortcuts/Ft1/abc"}}
    return actions(element("workflow_button", text=plain(text), workflow=trigger))


# What is measured, a message block of that size, the smallest and largest size allowed.
MESSAGE_BLOCKS: list[tuple[str, Callable[[int], JsonDict], int, int]] = [
    ("section text", lambda n: section("x" * n), 1, 3000),
    ("section mrkdwn text", lambda n: section() | {"text": mrkdwn("x" * n)}, 1, 3000),
    ("section fields", lambda n: section(fields=[plain("x")] * n), 1, 10),
    ("section field text", lambda n: section(fields=[plain("x" * n)]), 1, 2000),
    ("block_id", lambda n: section(block_id="x" * n), 1, 255),
    ("header text", lambda n: {"type": "header", "text": plain("x" * n)}, 1, 150),
    ("context elements", context, 1, 10),
    ("image url", lambda n: image(image_url=address(n)), 9, 3000),
    ("image alt text", lambda n: image(alt_text="x" * n), 1, 2000),
    ("image title", lambda n: image(title=plain("x" * n)), 1, 2000),
    ("actions elements", lambda n: actions(*[button()] * n), 1, 25),
    ("action_id", lambda n: actions(button(action_id="x" * n)), 1, 255),
    ("button text", lambda n: actions(button("x" * n)), 1, 75),
    ("button value", lambda n: actions(button(value="x" * n)), 1, 2000),
    ("button url", lambda n: actions(button(url=address(n))), 7, 3000),
    ("button label", lambda n: actions(button(accessibility_label="x" * n)), 1, 75),
    ("confirm title", lambda n: confirmed(title=plain("x" * n)), 1, 100),
    ("confirm text", lambda n: confirmed(text=plain("x" * n)), 1, 300),
    ("confirm confirm", lambda n: confirmed(confirm=plain("x" * n)), 1, 30),
    ("confirm deny", lambda n: confirmed(deny=plain("x" * n)), 1, 30),
    ("placeholder", lambda n: actions(select(placeholder=plain("x" * n))), 1, 150),
    ("select options", lambda n: actions(select(options=options(n))), 1, 100),
    ("option text", lambda n: actions(select(options=[option("x" * n)])), 1, 75),
    ("option value", lambda n: actions(select(options=[option(value="x" * n)])), 1, 150),
    (
        "option description",
        lambda n: actions(select(options=[option(description=plain("x" * n))])),
        1,
        75,
    ),
    ("option groups", lambda n: grouped(*[group()] * n), 1, 100),
    ("group label", lambda n: grouped(group("x" * n)), 1, 75),
    ("group options", lambda n: grouped(group(count=n)), 1, 100),
    ("overflow options", lambda n: actions(element("overflow", options=options(n))), 1, 5),
    (
        "overflow option url",
        lambda n: actions(element("overflow", options=[option(url=address(n))])),
        7,
        3000,
    ),
    ("checkboxes options", lambda n: actions(element("checkboxes", options=options(n))), 1, 10),
    ("radio options", lambda n: actions(element("radio_buttons", options=options(n))), 1, 10),
    ("input label", lambda n: input_block(select(), "x" * n), 1, 2000),
    ("input hint", lambda n: input_block(select(), hint=plain("x" * n)), 1, 2000),
    ("markdown text", lambda n: {"type": "markdown", "text": "x" * n}, 1, 12_000),
    ("table rows", lambda n: table(rows=n), 1, 100),
    ("table cells", lambda n: table(cells=n), 1, 20),
    ("table columns", lambda n: table(column_settings=[{"align": "left"}] * n), 1, 20),
    ("video title", lambda n: video(title=plain("x" * n)), 1, 199),
    ("video description", lambda n: video(description=plain("x" * n)), 1, 199),
    ("icon button value", lambda n: icon(value="x" * n), 1, 2000),
    ("icon button label", lambda n: icon(accessibility_label="x" * n), 1, 75),
    ("icon button people", lambda n: icon(visible_to_user_ids=["U01LINWEI"] * n), 1, 10),
    ("workflow button text", lambda n: workflow("x" * n), 1, 75),
    ("video author", lambda n: video(author_name="x" * n), 1, 49),
    ("feedback text", lambda n: feedback(text=plain("x" * n)), 1, 75),
    ("feedback value", lambda n: feedback(value="x" * n), 1, 2000),
    (
        "context actions",
        lambda n: {
            "type": "context_actions",
            "elements": [element("icon_button", icon="trash", text=plain("x"))] * n,
        },
        1,
        5,
    ),
]


@pytest.mark.parametrize(
    ("make", "least", "most"),
    [row[1:] for row in MESSAGE_BLOCKS],
    ids=[row[0] for row in MESSAGE_BLOCKS],
)
def test_a_message_block(make: Callable[[int], JsonDict], least: int, most: int) -> None:
    assert not block_problems([make(least)])
    assert not block_problems([make(most)])
    assert block_problems([make(least - 1)])
    assert block_problems([make(most + 1)])


def text_input(**more: Any) -> JsonDict:
    return modal(input_block(element("plain_text_input", **more)))


# What is measured, a view of that size, the smallest and largest size allowed.
VIEWS: list[tuple[str, Callable[[int], JsonDict], int, int]] = [
    ("title", lambda n: modal(title=plain("x" * n)), 1, 24),
    ("submit", lambda n: modal(submit=plain("x" * n)), 1, 24),
    ("close", lambda n: modal(close=plain("x" * n)), 1, 24),
    ("modal blocks", lambda n: modal() | {"blocks": [section()] * n}, 1, 100),
    ("home blocks", lambda n: home() | {"blocks": [section()] * n}, 1, 100),
    ("min_length", lambda n: text_input(min_length=n), 0, 3000),
    ("max_length", lambda n: text_input(max_length=n), 1, 3000),
    (
        "max_files",
        lambda n: modal(input_block(element("file_input", max_files=n))),
        1,
        10,
    ),
    (
        "initial_date_time",
        lambda n: modal(input_block(element("datetimepicker", initial_date_time=n))),
        1_000_000_000,
        9_999_999_999,
    ),
]


@pytest.mark.parametrize(
    ("make", "least", "most"), [row[1:] for row in VIEWS], ids=[row[0] for row in VIEWS]
)
def test_a_view(make: Callable[[int], JsonDict], least: int, most: int) -> None:
    assert not view_problems(make(least))
    assert not view_problems(make(most))
    assert view_problems(make(least - 1))
    assert view_problems(make(most + 1))


# Sizes that have no lower side.
UPPER_ONLY: list[tuple[str, Callable[[int], JsonDict], int]] = [
    ("private_metadata", lambda n: modal(private_metadata="x" * n), 3000),
    ("callback_id", lambda n: modal(callback_id="x" * n), 255),
    ("external_id", lambda n: modal(external_id="x" * n), 255),
    ("home private_metadata", lambda n: home(private_metadata="x" * n), 3000),
    ("initial_value", lambda n: text_input(initial_value="x" * n), 3000),
    ("initial_value of max", lambda n: text_input(initial_value="x" * n, max_length=9), 9),
]


@pytest.mark.parametrize(
    ("make", "most"), [row[1:] for row in UPPER_ONLY], ids=[row[0] for row in UPPER_ONLY]
)
def test_an_upper_limit(make: Callable[[int], JsonDict], most: int) -> None:
    assert not view_problems(make(most))
    assert view_problems(make(most + 1))


def test_fifty_blocks_in_a_message() -> None:
    assert not block_problems([section()] * 50)
    assert block_problems([section()] * 51)
    assert not block_problems([])


def test_all_markdown_of_a_message_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    assert not block_problems([half, half])
    assert block_problems([half, half, {"type": "markdown", "text": "x"}])
