"""The newer blocks (tables, charts, cards, containers, tasks): each figure and each rule."""

from collections.abc import Callable

import pytest

from sandbox.validation import block_problems
from tests.sandbox.block_samples import (
    action_cell,
    alert,
    card,
    carousel,
    cell,
    chart,
    container,
    data_table,
    number,
    pie,
    plan,
    plot,
    rich,
    table,
    task,
    video,
)
from tests.sandbox.kit import (
    PICTURE,
    JsonDict,
    actions,
    button,
    element,
    input_block,
    mrkdwn,
    plain,
    section,
)
from tests.sandbox.test_validation_surfaces import problems_on

TABLE, DATA_TABLE = "blocks/table-block", "blocks/data-table-block"
CHART = "blocks/data-visualization-block"
CARD, CAROUSEL = "blocks/card-block", "blocks/carousel-block"
CONTAINER, ALERT = "blocks/container-block", "blocks/alert-block"
RICH_INPUT = "block-elements/rich-text-input-element"


def headed(width: int, **more: object) -> JsonDict:
    """A data table of so many columns."""
    return data_table([cell()] * width, [cell()] * width, **more)


def rich_input(**more: object) -> JsonDict:
    return input_block(element("rich_text_input", **more))


def image(**more: object) -> JsonDict:
    return {"type": "image", "image_url": PICTURE, "alt_text": "x", **more}


# What is measured, its page, the surface, a block of that size, the smallest and largest size.
FIGURES: list[tuple[str, str, str, Callable[[int], JsonDict], int, int]] = [
    ("alert text", ALERT, "modal", lambda n: alert("x" * n), 1, 200),
    ("card title", CARD, "message", lambda n: card(title=mrkdwn("x" * n)), 1, 150),
    (
        "card subtitle",
        CARD,
        "message",
        lambda n: card(title=plain("x"), subtitle=plain("x" * n)),
        1,
        150,
    ),
    ("card body", CARD, "message", lambda n: card(body=mrkdwn("x" * n)), 1, 200),
    ("card buttons", CARD, "message", lambda n: card(actions=[button()] * n), 1, 3),
    ("card picture", CARD, "message", lambda n: card(hero_image=image(alt_text="x" * n)), 1, 2000),
    ("carousel cards", CAROUSEL, "message", carousel, 1, 10),
    (
        "container title",
        CONTAINER,
        "message",
        lambda n: container(section(), title=plain("x" * n)),
        1,
        150,
    ),
    (
        "container subtitle",
        CONTAINER,
        "message",
        lambda n: container(section(), subtitle=mrkdwn("x" * n)),
        1,
        150,
    ),
    ("container blocks", CONTAINER, "message", lambda n: container(*[section()] * n), 1, 10),
    ("data table rows", DATA_TABLE, "message", lambda n: data_table(*[[cell()]] * n), 2, 101),
    ("data table columns", DATA_TABLE, "message", headed, 1, 20),
    ("data table page", DATA_TABLE, "message", lambda n: headed(1, page_size=n), 1, 100),
    (
        "data table row header",
        DATA_TABLE,
        "message",
        lambda n: headed(20, row_header_column_index=n),
        0,
        19,
    ),
    (
        "data table characters",
        DATA_TABLE,
        "message",
        lambda n: data_table([cell()], *[[cell("x" * 3000)]] * 3, [cell("x" * n)]),
        1,
        999,
    ),
    (
        "table characters",
        TABLE,
        "message",
        lambda n: table(*[[cell("x" * 2500)]] * 3, [cell("x" * n)]),
        1,
        2500,
    ),
    ("table number words", TABLE, "message", lambda n: table([number(1, text="x" * n)]), 1, 3000),
    ("pie segments", CHART, "message", pie, 1, 6),
    ("pie label", CHART, "message", lambda n: pie(label="x" * n), 1, 20),
    ("chart title", CHART, "message", lambda n: chart(pie()["chart"], "x" * n), 1, 50),
    ("bar series", CHART, "message", lambda n: plot("bar", n), 1, 6),
    ("line series", CHART, "message", lambda n: plot("line", n), 1, 6),
    ("area series", CHART, "message", lambda n: plot("area", n), 1, 6),
    ("chart points", CHART, "message", lambda n: plot(points=n), 1, 20),
    ("series name", CHART, "message", lambda n: plot(name="x" * n), 1, 20),
    ("category", CHART, "message", lambda n: plot(category="x" * n), 1, 20),
    ("x label", CHART, "message", lambda n: plot(x_label="x" * n), 1, 50),
    ("y label", CHART, "message", lambda n: plot(y_label="x" * n), 1, 50),
    ("task id", "blocks/task-card-block", "message", lambda n: task(task_id="x" * n), 1, 255),
    ("min_lines", RICH_INPUT, "modal", lambda n: rich_input(min_lines=n), 1, 100),
    ("max_lines", RICH_INPUT, "modal", lambda n: rich_input(max_lines=n), 1, 100),
]


