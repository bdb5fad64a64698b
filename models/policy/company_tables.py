"""The rest of a company's procedure: people, routes, documents, hotels, measures, campaigns."""

from datetime import time
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from models.base.words import Purpose
from models.policy.base import (
    Amount,
    Clock,
    Count,
    Flag,
    Key,
    LongText,
    Percent,
    RoleKey,
    Stars,
    Table,
    Text,
    When,
    Who,
    in_order,
)
from models.policy.conditions import Only
from models.policy.level_tables import Cap, Grade


class CustomerKind(Table):
    """A kind of customer that rules ask for, such as a provincial body or a dealer."""

    key: Key
    name: Text


class Rank(Table):
    """A rung of the ladder. Ranks of one grade are equals for the protocol grade.

    `titles` are the words in a person's title that tell the rank, in any language; `role` is the
    company's role whose holders have it; `side` says whether guests, we, or both bear it.
    """

    key: Key
    name: Text
    grade: Count
    titles: list[str] = Field(default=[])
    role: RoleKey | None = None
    side: Literal["both", "guests", "ours"] = "both"


class Protocol(Table):
    """Which grade the host should have against the lead guest, and who may raise it (P04, P08)."""

    rule: Grade = "equal"
    may_raise: Flag = True
    raised_by: RoleKey | None = None
    clause: LongText | None = None


class Request(Table):
    """How requests reach the company and what is done with them at once (R1, P05, P10, P16)."""

    channels: list[Literal["chat", "phone", "mail", "online", "form"]] = Field(default=["chat"])
    purposes: list[Purpose] | None = Field(default=None, min_length=1)  # None: all
    diets: list[Text] = Field(default=[])  # that the kitchen offers
    read_back: Flag = True
    warn_of: list[Literal["new", "unverified", "like_products"]] = Field(default=[])
    office_told_from: Key | None = None
    contacts_kept_days: int = Field(default=730, ge=1, le=3650, strict=True)
    feasibility_by: Who | None = None
    rated_by: Who | None = None
    guest_accounts: Flag = False
    most_waiting: int = Field(default=30, ge=1, le=1000, strict=True)
    most_in_an_hour: int = Field(default=20, ge=1, le=1000, strict=True)


class Team(Table):
    """A department, post or member of the reception team: who holds it and its duties."""

    key: Key
    name: Text
    kind: Literal["department", "member", "post"] = "department"
    held_by: Who
    people: Count | None = None
    duties: list[LongText] = Field(default=[])


class Training(Table):
    """What the reception staff are trained in (P03, P12)."""

    key: Key
    topics: list[Text] = Field(min_length=1)
    for_teams: list[Key] = Field(default=[])


class Stop(Table):
    """One place of a route, with the minutes spent there and whether photographs are barred."""

    place: Text
    minutes: Count | None = None
    guide: Who | None = None
    no_photos: Flag = False


class Route(Table):
    """A standard way through the house (R4.1, P04, P06)."""

    key: Key
    name: Text
    only: Only | None = None
    stops: list[Stop] = Field(min_length=1, alias="stop")


class Document(Table):
    """A paper that is wanted: who writes it, by when, in which languages, who signs (R8.2, P14)."""

    key: Key
    name: Text
    owner: Who
    due: When | None = None
    only: Only | None = None
    languages: list[Literal["en", "zh"]] = Field(default=[])
    signed_by: list[Who | Literal["guest"]] = Field(default=[])
    copies: list[Who] = Field(default=[])
    fields: list[Text] = Field(default=[])
    at_most_mb: Amount | None = None


class MealPlan(Table):
    """Which meals guests of a kind are given, and who hosts them (P14)."""

    key: Key
    only: Only | None = None
    lunch: Literal["none", "light", "house", "banquet"] | None = None
    dinner: Literal["none", "light", "house", "banquet"] | None = None
    hosted_by: list[Key] = Field(default=[])


class Hotel(Table):
    """An entry of the hotel directory (P09)."""

    key: Key
    name: Text
    stars: Stars
    price_from: Amount | None = None
    price_to: Amount | None = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        in_order(self.price_from, self.price_to, "price_from", "price_to")
        return self


