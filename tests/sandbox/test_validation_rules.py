"""What Slack refuses for other reasons than size: kinds, places, ids, choices, forms."""

import pytest

from sandbox.validation import (
    block_problems,
)
from tests.sandbox.kit import (
    PICTURE,
    JsonDict,
    actions,
    button,
    element,
    input_block,
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
