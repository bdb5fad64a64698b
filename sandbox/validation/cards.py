"""Alerts, cards, carousels, plans and their tasks."""

from collections.abc import Mapping

from sandbox.validation.composition import WEB_ADDRESS, text
from sandbox.validation.elements import IMAGE, IN_CARD
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Rule,
    anything,
    array,
    at_least_one,
    one_of,
    record,
    string,
    typed,
)

_TYPE: Mapping[str, Rule] = {"type": anything}
_ID: Mapping[str, Rule] = {"block_id": string(255)}
# Slack names no figure for the plain titles of plans and tasks.
_TITLE = string(3000)

ALERT = record(
    {**_TYPE, "text": text(200)},
    {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
)

CARD = record(
    _TYPE,
    {
        **_ID,
        "hero_image": IMAGE,
        "icon": IMAGE,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": array(IN_CARD, 3),
    },
    also=(at_least_one("hero_image", "title", "actions", "body"),),
)

CAROUSEL = record({**_TYPE, "elements": array(typed({"card": CARD}), 10)}, _ID)

_SOURCE = record(
    {**_TYPE, "url": string(3000, pattern=WEB_ADDRESS, what="a web address"), "text": string(3000)}
)
TASK_CARD = record(
    {**_TYPE, "task_id": string(255), "title": _TITLE},
    {
        **_ID,
        "status": one_of("pending", "in_progress", "complete", "error"),
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": array(typed({"url": _SOURCE}), 100, 0),
    },
)

PLAN = record(
    {**_TYPE, "title": _TITLE}, {**_ID, "tasks": array(typed({"task_card": TASK_CARD}), 100, 0)}
)
