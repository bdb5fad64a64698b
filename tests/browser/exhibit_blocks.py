"""The blocks that the exhibit posts: a card, one of every kind, and a form with every input."""

from typing import Any

Json = dict[str, Any]
CUSTOMERS = ["Acme Industrial", "Acme Robotics", "Söhne & Co", "海天精密仪器"]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """An mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None, note: str | None = None) -> Json:
    """An option; its value is its text unless given."""
    made = {"text": plain(text), "value": value or text}
    return made | {"description": plain(note)} if note else made


def section(text: str, **parts: Any) -> Json:
    """A section of mrkdwn."""
    return {"type": "section", "text": mrkdwn(text), **parts}


def button(text: str, action_id: str, **parts: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": "1", **parts}


CONFIRM = {
    "title": plain("Decline the visit?"),
    "text": mrkdwn("The host will be *told why*."),
    "confirm": plain("Yes, decline"),
    "deny": plain("Keep it"),
    "style": "danger",
}
PURPOSES = [option("Site audit"), option("Signing", "sign", "Both chairmen attend")]
DRIVERS = [option("Ma Long", "ma", "Buick GL8 · 沪A 12345"), option("Tom Reed", "tom")]

CARD: list[Json] = [
    {"type": "header", "text": plain("V-2026-0001 · Acme Industrial")},
    section(
        "*Site audit* for *3 guests*, led by Dr Erika Söhne, Head of Purchasing.\n"
        "Host <@U02SAMCARTER> · account owner <@U03RUTHADLER>"
    ),
    {
        "type": "section",
        "fields": [
            mrkdwn("*Arrival*\nSat 12 Dec, 10:00"),
            mrkdwn("*Departure*\nSun 13 Dec, 16:30"),
            mrkdwn("*Level*\nA, key customer"),
            mrkdwn("*Travel by*\nFlight LH728, PVG"),
            mrkdwn("*Pickup*\n09:10 at PVG T2"),
            mrkdwn("*State*\n:hourglass_flowing_sand: Waiting for approval"),
        ],
    },
    {"type": "divider"},
    section(
        ":white_check_mark: Car and driver, <@U11MALONG>\n:white_check_mark: Hotel\n"
        ":hourglass_flowing_sand: Welcome words, _not confirmed_",
        accessory={
            "type": "overflow",
            "action_id": "more",
            "options": [option("Reschedule"), option("Cancel visit", "cancel")],
        },
    ),
    {
        "type": "actions",
        "elements": [
            button("Approve", "approve", style="primary"),
            button("Decline", "decline", style="danger", confirm=CONFIRM),
            button("Ask for changes", "ask"),
        ],
    },
    {
        "type": "context",
        "elements": [
            mrkdwn(
                "Requested by <@U02SAMCARTER> · "
                "<!date^1796000000^{date_short_pretty} at {time}|30 Nov 2026>"
            )
        ],
    },
]

MRKDWN = (
    "*All of mrkdwn*: _italic_ ~struck~ `code &lt;b&gt;` *bold with _italic_ inside*\n"
    "https://example.com/a?b=1. <https://example.com/way|a link> <#C02GENERAL> <!here> "
    '&lt;!channel&gt; *Acme* &amp; "Söhne" 公司 :tada: :no_such_emoji: *粗体*：中文 a_b_c 5*3*2\n'
    "&gt; quoted line one\n&gt; and two\n"
    "• a first item that is long enough to wrap on a narrow screen, hanging under itself\n"
    "• second\n1. one\n2. two\n```\ndef small(x):\n    return x &lt; 3\n```\nafter"
)

RICH: list[Json] = [
    {
        "type": "rich_text_section",
        "elements": [
            {"type": "text", "text": "Rich ", "style": {"bold": True}},
            {"type": "emoji", "name": "tada"},
            {"type": "text", "text": " for "},
            {"type": "user", "user_id": "U02SAMCARTER"},
            {"type": "text", "text": " and "},
            {"type": "link", "url": "https://example.com/rich", "text": "a page"},
        ],
    },
    {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
            for words in ("tea", "coffee")
        ],
    },
    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
    {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1\ny = 2"}]},
]

ALL_BLOCKS: list[Json] = [
    section(MRKDWN),
    section(
        "Who drives?",
        accessory={
            "type": "static_select",
            "action_id": "driver",
            "placeholder": plain("Driver"),
            "options": DRIVERS,
        },
    ),
    {
        "type": "actions",
        "elements": [
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-12"},
            {"type": "timepicker", "action_id": "time"},
            {"type": "users_select", "action_id": "someone", "placeholder": plain("Somebody")},
            {
                "type": "radio_buttons",
                "action_id": "yes",
                "options": [option("Yes"), option("No")],
            },
            button("Open the map", "map", url="https://example.com/map"),
        ],
    },
    {"type": "rich_text", "elements": RICH},
    {
        "type": "markdown",
        "text": "## Plan\n\nWith **bold**, *italic*, `code`, [a link](https://example.com/md)\n\n"
        "- tea\n  - green\n- [x] done\n\n| Car | Driver |\n|---|---|\n| GL8 | Ma Long |\n\n> so",
    },
    {
        "type": "image",
        "image_url": "http://127.0.0.1:9/none.png",
        "alt_text": "The way to the gate",
        "title": plain("Map"),
    },
]


def field(block_id: str, label: str, element: Json, **parts: Any) -> Json:
    """An input block whose element is called `value`."""
    made = {"action_id": "value"} | element
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": made, **parts}


def every_input() -> Json:
    """A modal with an input of every kind."""
    kinds = [option("Flight"), option("Train"), option("Own car", "own", "Parks in the yard")]
    return {
        "type": "modal",
        "callback_id": "every_input",
        "notify_on_close": True,
        "title": plain("New visit"),
        "submit": plain("Request"),
        "close": plain("Cancel"),
        "blocks": [
            {"type": "context", "elements": [mrkdwn("All times in your own zone.")]},
            field(
                "customer",
                "Customer",
                {
                    "type": "external_select",
                    "min_query_length": 1,
                    "placeholder": plain("Search or type a new one"),
                },
            ),
            field("purpose", "Purpose", {"type": "static_select", "options": PURPOSES}),
            field("lead", "Lead guest", {"type": "plain_text_input", "max_length": 20}),
            field(
                "size",
                "Party size",
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "1",
                    "max_value": "200",
                },
            ),
            field("arrival", "Arrival", {"type": "datetimepicker"}),
            field("day", "Day", {"type": "datepicker"}, optional=True),
            field("time", "Time", {"type": "timepicker"}, optional=True),
            field("host", "Host", {"type": "users_select", "initial_user": "U02SAMCARTER"}),
            field("escorts", "Escorts", {"type": "multi_users_select"}, optional=True),
            field(
                "topics",
                "Topics",
                {"type": "multi_static_select", "options": [option("Price"), option("Quality")]},
                optional=True,
            ),
            field(
                "where",
                "Post to",
                {"type": "conversations_select", "filter": {"include": ["public"]}},
                optional=True,
            ),
            field(
                "travel",
                "Travel by",
                {"type": "radio_buttons", "options": kinds},
                hint=plain("The driver is told."),
                dispatch_action=True,
            ),
            field(
                "needs",
                "Needs",
                {"type": "checkboxes", "options": [option("Interpreter"), option("Gifts")]},
                optional=True,
            ),
            field("mail", "E-mail", {"type": "email_text_input"}, optional=True),
            field("site", "Website", {"type": "url_text_input"}, optional=True),
            field("papers", "Papers", {"type": "file_input", "max_files": 2}, optional=True),
            field("notes", "Notes", {"type": "plain_text_input", "multiline": True}, optional=True),
            {"type": "actions", "elements": [button("Edit guests", "edit_guests")]},
        ],
    }


def guests() -> Json:
    """A modal to push onto the first."""
    return {
        "type": "modal",
        "callback_id": "guests",
        "title": plain("Guests"),
        "submit": plain("Save"),
        "blocks": [field("guests", "Names", {"type": "plain_text_input", "multiline": True})],
    }


def home() -> Json:
    """A Home tab."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Good morning :wave:")},
            section(
                "You host *2 visits* this week.",
                accessory=button("New visit", "new", style="primary"),
            ),
            {"type": "divider"},
            {"type": "header", "text": plain("Waiting for me")},
            section(
                "*V-2026-0002*, Söhne & Co\nFriday 10:00, your approval is asked",
                accessory=button("Open", "open"),
            ),
            {"type": "context", "elements": [mrkdwn("Up to date")]},
        ],
    }
