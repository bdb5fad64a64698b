"""The frame of a modal."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from models.records.people import Reader
from templates.slack.blocks import VIEW_BLOCKS
from templates.slack.metadata import FormMeta
from templates.slack.wire import wire
from templates.wording.language import Language
from templates.wording.text import Text

_TITLE_LENGTH = 24


def modal(
    callback_id: str,
    title: Text,
    blocks: Sequence[Block | dict[str, Any]],
    *,
    close: Text,
    submit: Text | None = None,
    meta: FormMeta | None = None,
    notify_on_close: bool = False,
) -> dict[str, Any]:
    """A modal view, as views.open and views.update take it.

    Raises SlackObjectFormationError where it goes beyond Slack's limits.
    """
    view = View(
        type="modal",
        callback_id=callback_id,
        title=_short(title),
        submit=_short(submit) if submit else None,
        close=_short(close),
        blocks=blocks[:VIEW_BLOCKS],
        private_metadata=(meta or FormMeta()).dump(),
        notify_on_close=notify_on_close or None,
    )
    return wire(view)


def laid_on_top(reader: Reader, view: Mapping[str, Any]) -> dict[str, Any]:
    """A view with another one behind it: a form is left by going back there."""
    if not view.get("submit"):
        return dict(view)
    return {**view, "close": _short(Language(reader)._("Back")).to_dict()}


def as_sent(view: Mapping[str, Any]) -> dict[str, Any]:
    """A view that Slack reports, so that it can be sent again; Slack keeps what was entered."""
    parts = ("type", "callback_id", "title", "submit", "close", "private_metadata", "blocks")
    return {part: view[part] for part in (*parts, "notify_on_close") if view.get(part)}


def _short(text: Text) -> PlainTextObject:
    return PlainTextObject(text=text.plain(_TITLE_LENGTH), emoji=False)
