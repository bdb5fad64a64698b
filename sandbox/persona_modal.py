"""A modal as the person before it sees and fills it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.blocks import elements, is_stateful
from sandbox.client import Client, Outcome
from sandbox.filling import choice_for, shown_value
from sandbox.form import value_in
from sandbox.model import Json, User, View
from sandbox.reading import Reader, button_labels, option_words, options_of
from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a modal; `value` as it is read: texts of options, handles of people."""

    label: str
    kind: str
    value: Any
    options: list[str]
    error: str | None
    optional: bool
    hint: str | None
    placeholder: str | None


@dataclass(frozen=True, slots=True)
class SubmitResult:
    """What submitting led to: errors by label; closed or not; the modal that then lies on top."""

    errors: dict[str, str]
    closed: bool
    view: "Modal | None"
    acked: bool
    ms: float
    notice: str | None


class Modal:
    """One modal. It shows later changes of the same view too."""

    def __init__(self, workspace: Workspace, client: Client, view: View) -> None:
        self._workspace = workspace
        self._client = client
        self.view = view
        self._user: User = workspace.users[view.user]
        self._reader = Reader(workspace, self._user)

    # Reading

    @property
    def title(self) -> str:
        """The words at its top."""
        return str(self.view.body["title"]["text"])

    @property
    def is_open(self) -> bool:
        """Whether it is still in the person's stack."""
        return self.view.open

    @property
    def buttons(self) -> list[str]:
        """The words on the buttons inside it (not its submit and close buttons)."""
        return button_labels(self.view.blocks)

    @property
    def submit_label(self) -> str | None:
        """The words on its submit button; None without one."""
        submit = self.view.body["submit"]
        return str(submit["text"]) if submit else None

    @property
    def close_label(self) -> str | None:
        """The words on its close button; None where Slack chooses them."""
        close = self.view.body["close"]
        return str(close["text"]) if close else None

    def labels(self) -> list[str]:
        """The labels of its inputs, in order."""
        return [block["label"]["text"] for block in self.view.blocks if block["type"] == "input"]

    def text(self) -> str:
        """All its words, one part per line, errors included; no buttons."""
        lines = [self.title, *self._reader.blocks(self.view.blocks), *self.view.errors.values()]
        return "\n".join(lines)

    def errors(self) -> dict[str, str]:
        """The errors shown now, by label."""
        return {self._label(block_id): words for block_id, words in self.view.errors.items()}

    def field(self, label: str) -> Field:
        """One input by its label. Raises AssertionError naming the labels."""
        block, element = self._input(label)
        value = value_in(self.view.state, block, element)
        hint, placeholder = block.get("hint"), element.get("placeholder")
        return Field(
            label=label,
            kind=element["type"],
            value=shown_value(self._workspace, element, value),
            options=[option_words(option) for option in options_of(element)],
            error=self.view.errors.get(block["block_id"]),
            optional=bool(block.get("optional", False)),
            hint=hint["text"] if hint else None,
            placeholder=placeholder["text"] if placeholder else None,
        )

    async def options(self, label: str, query: str = "") -> list[str]:
        """The texts offered in a select; an external one asks the app with `query`."""
        block, element = self._input(label)
        if "external" not in element["type"]:
            return [option_words(option) for option in options_of(element)]
        offered = await self._client.suggestions(self._user, self.view, block, element, query)
        return [option_words(option) for option in offered.flat]

    # Acting

    async def fill(self, label: str, value: Any) -> Outcome:
        """Enter a value, as contract and kind say; None empties the input. A moment entered as a
        day goes with its time into the input that follows, where that asks for a zone's time.

        Raises AssertionError when there is no such input or option, or the modal is closed.
        """
        self._must_be_open()
        block, element = self._input(label)
        beside = self._clock_beside(block)
        if beside is not None and (value is None or isinstance(value, datetime)):
            return await self._fill_both((block, element), beside, value)
        choice = await choice_for(self._client, self._user, self.view, (block, element), value)
        return await self._client.act_in_view(self.view, block, element, choice)

    async def fill_all(self, values: Mapping[str, Any]) -> None:
        """Enter several values, in order."""
        for label, value in values.items():
            await self.fill(label, value)

    async def submit(self) -> SubmitResult:
        """Press the submit button once. Raises AssertionError when there is none."""
        self._must_be_open()
        if self.view.body["submit"] is None:
            raise AssertionError(f"the modal {self.title!r} has no submit button")
        outcome = await self._client.submit(self.view)
        stack = self._workspace.modals.stack(self._user.id)
        errors = {self._label(block_id): words for block_id, words in self.view.errors.items()}
        return SubmitResult(
            errors=errors,
            closed=not self.view.open,
            view=Modal(self._workspace, self._client, stack[-1]) if stack else None,
            acked=outcome.acked,
            ms=outcome.ms,
            notice=outcome.notice,
        )

    async def click(self, label: str, *, near: str | None = None) -> Outcome:
        """Press a button inside; `near` is part of its block's or a preceding block's text.

        Raises AssertionError naming the buttons.
        """
        self._must_be_open()
        above = ""
        for block in self.view.blocks:
            words = "\n".join(self._reader.blocks([block]))
            above = words or above
            for _, element in elements([block]):
                wanted = element["type"] == "button" and element["text"]["text"] == label
                if wanted and (near is None or near in above):
                    return await self._client.act_in_view(self.view, block, element, {})
        raise AssertionError(f"no button {label!r} near {near!r}; there are {self.buttons}")

    async def close(self) -> Outcome:
        """Press the close (or cancel, or back) button."""
        self._must_be_open()
        return await self._client.close(self.view)

    def __repr__(self) -> str:
        return f"<modal {self.title!r} {self.labels()} {self.buttons}>"

    # Within

    async def _fill_both(
        self, day: tuple[Json, Json], clock: tuple[Json, Json], value: datetime | None
    ) -> Outcome:
        wall = value.astimezone(ZoneInfo(clock[1]["timezone"])) if value is not None else None
        for (block, element), part in ((day, wall and wall.date()), (clock, wall and wall.time())):
            choice = await choice_for(self._client, self._user, self.view, (block, element), part)
            outcome = await self._client.act_in_view(self.view, block, element, choice)
        return outcome

    def _clock_beside(self, day: Json) -> tuple[Json, Json] | None:
        """The input that asks for the time of day right after one that asks for the day."""
        inputs = list(elements(self.view.blocks))
        places = [block["block_id"] for block, _ in inputs]
        following = places.index(day["block_id"]) + 1
        if inputs[following - 1][1]["type"] != "datepicker" or following == len(inputs):
            return None
        block, element = inputs[following]
        is_clock = element["type"] == "timepicker" and element.get("timezone")
        return (block, element) if is_clock else None

    def _must_be_open(self) -> None:
        if not self.view.open:
            raise AssertionError(f"the modal {self.title!r} is closed")

    def _input(self, label: str) -> tuple[Json, Json]:
        for block, element in elements(self.view.blocks):
            if is_stateful(element) and label in self._names(block, element):
                return block, element
        raise AssertionError(f"the modal {self.title!r} has no {label!r}; it has {self.labels()}")

    def _names(self, block: Json, element: Json) -> list[str]:
        if block["type"] == "input":
            return [block["label"]["text"]]
        names = [element["placeholder"]["text"]] if "placeholder" in element else []
        if block["type"] == "section" and "text" in block:
            names.append(self._reader.words(block["text"]["text"]))
        return names

    def _label(self, block_id: str) -> str:
        for block in self.view.blocks:
            if block["block_id"] == block_id and block["type"] == "input":
                return str(block["label"]["text"])
        return block_id
