"""Cursors: a page of a list, and where the next begins."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.args import Args
from sandbox.model import Json, SlackError

Item = TypeVar("Item")


def page(
    items: Sequence[Item], args: Args, *, default: int = 100, most: int = 1000
) -> tuple[list[Item], Json]:
    """One page of `items` and the answer's response_metadata.

    Raises SlackError: invalid_limit, invalid_cursor.
    """
    limit = args.number("limit", default) or default
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = _decode(args.text("cursor"))
    if start > len(items):
        raise SlackError("invalid_cursor")
    end = start + limit
    following = _encode(end) if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": following}


def _encode(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _decode(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word != "next":
            raise SlackError("invalid_cursor")
        return int(position)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None
