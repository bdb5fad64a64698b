"""Blocks become what slack_sdk itself would make of them, and are refused where it refuses."""

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    ImageElement,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from templates.slack.wire import wire

_OPTIONS = [Option(text=PlainTextObject(text=name), value=name) for name in ("a", "b")]
_BUTTON = ButtonElement(
    action_id="go",
    text=PlainTextObject(text="Go", emoji=False),
    value="1",
    style="danger",
    confirm=ConfirmObject(title="Sure?", text="Really", confirm="Yes", deny="No"),
)
PARTS: list[JsonObject] = [
    Option(text="Plain", value="1", description="More", url="https://example.com"),
    Option(text=MarkdownTextObject(text="*x*"), value="2", description=PlainTextObject(text="d")),
    View(
        type="modal",
        title=PlainTextObject(text="Title", emoji=False),
        close="Close",
        blocks=[
            InputBlock(label="L", element=StaticSelectElement(action_id="s", options=_OPTIONS))
        ],
        notify_on_close=True,
        private_metadata="{}",
    ),
    DividerBlock(),
    HeaderBlock(text=PlainTextObject(text="Title", emoji=False), block_id="b1"),
    SectionBlock(text=MarkdownTextObject(text="*x*", verbatim=True), accessory=_BUTTON),
    SectionBlock(fields=[MarkdownTextObject(text="a"), PlainTextObject(text="b", emoji=False)]),
    ActionsBlock(elements=[_BUTTON, StaticSelectElement(action_id="s", options=_OPTIONS)]),
    ContextBlock(
        elements=[PlainTextObject(text="small"), ImageElement(image_url="u", alt_text="")]
    ),
    RichTextBlock(
        elements=[
            RichTextSectionElement(
                elements=[
                    RichTextElementParts.Text(text="bold", style={"bold": True}),
                    RichTextElementParts.User(user_id="U1"),
                ]
            ),
            RichTextQuoteElement(elements=[RichTextElementParts.Text(text="")]),
            RichTextSectionElement(elements=[]),
        ]
    ),
    RichTextElementParts.Text(
        text="styled", style=RichTextElementParts.TextStyle(bold=True, italic=False)
    ),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: type(part).__name__)
def test_it_is_what_the_library_makes_of_it(part: JsonObject) -> None:
    assert wire(part) == part.to_dict()
    assert wire(part) == part.to_dict(), "and so when the class is known"


@pytest.mark.parametrize(
    "part",
    [
        HeaderBlock(text=PlainTextObject(text="x" * 151)),
        SectionBlock(),
        ActionsBlock(elements=[ButtonElement(text="x" * 76, action_id="go")]),
        SectionBlock(text=MarkdownTextObject(text="x"), block_id="b" * 256),
    ],
    ids=["long header", "empty section", "long button", "long block_id"],
)
def test_what_the_library_refuses_is_refused(part: JsonObject) -> None:
    with pytest.raises(SlackObjectFormationError):
        part.to_dict()
    with pytest.raises(SlackObjectFormationError):
        wire(part)
