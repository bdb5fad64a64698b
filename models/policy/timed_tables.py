"""The checklist and the timed steps: everything that time brings is one of them."""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from models.base.words import Phase
from models.policy.base import (
    Clock,
    Count,
    Distance,
    Flag,
    Key,
    LongText,
    Table,
    Text,
    When,
    Who,
    in_order,
)
from models.policy.conditions import Only
from models.policy.moment import Anchor, Moment, Offset
from models.policy.nearest import nearest
from models.policy.notice_keys import NoticeKey

Condition = Literal[
    "car_not_here",  # the trip's car has not been reported at the pickup point (R6.3)
    "not_aboard",  # the guests are not in the trip's car yet
    "no_pickup",  # the guests come without a car of ours (R6.6)
    "items_open",  # something of the preparation is not confirmed (R5.2)
    "task_open",  # the step's task is not done
    "not_landed",  # it is not known yet what came of the visit: neither landed nor ended (R8.4)
    "landed",  # the project was won
    "document_missing",  # the step's document is not filed
]

REMINDER = "reminder"
"""The message of a step that says its own text."""

STEP_MESSAGES = (
    "preparation_check",
    "please_confirm",
    "open_items",
    "call_guest",
    "car_ready",
    "car_missing",
    "feedback_request",
    "feedback_nudge",
    "follow_up_task",
    "departure_items",
    REMINDER,
)

_CHECKS = {"preparation_check", "please_confirm", "open_items"}
_BEFORE = {Anchor.REQUEST, Anchor.APPROVAL}  # count forward, end before the arrival or not
_AT = {Anchor.ARRIVAL, Anchor.PICKUP}
_GOING = {Anchor.DEPARTURE, Anchor.SEND_OFF}


ItemFact = Literal[
    "people",
    "diets",
    "stay",
    "meeting",
    "meals",
    "lodging",
    "gift",
    "leisure",
    "names",
    "phone",
    "journey",
    "greeting",
    "rooms",
    "board",
    "sights",
    "gifts",
    "topics",
]
"""What of a visit an item may need: heads, diets counted, nights, the first meeting, a cap of the
level; the guests' names, a phone to press, their journey; and what the notice says of the greeting,
the rooms, the meals, sights, gifts and topics."""


class Copy(Table):
    """Who is told that an item is done, and for which visits only (R8.6)."""

    to: list[Who] = Field(min_length=1)
    only: Only | None = None


class TaskRule(Table):
    """An item of the checklist (R5.1), the departure or the follow-up (R8): owner and due time.

    `team` names the department, post or member of the reception team that does it; `only` says
    for which visits it is wanted. A visit is closed without what is not `awaited`. `shows`: what
    of the visit its owner reads beside it. `after`: an item of the same phase.
    """

    key: Key
    phase: Phase = Phase.PREPARATION
    title: Text
    clause: LongText | None = None
    owner: Who
    due: When
    recheck: Flag = False
    when: Literal["pickup", "trip"] | None = None
    only: Only | None = None
    awaited: Flag = True
    shows: list[ItemFact] = Field(default=[])
    after: Key | None = None
    fills: list[NoticeKey] = Field(default=[])
    copies: list[Copy] = Field(default=[])
    tells_guests: Flag = False
    team: Key | None = None
    note: LongText | None = None

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        if self.phase == Phase.DEPARTURE and self.due.anchor not in _GOING:
            raise ValueError(
                f"due {str(self.due)!r}: what is done when the guests leave counts from departure "
                "or send_off"
            )
        if self.phase != Phase.PREPARATION or self.due.anchor in _BEFORE:
            return self
        if self.due.anchor not in _AT or falls_after(self.due):
            raise ValueError(
                f"due {str(self.due)!r} may fall after the arrival: what is prepared is due before"
            )
        return self


def falls_after(moment: Moment) -> bool:
    """Whether a moment can lie after its own anchor."""
    offset = moment.offset
    return offset.number > 0 or (offset.number == 0 and offset.at is not None)


