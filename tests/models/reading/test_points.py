"""In what a stored visit goes beyond the policy, and for what its request asks an exception."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from models.policy import load_policy
from models.policy.beyond import kinds
from models.reading.facts import allowed_of, facts_of, is_over_budget, points_of
from models.reading.picture import VisitPicture
from tests.models.visits import STANDARD, make_picture, make_visit

OVERSEAS = load_policy("overseas")


def picture(policy: Any = STANDARD, **facts: Any) -> VisitPicture:
    """Four guests for a day at level B: 4 x (80 + 120) meals, 4 x 200 leisure, 4 x 150 gifts."""
    known = {"lead_guest_title": "Purchasing director", "notes": "Talks about prices"}
    return make_picture(make_visit(**(known | facts)), policy)


@pytest.mark.parametrize(
    ("budget", "reason", "is_over", "exceptions"),
    [
        (None, None, False, set()),
        ("2200", "Because", False, set()),  # exactly what is allowed needs no exception
        ("2200.01", None, True, set()),
        ("2200.01", "Because", True, {"budget"}),
    ],
)
def test_a_budget_with_a_reason_is_an_exception_asked_for(
    budget: str | None, reason: str | None, is_over: bool, exceptions: set[str]
) -> None:  # R2.2
    amount = Decimal(budget) if budget else None
    visit = picture(budget=amount, exception_reason=reason)
    assert allowed_of(visit) == 2200
    assert is_over_budget(visit) is is_over
    assert facts_of(visit).exceptions == exceptions
    assert ("budget" in kinds(points_of(visit))) is is_over


def test_lateness_and_budget_come_together() -> None:
    visit = picture(is_urgent=True, budget=Decimal(9000), exception_reason="Because")
    assert facts_of(visit).exceptions == {"late", "budget"}


def test_actual_cost_has_no_cap() -> None:
    visit = picture(load_policy("star_levels"), level="five_star", budget=Decimal(10) ** 6)
    assert allowed_of(visit) is None
    assert not is_over_budget(visit)


@pytest.mark.parametrize(
    ("level", "host", "planned"),
    [
        ("a", "U01CHEN", "manager"),  # from vice president up
        ("a", "U01ZHAO", None),
        ("a", "U01LIN", None),  # who has no role has no rank that is known
        ("b", "U01CHEN", None),
        ("b", "U01PARK", "general_manager"),  # not among those who escort at B
    ],
)
def test_the_rank_of_who_leads_is_held_against_the_level(
    level: str, host: str, planned: str | None
) -> None:
    points = [p for p in points_of(picture(level=level, host_id=host)) if p.what == "escort"]
    assert [point.planned for point in points] == ([planned] if planned else [])


@pytest.mark.parametrize(
    ("host", "notes", "is_beyond"),
    [
        ("U01WANG", None, True),
        ("U01WANG", " \n", True),
        ("U01WANG", "The chairman is to greet", False),
        ("U01PARK", None, False),  # the rule is for the chairman
    ],
)
def test_the_chairman_is_asked_for_in_writing(
    host: str, notes: str | None, is_beyond: bool
) -> None:  # P14
    visit = picture(OVERSEAS, level="a", host_id=host, notes=notes)
    visit = replace(visit, holders=visit.holders | {"chairman": ["U01WANG"]})
    assert ("not_in_writing" in kinds(points_of(visit))) is is_beyond
