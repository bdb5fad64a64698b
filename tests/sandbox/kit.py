"""Short ways to write blocks for the tests of the workspace's rules."""

from typing import Any

JsonDict = dict[str, Any]
PICTURE = "https://example.com/a.png"


def plain(text: str) -> JsonDict:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JsonDict:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str = "One", value: str = "1", **more: Any) -> JsonDict:
    """An option."""
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[JsonDict]:
    """So many different options."""
    return [option(f"Option {number}", str(number)) for number in range(count)]


def section(text: str = "Words", **more: Any) -> JsonDict:
    """A section."""
    return {"type": "section", "text": plain(text), **more}


def button(text: str = "Go", **more: Any) -> JsonDict:
    """A button."""
    return {"type": "button", "text": plain(text), **more}


def actions(*parts: JsonDict, **more: Any) -> JsonDict:
    """An actions block."""
    return {"type": "actions", "elements": list(parts), **more}


def element(kind: str, **more: Any) -> JsonDict:
    """Any element."""
    return {"type": kind, **more}


def input_block(part: JsonDict, label: str = "Label", **more: Any) -> JsonDict:
    """An input block."""
    return {"type": "input", "label": plain(label), "element": part, **more}


def modal(*blocks: JsonDict, **more: Any) -> JsonDict:
    """A modal with a submit button."""
    view = {"type": "modal", "title": plain("Title"), "submit": plain("Send")}
    return {**view, "blocks": list(blocks or (section(),)), **more}


def home(*blocks: JsonDict, **more: Any) -> JsonDict:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks or (section(),)), **more}
