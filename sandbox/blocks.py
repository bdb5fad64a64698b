"""Walking through blocks, and filling in what Slack fills in."""

from collections.abc import Iterator
from typing import Any

from sandbox.ids import Ids
from sandbox.model import Json

_STATELESS = {"button", "overflow", "image", "workflow_button", "feedback_buttons", "icon_button"}
_NOT_INTERACTIVE = {"image", "plain_text", "mrkdwn"}
# Where blocks that hold others keep them.
_HOLDERS = {"container": "child_blocks", "carousel": "elements"}


def placed(blocks: list[Json], at: str = "") -> Iterator[tuple[str, Json]]:
    """Each block with its JSON pointer below `at`, and after it the blocks that it holds."""
    for number, block in enumerate(blocks):
        yield f"{at}/{number}", block
        held = _HOLDERS.get(block["type"])
        if held is not None:
            yield from placed(block[held], f"{at}/{number}/{held}")


def nested(blocks: list[Json]) -> Iterator[Json]:
    """Each block, and after it the blocks that it holds."""
    return (block for _, block in placed(blocks))


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each interactive element with the block that it stands in."""
    for block in nested(blocks):
        kind = block["type"]
        if kind in ("actions", "context_actions"):
            for element in block["elements"]:
                yield block, element
        elif kind == "card":
            for element in block.get("actions", ()):
                yield block, element
        elif kind == "data_table":
            for cell in (cell for row in block["rows"] for cell in row):
                if cell["type"] == "action_cell":
                    yield block, cell["element"]
        elif kind == "section" and "accessory" in block:
            if block["accessory"]["type"] not in _NOT_INTERACTIVE:
                yield block, block["accessory"]
        elif kind == "input":
            yield block, block["element"]


def is_stateful(element: Json) -> bool:
    """Whether the element keeps what a person chose or typed."""
    return element["type"] not in _STATELESS


def find(
    blocks: list[Json], block_id: str, action_id: str, value: str | None = None
) -> tuple[Json, Json] | None:
    """The block and element with these ids.

    The cells of a table may share an action id: then `value` tells which button is meant.
    """
    found = [
        (block, element)
        for block, element in elements(blocks)
        if block["block_id"] == block_id and element["action_id"] == action_id
    ]
    meant = [each for each in found if each[1].get("value") == value]
    return next(iter(meant or found), None)


def complete(blocks: list[Json], ids: Ids) -> list[Json]:
    """A copy with the block ids, action ids and text flags that Slack adds by itself."""
    done = [_completed(block) for block in blocks]
    taken = {block.get("block_id") for block in nested(done)}
    for block in nested(done):
        if not block.get("block_id"):
            fresh = ids.short()
            while fresh in taken:
                fresh = ids.short()
            taken.add(fresh)
            block["block_id"] = fresh
    for _, element in elements(done):
        if not element.get("action_id"):
            element["action_id"] = ids.short()
    return done


def _completed(part: Any) -> Any:
    """A deep copy in which texts have their flags."""
    if isinstance(part, dict):
        copied = {
            name: _completed(value) if isinstance(value, dict | list) else value
            for name, value in part.items()
        }
        kind = part.get("type")
        if kind == "plain_text":
            copied.setdefault("emoji", True)
        elif kind == "mrkdwn":
            copied.setdefault("verbatim", False)
        return copied
    return [_completed(each) if isinstance(each, dict | list) else each for each in part]