class Gifts(Table):
    """Rules for gifts (R9, R10.2)."""

    moments: list[Literal["leaders_meeting", "dinner", "send_off"]] = Field(default=[])
    refuse_above: Flag = True
    returned_unused: Flag = True
    register_kept_by: RoleKey | None = None
    rules: list[LongText] = Field(default=[])


class Secrecy(Table):
    """Who keeps the customer's secrets and what is barred (R7.4, R10.1)."""

    keeper: Who
    nda: Literal["always", "technology", "never"] = "technology"
    photos: Flag = False
    rules: list[LongText] = Field(default=[])


class Emergency(Table):
    """What is done when something goes wrong (R7.8)."""

    key: Key
    name: Text
    call: str | None = Field(default=None, max_length=40)
    tell: list[Who] = Field(min_length=1)
    steps: list[LongText] = Field(default=[])


class Archive(Table):
    """How a visit's papers are filed (R8.8)."""

    by: list[Literal["customer", "date", "level", "department"]] = Field(min_length=1)
    papers: list[
        Literal["notice", "plan", "sheet", "minutes", "photos", "feedback", "costs", "letters"]
    ] = Field(default=[])
    department_summaries: Flag = False


class Measure(Table):
    """What is measured (R11.1). `weight` is its part of the month's or quarter's mark, percent."""

    key: Key
    name: Text
    unit: Literal["points", "percent", "count", "days", "hours"]
    every: Literal["month", "quarter", "year"] = "month"
    target: Amount | None = None
    excellent_from: Amount | None = None
    within_days: Count | None = None
    weight: Percent | None = None


WORKED_OUT = ("satisfaction", "conversion", "lead_time_kept", "prepared_on_time")
"""Keys of the measures that the product works out by itself."""


class MonthlyFigures(Table):
    """Who is told the figures of the month (R11.1), on the first working day after it.

    They are those of the measures with `every = "month"` that Usher works out: `satisfaction`,
    `conversion`, `lead_time_kept` and `prepared_on_time`.
    """

    to: list[RoleKey] = Field(min_length=1)
    at: Clock = time(9, 0)


class Appraisal(Table):
    """What the measures mean for people (R11)."""

    share_percent: Percent
    error_points_from: Count = 0
    error_points_to: Count = 0
    review_every: Literal["month", "quarter", "year"] = "quarter"

    @model_validator(mode="after")
    def _order(self) -> Self:
        in_order(
            self.error_points_from, self.error_points_to, "error_points_from", "error_points_to"
        )
        return self


class CampaignClass(Table):
    """Customers of one standing in a campaign: who visits them, and the gift's worth."""

    key: Key
    name: Text
    points_from: Percent
    visited_by: Key
    gift: Cap


class Campaign(Table):
    """Outbound holiday visits to customers (P19): plan, ranking, gifts, report, audit."""

    key: Key
    name: Text
    holiday: Literal["spring_festival", "dragon_boat", "mid_autumn", "new_year", "national_day"]
    plan_weeks_before: Count = Field(ge=1, le=26)
    approvers: list[RoleKey] = Field(min_length=1)
    weights: dict[Literal["importance", "value", "years"], Percent]
    classes: list[CampaignClass] = Field(min_length=1, alias="class")
    gifts_by: RoleKey
    report_within_working_days: Count
    effect: list[Literal["satisfaction", "intention", "growth"]] = Field(default=[])
    audit: list[Literal["plan", "gifts", "money"]] = Field(default=[])
    completion_weight: Percent | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        total = sum(self.weights.values())
        if total != 100:
            raise ValueError(f"the weights make {total} percent, not 100")
        points = [entry.points_from for entry in self.classes]
        if points != sorted(points, reverse=True) or len(set(points)) < len(points):
            raise ValueError("classes go from the most points to the fewest")
        if points[-1] != 0:
            raise ValueError("the last class takes everybody else: points_from = 0")
        return self

    def points(self, scores: dict[str, int]) -> Decimal:
        """A customer's points, 0 to 100, from scores of 0 to 100 for each weighted thing."""
        total = sum(Decimal(scores.get(what, 0)) * part for what, part in self.weights.items())
        return Decimal(total) / 100

    def class_of(self, scores: dict[str, int]) -> CampaignClass:
        """The class that a customer of these scores belongs to."""
        points = self.points(scores)
        return next(entry for entry in self.classes if points >= entry.points_from)
