"""Who else is asked, by amount, lateness, exception and attending leader; what overspend costs."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from models.policy.base import (
    Amount,
    Count,
    Flag,
    Key,
    LongText,
    Percent,
    RoleKey,
    Table,
    Text,
    Who,
)
from models.policy.conditions import Beyond, Only
from models.policy.span import UNITS, Span


def _once(roles: list[str]) -> None:
    double = sorted({role for role in roles if roles.count(role) > 1})
    if double:
        raise ValueError(f"the chain loops: {', '.join(double)} is asked twice")


class Notice(Table):
    """A lead time, in exactly one unit: whole calendar days, whole working days, or hours."""

    days: Count | None = Field(default=None, le=90)
    working_days: Count | None = Field(default=None, le=60)
    hours: Count | None = Field(default=None, le=2000)
    clause: LongText | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        names = [unit for unit in UNITS if getattr(self, unit) is not None]
        if len(names) != 1:
            there = f", not {' and '.join(names)}" if names else ""
            raise ValueError(f"give one of days, working_days, hours{there}")
        return self

    @property
    def span(self) -> Span:
        """The lead time in its unit."""
        unit = next(unit for unit in UNITS if getattr(self, unit) is not None)
        return Span(getattr(self, unit), unit)


class LeadRule(Notice):
    """A longer lead time for visits of a kind, or for those that a leader of a rank attends."""

    key: Key
    only: Only | None = None
    attending_from: Key | None = None
    in_writing: Flag = False

    @model_validator(mode="after")
    def _for_something(self) -> Self:
        if self.only is None and self.attending_from is None:
            raise ValueError("say for which visits: only, or attending_from")
        return self


class LeadTime(Notice):
    """How early a request should come (R1.5). Later ones are marked urgent, never refused.

    In days, working days or hours. Working days, 3 to 5 meaning: 3 are needed, 5 are wished for
    (`preferred_working_days`).
    """

    preferred_working_days: Count | None = Field(default=None, le=60)
    urgent_hours: Count | None = Field(default=None, le=240)
    rules: list[LeadRule] = Field(default=[], alias="rule")

    @model_validator(mode="after")
    def _order(self) -> Self:
        wished, needed = self.preferred_working_days, self.working_days
        if wished is None:
            return self
        if needed is None:
            raise ValueError("preferred_working_days goes with working_days")
        if wished < needed:
            raise ValueError(f"preferred_working_days {wished} is below working_days {needed}")
        return self


class Escalation(Table):
    """Whom an undecided request goes to after so many hours of silence (R3.1)."""

    after_hours: int = Field(ge=1, le=240, strict=True)
    urgent_after_hours: Count | None = Field(default=None, ge=1, le=240)
    to: dict[RoleKey, RoleKey]
    clause: LongText | None = None

    def hours(self, *, urgent: bool) -> int:
        """The hours of silence for a request, shorter for an urgent one where the file says so."""
        return (self.urgent_after_hours if urgent else None) or self.after_hours

    @model_validator(mode="after")
    def _ends(self) -> Self:
        for start in self.to:
            seen, role = {start}, self.to.get(start)
            while role is not None:
                if role in seen:
                    raise ValueError(f"the chain from {start} comes back to {role}")
                seen.add(role)
                role = self.to.get(role)
        return self


def _delegation(value: Any) -> Any:
    """What older files say: true is among equals, false is never."""
    return {True: "same_rank", False: "none"}[value] if isinstance(value, bool) else value


SlackUser = Annotated[str, Field(pattern=r"^[UW][A-Z0-9]{2,31}$")]
"""A person of the workspace by their member id in Slack."""


class Approval(Table):
    """How the chain is made up. `attending`: what a leader who attends and stands above the chain
    means for it: the highest decision moves to them, they join, or nothing (R2.4).

    `own_request`: whether whoever asks for something may decide it themselves, or the next leader
    does; at the top of the ladder those of `own_request_to`.

    `delegation`: whom an approver may have decide in their place.
    """

    attending: Literal["moves", "joins", "ignored"] = "moves"
    delegation: Annotated[
        Literal["none", "same_rank", "higher_rank"] | list[SlackUser],
        BeforeValidator(_delegation),
    ] = "same_rank"
    own_request: Literal["next", "allowed"] = "next"
    own_request_to: RoleKey | None = None


class ApproverRule(Table):
    """Asks more approvers, or other ones, where all its conditions hold (R3.1)."""

    key: Key
    clause: LongText | None = None
    only: Only | None = None
    amount_above: Amount | None = None
    amount_from: Amount | None = None
    late: Flag | None = None
    attending_from: Key | None = None
    add: list[RoleKey] = Field(default=[])
    instead: list[RoleKey] = Field(default=[])
    why: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        conditions = (
            self.only,
            self.amount_above,
            self.amount_from,
            self.late,
            self.attending_from,
        )
        if all(condition is None for condition in conditions):
            raise ValueError("there is no condition in it: what every visit needs goes to levels")
        if bool(self.add) == bool(self.instead):
            raise ValueError("give add (more approvers) or instead (another chain), one of them")
        _once([*self.add, *self.instead])
        return self


class ExceptionRule(Table):
    """Who decides when a request goes beyond the policy, before the money is spent (R2.2).

    Without `kinds` it is for every kind of exception that no other rule names.
    """

    key: Key
    clause: LongText | None = None
    kinds: list[Beyond] = Field(default=[])
    only: Only | None = None
    written_by: Who
    approvers: list[RoleKey] = Field(min_length=1)
    why: Text | None = None

    @model_validator(mode="after")
    def _ends(self) -> Self:
        _once(self.approvers)
        return self


class Overspend(Table):
    """How overspend without an approved exception is shared, in percent (R2.3)."""

    shares: dict[Literal["company", "department", "handler", "approver"], Percent]
    clause: LongText | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum(self.shares.values())
        if total != 100:
            raise ValueError(f"the shares make {total} percent, not 100")
        return self


class Expenses(Table):
    """Reimbursement (R2.5): who checks, in order, what is attached, when advances are settled."""

    approvers: list[RoleKey] = Field(min_length=1)
    attachments: list[Text] = Field(default=[])
    settle_within_working_days: Count | None = None
    advance: Flag = False
    statistics_by: list[Literal["customer", "level", "department", "kind"]] = Field(default=[])
    statistics_every: Literal["month", "quarter", "year"] | None = None
    rules: list[LongText] = Field(default=[])

    @model_validator(mode="after")
    def _ends(self) -> Self:
        _once(self.approvers)
        return self
