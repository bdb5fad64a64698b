"""One correct sample of every block and element of Slack's Block Kit, and where each may stand.

The pages are those below docs.slack.dev/reference/block-kit/.
"""

from dataclasses import dataclass
from typing import Any

from tests.sandbox.kit import (
    PICTURE,
    JsonDict,
    actions,
    button,
    element,
    input_block,
    mrkdwn,
    options,
    plain,
    section,
)

SURFACES = ("message", "modal", "home")


@dataclass(frozen=True, slots=True)
class Sample:
    """A block, the surfaces that show it, and its page of the reference."""

    block: JsonDict
    on: str
    page: str


def rich(words: str = "x") -> JsonDict:
    """A rich_text block of one section."""
    piece = {"type": "text", "text": words}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [piece]}],
    }


def cell(words: str = "x") -> JsonDict:
    """A cell of plain words."""
    return {"type": "raw_text", "text": words}


def number(value: Any = 1, **more: Any) -> JsonDict:
    """A cell that holds a number."""
    return {"type": "raw_number", "value": value, **more}


def action_cell(text: str = "Go", **more: Any) -> JsonDict:
    """A cell that holds a button."""
    return {"type": "action_cell", "element": button(text), **more}


def table(*rows: list[JsonDict], **more: Any) -> JsonDict:
    """A table."""
    return {"type": "table", "rows": list(rows), **more}


def data_table(*rows: list[JsonDict], **more: Any) -> JsonDict:
    """A data table, whose first row is the header."""
    return {"type": "data_table", "caption": "Visits", "rows": list(rows), **more}


def chart(chart: JsonDict, title: str = "Visits") -> JsonDict:
    """A data visualization."""
    return {"type": "data_visualization", "title": title, "chart": chart}


def pie(count: int = 1, label: str = "A", value: Any = 1) -> JsonDict:
    """A pie of so many equal segments."""
    return chart({"type": "pie", "segments": [{"label": label, "value": value}] * count})


def plot(
    kind: str = "bar",
    series: int = 1,
    points: int = 1,
    *,
    name: str | None = None,
    category: str | None = None,
    **axis: Any,
) -> JsonDict:
    """A chart of so many series with so many points each."""
    categories = [f"c{each}" if category is None else category for each in range(points)]
    data = [{"label": each, "value": 1} for each in categories]
    names = [f"s{each}" if name is None else name for each in range(series)]
    return chart(
        {
            "type": kind,
            "series": [{"name": each, "data": data} for each in names],
            "axis_config": {"categories": categories, **axis},
        }
    )


def alert(words: str = "x", **more: Any) -> JsonDict:
    """An alert."""
    return {"type": "alert", "text": plain(words), **more}


def card(**parts: Any) -> JsonDict:
    """A card; without parts one with a title."""
    return {"type": "card", **(parts or {"title": mrkdwn("x")})}


def carousel(count: int = 1) -> JsonDict:
    """A carousel of so many cards."""
    return {"type": "carousel", "elements": [card()] * count}


def container(*children: JsonDict, **more: Any) -> JsonDict:
    """A container."""
    title = {} if "rich_text_title" in more else {"title": plain("x")}
    return {"type": "container", "child_blocks": list(children), **title, **more}


def task(**more: Any) -> JsonDict:
    """A task card."""
    return {"type": "task_card", "task_id": "1", "title": "x", **more}


def plan(*tasks: JsonDict, **more: Any) -> JsonDict:
    """A plan."""
    return {"type": "plan", "title": "x", "tasks": list(tasks), **more}


def video(**more: Any) -> JsonDict:
    """A video."""
    return {
        "type": "video",
        "alt_text": "x",
        "title": plain("x"),
        "thumbnail_url": PICTURE,
        "video_url": "https://example.com/v",
        **more,
    }


def workflow_button(text: str = "x", **more: Any) -> JsonDict:
    """A workflow button."""
    trigger = {"trigger": {"url": "https://slack.com/shortcuts/Ft1/abc"}}
    return element("workflow_button", text=plain(text), workflow=trigger, **more)


def _feedback() -> JsonDict:
    one = {"text": plain("Good"), "value": "1"}
    return element("feedback_buttons", positive_button=one, negative_button=one)


def _with(part: JsonDict) -> JsonDict:
    return {"type": "context_actions", "elements": [part]}


_IMAGE = {"image_url": PICTURE, "alt_text": "x"}
_CHOICE = {"options": options(2)}
ALL = "message modal home"

