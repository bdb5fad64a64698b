"""Keys of a policy that are read, checked and kept, and that nothing acts on yet.

A key leaves this list with the change that makes it act; where, and which test shows the
difference that it makes, stands in tests/policy/keys.toml.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from models.policy.base import Table, Text
from models.policy.rules import Policy
from models.policy.written import given


class Wing(StrEnum):
    """A part of the product that is still to come."""

    HOUSE = "house"
    TRUTH = "truth"
    NOTICE = "notice"
    PLAN = "plan"
    DAY = "day"
    PAPERS = "papers"
    MONEY = "money"
    OUTBOUND = "outbound"
    MEASURES = "measures"
    SECRECY = "secrecy"


IN_WORDS: Mapping[Wing, str] = {
    Wing.HOUSE: "the company's own roles and sign-off",
    Wing.TRUTH: "the procedures' finer points",
    Wing.NOTICE: "the whole visit notice",
    Wing.PLAN: "the plan of a visit",
    Wing.DAY: "the day and what follows it",
    Wing.PAPERS: "papers",
    Wing.MONEY: "money and gifts",
    Wing.OUTBOUND: "holiday visits and major events",
    Wing.MEASURES: "measures",
    Wing.SECRECY: "secrecy",
}

_KEYS: Mapping[Wing, Mapping[str, str]] = {
    Wing.TRUTH: {
        "LeadTime": "preferred_working_days",
    },
    Wing.NOTICE: {},
    Wing.PLAN: {
        "Request": "feasibility_by",
        "Conduct": "host_early opening_within room_ready tea_every banquet banquet_most rules",
        "Secrecy": "photos",
        "Level": "welcome extras route",
        "Escorts": "greet_by",
        "Lodging": "rooms extras signing signing_limit signing_items",
        "Team": "key name kind held_by people duties",
        "Route": "key name only",
        "Stop": "place minutes guide no_photos",
        "MealPlan": "key only lunch dinner hosted_by",
        "Hotel": "key name stars price_from price_to",
        "TaskRule": "team note",
    },
    Wing.DAY: {
        "Conduct": "it_within",
        "Emergency": "key name call tell steps",
    },
    Wing.PAPERS: {
        "Secrecy": "nda",
        "Archive": "by papers department_summaries",
        "Document": "key name owner due only languages signed_by copies fields at_most_mb",
        "Step": "document",
    },
    Wing.MONEY: {
        "Expenses": "approvers attachments settle_within_working_days advance statistics_by "
        "statistics_every rules",
        "Gifts": "moments returned_unused register_kept_by rules",
        "GiftCap": "kinds",
    },
    Wing.OUTBOUND: {
        "Training": "key topics for_teams",
        "Campaign": "key name holiday plan_weeks_before approvers weights gifts_by "
        "report_within_working_days effect audit completion_weight",
        "CampaignClass": "key name points_from visited_by gift",
    },
    Wing.MEASURES: {
        "Appraisal": "share_percent error_points_from error_points_to review_every",
        "Measure": "unit target weight",
    },
    Wing.SECRECY: {
        "Secrecy": "rules",
    },
}

WAITING: Mapping[str, Wing] = {
    f"{table}.{key}": wing
    for wing, tables in _KEYS.items()
    for table, keys in tables.items()
    for key in keys.split()
}
"""What each key waits for, by its table and its name in the file, such as `Conduct.tea_every`."""


def waiting(policy: Policy) -> dict[Wing, list[str]]:
    """The keys that the file gives and nothing acts on yet, by what they wait for, in the file's
    words: `conduct.tea_every`, or `hotel` where all that stands in a table waits together."""
    found: dict[Wing, list[str]] = defaultdict(list)
    for path, wing in _in(policy, "").items():
        found[wing].append(path)
    return {wing: found[wing] for wing in Wing if wing in found}


def _in(table: Table, path: str) -> dict[str, Wing]:
    found: dict[str, Wing] = {}
    for key, value in given(table):
        here = f"{path}.{key}".removeprefix(".")
        inner = list(_tables(value))
        wings = {WAITING.get(f"{type(table).__name__}.{key}")}
        if wings == {None} and inner:
            wings = _wings_of(inner)
        wing = next(iter(wings)) if len(wings) == 1 else None
        if wing is not None:
            found[here] = wing
        else:
            for one in inner:
                found |= _in(one, here)
    return found


def _wings_of(tables: list[Table]) -> set[Wing | None]:
    """What the given keys of the tables wait for; None among them where one acts."""
    wings: set[Wing | None] = set()
    for table in tables:
        for key, value in given(table):
            inner = list(_tables(value))
            waits = WAITING.get(f"{type(table).__name__}.{key}")
            wings |= _wings_of(inner) if inner and waits is None else {waits}
    return wings


def _tables(value: Any) -> Iterator[Table]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Table) and not isinstance(each, Text):
            yield each
