"""The strict checks of what the app sends, by the limits that Slack documents.

The figures are those of Slack's Block Kit reference.
"""

from sandbox.validation.message import (
    POST_TEXT_LIMIT,
    UPDATE_TEXT_LIMIT,
    block_problems,
    check_options,
    data_refusal,
    message_content,
)
from sandbox.validation.rules import Problem
from sandbox.validation.view import check_view, view_problems

__all__ = [
    "POST_TEXT_LIMIT",
    "UPDATE_TEXT_LIMIT",
    "Problem",
    "block_problems",
    "check_options",
    "check_view",
    "data_refusal",
    "message_content",
    "view_problems",
]
