"""Tables and charts: their cells, columns, series and figures.

Where Slack's reference and its own guide name different figures (rows of a data table, characters
over all its cells), the smaller one holds: what passes here passes there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blocks import nested
from sandbox.validation.composition import numeric
from sandbox.validation.elements import IN_CARD
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    Report,
    Rule,
    anything,
    array,
    boolean,
    integer,
    one_of,
    record,
    string,
    typed,
)

_DATA_BLOCKS = frozenset({"table", "data_table", "data_visualization"})
_TABLES = ("table", "data_table")
_MOST_TABLE_CHARACTERS = 10_000
_MOST_CHARTS = 2
_COLUMNS = 20

_TYPE: Mapping[str, Rule] = {"type": anything}
_ID: Mapping[str, Rule] = {"block_id": string(255)}


def _rich_cell(value: Any, at: str, report: Report) -> None:
    """An empty cell makes Slack refuse the whole message."""
    before = len(report.problems)
    RICH_TEXT(value, at, report)
    if len(report.problems) == before and not any(part["elements"] for part in value["elements"]):
        report.add(at, "must be more than 0 characters")


_CELLS: dict[str, Rule] = {
    "raw_text": record({**_TYPE, "text": string(3000)}),
    "raw_number": record({**_TYPE, "value": numeric}, {"text": string(3000)}),
    "rich_text": _rich_cell,
}
_ACTION_CELL = record({**_TYPE, "element": IN_CARD}, {"fallback": typed(_CELLS)})
_HEAD_CELLS = ("raw_text", "raw_number")
_COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})

TABLE = record(
    {**_TYPE, "rows": array(array(typed(_CELLS), _COLUMNS), 100)},
    {**_ID, "column_settings": array(_COLUMN, _COLUMNS)},
)


def _even_rows(value: Any, at: str, report: Report) -> None:
    head, *rest = value["rows"]
    for number, cell in enumerate(head):
        if cell["type"] not in _HEAD_CELLS:
            kind = cell["type"]
            report.add(
                f"{at}/rows/0/{number}/type", f"unsupported type: {kind}", "unsupported_type"
            )
    for number, row in enumerate(rest, 1):
        if len(row) != len(head):
            report.add(f"{at}/rows/{number}", "must have the same number of cells as the header")
    if value.get("row_header_column_index", 0) >= len(head):
        report.add(f"{at}/row_header_column_index", f"must be less than {len(head)}")


DATA_TABLE = record(
    {
        **_TYPE,
        "caption": string(3000),
        "rows": array(array(typed({**_CELLS, "action_cell": _ACTION_CELL}), _COLUMNS), 101, 2),
    },
    {**_ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, _COLUMNS - 1)},
    also=(_even_rows,),
)

_LABEL = string(20)
_AXIS = string(50)


def _positive(value: Any, at: str, report: Report) -> None:
    numeric(value, at, report)
    if isinstance(value, int | float) and value <= 0:
        report.add(at, "must be greater than 0")


def _series_fit(value: Any, at: str, report: Report) -> None:
    categories = value["axis_config"]["categories"]
    if len(set(categories)) < len(categories):
        report.add(f"{at}/axis_config/categories", "must be unique")
    seen: set[str] = set()
    for number, series in enumerate(value["series"]):
        if series["name"] in seen:
            report.add(f"{at}/series/{number}/name", "must be unique among the series")
        seen.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            report.add(f"{at}/series/{number}/data", "must have one value for each category")


_POINT = record({"label": _LABEL, "value": numeric})
_PLOT = record(
    {
        **_TYPE,
        "series": array(record({"name": _LABEL, "data": array(_POINT, 20)}), 6),
        "axis_config": record(
            {"categories": array(_LABEL, 20)}, {"x_label": _AXIS, "y_label": _AXIS}
        ),
    },
    also=(_series_fit,),
)
_PIE = record({**_TYPE, "segments": array(record({"label": _LABEL, "value": _positive}), 6)})

DATA_VISUALIZATION = record(
    {
        **_TYPE,
        "title": string(50),
        "chart": typed({"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT}),
    },
    _ID,
)


def check_data_together(blocks: list[Any], at: str, report: Report) -> None:
    """What holds for all tables and charts of a message, those in containers too."""
    kinds = [block["type"] for block in nested(blocks)]
    if kinds.count("table") > 1:
        report.add(at, "only_one_table_allowed", "only_one_table_allowed")
    if kinds.count("data_visualization") > _MOST_CHARTS:
        report.add(at, f"no more than {_MOST_CHARTS} data_visualization blocks allowed")
    characters = sum(_cell_characters(cell) for cell in _cells(blocks))
    if characters > _MOST_TABLE_CHARACTERS:
        report.add(at, f"tables must have less than {_MOST_TABLE_CHARACTERS + 1} characters")


def data_blocks(blocks: list[Any], at: str) -> Iterator[tuple[str, str]]:
    """Pointer and type of each table and chart, as far as the blocks can be read at all."""
    readable = [block for block in blocks if isinstance(block, dict)]
    for number, block in enumerate(readable):
        if block.get("type") in _DATA_BLOCKS:
            yield f"{at}/{number}/type", block["type"]
        children = block.get("child_blocks")
        if isinstance(children, list):
            yield from data_blocks(children, f"{at}/{number}/child_blocks")


def _cells(blocks: list[Any]) -> Iterator[Any]:
    for block in nested(blocks):
        if block["type"] in _TABLES:
            for row in block["rows"]:
                yield from row


def _cell_characters(cell: Any) -> int:
    if cell["type"] == "raw_number":
        return len(cell.get("text") or str(cell["value"]))
    if cell["type"] == "action_cell":
        return len(cell["element"]["text"]["text"])
    return _words(cell)


def _words(part: Any) -> int:
    if isinstance(part, list):
        return sum(_words(each) for each in part)
    if not isinstance(part, dict):
        return 0
    own = part.get("text")
    return len(own) if isinstance(own, str) else sum(_words(each) for each in part.values())
