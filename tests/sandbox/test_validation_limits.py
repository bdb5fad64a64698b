"""Both sides of every figure that Slack documents for blocks and elements in messages."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.validation import block_problems
from tests.sandbox.block_samples import cell, table, video, workflow_button
from tests.sandbox.kit import (
    PICTURE,
    JsonDict,
    actions,
    button,
    element,
    input_block,
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


def image(**more: Any) -> JsonDict:
    return {"type": "image", "image_url": PICTURE, "alt_text": "x", **more}


def address(length: int) -> str:
    return "https://example.com/".ljust(length, "a")[:length]


def context(count: int) -> JsonDict:
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def feedback(**change: Any) -> JsonDict:
    one = {"text": plain("Good"), "value": "1", **change}
    part = element("feedback_buttons", positive_button=one, negative_button=one)
    return {"type": "context_actions", "elements": [part]}


def icon(**more: Any) -> JsonDict:
    part = element("icon_button", icon="trash", text=plain("x"), **more)
    return {"type": "context_actions", "elements": [part]}


# What is measured, its page below docs.slack.dev/reference/block-kit/ (views:
# docs.slack.dev/reference/), a message block of that size, the smallest and largest size allowed.
MESSAGE_BLOCKS: list[tuple[str, str, Callable[[int], JsonDict], int, int]] = [
    ("section text", "blocks/section-block", lambda n: section("x" * n), 1, 3000),
    (
        "section mrkdwn text",
        "blocks/section-block",
        lambda n: section() | {"text": mrkdwn("x" * n)},
        1,
        3000,
    ),
    ("section fields", "blocks/section-block", lambda n: section(fields=[plain("x")] * n), 1, 10),
    (
        "section field text",
        "blocks/section-block",
        lambda n: section(fields=[plain("x" * n)]),
        1,
        2000,
    ),
    ("block_id", "blocks/section-block", lambda n: section(block_id="x" * n), 1, 255),
    (
        "header text",
        "blocks/header-block",
        lambda n: {"type": "header", "text": plain("x" * n)},
        1,
        150,
    ),
    ("context elements", "blocks/context-block", context, 1, 10),
    ("image url", "blocks/image-block", lambda n: image(image_url=address(n)), 9, 3000),
    ("image alt text", "blocks/image-block", lambda n: image(alt_text="x" * n), 1, 2000),
    ("image title", "blocks/image-block", lambda n: image(title=plain("x" * n)), 1, 2000),
    ("actions elements", "blocks/actions-block", lambda n: actions(*[button()] * n), 1, 25),
    (
        "action_id",
        "block-elements/button-element",
        lambda n: actions(button(action_id="x" * n)),
        1,
        255,
    ),
    ("button text", "block-elements/button-element", lambda n: actions(button("x" * n)), 1, 75),
    (
        "button value",
        "block-elements/button-element",
        lambda n: actions(button(value="x" * n)),
        1,
        2000,
    ),
    (
        "button url",
        "block-elements/button-element",
        lambda n: actions(button(url=address(n))),
        7,
        3000,
    ),
    (
        "button label",
        "block-elements/button-element",
        lambda n: actions(button(accessibility_label="x" * n)),
        1,
        75,
    ),
    (
        "confirm title",
        "composition-objects/confirmation-dialog-object",
        lambda n: confirmed(title=plain("x" * n)),
        1,
        100,
    ),
    (
        "confirm text",
        "composition-objects/confirmation-dialog-object",
        lambda n: confirmed(text=plain("x" * n)),
        1,
        300,
    ),
    (
        "confirm confirm",
        "composition-objects/confirmation-dialog-object",
        lambda n: confirmed(confirm=plain("x" * n)),
        1,
        30,
    ),
    (
        "confirm deny",
        "composition-objects/confirmation-dialog-object",
        lambda n: confirmed(deny=plain("x" * n)),
        1,
        30,
    ),
    (
        "placeholder",
        "block-elements/select-menu-element",
        lambda n: actions(select(placeholder=plain("x" * n))),
        1,
        150,
    ),
    (
        "select options",
        "block-elements/select-menu-element",
        lambda n: actions(select(options=options(n))),
        1,
        100,
    ),
    (
        "option text",
        "composition-objects/option-object",
        lambda n: actions(select(options=[option("x" * n)])),
        1,
        75,
    ),
    (
        "option value",
        "composition-objects/option-object",
        lambda n: actions(select(options=[option(value="x" * n)])),
        1,
        150,
    ),
    (
        "option description",
        "composition-objects/option-object",
        lambda n: actions(select(options=[option(description=plain("x" * n))])),
        1,
        75,
    ),
    (
        "option groups",
        "composition-objects/option-group-object",
        lambda n: grouped(*[group()] * n),
        1,
        100,
    ),
    (
        "group label",
        "composition-objects/option-group-object",
        lambda n: grouped(group("x" * n)),
        1,
        75,
    ),
    (
        "group options",
        "composition-objects/option-group-object",
        lambda n: grouped(group(count=n)),
        1,
        100,
    ),
    (
        "overflow options",
        "block-elements/overflow-menu-element",
        lambda n: actions(element("overflow", options=options(n))),
        1,
        5,
    ),
    (
        "overflow option url",
        "composition-objects/option-object",
        lambda n: actions(element("overflow", options=[option(url=address(n))])),
        7,
        3000,
    ),
    (
        "checkboxes options",
        "block-elements/checkboxes-element",
        lambda n: actions(element("checkboxes", options=options(n))),
        1,
        10,
    ),
    (
        "radio options",
        "block-elements/radio-button-group-element",
        lambda n: actions(element("radio_buttons", options=options(n))),
        1,
        10,
    ),
    ("input label", "blocks/input-block", lambda n: input_block(select(), "x" * n), 1, 2000),
    (
        "input hint",
        "blocks/input-block",
        lambda n: input_block(select(), hint=plain("x" * n)),
        1,
        2000,
    ),
    (
        "markdown text",
        "blocks/markdown-block",
        lambda n: {"type": "markdown", "text": "x" * n},
        1,
        12_000,
    ),
    ("table rows", "blocks/table-block", lambda n: table(*[[cell()]] * n), 1, 100),
    ("table cells", "blocks/table-block", lambda n: table([cell()] * n), 1, 20),
    (
        "table columns",
        "blocks/table-block",
        lambda n: table([cell()], column_settings=[{"align": "left"}] * n),
        1,
        20,
    ),
    ("video title", "blocks/video-block", lambda n: video(title=plain("x" * n)), 1, 199),
    (
        "video description",
        "blocks/video-block",
        lambda n: video(description=plain("x" * n)),
        1,
        199,
    ),
    (
        "icon button value",
        "block-elements/icon-button-element",
        lambda n: icon(value="x" * n),
        1,
        2000,
    ),
    (
        "icon button label",
        "block-elements/icon-button-element",
        lambda n: icon(accessibility_label="x" * n),
        1,
        75,
    ),
    (
        "icon button people",
        "block-elements/icon-button-element",
        lambda n: icon(visible_to_user_ids=["U01LINWEI"] * n),
        1,
        10,
    ),
    (
        "workflow button text",
        "block-elements/workflow-button-element",
        lambda n: actions(workflow_button("x" * n)),
        1,
        75,
    ),
    ("video author", "blocks/video-block", lambda n: video(author_name="x" * n), 1, 49),
    (
        "feedback text",
        "block-elements/feedback-buttons-element",
        lambda n: feedback(text=plain("x" * n)),
        1,
        75,
    ),
    (
        "feedback value",
        "block-elements/feedback-buttons-element",
        lambda n: feedback(value="x" * n),
        1,
        2000,
    ),
    (
        "context actions",
        "blocks/context-actions-block",
        lambda n: {
            "type": "context_actions",
            "elements": [element("icon_button", icon="trash", text=plain("x"))] * n,
        },
        1,
        5,
    ),
]


@pytest.mark.parametrize(
    ("page", "make", "least", "most"),
    [row[1:] for row in MESSAGE_BLOCKS],
    ids=[row[0] for row in MESSAGE_BLOCKS],
)
def test_a_message_block(page: str, make: Callable[[int], JsonDict], least: int, most: int) -> None:
    assert not block_problems([make(least)]), page
    assert not block_problems([make(most)]), page
    assert block_problems([make(least - 1)]), page
    assert block_problems([make(most + 1)]), page


def test_fifty_blocks_in_a_message() -> None:
    assert not block_problems([section()] * 50)
    assert block_problems([section()] * 51)
    assert not block_problems([])


def test_all_markdown_of_a_message_together() -> None:
    half = {"type": "markdown", "text": "x" * 6000}
    assert not block_problems([half, half])
    assert block_problems([half, half, {"type": "markdown", "text": "x"}])
