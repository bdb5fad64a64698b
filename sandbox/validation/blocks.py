"""Layout blocks, and what holds for all blocks of a message or view together."""

from collections.abc import Mapping
from typing import Any

from sandbox.blocks import elements
from sandbox.validation.composition import IMAGE_SOURCE, WEB_ADDRESS, plain, text
from sandbox.validation.elements import (
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Report,
    Rule,
    Surface,
    anything,
    array,
    at_least_one,
    boolean,
    exactly_one,
    one_of,
    record,
    string,
    typed,
)

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
_MARKDOWN_LIMIT = 12_000
_MESSAGE: frozenset[Surface] = frozenset({"message"})

_TYPE: Mapping[str, Rule] = {"type": anything}
_ID: Mapping[str, Rule] = {"block_id": string(255)}
_ADDRESS = string(3000, pattern=WEB_ADDRESS, what="a web address")


def _no_repeated_action_ids(value: Any, at: str, report: Report) -> None:
    seen: set[str] = set()
    for number, element in enumerate(value["elements"]):
        action_id = element.get("action_id")
        if action_id in seen:
            report.add(
                f"{at}/elements/{number}/action_id",
                f"`action_id` already exists for existing action with `{action_id}`",
            )
        if action_id:
            seen.add(action_id)


def _input_fits(value: Any, at: str, report: Report) -> None:
    element = value["element"]
    if element["type"] == "file_input" and value.get("dispatch_action"):
        report.add(f"{at}/element/type", "unsupported type: file_input", "unsupported_type")
    if element.get("response_url_enabled") and report.surface != "modal":
        report.add(f"{at}/element/response_url_enabled", "only works in modals")


def _no_response_url(value: Any, at: str, report: Report) -> None:
    parts = value["elements"] if value["type"] == "actions" else [value.get("accessory", {})]
    for part in parts:
        if part.get("response_url_enabled"):
            report.add(at, "response_url_enabled only works in input blocks of modals")


_CELL = typed(
    {
        "raw_text": record({**_TYPE, "text": string(3000)}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})

_BLOCK = typed(
    {
        "actions": record(
            {**_TYPE, "elements": array(IN_ACTIONS, 25)},
            _ID,
            also=(_no_repeated_action_ids, _no_response_url),
        ),
        "context": record({**_TYPE, "elements": array(IN_CONTEXT, 10)}, _ID),
        "context_actions": record(
            {**_TYPE, "elements": array(IN_CONTEXT_ACTIONS, 5)},
            _ID,
            also=(_no_repeated_action_ids,),
        ),
        "divider": record(_TYPE, _ID),
        "header": record({**_TYPE, "text": plain(150)}, _ID),
        "image": record(
            {**_TYPE, "alt_text": string(2000)},
            {**_ID, **IMAGE_SOURCE, "title": plain(2000)},
            also=(exactly_one("image_url", "slack_file"),),
        ),
        "input": record(
            {**_TYPE, "label": plain(2000), "element": IN_INPUT},
            {**_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
            also=(_input_fits,),
        ),
        "markdown": record({**_TYPE, "text": string(_MARKDOWN_LIMIT)}, _ID),
        "rich_text": RICH_TEXT,
        "section": record(
            _TYPE,
            {
                **_ID,
                "text": text(3000),
                "fields": array(text(2000), 10),
                "accessory": IN_SECTION,
                "expand": boolean,
            },
            also=(at_least_one("text", "fields"), _no_response_url),
        ),
        "table": record(
            {**_TYPE, "rows": array(array(_CELL, 20), 100)},
            {**_ID, "column_settings": array(_COLUMN, 20)},
        ),
        "video": record(
            {
                **_TYPE,
                "alt_text": string(2000),
                "title": plain(199),
                "thumbnail_url": _ADDRESS,
                "video_url": _ADDRESS,
            },
            {
                **_ID,
                "author_name": string(49),
                "description": plain(199),
                "provider_icon_url": _ADDRESS,
                "provider_name": string(255),
                "title_url": string(3000, pattern=r"https://\S+", what="an https address"),
            },
        ),
    },
    {"context_actions": _MESSAGE, "markdown": _MESSAGE, "table": _MESSAGE},
)


def check_all(blocks: list[Any], at: str, report: Report) -> None:
    """Check every block, then what concerns several of them."""
    before = len(report.problems)
    array(_BLOCK, MOST_BLOCKS[report.surface], 0)(blocks, at, report)
    if len(report.problems) > before:
        return
    _unique_block_ids(blocks, at, report)
    _one_focus(blocks, at, report)
    _one_table(blocks, at, report)
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > _MARKDOWN_LIMIT:
        report.add(at, f"markdown blocks must have less than {_MARKDOWN_LIMIT + 1} characters")


def _unique_block_ids(blocks: list[Any], at: str, report: Report) -> None:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            report.add(f"{at}/{number}/block_id", f"`block_id` already exists: `{block_id}`")
        if block_id:
            seen.add(block_id)


def _one_focus(blocks: list[Any], at: str, report: Report) -> None:
    focused = [element for _, element in elements(blocks) if element.get("focus_on_load")]
    if len(focused) > 1:
        report.add(at, "only one element can have focus_on_load")


def _one_table(blocks: list[Any], at: str, report: Report) -> None:
    if sum(block["type"] == "table" for block in blocks) > 1:
        report.add(at, "only one table is allowed in a message")
