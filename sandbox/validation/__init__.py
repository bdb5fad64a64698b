"""The strict checks of what the app sends, by the limits that Slack documents.

The figures are those of Slack's Block Kit reference.
"""

from sandbox.validation.data import DATA_BLOCKS
from sandbox.validation.message import (
    POST_TEXT_LIMIT,
    UPDATE_TEXT_LIMIT,
    block_problems,
    check_options,
    message_content,
)
from sandbox.validation.rules import Problem
from sandbox.validation.view import check_view, view_problems

__all__ = [
    "DATA_BLOCKS",
    "POST_TEXT_LIMIT",
    "UPDATE_TEXT_LIMIT",
    "Problem",
    "block_problems",
    "check_options",
    "check_view",
    "message_content",
    "view_problems",
]
