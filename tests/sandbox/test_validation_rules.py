"""What Slack refuses for other reasons than size: kinds, places, ids, choices, forms."""

import pytest

from sandbox.args import Args
from sandbox.model import SlackError
from sandbox.validation import (
    block_problems,
    check_options,
    check_view,
    message_content,
    view_problems,
)
from tests.sandbox.kit import (
    PICTURE,
    JsonDict,
    actions,
    button,
    element,
    home,
    input_block,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
)

TWO = options(2)
OTHER = option("Other", "9")
USER = "U01LINWEI"
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Hello ", "style": {"bold": True}},
                {"type": "user", "user_id": USER},
                {"type": "link", "url": "https://example.com", "text": "here"},
                {"type": "emoji", "name": "wave"},
                {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": 1720710212, "format": "{date}"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [{"type": "rich_text_section", "elements": []}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
    ],
}


def pick(kind: str, **more: object) -> JsonDict:
    return actions(element(kind, **more))


GOOD_IN_MESSAGES = {
    "divider": {"type": "divider"},
    "rich text": RICH,
    "slack file": {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"},
    "button with all": actions(
        button(
            action_id="a",
            value="v",
            style="danger",
            url="mailto:a@example.com",
            confirm={
                "title": plain("t"),
                "text": mrkdwn("x"),
                "confirm": plain("y"),
                "deny": plain("n"),
                "style": "danger",
            },
        )
    ),
    "select with initial": pick("static_select", options=TWO, initial_option=TWO[1]),
    "initial with flags": pick(
        "static_select",
        options=TWO,
        initial_option=TWO[0] | {"text": plain("Option 0") | {"emoji": True}},
    ),
    "initial in a group": pick(
        "static_select",
        option_groups=[{"label": plain("g"), "options": TWO}],
        initial_option=TWO[0],
    ),
    "multi select": pick(
        "multi_static_select", options=TWO, initial_options=TWO, max_selected_items=2
    ),
    "checkboxes mrkdwn": pick("checkboxes", options=[{"text": mrkdwn("*x*"), "value": "1"}]),
    "radio": pick("radio_buttons", options=TWO, initial_option=TWO[0]),
    "users": pick("users_select", initial_user=USER),
    "multi users": section(accessory=element("multi_users_select", initial_users=[USER])),
    "external": pick("external_select", min_query_length=0, placeholder=plain("x")),
    "conversations": pick(
        "conversations_select", filter={"include": ["im", "public"], "exclude_bot_users": True}
    ),
    "datepicker": pick("datepicker", initial_date="2028-02-29"),
    "timepicker": pick("timepicker", initial_time="23:59", timezone="Asia/Shanghai"),
    "datetimepicker": pick("datetimepicker", initial_date_time=1797040800),
    "text input": input_block(element("plain_text_input", multiline=True), dispatch_action=True),
    "context": {
        "type": "context",
        "elements": [plain("x"), mrkdwn("x"), element("image", image_url=PICTURE, alt_text="x")],
    },
    "section image": section(accessory=element("image", image_url=PICTURE, alt_text="x")),
    "expand": section(expand=True),
}


@pytest.mark.parametrize("block", GOOD_IN_MESSAGES.values(), ids=GOOD_IN_MESSAGES.keys())
def test_what_messages_may_hold(block: JsonDict) -> None:
    assert block_problems([block]) == []


BAD_IN_MESSAGES = {
    "no object": ("/0", "must provide an object", "divider"),
    "no type": ("/0", "missing required field: type", {}),
    "unknown type": ("/0/type", "unsupported type: sectoin", {"type": "sectoin"}),
    "unknown key": (
        "/0",
        "invalid additional property: colour",
        {"type": "divider", "colour": "red"},
    ),
    "null": ("/0/text", "must provide an object", {"type": "section", "text": None}),
    "no text": ("/0", "must define either `text` or `fields`", {"type": "section"}),
    "text missing": (
        "/0/text",
        "missing required field: text",
        {"type": "section", "text": {"type": "mrkdwn"}},
    ),
    "empty text": ("/0/text/text", "must be more than 0 characters", section("")),
    "number as text": (
        "/0/text/text",
        "must provide a string",
        section() | {"text": {"type": "mrkdwn", "text": 3}},
    ),
    "mrkdwn header": (
        "/0/text/type",
        "must be one of plain_text",
        {"type": "header", "text": mrkdwn("x")},
    ),
    "mrkdwn button": (
        "/0/elements/0/text/type",
        "must be one of plain_text",
        actions({"type": "button", "text": mrkdwn("x")}),
    ),
    "mrkdwn with emoji": (
        "/0/text",
        "invalid additional property: emoji",
        section() | {"text": mrkdwn("x") | {"emoji": True}},
    ),
    "plain with verbatim": (
        "/0/text",
        "invalid additional property: verbatim",
        section() | {"text": plain("x") | {"verbatim": True}},
    ),
    "mrkdwn option": (
        "/0/elements/0/options/0/text/type",
        "must be one of plain_text",
        pick("static_select", options=[{"text": mrkdwn("x"), "value": "1"}]),
    ),
    "url in a select option": (
        "/0/elements/0/options/0",
        "invalid additional property: url",
        pick("static_select", options=[option(url="https://example.com")]),
    ),
    "wrong initial": (
        "/0/elements/0/initial_option",
        "must be one of the provided options",
        pick("static_select", options=TWO, initial_option=OTHER),
    ),
    "wrong initials": (
        "/0/elements/0/initial_options/1",
        "must be one of the provided options",
        pick("checkboxes", options=TWO, initial_options=[TWO[0], OTHER]),
    ),
    "empty initials": (
        "/0/elements/0/initial_options",
        "no fewer than 1 items allowed",
        pick("checkboxes", options=TWO, initial_options=[]),
    ),
    "same values": (
        "/0/elements/0/options/1/value",
        "must be unique among the options",
        pick("static_select", options=[option(), option("Two")]),
    ),
    "options and groups": (
        "/0/elements/0",
        "must define exactly one of options, option_groups",
        pick("static_select", options=TWO, option_groups=[{"label": plain("g"), "options": TWO}]),
    ),
    "no options": (
        "/0/elements/0",
        "must define exactly one of options, option_groups",
        pick("static_select"),
    ),
    "too many initials": (
        "/0/elements/0/initial_options",
        "no more than 1 items allowed",
        pick("multi_static_select", options=TWO, initial_options=TWO, max_selected_items=1),
    ),
    "none selectable": (
        "/0/elements/0/max_selected_items",
        "must be greater than or equal to 1",
        pick("multi_users_select", max_selected_items=0),
    ),
    "text input in actions": (
        "/0/elements/0/type",
        "unsupported type: plain_text_input",
        pick("plain_text_input"),
    ),
    "date time in a section": (
        "/0/accessory/type",
        "unsupported type: datetimepicker",
        section(accessory=element("datetimepicker")),
    ),
    "button in context": (
        "/0/elements/0/type",
        "unsupported type: button",
        {"type": "context", "elements": [button()]},
    ),
    "button in input": (
        "/0/element/type",
        "unsupported type: button",
        input_block(button()),
    ),
    "e-mail in a message": (
        "/0/element/type",
        "unsupported type: email_text_input (not on the surface message)",
        input_block(element("email_text_input")),
    ),
    "file input in a message": (
        "/0/element/type",
        "unsupported type: file_input (not on the surface message)",
        input_block(element("file_input")),
    ),
    "file block": ("/0/type", "unsupported type: file", {"type": "file"}),
    "style": (
        "/0/elements/0/style",
        "must be one of primary, danger",
        actions(button(style="default")),
    ),
    "impossible date": (
        "/0/elements/0/initial_date",
        "must be in the format YYYY-MM-DD",
        pick("datepicker", initial_date="2027-02-29"),
    ),
    "date with time": (
        "/0/elements/0/initial_date",
        "must be in the format YYYY-MM-DD",
        pick("datepicker", initial_date="2027-02-28T10:00"),
    ),
    "time": (
        "/0/elements/0/initial_time",
        "must be HH:mm",
        pick("timepicker", initial_time="24:00"),
    ),
    "short time": (
        "/0/elements/0/initial_time",
        "must be HH:mm",
        pick("timepicker", initial_time="9:005"),
    ),
    "zone": (
        "/0/elements/0/timezone",
        "must be the name of a time zone",
        pick("timepicker", timezone="Shanghai"),
    ),
    "milliseconds": (
        "/0/elements/0/initial_date_time",
        "must be less than or equal to 9999999999",
        pick("datetimepicker", initial_date_time=1797040800000),
    ),
    "date time as text": (
        "/0/elements/0/initial_date_time",
        "must provide a number",
        pick("datetimepicker", initial_date_time="1797040800"),
    ),
    "handle as user": (
        "/0/elements/0/initial_user",
        "must be a user id",
        pick("users_select", initial_user="lin.wei"),
    ),
    "empty filter": (
        "/0/elements/0/filter",
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`",
        pick("conversations_select", filter={}),
    ),
    "confirm without title": (
        "/0/elements/0/confirm",
        "missing required field: title",
        actions(button(confirm={"text": plain("x"), "confirm": plain("y"), "deny": plain("n")})),
    ),
    "two image sources": (
        "/0",
        "must define exactly one of image_url, slack_file",
        {"type": "image", "image_url": PICTURE, "slack_file": {"id": "F1"}, "alt_text": "x"},
    ),
    "image without alt text": (
        "/0",
        "missing required field: alt_text",
        {"type": "image", "image_url": PICTURE},
    ),
    "image without scheme": (
        "/0/image_url",
        "must be a web address",
        {"type": "image", "image_url": "example.com/a.png", "alt_text": "x"},
    ),
    "button url without scheme": (
        "/0/elements/0/url",
        "must be an address",
        actions(button(url="example.com")),
    ),
    "same action ids": (
        "/0/elements/1/action_id",
        "`action_id` already exists for existing action with `a`",
        actions(button(action_id="a"), button(action_id="a")),
    ),
    "empty action id": (
        "/0/elements/0/action_id",
        "must be more than 0 characters",
        actions(button(action_id="")),
    ),
    "response url outside a modal": (
        "/0",
        "response_url_enabled only works in input blocks of modals",
        pick("conversations_select", response_url_enabled=True),
    ),
    "rich text part": (
        "/0/elements/0/type",
        "unsupported type: text",
        {"type": "rich_text", "elements": [{"type": "text", "text": "x"}]},
    ),
}


@pytest.mark.parametrize(
    ("pointer", "message", "block"), BAD_IN_MESSAGES.values(), ids=BAD_IN_MESSAGES.keys()
)
def test_what_messages_may_not_hold(pointer: str, message: str, block: JsonDict) -> None:
    problems = [(each.pointer, each.message) for each in block_problems([block], "")]
    assert (pointer, message) in problems


def test_same_block_ids_and_two_tables() -> None:
    twice = [section(block_id="a"), section(block_id="a")]
    assert [each.pointer for each in block_problems(twice)] == ["/blocks/1/block_id"]
    same_action = [actions(button(action_id="a")), actions(button(action_id="a"))]
    assert not block_problems(same_action)
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
    assert block_problems([table, table])


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


META = {"event_type": "row", "event_payload": {"id": "7"}}
REFUSED_MESSAGES: dict[str, tuple[JsonDict, str]] = {
    "nothing": ({}, "no_text"),
    "empty": ({"text": "", "blocks": []}, "no_text"),
    "long": ({"text": "x" * 40_001}, "msg_too_long"),
    "blocks no list": ({"blocks": {"type": "divider"}}, "invalid_blocks_format"),
    "blocks no json": ({"blocks": "[{]"}, "invalid_blocks_format"),
    "blocks of words": ({"blocks": ["divider"]}, "invalid_blocks_format"),
    "bad block": ({"blocks": [{"type": "x"}]}, "invalid_blocks"),
    "long blocks": ({"blocks": [section("x" * 2800)] * 5}, "msg_blocks_too_long"),
    "attachments": ({"attachments": {}, "text": "x"}, "invalid_attachments"),
    "attachment list": ({"attachments": ["x"]}, "invalid_attachments"),
    "attachment blocks": ({"attachments": [{"blocks": [{"type": "x"}]}]}, "invalid_attachments"),
    "many attachments": ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    "metadata list": ({"text": "x", "metadata": []}, "invalid_metadata_format"),
    "metadata type": (
        {"text": "x", "metadata": {"event_type": "", "event_payload": {}}},
        "invalid_metadata_format",
    ),
    "metadata payload": ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    "metadata null": (
        {"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": None}}},
        "invalid_metadata_schema",
    ),
    "metadata size": (
        {"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "x" * 8000}}},
        "metadata_too_large",
    ),
}


@pytest.mark.parametrize(
    ("arguments", "code"), REFUSED_MESSAGES.values(), ids=REFUSED_MESSAGES.keys()
)
def test_refused_messages(arguments: JsonDict, code: str) -> None:
    with pytest.raises(SlackError) as refused:
        message_content(Args(arguments))
    assert refused.value.code == code


def test_accepted_messages() -> None:
    assert message_content(Args({"text": "x" * 40_000})).text
    assert message_content(Args({"blocks": '[{"type":"divider"}]'})).blocks
    assert message_content(Args({"attachments": [{"text": "x"}] * 100})).attachments
    assert message_content(Args({"text": "x", "metadata": META})).metadata == META
    with pytest.raises(SlackError, match="msg_too_long"):
        message_content(Args({"text": "x" * 4001}), text_limit=4000)


def test_refusals_tell_the_place_as_slack_does() -> None:
    with pytest.raises(SlackError) as refused:
        message_content(Args({"blocks": [section("")]}))
    assert refused.value.answer() == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": ["must be more than 0 characters [json-pointer:/blocks/0/text/text]"],
        "response_metadata": {
            "messages": [
                "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
            ]
        },
    }


def test_answers_to_option_queries() -> None:
    check_options({"options": []})
    check_options({"options": options(100)})
    check_options({"option_groups": [{"label": plain("g"), "options": TWO}]})
    bad = [None, {}, {"options": options(101)}, {"options": TWO, "option_groups": []}]
    for answer in bad:
        with pytest.raises(SlackError, match="invalid_arguments"):
            check_options(answer)
