"""Modal and Home tab views."""

import json
from typing import Any

from sandbox.model import Json, SlackError
from sandbox.validation.blocks import check_all
from sandbox.validation.composition import plain
from sandbox.validation.rules import (
    Problem,
    Report,
    Rule,
    anything,
    boolean,
    record,
    string,
    typed,
)

_MOST_BYTES = 250_000
_COMMON: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_VIEW = typed(
    {
        "modal": record(
            {"type": anything, "title": plain(24), "blocks": anything},
            {
                **_COMMON,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
            },
        ),
        "home": record({"type": anything, "blocks": anything}, _COMMON),
    }
)


def view_problems(view: Any, at: str = "/view") -> list[Problem]:
    """Everything that Slack would find wrong with a view."""
    kind = view.get("type") if isinstance(view, dict) else None
    report = Report("home" if kind == "home" else "modal")
    _VIEW(view, at, report)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if isinstance(blocks, list) and not blocks:
        report.add(f"{at}/blocks", "no fewer than 1 items allowed")
    elif blocks is not None:
        check_all(blocks, f"{at}/blocks", report)
    if not report.problems and kind == "modal":
        has_input = any(block["type"] == "input" for block in view["blocks"])
        if has_input and "submit" not in view:
            report.add(at, "submit is required when an input block is within the blocks array")
    return report.problems


def check_view(view: Any) -> Json:
    """The view, if it is right. Raises SlackError: invalid_arguments, view_too_large."""
    problems = view_problems(view)
    if problems:
        raise SlackError("invalid_arguments", *(f"[ERROR] {problem}" for problem in problems))
    if len(json.dumps(view, ensure_ascii=False).encode()) > _MOST_BYTES:
        raise SlackError("view_too_large")
    checked: Json = view
    return checked