class Repeat(Table):
    """Again after each `every`, at most `limit` times, while the step's condition holds."""

    every: Distance
    limit: int = Field(ge=1, le=60, strict=True)


class StepEscalation(Table):
    """Whom a step is told to when its condition still holds that much later."""

    after: Distance
    to: list[Who] = Field(min_length=1)


class Step(Table):
    """A timed step: when, what is said, to whom, on which condition, until when it still helps.

    `message` is one of the product's own, or `reminder`, which says `text`; `to` are told.
    `repeat` with the condition `not_landed` runs until the outcome is known.
    `any_day`: it does not wait for a working day (`[calendar] quiet_days`).
    """

    key: Key
    clause: LongText | None = None
    at: When
    message: Key = REMINDER
    to: list[Who] = Field(min_length=1)
    when: list[Condition] = Field(default=[])
    only: Only | None = None
    task: Key | None = None
    document: Key | None = None
    until: When | None = None
    repeat: Repeat | None = None
    escalate: StepEscalation | None = None
    text: LongText | None = None
    any_day: Flag = False

    @field_validator("message")
    @classmethod
    def _known_message(cls, value: str) -> str:
        if value not in STEP_MESSAGES:
            near = nearest(value, STEP_MESSAGES) or f": use one of {', '.join(STEP_MESSAGES)}"
            raise ValueError(f"{value!r} is not known here{near}")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if "task_open" in self.when and self.task is None:
            raise ValueError("the condition task_open needs `task`")
        if "document_missing" in self.when and self.document is None:
            raise ValueError("the condition document_missing needs `document`")
        if self.message in _CHECKS and self.at.anchor in _AT and falls_after(self.at):
            raise ValueError(
                f"at {str(self.at)!r} may fall after the arrival: preparation is checked before"
            )
        if self.message == REMINDER and self.text is None:
            raise ValueError("a step without a message of its own needs `text`")
        return self


_OTHER_MESSAGES = (
    "approval",
    "decision",
    "visit_card",
    "history",
    "tasks",
    "task_problem",
    "handed_over",
    "item_done",
    "tell_again",
    "cars",
    "trip",
    "invitation",
    "invitation_answer",
    "exception",
    "exception_decided",
    "overspend",
    "gift_refused",
    "step_escalation",
    "etiquette",
    "closed",
    "monthly_figures",
)


class QuietHours(Table):
    """When nobody is written to, by the reader's own clock, except what cannot wait.

    `but` names messages that go out all the same: those of steps, and others of the product's.
    """

    start: Clock = Field(alias="from")
    end: Clock = Field(alias="until")
    but: list[Key] = Field(default=["car_ready", "car_missing", "call_guest"])

    @field_validator("but")
    @classmethod
    def _known_messages(cls, value: list[str]) -> list[str]:
        known = (*STEP_MESSAGES, *_OTHER_MESSAGES)
        for name in value:
            if name not in known:
                near = nearest(name, known) or f": use any of {', '.join(known)}"
                raise ValueError(f"{name!r} is no message{near}")
        return value


class FollowUp(Table):
    """What follows a visit: how long the guests' way home is reckoned (R8.5)."""

    home_after: Distance = Offset(8, "h")

    @field_validator("home_after")
    @classmethod
    def _after(cls, value: Offset) -> Offset:
        if value.number < 0:
            raise ValueError(f"{str(value)!r} lies before they leave: write it like +8h or +1d")
        return value


class Conduct(Table):
    """Figures of the day in minutes (R5.4, R7.1, R7.3, R7.5, R7.6); None: not laid down."""

    host_early: Count | None = None
    opening_within: Count | None = None
    room_ready: Count | None = None
    it_within: Count | None = None
    tea_every: Count | None = None
    banquet: Count | None = None
    banquet_most: Count | None = None
    rules: list[LongText] = Field(default=[])

    @model_validator(mode="after")
    def _order(self) -> Self:
        in_order(self.banquet, self.banquet_most, "banquet", "banquet_most")
        return self
