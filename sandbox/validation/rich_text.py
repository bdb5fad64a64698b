"""Rich text blocks and their parts."""

from collections.abc import Mapping

from sandbox.validation.rules import (
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

_TYPE: Mapping[str, Rule] = {"type": anything}
_STYLES = (
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
)
_STYLE = record({}, dict.fromkeys(_STYLES, boolean))
_STYLED: Mapping[str, Rule] = {"style": _STYLE}
_PIECES = typed(
    {
        "text": record({**_TYPE, "text": string(3000)}, _STYLED),
        "link": record(
            {**_TYPE, "url": string(3000)}, {**_STYLED, "text": string(3000), "unsafe": boolean}
        ),
        "emoji": record({**_TYPE, "name": string(255)}, {"unicode": string(255), **_STYLED}),
        "user": record({**_TYPE, "user_id": string(255)}, _STYLED),
        "usergroup": record({**_TYPE, "usergroup_id": string(255)}, _STYLED),
        "channel": record({**_TYPE, "channel_id": string(255)}, _STYLED),
        "broadcast": record({**_TYPE, "range": one_of("here", "channel", "everyone")}, _STYLED),
        "color": record({**_TYPE, "value": string(20)}),
        "date": record(
            {**_TYPE, "timestamp": integer(0), "format": string(255)},
            {"url": string(3000), "fallback": string(3000), **_STYLED},
        ),
    }
)
_LINE: Mapping[str, Rule] = {**_TYPE, "elements": array(_PIECES, 1000, 0)}
_SECTION = record(_LINE)
_PARTS = typed(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": record(_LINE, {"border": one_of(0, 1)}),
        "rich_text_preformatted": record(_LINE, {"border": one_of(0, 1), "language": string(50)}),
        "rich_text_list": record(
            {
                **_TYPE,
                "style": one_of("bullet", "ordered"),
                "elements": array(typed({"rich_text_section": _SECTION}), 1000),
            },
            {"indent": integer(0, 8), "offset": integer(0), "border": one_of(0, 1)},
        ),
    }
)
_BLOCK = record({**_TYPE, "elements": array(_PARTS, 1000)}, {"block_id": string(255)})

RICH_TEXT = typed({"rich_text": _BLOCK})
