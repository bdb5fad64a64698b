"""Messages: text, blocks, attachments and metadata."""

import json
from typing import Any

from sandbox.args import Args
from sandbox.model import SlackError
from sandbox.validation.blocks import check_all
from sandbox.validation.composition import OPTION, OPTION_GROUPS
from sandbox.validation.composition import options as option_list
from sandbox.validation.data import data_blocks
from sandbox.validation.rules import Problem, Report, exactly_one
from sandbox.workspace import Draft

POST_TEXT_LIMIT = 40_000
UPDATE_TEXT_LIMIT = 4_000
_MOST_ATTACHMENTS = 100
# Slack names no figure; messages of more than about 13,200 characters in blocks are refused.
_MOST_BLOCK_CHARACTERS = 13_000
_MOST_METADATA_BYTES = 8_000
_SIMPLE = str | int | float | bool


def message_content(args: Args, text_limit: int = POST_TEXT_LIMIT) -> Draft:
    """The content of a message, checked.

    Raises SlackError: no_text, msg_too_long, invalid_blocks_format, invalid_blocks,
    msg_blocks_too_long, invalid_attachments, too_many_attachments, invalid_metadata_format,
    invalid_metadata_schema, metadata_too_large.
    """
    text = args.text("text") or ""
    if args.has("markdown_text"):
        return _markdown_content(args, text)
    blocks = args.json("blocks", "invalid_blocks_format")
    attachments = args.json("attachments", "invalid_attachments")
    if attachments is None:
        attachments = []
    metadata = args.json("metadata", "invalid_metadata_format")
    if not text and not blocks and not attachments:
        raise SlackError("no_text")
    if len(text) > text_limit:
        raise SlackError("msg_too_long")
    if blocks is not None:
        _check_blocks(blocks)
    _check_attachments(attachments)
    if metadata is not None:
        _check_metadata(metadata)
    return Draft(text=text, blocks=blocks or [], attachments=attachments, metadata=metadata)


def _markdown_content(args: Args, text: str) -> Draft:
    if text or args.has("blocks"):
        raise SlackError("markdown_text_conflict")
    block = {"type": "markdown", "text": args.text("markdown_text")}
    if block_problems([block]):
        raise SlackError("msg_too_long")
    return message_content(Args({**args.values, "markdown_text": None, "blocks": [block]}))


def block_problems(blocks: Any, at: str = "/blocks") -> list[Problem]:
    """Everything that Slack would find wrong with the blocks of a message."""
    report = Report("message")
    check_all(blocks, at, report)
    return report.problems


def data_refusal(args: Args) -> SlackError | None:
    """How a plan without tables and charts refuses a message; None when it holds neither."""
    blocks = args.json("blocks", "invalid_blocks_format")
    found = data_blocks(blocks, "/blocks") if isinstance(blocks, list) else ()
    problems = [
        Problem(pointer, f"unsupported type: {kind}", "unsupported_type") for pointer, kind in found
    ]
    return _refusal("invalid_blocks", problems) if problems else None


def check_options(response: Any) -> None:
    """Check the answer to an option query. Raises SlackError invalid_arguments."""
    report = Report("modal")
    if not isinstance(response, dict):
        report.add("", "must provide an object")
    else:
        exactly_one("options", "option_groups")(response, "", report)
        if response.get("options"):
            option_list(OPTION, 100)(response["options"], "/options", report)
        if response.get("option_groups"):
            OPTION_GROUPS(response["option_groups"], "/option_groups", report)
    if report.problems:
        raise SlackError("invalid_arguments", *(f"[ERROR] {each}" for each in report.problems))


def _check_blocks(blocks: Any) -> None:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    problems = block_problems(blocks)
    tables = any(problem.code == "only_one_table_allowed" for problem in problems)
    _refuse("invalid_attachments" if tables else "invalid_blocks", problems)
    if _characters(blocks) > _MOST_BLOCK_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def _check_attachments(attachments: Any) -> None:
    if not isinstance(attachments, list) or not all(
        isinstance(attachment, dict) for attachment in attachments
    ):
        raise SlackError("invalid_attachments")
    if len(attachments) > _MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for number, attachment in enumerate(attachments):
        if "blocks" in attachment:
            at = f"/attachments/{number}/blocks"
            _refuse("invalid_attachments", block_problems(attachment["blocks"], at))


def _check_metadata(metadata: Any) -> None:
    if (
        not isinstance(metadata, dict)
        or set(metadata) != {"event_type", "event_payload"}
        or not isinstance(metadata["event_type"], str)
        or not metadata["event_type"]
        or not isinstance(metadata["event_payload"], dict)
    ):
        raise SlackError("invalid_metadata_format")
    if not all(_fits(value) for value in metadata["event_payload"].values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata, ensure_ascii=False).encode()) > _MOST_METADATA_BYTES:
        raise SlackError("metadata_too_large")


def _fits(value: Any, deep: bool = True) -> bool:
    """Metadata holds plain values, flat objects of them, and lists of either."""
    if isinstance(value, dict) and deep:
        return all(isinstance(each, _SIMPLE) for each in value.values())
    if isinstance(value, list) and deep:
        return all(_fits(each, deep=False) or isinstance(each, dict) for each in value)
    return isinstance(value, _SIMPLE)


def _characters(part: Any) -> int:
    if isinstance(part, dict):
        return sum(
            len(value) if name == "text" and isinstance(value, str) else _characters(value)
            for name, value in part.items()
        )
    if isinstance(part, list):
        return sum(_characters(each) for each in part)
    return 0


def _refuse(code: str, problems: list[Problem]) -> None:
    if problems:
        raise _refusal(code, problems)


def _refusal(code: str, problems: list[Problem]) -> SlackError:
    messages = [f"[ERROR] {problem}" for problem in problems]
    return SlackError(code, *messages, errors=[str(problem) for problem in problems])
