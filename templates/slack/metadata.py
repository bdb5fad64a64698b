"""What a view carries for the app alone: which form it is, and what it is about."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class FormMeta:
    """The private metadata of a view. `decision` is the StepState that the form asks reasons for.

    `form_key` makes one visit of a form that is submitted twice. `shown` stands for what a form
    says of the level and the budget now, so that it is updated only where that changes. `later` are
    details that were said already and are asked after the sending, by their fields, as a draft
    keeps them. `is_refilled`: the inputs of the form beneath answer under the other ids.
    """

    form_key: str | None = None
    visit: int | None = None
    revision: int | None = None
    step: int | None = None
    task: int | None = None
    trip: int | None = None
    assignment: int | None = None
    decision: str | None = None
    invitation: int | None = None
    turn: int | None = None
    shown: str | None = None
    later: dict[str, str | int] | None = None
    is_refilled: bool | None = None
    entry: int | None = None
    same_as: int | None = None  # the earlier visit that this one is like
    line: int | None = None
    section: str | None = None
    guest: int | None = None
    part: int | None = None  # which step of a form it is
    page: int | None = None
    customer: int | None = None
    into: int | None = None  # the customer that this one is another spelling of
    behind: list[str] | None = None  # what the views are that lie below, from the lowest
    marks: dict[str, str] | None = None  # of what each field held when the form was opened
    files: list[list[str]] | None = None  # Slack's id of each file, and its name, cut

    def dump(self) -> str:
        """As the view carries it (far below Slack's 3000 characters)."""
        facts = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(facts, separators=(",", ":"))

    @classmethod
    def load(cls, carried: str) -> "FormMeta":
        """Read it back. Raises ValueError where it is something else."""
        facts = json.loads(carried or "{}")
        if not isinstance(facts, dict) or not set(facts) <= set(cls.__dataclass_fields__):
            raise ValueError("these are no metadata of a form")
        return cls(**facts)


@dataclass(frozen=True)
class PostRef:
    """A message that somebody wrote, as a button carries it; with its visit where that is known."""

    channel: str
    ts: str
    thread_ts: str | None = None
    visit: int | None = None

    def dump(self) -> str:
        """As a button's value carries it."""
        return ":".join(
            str(part or "") for part in (self.channel, self.ts, self.thread_ts, self.visit)
        )

    @classmethod
    def load(cls, carried: str) -> "PostRef":
        """Read it back. Raises ValueError where it is something else."""
        channel, ts, thread_ts, visit = carried.split(":")
        return cls(channel, ts, thread_ts or None, int(visit) if visit else None)
