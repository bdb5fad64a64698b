"""What the procedure makes of a form: proposal, overruling, the budget against the caps."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.policy import load_policy
from models.request.forms import AS_PROPOSED, VisitForm
from models.request.outlook import left_to_policy, look_out, reason_fault, settled

STANDARD, STARS, CAPS = (load_policy(name) for name in ("standard", "star_levels", "ranked_caps"))
ARRIVAL = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"


def form(**changes: Any) -> VisitForm:
    facts: dict[str, Any] = {
        "customer": "Acme",
        "purpose": "site_audit",
        "lead_guest": "Jane",
        "lead_guest_title": "Purchasing manager",
        "party_size": 4,
        "arrival": ARRIVAL,
        "departure": ARRIVAL + timedelta(hours=6),
        "host": "U01",
        "level": AS_PROPOSED,
    }
    return VisitForm(**(facts | changes))


def test_a_level_left_to_the_procedure_follows_the_guests() -> None:
    outlook = look_out(STANDARD, form(), ZONE)
    assert (outlook.level.key, outlook.is_overruled) == ("b", False)
    higher = look_out(STANDARD, form(guests="Bo, Chairman"), ZONE)
    assert higher.level.key == "a"
    assert settled(form(), higher).level == "a"


def test_another_level_needs_a_reason() -> None:
    chosen = form(level="a")
    outlook = look_out(STANDARD, chosen, ZONE)
    assert outlook.is_overruled
    assert reason_fault(chosen, outlook)["level_reason"].code == "level_reason"
    assert reason_fault(form(level="a", level_reason=" \n"), outlook)
    assert not reason_fault(form(level="a", level_reason="A key account to be"), outlook)
    same = look_out(STANDARD, form(level="b"), ZONE)
    assert not reason_fault(form(level="b"), same)


def test_where_no_rule_claims_the_guests_no_reason_is_needed() -> None:
    unknown = form(lead_guest_title="Poet", level="c")
    outlook = look_out(STANDARD, unknown, ZONE)
    assert outlook.proposal.rule is None
    assert outlook.level.key == "c"
    assert not reason_fault(unknown, outlook)


def test_reasons_that_nothing_calls_for_are_dropped() -> None:
    said = form(level_reason="because", exception_reason="because")
    kept = settled(said, look_out(STANDARD, said, ZONE))
    assert (kept.level, kept.level_reason, kept.exception_reason) == ("b", None, None)


def test_the_level_of_a_visit_is_left_to_the_procedure_where_it_is_as_proposed() -> None:
    as_proposed, overruled = form(level="b"), form(level="a")
    outlook = look_out(STANDARD, as_proposed, ZONE)
    assert left_to_policy(as_proposed, outlook).level == AS_PROPOSED
    assert left_to_policy(overruled, look_out(STANDARD, overruled, ZONE)).level == "a"


@pytest.mark.parametrize(
    ("capital", "level"),
    [("USD 2,000,000", "four_star"), ("USD 1,999,999", "three_star"), ("1440 万元", "four_star")],
)
def test_capital_gives_four_stars(capital: str, level: str) -> None:  # P09
    filled = form(lead_guest_title="Manager", capital=capital)
    assert look_out(STARS, filled, ZONE).level.key == level


@pytest.mark.parametrize(
    ("budget", "days", "allowed"),
    [
        (None, 0, None),
        ("1100", 0, None),  # lunch 500 and dinner 600 of three buyers: exactly what is allowed
        ("1100.01", 0, 1100),
        ("2200.01", 1, 2200),  # two days
    ],
)
def test_a_budget_is_held_against_what_the_caps_make(
    budget: str | None, days: int, allowed: int | None
) -> None:  # P15
    filled = form(
        lead_guest_title="Buyer",
        party_size=3,
        departure=ARRIVAL + timedelta(days=days, hours=6),
        budget=Decimal(budget) if budget else None,
    )
    found = look_out(CAPS, filled, ZONE)
    assert found.level.key == "ordinary"
    assert found.allowed == allowed


@pytest.mark.parametrize(
    "changes",
    [
        {"party_size": None},
        {"party_size": 0},
        {"arrival": None},
        {"departure": None},
        {"departure": ARRIVAL - timedelta(days=3)},
        {"level": "gone"},
        {"guests": "x" * 300},
        {"capital": "2 tons"},
    ],
)
def test_a_form_that_is_half_filled_or_wrong_has_an_outlook(changes: dict[str, Any]) -> None:
    found = look_out(STARS, form(budget=Decimal(10) ** 10, **changes), ZONE)
    assert found.level.key == "three_star"
