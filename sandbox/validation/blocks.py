"""Layout blocks, and what holds for all blocks of a message or view together."""

from collections.abc import Mapping
from typing import Any

from sandbox.blocks import elements, placed
from sandbox.validation.cards import ALERT, CARD, CAROUSEL, PLAN, TASK_CARD
from sandbox.validation.composition import (
    IMAGE_SOURCE,
    SECURE_ADDRESS,
    WEB_ADDRESS,
    plain,
    text,
)
from sandbox.validation.data import (
    DATA_TABLE,
    DATA_VISUALIZATION,
    TABLE,
    check_data_together,
)
from sandbox.validation.elements import (
    IMAGE,
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
_SECURE = string(3000, pattern=SECURE_ADDRESS, what="an https address")


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


_BLOCKS: dict[str, Rule] = {
    "actions": record(
        {**_TYPE, "elements": array(IN_ACTIONS, 25)},
        _ID,
        also=(_no_repeated_action_ids, _no_response_url),
    ),
    "alert": ALERT,
    "card": CARD,
    "carousel": CAROUSEL,
    "context": record({**_TYPE, "elements": array(IN_CONTEXT, 10)}, _ID),
    "context_actions": record(
        {**_TYPE, "elements": array(IN_CONTEXT_ACTIONS, 5)},
        _ID,
        also=(_no_repeated_action_ids,),
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
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
    "plan": PLAN,
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
    "table": TABLE,
    "task_card": TASK_CARD,
    "video": record(
        {
            **_TYPE,
            "alt_text": string(2000),
            "title": plain(199),
            "thumbnail_url": _ADDRESS,
            "video_url": _SECURE,
        },
        {
            **_ID,
            "author_name": string(49),
            "description": plain(199),
            "provider_icon_url": _ADDRESS,
            "provider_name": string(255),
            "title_url": _SECURE,
        },
    ),
}

# A file block is in no list: only Slack itself puts it into messages.
# Where some blocks are not available; the others stand on every surface. Slack's sources disagree
# whether tables, charts and containers show on the Home tab: here they are refused on it.
_ONLY_ON: dict[str, frozenset[Surface]] = {
    "alert": frozenset({"modal"}),
    "card": frozenset({"message", "home"}),
    "carousel": frozenset({"message", "home"}),
    "container": _MESSAGE,
    "context_actions": _MESSAGE,
    "data_table": _MESSAGE,
    "data_visualization": _MESSAGE,
    "markdown": _MESSAGE,
    "plan": _MESSAGE,
    "table": _MESSAGE,
    "task_card": _MESSAGE,
}

# What a container may hold: those that both Slack's reference and its validator name.
_CONTAINED = ("actions", "context", "divider", "header", "image", "section", "table", "video")


def _collapses(value: Any, at: str, report: Report) -> None:
    folds = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not folds:
        report.add(f"{at}/default_collapsed", "requires is_collapsible")
    if value.get("has_header_divider") and folds:
        report.add(f"{at}/has_header_divider", "only without is_collapsible")


_CONTAINER = record(
    {**_TYPE, "child_blocks": array(typed({name: _BLOCKS[name] for name in _CONTAINED}), 10)},
    {
        **_ID,
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    also=(at_least_one("title", "rich_text_title"), _collapses),
)
_BLOCK = typed({**_BLOCKS, "container": _CONTAINER}, _ONLY_ON)


def check_all(blocks: list[Any], at: str, report: Report) -> None:
    """Check every block, then what concerns several of them."""
    before = len(report.problems)
    array(_BLOCK, MOST_BLOCKS[report.surface], 0)(blocks, at, report)
    if len(report.problems) > before:
        return
    _unique_block_ids(blocks, at, report)
    _one_focus(blocks, at, report)
    check_data_together(blocks, at, report)
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > _MARKDOWN_LIMIT:
        report.add(at, f"markdown blocks must have less than {_MARKDOWN_LIMIT + 1} characters")


def _unique_block_ids(blocks: list[Any], at: str, report: Report) -> None:
    seen: set[str] = set()
    for pointer, block in placed(blocks, at):
        block_id = block.get("block_id")
        if block_id in seen:
            report.add(f"{pointer}/block_id", f"`block_id` already exists: `{block_id}`")
        if block_id:
            seen.add(block_id)


def _one_focus(blocks: list[Any], at: str, report: Report) -> None:
    focused = [element for _, element in elements(blocks) if element.get("focus_on_load")]
    if len(focused) > 1:
        report.add(at, "only one element can have focus_on_load")