BLOCKS: dict[str, Sample] = {
    "actions": Sample(actions(button()), ALL, "blocks/actions-block"),
    "alert": Sample(alert(), "modal", "blocks/alert-block"),
    "card": Sample(card(), "message home", "blocks/card-block"),
    "carousel": Sample(carousel(), "message home", "blocks/carousel-block"),
    "container": Sample(container(section()), "message", "blocks/container-block"),
    "context": Sample(
        {"type": "context", "elements": [plain("x"), mrkdwn("x"), element("image", **_IMAGE)]},
        ALL,
        "blocks/context-block",
    ),
    "context_actions": Sample(_with(_feedback()), "message", "blocks/context-actions-block"),
    "data_table": Sample(data_table([cell()], [cell()]), "message", "blocks/data-table-block"),
    "data_visualization": Sample(pie(), "message", "blocks/data-visualization-block"),
    "divider": Sample({"type": "divider"}, ALL, "blocks/divider-block"),
    "file": Sample(
        {"type": "file", "external_id": "A", "source": "remote"}, "", "blocks/file-block"
    ),
    "header": Sample({"type": "header", "text": plain("x")}, ALL, "blocks/header-block"),
    "image": Sample({"type": "image", **_IMAGE}, ALL, "blocks/image-block"),
    "input": Sample(input_block(element("plain_text_input")), ALL, "blocks/input-block"),
    "markdown": Sample({"type": "markdown", "text": "x"}, "message", "blocks/markdown-block"),
    "plan": Sample(plan(task(status="complete")), "message", "blocks/plan-block"),
    "rich_text": Sample(rich(), ALL, "blocks/rich-text-block"),
    "section": Sample(section(), ALL, "blocks/section-block"),
    "table": Sample(table([cell()], [number()]), "message", "blocks/table-block"),
    "task_card": Sample(task(), "message", "blocks/task-card-block"),
    "video": Sample(video(), ALL, "blocks/video-block"),
}


def _selects(kind: str) -> dict[str, Sample]:
    parts = _CHOICE if kind == "static" else {}
    page = "select-menu-element"
    return {
        f"{many}{kind}_select": Sample(
            section(accessory=element(f"{many}{kind}_select", **parts)),
            ALL,
            f"block-elements/{'multi-' if many else ''}{page}",
        )
        for many in ("", "multi_")
    }


def _typed(kind: str, on: str, page: str, **parts: Any) -> Sample:
    return Sample(input_block(element(kind, **parts)), on, f"block-elements/{page}")


ELEMENTS: dict[str, Sample] = {
    "button": Sample(actions(button()), ALL, "block-elements/button-element"),
    "checkboxes": Sample(
        actions(element("checkboxes", **_CHOICE)), ALL, "block-elements/checkboxes-element"
    ),
    "datepicker": Sample(actions(element("datepicker")), ALL, "block-elements/date-picker-element"),
    "datetimepicker": Sample(
        input_block(element("datetimepicker")),
        "message modal",
        "block-elements/datetime-picker-element",
    ),
    "email_text_input": _typed("email_text_input", "modal", "email-input-element"),
    "feedback_buttons": Sample(
        _with(_feedback()), "message", "block-elements/feedback-buttons-element"
    ),
    "file_input": _typed("file_input", "modal", "file-input-element", max_files=1),
    "icon_button": Sample(
        _with(element("icon_button", icon="trash", text=plain("x"))),
        "message",
        "block-elements/icon-button-element",
    ),
    "image": Sample(
        section(accessory=element("image", **_IMAGE)), ALL, "block-elements/image-element"
    ),
    "number_input": _typed(
        "number_input", "modal", "number-input-element", is_decimal_allowed=False
    ),
    "overflow": Sample(
        actions(element("overflow", **_CHOICE)), ALL, "block-elements/overflow-menu-element"
    ),
    "plain_text_input": _typed("plain_text_input", ALL, "plain-text-input-element"),
    "radio_buttons": Sample(
        actions(element("radio_buttons", **_CHOICE)),
        ALL,
        "block-elements/radio-button-group-element",
    ),
    "rich_text_input": _typed("rich_text_input", "modal home", "rich-text-input-element"),
    "timepicker": Sample(actions(element("timepicker")), ALL, "block-elements/time-picker-element"),
    "url": Sample(
        task(sources=[element("url", url="https://example.com/", text="x")]),
        "message",
        "block-elements/url-source-element",
    ),
    "url_text_input": _typed("url_text_input", "modal", "url-input-element"),
    "workflow_button": Sample(
        actions(workflow_button()), "message", "block-elements/workflow-button-element"
    ),
    **_selects("static"),
    **_selects("external"),
    **_selects("users"),
    **_selects("conversations"),
    **_selects("channels"),
}
