"""Both sides of every figure that Slack documents for views."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.validation import view_problems
from tests.sandbox.kit import JsonDict, element, home, input_block, modal, plain, section


def text_input(**more: Any) -> JsonDict:
    return modal(input_block(element("plain_text_input", **more)))


# What is measured, its page, a view of that size, the smallest and largest size allowed.
VIEWS: list[tuple[str, str, Callable[[int], JsonDict], int, int]] = [
    ("title", "views/modal-views", lambda n: modal(title=plain("x" * n)), 1, 24),
    ("submit", "views/modal-views", lambda n: modal(submit=plain("x" * n)), 1, 24),
    ("close", "views/modal-views", lambda n: modal(close=plain("x" * n)), 1, 24),
    ("modal blocks", "views/modal-views", lambda n: modal() | {"blocks": [section()] * n}, 1, 100),
    ("home blocks", "views/home-tab-views", lambda n: home() | {"blocks": [section()] * n}, 1, 100),
    (
        "min_length",
        "block-elements/plain-text-input-element",
        lambda n: text_input(min_length=n),
        0,
        3000,
    ),
    (
        "max_length",
        "block-elements/plain-text-input-element",
        lambda n: text_input(max_length=n),
        1,
        3000,
    ),
    (
        "max_files",
        "block-elements/file-input-element",
        lambda n: modal(input_block(element("file_input", max_files=n))),
        1,
        10,
    ),
    (
        "initial_date_time",
        "block-elements/datetime-picker-element",
        lambda n: modal(input_block(element("datetimepicker", initial_date_time=n))),
        1_000_000_000,
        9_999_999_999,
    ),
]


@pytest.mark.parametrize(
    ("page", "make", "least", "most"), [row[1:] for row in VIEWS], ids=[row[0] for row in VIEWS]
)
def test_a_view(page: str, make: Callable[[int], JsonDict], least: int, most: int) -> None:
    assert not view_problems(make(least)), page
    assert not view_problems(make(most)), page
    assert view_problems(make(least - 1)), page
    assert view_problems(make(most + 1)), page


# Sizes that have no lower side.
UPPER_ONLY: list[tuple[str, str, Callable[[int], JsonDict], int]] = [
    ("private_metadata", "views/modal-views", lambda n: modal(private_metadata="x" * n), 3000),
    ("callback_id", "views/modal-views", lambda n: modal(callback_id="x" * n), 255),
    ("external_id", "views/modal-views", lambda n: modal(external_id="x" * n), 255),
    (
        "home private_metadata",
        "views/home-tab-views",
        lambda n: home(private_metadata="x" * n),
        3000,
    ),
    (
        "initial_value",
        "block-elements/plain-text-input-element",
        lambda n: text_input(initial_value="x" * n),
        3000,
    ),
    (
        "initial_value of max",
        "block-elements/plain-text-input-element",
        lambda n: text_input(initial_value="x" * n, max_length=9),
        9,
    ),
]


@pytest.mark.parametrize(
    ("page", "make", "most"), [row[1:] for row in UPPER_ONLY], ids=[row[0] for row in UPPER_ONLY]
)
def test_an_upper_limit(page: str, make: Callable[[int], JsonDict], most: int) -> None:
    assert not view_problems(make(most)), page
    assert view_problems(make(most + 1)), page
