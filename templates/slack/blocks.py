"""Blocks made of safe text: the only place where text becomes what Slack takes, in its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    ExternalDataSelectElement,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
    StaticSelectElement,
    TextObject,
)
from slack_sdk.models.blocks.block_elements import RichTextElement

from templates.slack.wire import wire
from templates.wording.language import Language
from templates.wording.text import Text, clip

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
_FIELDS = 10
_FIELD_LENGTH = 2000
_SECTION_LENGTH = 3000
_HEADER_LENGTH = 150
_BUTTON_LENGTH = 75
_CONTEXT_LENGTH = 2000
OPTION_LENGTH = 75

Item = TypeVar("Item")
Fact = tuple[Text, Text | None]
"""A label and what it says; without the latter nothing is shown."""


@dataclass(frozen=True)
class Button:
    """A button; `value` is what it is about, as `ids` says. With `asks` it is asked first whether
    that is meant."""

    action_id: str
    label: Text
    value: str
    style: Literal["primary", "danger"] | None = None
    asks: "Question | None" = None


@dataclass(frozen=True)
class Question:
    """What is asked before a button counts, and the two answers."""

    title: Text
    text: Text
    yes: Text
    no: Text


class Card:
    """Collects the blocks of one message or view, top to bottom.

    `room` is how many more fit; what comes after that is dropped, so lists ask before they add.
    """

    def __init__(self, limit: int = MESSAGE_BLOCKS) -> None:
        self._blocks: list[Block] = []
        self._limit = limit

    @property
    def room(self) -> int:
        """How many more blocks fit."""
        return self._limit - len(self._blocks)

    def add(self, block: Block) -> None:
        """Add a block, if there is room."""
        if self.room > 0:
            self._blocks.append(block)

    def header(self, text: Text) -> None:
        """A line in large letters."""
        self.add(HeaderBlock(text=plain(text, _HEADER_LENGTH)))

    def text(self, text: Text | None, button: Button | None = None) -> None:
        """A paragraph, with a button to its right."""
        if not text:
            return
        if text.needs_rich:
            self.add(rich_text(text))
            if button is not None:
                self.buttons(button)
            return
        accessory = _button(button) if button is not None else None
        self.add(SectionBlock(text=_mrkdwn(text, _SECTION_LENGTH), accessory=accessory))

    def facts(self, facts: Sequence[Fact]) -> None:
        """Labelled facts in two columns. A fact is somebody's words or a mention, never both."""
        fields = [_field(label, value) for label, value in facts if value]
        for start in range(0, len(fields), _FIELDS):
            self.add(SectionBlock(fields=fields[start : start + _FIELDS]))

    def quote(self, text: Text | None) -> None:
        """What somebody wrote, as a quotation."""
        if text:
            elements = _rich_elements(text)
            self.add(RichTextBlock(elements=[RichTextQuoteElement(elements=elements)]))

    def small(self, text: Text | None, block_id: str | None = None) -> None:
        """A line in small grey letters."""
        if not text:
            return
        shown: TextObject = (
            plain(text, _CONTEXT_LENGTH) if text.could_format else _mrkdwn(text, _CONTEXT_LENGTH)
        )
        self.add(ContextBlock(elements=[shown], block_id=block_id))

    def buttons(self, *buttons: Button | None, block_id: str | None = None) -> None:
        """A row of buttons."""
        shown = [_button(button) for button in buttons if button is not None]
        if shown:
            self.add(ActionsBlock(elements=shown, block_id=block_id))

    def select(self, action_id: str, label: Text, options: Sequence[tuple[str, Text]]) -> None:
        """A choice that counts at once: value and words of each."""
        element = StaticSelectElement(
            action_id=action_id,
            placeholder=plain(label, 75),
            options=[Option(text=option_label(words), value=value) for value, words in options],
        )
        self.add(ActionsBlock(elements=[element]))

    def search(self, action_id: str, label: Text) -> None:
        """A choice of many that counts at once, found by typing."""
        element = ExternalDataSelectElement(
            action_id=action_id, placeholder=plain(label, 75), min_query_length=0
        )
        self.add(ActionsBlock(elements=[element]))

    def divider(self) -> None:
        """A line between two parts."""
        self.add(DividerBlock())

    @property
    def blocks(self) -> list[Block]:
        """The blocks so far, for a view."""
        return list(self._blocks)

    def done(self) -> list[dict[str, Any]]:
        """The blocks as Slack takes them. Raises SlackObjectFormationError beyond its limits."""
        return [wire(block) for block in self._blocks]


def plain(text: Text, limit: int) -> PlainTextObject:
    """A plain_text object; nothing in it formats, mentions or turns into an emoji."""
    return PlainTextObject(text=text.plain(limit) or "–", emoji=False)


def option_label(text: Text) -> PlainTextObject:
    """The words of an option."""
    return plain(text, OPTION_LENGTH)


def rich_text(text: Text) -> RichTextBlock:
    """A paragraph in which only the templates' own markup formats."""
    return RichTextBlock(elements=[RichTextSectionElement(elements=_rich_elements(text))])


def few(
    card: Card, items: Sequence[Item], size: int, spare: int = 0, most: int = 20
) -> Sequence[Item]:
    """As many of the items as have room at `size` blocks each, with `spare` blocks left over.

    At most `most` of them: Slack refuses messages of more than about 13,000 characters.

    `rest` says afterwards how many more there are.
    """
    return items[: max(0, min(most, (card.room - spare - 1) // size))]


def rest(card: Card, language: Language, items: Sequence[Item], shown: Sequence[Item]) -> None:
    """End a list that was too long with "and N more"."""
    if len(shown) < len(items):
        card.small(language.and_more(len(items) - len(shown)))


def _mrkdwn(text: Text, limit: int) -> MarkdownTextObject:
    return MarkdownTextObject(text=text.mrkdwn(limit) or "–", verbatim=True)


def _field(label: Text, value: Text) -> TextObject:
    if value.could_format or label.could_format:
        return plain(Text(f"{label}\n{value}"), _FIELD_LENGTH)
    return _mrkdwn(Text(f"*{label}*\n{value}"), _FIELD_LENGTH)


def _button(button: Button) -> ButtonElement:
    return ButtonElement(
        action_id=button.action_id,
        text=PlainTextObject(text=clip(button.label.plain(), _BUTTON_LENGTH), emoji=False),
        value=button.value,
        style=button.style,
        confirm=_confirm(button.asks) if button.asks is not None else None,
    )


def _confirm(question: Question) -> ConfirmObject:
    return ConfirmObject(
        title=plain(question.title, 100),
        text=plain(question.text, 300),
        confirm=plain(question.yes, 30),
        deny=plain(question.no, 30),
    )


def _rich_elements(text: Text) -> list[RichTextElement]:
    elements: list[RichTextElement] = []
    for piece in text.pieces():
        style = {
            name: True
            for name, is_on in (
                ("bold", piece.is_bold),
                ("italic", piece.is_italic),
                ("code", piece.is_code),
            )
            if is_on
        }
        if piece.user is not None:
            elements.append(RichTextElementParts.User(user_id=piece.user))
        else:
            elements.append(RichTextElementParts.Text(text=piece.words, style=style or None))
    return elements