@pytest.mark.parametrize(
    ("page", "surface", "make", "least", "most"),
    [row[1:] for row in FIGURES],
    ids=[row[0] for row in FIGURES],
)
def test_both_sides_of_each_figure(
    page: str, surface: str, make: Callable[[int], JsonDict], least: int, most: int
) -> None:
    assert not problems_on(surface, make(least)), page
    assert not problems_on(surface, make(most)), page
    assert problems_on(surface, make(least - 1)), page
    assert problems_on(surface, make(most + 1)), page


GOOD: dict[str, JsonDict] = {
    "card with all": card(
        hero_image=image(), icon=image(), title=plain("x"), subtitle=mrkdwn("x"), body=mrkdwn("x")
    ),
    "collapsible container": container(section(), is_collapsible=True, default_collapsed=True),
    "container with a line": container(section(), has_header_divider=True, width="full"),
    "container with rich title": container(section(), rich_text_title=rich(), icon=image()),
    "container of a table": container(table([cell()])),
    "table of numbers": table([cell("Guests")], [number(3, text="three")], [rich("x")]),
    "action cells": data_table([cell()], [action_cell(fallback=cell("Open"))]),
    "negative bars": chart(
        {
            "type": "bar",
            "series": [{"name": "a", "data": [{"label": "c", "value": -1.5}]}],
            "axis_config": {"categories": ["c"]},
        }
    ),
    "task with all": task(
        status="in_progress",
        details=rich(),
        output=rich(),
        sources=[{"type": "url", "url": "https://example.com/", "text": "x"}],
    ),
    "empty plan": plan(),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD.keys())
def test_what_messages_may_hold(block: JsonDict) -> None:
    assert block_problems([block]) == []


@pytest.mark.parametrize("level", ["default", "info", "warning", "error", "success"])
def test_levels_of_alerts(level: str) -> None:
    assert problems_on("modal", alert(level=level)) == []


