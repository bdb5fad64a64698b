"""What Slack refuses in modals and Home tabs."""

import pytest

from sandbox.model import SlackError
from sandbox.validation import check_view, view_problems
from tests.sandbox.kit import (
    JsonDict,
    actions,
    button,
    element,
    home,
    input_block,
    modal,
    mrkdwn,
    plain,
    section,
)
from tests.sandbox.test_validation_rules import RICH, pick


def number(**more: object) -> JsonDict:
    more.setdefault("is_decimal_allowed", False)
    return modal(input_block(element("number_input", **more)))


GOOD_VIEWS = {
    "number": number(min_value="1", max_value="99", initial_value="2"),
    "decimal": number(is_decimal_allowed=True, initial_value="-0.25"),
    "e-mail": modal(input_block(element("email_text_input", initial_value="a@b.example"))),
    "url": modal(input_block(element("url_text_input", initial_value="https://example.com"))),
    "file": modal(input_block(element("file_input", filetypes=["pdf"], max_files=1))),
    "rich text": modal(input_block(element("rich_text_input", initial_value=RICH))),
    "response url": modal(input_block(element("conversations_select", response_url_enabled=True))),
    "dispatch": modal(
        input_block(
            element(
                "plain_text_input",
                dispatch_action_config={"trigger_actions_on": ["on_character_entered"]},
            ),
            dispatch_action=True,
        )
    ),
    "no submit without inputs": {
        "type": "modal",
        "title": plain("x"),
        "blocks": [section()],
    },
    "flags": modal(clear_on_close=True, notify_on_close=True, close=plain("Back")),
    "home": home(actions(button()), callback_id="home", private_metadata="{}"),
    "empty ids": modal(callback_id="", external_id="", private_metadata=""),
}


@pytest.mark.parametrize("view", GOOD_VIEWS.values(), ids=GOOD_VIEWS.keys())
def test_what_views_may_be(view: JsonDict) -> None:
    assert view_problems(view) == []


FOCUS = element("plain_text_input", focus_on_load=True)
BAD_VIEWS = {
    "list": ("/view", "must provide an object", []),
    "type": ("/view/type", "unsupported type: dialog", {"type": "dialog"}),
    "no title": ("/view", "missing required field: title", {"type": "modal", "blocks": []}),
    "mrkdwn title": ("/view/title/type", "must be one of plain_text", modal(title=mrkdwn("x"))),
    "title as text": ("/view/title", "must provide an object", modal(title="Title")),
    "no submit": (
        "/view",
        "submit is required when an input block is within the blocks array",
        {"type": "modal", "title": plain("x"), "blocks": [input_block(FOCUS)]},
    ),
    "home with submit": (
        "/view",
        "invalid additional property: submit",
        home(submit=plain("Send")),
    ),
    "submit_disabled": (
        "/view",
        "invalid additional property: submit_disabled",
        modal(submit_disabled=True),
    ),
    "null close": ("/view/close", "must provide an object", modal(close=None)),
    "number as flag": ("/view/notify_on_close", "must provide a boolean", modal(notify_on_close=1)),
    "two focused": (
        "/view/blocks",
        "only one element can have focus_on_load",
        modal(input_block(FOCUS), input_block(FOCUS)),
    ),
    "markdown in a modal": (
        "/view/blocks/0/type",
        "unsupported type: markdown (not on the surface modal)",
        modal({"type": "markdown", "text": "x"}),
    ),
    "number on home": (
        "/view/blocks/0/element/type",
        "unsupported type: number_input (not on the surface home)",
        home(input_block(element("number_input", is_decimal_allowed=True))),
    ),
    "date time on home": (
        "/view/blocks/0/elements/0/type",
        "unsupported type: datetimepicker (not on the surface home)",
        home(pick("datetimepicker")),
    ),
    "number without rule": (
        "/view/blocks/0/element",
        "missing required field: is_decimal_allowed",
        modal(input_block(element("number_input"))),
    ),
    "number as number": (
        "/view/blocks/0/element/min_value",
        "must be a number given as a string",
        number(min_value=1),
    ),
    "bounds": (
        "/view/blocks/0/element/min_value",
        "cannot be greater than max_value",
        number(min_value="2", max_value="1"),
    ),
    "initial below": (
        "/view/blocks/0/element/initial_value",
        "must not be less than min_value",
        number(min_value="2", initial_value="1"),
    ),
    "fraction": (
        "/view/blocks/0/element/initial_value",
        "must be a whole number",
        number(initial_value="1.5"),
    ),
    "lengths": (
        "/view/blocks/0/element/min_length",
        "cannot be greater than max_length",
        modal(input_block(element("plain_text_input", min_length=5, max_length=4))),
    ),
    "dispatching file": (
        "/view/blocks/0/element/type",
        "unsupported type: file_input",
        modal(input_block(element("file_input"), dispatch_action=True)),
    ),
    "dispatch word": (
        "/view/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
        "must be one of on_enter_pressed, on_character_entered",
        modal(
            input_block(
                element(
                    "plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_blur"]}
                )
            )
        ),
    ),
    "placeholder on date time": (
        "/view/blocks/0/element",
        "invalid additional property: placeholder",
        modal(input_block(element("datetimepicker", placeholder=plain("x")))),
    ),
}


@pytest.mark.parametrize(("pointer", "message", "view"), BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_what_views_may_not_be(pointer: str, message: str, view: JsonDict) -> None:
    problems = [(each.pointer, each.message) for each in view_problems(view)]
    assert (pointer, message) in problems


def test_a_view_of_250_kilobytes() -> None:
    blocks = [section("公" * 3000) for _ in range(27)]
    check_view(modal(*blocks))
    with pytest.raises(SlackError, match="view_too_large"):
        check_view(modal(*blocks, section("公" * 3000)))
