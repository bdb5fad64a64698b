"""A modal that says one thing."""

from typing import Any

from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

from models.records.people import Reader
from templates.slack import ids
from templates.slack.message import Message
from templates.slack.modal import modal
from templates.wording.language import Language
from templates.wording.text import clip


def notice_view(reader: Reader, text: str) -> dict[str, Any]:
    """Words as `templates.errors` gives them (mrkdwn), in a modal with nothing but Close."""
    language = Language(reader)
    words = MarkdownTextObject(text=clip(text, 3000) or "–", verbatim=True)
    blocks = [SectionBlock(text=words)]
    return modal(ids.NOTICE_VIEW, language._("Usher"), [*blocks], close=language._("Close"))


def message_view(reader: Reader, message: Message) -> dict[str, Any]:
    """A message shown in a modal, where there is no conversation to say it in."""
    if not message.blocks:
        return notice_view(reader, message.text)
    language = Language(reader)
    return modal(ids.NOTICE_VIEW, language._("Usher"), message.blocks, close=language._("Close"))


def with_notice(view: dict[str, Any], text: str) -> dict[str, Any]:
    """A form with words above its questions (mrkdwn, as `templates.errors` gives them)."""
    words = MarkdownTextObject(text=clip(text, 3000) or "–", verbatim=True)
    notice = SectionBlock(block_id=ids.NOTICE, text=words).to_dict()
    asked = [block for block in view["blocks"] if block.get("block_id") != ids.NOTICE]
    return {**view, "blocks": [notice, *asked]}