BAD: dict[str, tuple[str, str, JsonDict]] = {
    "empty card": (
        "/0",
        "must define either `hero_image` or `title` or `actions` or `body`",
        {"type": "card", "subtitle": plain("x")},
    ),
    "menu in a card": (
        "/0/actions/0/type",
        "unsupported type: overflow",
        card(actions=[element("overflow")]),
    ),
    "section in a carousel": (
        "/0/elements/0/type",
        "unsupported type: section",
        {"type": "carousel", "elements": [section()]},
    ),
    "container in a container": (
        "/0/child_blocks/0/type",
        "unsupported type: container",
        container(container(section())),
    ),
    "chart in a container": (
        "/0/child_blocks/0/type",
        "unsupported type: data_visualization",
        container(pie()),
    ),
    "nameless container": (
        "/0",
        "must define either `title` or `rich_text_title`",
        {"type": "container", "child_blocks": [section()]},
    ),
    "folded without folding": (
        "/0/default_collapsed",
        "requires is_collapsible",
        container(section(), default_collapsed=True),
    ),
    "folding with a line": (
        "/0/has_header_divider",
        "only without is_collapsible",
        container(section(), is_collapsible=True, has_header_divider=True),
    ),
    "width": (
        "/0/width",
        "must be one of narrow, standard, wide, full",
        container(section(), width="x"),
    ),
    "empty cell": ("/0/rows/0/0/text", "must be more than 0 characters", table([cell("")])),
    "empty rich cell": (
        "/0/rows/0/0",
        "must be more than 0 characters",
        table([{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}]),
    ),
    "number as text": ("/0/rows/0/0/value", "must provide a number", table([number("3")])),
    "no number": ("/0/rows/0/0/value", "must provide a number", table([number(float("inf"))])),
    "truth as number": ("/0/rows/0/0/value", "must provide a number", table([number(True)])),
    "button in a table": (
        "/0/rows/0/0/type",
        "unsupported type: action_cell",
        table([action_cell()]),
    ),
    "rich header": (
        "/0/rows/0/0/type",
        "unsupported type: rich_text",
        data_table([rich()], [cell()]),
    ),
    "button as header": (
        "/0/rows/0/0/type",
        "unsupported type: action_cell",
        data_table([action_cell()], [cell()]),
    ),
    "uneven rows": (
        "/0/rows/1",
        "must have the same number of cells as the header",
        data_table([cell()], [cell(), cell()]),
    ),
    "row header outside": (
        "/0/row_header_column_index",
        "must be less than 1",
        headed(1, row_header_column_index=1),
    ),
    "no caption": (
        "/0",
        "missing required field: caption",
        {"type": "data_table", "rows": [[cell()], [cell()]]},
    ),
    "unknown chart": (
        "/0/chart/type",
        "unsupported type: donut",
        chart({"type": "donut", "segments": []}),
    ),
    "empty segment": ("/0/chart/segments/0/value", "must be greater than 0", pie(value=0)),
    "same series": (
        "/0/chart/series/1/name",
        "must be unique among the series",
        plot(series=2, name="a"),
    ),
    "gap in a series": (
        "/0/chart/series/0/data",
        "must have one value for each category",
        chart(plot(points=2)["chart"] | {"axis_config": {"categories": ["c0", "c1", "c2"]}}),
    ),
    "same categories": (
        "/0/chart/axis_config/categories",
        "must be unique",
        plot(points=2, category="a"),
    ),
    "state of a task": (
        "/0/status",
        "must be one of pending, in_progress, complete, error",
        task(status="completed"),
    ),
    "section in a plan": ("/0/tasks/0/type", "unsupported type: section", plan(section())),
    "video by http": (
        "/0/video_url",
        "must be an https address",
        video(video_url="http://example.com/v"),
    ),
    "video title by http": (
        "/0/title_url",
        "must be an https address",
        video(title_url="http://example.com/v"),
    ),
}


@pytest.mark.parametrize(("pointer", "message", "block"), BAD.values(), ids=BAD.keys())
def test_what_messages_may_not_hold(pointer: str, message: str, block: JsonDict) -> None:
    [problem] = block_problems([block], "")
    assert (problem.pointer, problem.message) == (pointer, message)


def test_an_alert_of_an_unknown_level() -> None:
    assert [each.pointer for each in problems_on("modal", alert(level="loud"))] == [
        "/view/blocks/0/level"
    ]


def test_more_least_than_most_lines() -> None:
    assert problems_on("modal", rich_input(min_lines=5, max_lines=5)) == []
    assert problems_on("modal", rich_input(min_lines=6, max_lines=5))
    assert problems_on("home", rich_input(min_lines=6, max_lines=5))


def test_one_table_and_two_charts_in_a_message() -> None:
    assert block_problems([table([cell()]), pie(), plot()]) == []
    [problem] = block_problems([table([cell()]), container(table([cell()]))])
    assert problem.message == "only_one_table_allowed"
    assert block_problems([pie(), pie(), pie()])


def test_all_tables_of_a_message_together() -> None:
    half = data_table([cell()], [cell("x" * 2499)], [cell("x" * 2500)])
    assert block_problems([half, half]) == []
    assert block_problems([half, half, table([number(7)])])
    assert block_problems([half, data_table([cell()], [cell("x" * 2500)], [rich("x" * 2500)])])
    inside = container(table([cell("x" * 2500)], [cell("x" * 2501)]))
    assert block_problems([half, inside])


def test_block_ids_within_containers_and_carousels_differ_too() -> None:
    inner = section(block_id="a")
    [problem] = block_problems([section(block_id="a"), container(inner)], "")
    assert problem.pointer == "/1/child_blocks/0/block_id"
    cards = [card(title=plain("x"), block_id="a")] * 2
    assert block_problems([{"type": "carousel", "elements": cards}])
    assert (
        block_problems(
            [actions(button(), block_id="a"), container(actions(button(), block_id="b"))]
        )
        == []
    )
