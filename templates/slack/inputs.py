"""The inputs that forms are made of, within Slack's limits; first values that do not fit are left
out rather than refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import FileInputElement

from models.base.times import local, same_clock
from templates.slack import ids
from templates.slack.blocks import option_label, plain
from templates.wording.language import Language
from templates.wording.text import Text, clip, guard

LABEL_LENGTH = 2000
PLACEHOLDER_LENGTH = 150
TICKED = "yes"
_VALUE_LENGTH = 150
OPTIONS = 100
"""How many options Slack takes in one select."""
_LARGEST = 10**12
_EARLIEST, _LATEST = 1_000_000_000, 9_999_999_999  # ten digits, as Slack wants them


@dataclass(frozen=True)
class Asked:
    """One question of a form. `reports` makes Slack tell the app of each change as it is made."""

    block_id: str
    label: Text
    action_id: str
    optional: bool = False
    hint: Text | None = None
    placeholder: Text | None = None
    reports: bool = False

    def block(self, element: InputInteractiveElement) -> InputBlock:
        """The input block of this question."""
        return InputBlock(
            block_id=self.block_id,
            label=plain(self.label, LABEL_LENGTH),
            hint=plain(self.hint, LABEL_LENGTH) if self.hint else None,
            element=element,
            optional=self.optional,
            dispatch_action=self.reports or None,
        )

    def line(self, most: int, first: object = None, *, many_lines: bool = False) -> InputBlock:
        """Words: one line, or many."""
        shown = clip(str(first), most) if first else None
        element = PlainTextInputElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            multiline=many_lines,
            max_length=most,
            initial_value=shown,
            dispatch_action_config=self._config(),
        )
        return self.block(element)

    def number(
        self, least: int, most: int | None, first: object = None, *, decimals: bool = False
    ) -> InputBlock:
        """A number in a range."""
        element = NumberInputElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            is_decimal_allowed=decimals,
            min_value=least,
            max_value=most,
            initial_value=_number(first, least, most, decimals=decimals),
            dispatch_action_config=self._config(),
        )
        return self.block(element)

    def moment(
        self, language: Language, site: str | None, first: object = None
    ) -> list[InputBlock]:
        """A day and a time of day at the site, whose IANA zone is given (None: the reader's own).

        Slack takes both in one input only by the clock of whoever fills the form. Where that is
        another than the site's they are two inputs, the second of which names the site's.
        """
        if site is None or same_clock(language.zone_of(), site):
            return [self._moment(first)]
        wall = local(first, site) if isinstance(first, datetime) and first.tzinfo else None
        clock = replace(
            self,
            block_id=ids.clock_block(self.block_id, site),
            label=self._clock_label(language),
            hint=language.say("forms", "clock_hint", city=language.city(site)),
        )
        return [self.day(wall.date() if wall else None), clock._clock(wall, site)]

    def _clock_label(self, language: Language) -> Text:
        if self.label.lower().endswith(("time", "when")):  # it asks for a time by its name
            return language._("%(label)s: hour", label=self.label)
        return language._("%(label)s time", label=self.label)

    def _clock(self, first: datetime | None, zone: str) -> InputBlock:
        element = TimePickerElement(
            action_id=self.action_id,
            initial_time=f"{first:%H:%M}" if first else None,
            timezone=zone,
        )
        return self.block(element)

    def _moment(self, first: object) -> InputBlock:
        stamp = None
        if isinstance(first, datetime) and first.tzinfo is not None:
            seconds = int(first.astimezone(UTC).timestamp())
            stamp = seconds if _EARLIEST <= seconds <= _LATEST else None
        element = DateTimePickerElement(action_id=self.action_id, initial_date_time=stamp)
        return self.block(element)

    def day(self, first: date | None) -> InputBlock:
        """A day of the calendar."""
        element = DatePickerElement(
            action_id=self.action_id, initial_date=first.isoformat() if first else None
        )
        return self.block(element)

    def person(self, first: object = None) -> InputBlock:
        """One member of the workspace."""
        element = UserSelectElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            initial_user=str(first) if first else None,
        )
        return self.block(element)

    def persons(self, first: Sequence[str], most: int | None = None) -> InputBlock:
        """Members of the workspace, at most so many."""
        element = UserMultiSelectElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            initial_users=list(first) or None,
            max_selected_items=most,
        )
        return self.block(element)

    def choice(self, options: Sequence[tuple[str, Text]], first: object = None) -> InputBlock:
        """One of a few: code and words of each."""
        shown = [option(words, code) for code, words in options[:OPTIONS]]
        chosen = next((each for each in shown if each.value == first), None)
        element = StaticSelectElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            options=shown,
            initial_option=chosen,
        )
        return self.block(element)

    def choices(self, options: Sequence[tuple[str, Text]], first: Sequence[str]) -> InputBlock:
        """Any of a few, ten at most: code and words of each."""
        shown = [option(words, code) for code, words in options]
        element = CheckboxesElement(
            action_id=self.action_id,
            options=shown,
            initial_options=[each for each in shown if each.value in first] or None,
        )
        return self.block(element)

    def several(self, options: Sequence[tuple[str, Text]], first: Sequence[str]) -> InputBlock:
        """Any of many, a hundred at most: code and words of each."""
        shown = [option(words, code) for code, words in options[:OPTIONS]]
        element = StaticMultiSelectElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            options=shown,
            initial_options=[each for each in shown if each.value in first] or None,
        )
        return self.block(element)

    def files(self, kinds: Sequence[str], most: int) -> InputBlock:
        """Files of these endings, at most so many. The endings are a hint: look at the content."""
        element = FileInputElement(action_id=self.action_id, filetypes=list(kinds), max_files=most)
        return self.block(element)

    def tick(self, words: Text, first: object = None) -> InputBlock:
        """Yes, or not."""
        box = option(words, TICKED)
        element = CheckboxesElement(
            action_id=self.action_id, options=[box], initial_options=[box] if first else None
        )
        return self.block(element)

    def search(self, first: object = None, words: Text | None = None) -> InputBlock:
        """One of many, found by typing; `words` are those of the first value, itself if None."""
        name = str(first) if first else ""
        element = ExternalDataSelectElement(
            action_id=self.action_id,
            placeholder=self._placeholder(),
            min_query_length=0,
            initial_option=option(words or guard(name), name) if name.strip() else None,
        )
        return self.block(element)

    def _placeholder(self) -> str | None:
        return self.placeholder.plain(PLACEHOLDER_LENGTH) if self.placeholder else None

    def _config(self) -> DispatchActionConfig | None:
        if not self.reports:
            return None
        return DispatchActionConfig(trigger_actions_on=["on_character_entered"])


def option(words: Text, value: str, below: Text | None = None) -> Option:
    """An option, with what stands below it in small letters; its value is cut to what Slack takes
    (150 characters)."""
    more = option_label(below).to_dict() if below else None
    return Option(text=option_label(words), value=value[:_VALUE_LENGTH], description=more)


def _number(first: object, least: int, most: int | None, *, decimals: bool) -> str | None:
    if first is None or isinstance(first, bool):
        return None
    try:
        value = Decimal(str(first))
    except InvalidOperation:
        return None
    if not value.is_finite() or not least <= value <= (_LARGEST if most is None else most):
        return None
    if value == value.to_integral_value():
        return str(int(value))
    return format(value, "f") if decimals else None
