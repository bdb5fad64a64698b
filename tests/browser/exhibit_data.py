"""The newer blocks that the exhibit posts: tables, charts, cards, containers, plans, alerts."""

from typing import Any

from tests.browser.exhibit_blocks import Json, button, mrkdwn, plain, section


def cell(words: str) -> Json:
    """A cell of plain words."""
    return {"type": "raw_text", "text": words}


def _row(visit: str, guests: int, state: str) -> list[Json]:
    open_it = {"type": "action_cell", "element": button("Open", "open", value=visit)}
    return [cell(visit), {"type": "raw_number", "value": guests}, cell(state), open_it]


def _plot(kind: str, title: str, **series: list[float]) -> Json:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {
            "type": kind,
            "series": [
                {
                    "name": name,
                    "data": [
                        {"label": month, "value": value}
                        for month, value in zip(months, values, strict=True)
                    ],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": months, "x_label": "Month", "y_label": "Visits"},
        },
    }


def _rich(words: str) -> Json:
    piece = {"type": "text", "text": words}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [piece]}]}


def _card(title: str, note: str, **parts: Any) -> Json:
    return {"type": "card", "title": plain(title), "subtitle": plain(note), **parts}


# Drawn where a picture stands; the workspace serves it as a file.
GATE = (
    "gate.svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" '
    b'fill="#9cc"/><path d="M8 30V12h24v18h-6V18H14v12z" fill="#356"/></svg>',
)
VISITS_TABLE: Json = {
    "type": "data_table",
    "caption": "Visits of this month",
    "page_size": 3,
    "rows": [
        [cell("Visit"), cell("Guests"), cell("State"), cell("More")],
        _row("V-0001", 3, "Approved"),
        _row("V-0002", 12, "Waiting"),
        _row("V-0003", 1, "Approved"),
        _row("V-0004", 5, "Cancelled"),
    ],
}
BARS = _plot("bar", "Visits by month", Inbound=[3, 5, 2, 8, 6, 9], Outbound=[1, 0, 2, 3, 2, 4])
LINES = _plot("line", "Against last year", Change=[-2, 1.5, -1, 3, 4, 2])
AREA = _plot("area", "Guests by month", Guests=[12, 30, 8, 41, 33, 52], Hosts=[6, 9, 4, 15, 12, 18])
PIE: Json = {
    "type": "data_visualization",
    "title": "Purposes",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "Site audit", "value": 12},
            {"label": "Signing", "value": 5},
            {"label": "签约", "value": 3},
        ],
    },
}


def newer_blocks(file_id: str) -> list[Json]:
    """A table, cards with this file as their picture, containers and a plan."""
    picture = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "The gate"}
    return [
        VISITS_TABLE,
        {
            "type": "carousel",
            "elements": [
                _card(
                    "Harbour Hotel",
                    "10 minutes by car",
                    hero_image=picture,
                    body=mrkdwn("*Quiet*"),
                    actions=[button("Book", "book", style="primary")],
                ),
                _card(
                    "Guest house",
                    "On the site",
                    icon=picture,
                    body=plain("6 rooms"),
                    actions=[button("Book", "book_two")],
                ),
                _card("海景酒店", "25 分钟车程", body=plain("可看海")),
            ],
        },
        {
            "type": "container",
            "title": plain("Cars for V-0001"),
            "subtitle": mrkdwn("2 of 3 _confirmed_"),
            "has_header_divider": True,
            "child_blocks": [
                section("Buick GL8, <@U11MALONG>"),
                {"type": "divider"},
                {"type": "actions", "elements": [button("Confirm", "confirm_car")]},
            ],
        },
        {
            "type": "container",
            "title": plain("What was changed"),
            "is_collapsible": True,
            "default_collapsed": True,
            "child_blocks": [section("Arrival moved to 11:00")],
        },
        {
            "type": "plan",
            "title": "Preparation of V-0001",
            "tasks": [
                {
                    "type": "task_card",
                    "task_id": "1",
                    "title": "Car",
                    "status": "complete",
                    "output": _rich("Buick GL8, Ma Long"),
                },
                {"type": "task_card", "task_id": "2", "title": "Hotel", "status": "in_progress"},
                {
                    "type": "task_card",
                    "task_id": "3",
                    "title": "Welcome words",
                    "status": "error",
                    "details": _rich("The screen is broken"),
                },
                {
                    "type": "task_card",
                    "task_id": "4",
                    "title": "Gift",
                    "status": "pending",
                    "sources": [{"type": "url", "url": "https://example.com/", "text": "Register"}],
                },
            ],
        },
    ]


def alerts() -> Json:
    """A modal of alerts."""
    levels = ["default", "info", "warning", "error", "success"]
    blocks = [
        {"type": "alert", "text": mrkdwn(f"The hall is taken (*{level}*)"), "level": level}
        for level in levels
    ]
    return {"type": "modal", "title": plain("Alerts"), "blocks": blocks}
