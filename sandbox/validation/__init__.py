"""The strict checks of what the app sends: messages, blocks and views."""

from typing import Any

from sandbox.args import Args
from sandbox.model import Json, SlackError
from sandbox.workspace import Draft


def message_content(args: Args, text_limit: int) -> Draft:
    """The content of a message, checked.

    Raises SlackError: no_text, msg_too_long, invalid_blocks_format, invalid_blocks,
    invalid_metadata_format.
    """
    text = args.text("text") or ""
    blocks = args.json("blocks", "invalid_blocks_format")
    attachments = args.json("attachments", "invalid_attachments") or []
    metadata = args.json("metadata", "invalid_metadata_format")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > text_limit:
        raise SlackError("msg_too_long")
    if blocks is not None:
        check_blocks(blocks)
    return Draft(text=text, blocks=blocks or [], attachments=attachments, metadata=metadata)


def check_blocks(blocks: Any) -> None:
    """Raises SlackError invalid_blocks_format unless this is a list of blocks."""
    if not isinstance(blocks, list) or not all(
        isinstance(block, dict) and isinstance(block.get("type"), str) for block in blocks
    ):
        raise SlackError("invalid_blocks_format")


def view_content(args: Args) -> Json:
    """The view given in the arguments, checked. Raises SlackError invalid_arguments."""
    view: Json = args.json("view", "invalid_arguments")
    check_view(view)
    return view


def check_view(view: Any) -> None:
    """Check a view. Raises SlackError invalid_arguments."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        raise SlackError("invalid_arguments", "[ERROR] must provide a view [json-pointer:/view]")
    check_blocks(view.get("blocks"))


def check_options(response: Any) -> None:
    """Check the answer to an option query. Raises SlackError invalid_arguments."""
    if not isinstance(response, dict) or not {"options", "option_groups"} & response.keys():
        raise SlackError("invalid_arguments", "[ERROR] options or option_groups are missing")
