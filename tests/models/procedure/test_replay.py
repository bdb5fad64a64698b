"""A past visit by two files: levels, approvers, lead time, money, reminders."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.words import CostKind, TripKind, VisitStatus
from models.policy import Policy, load_policy, restore_policy, shipped_policies
from models.procedure.replay import Replayed, replay, totals
from models.reading.picture import VisitPicture
from models.records.money import LedgerLine
from tests.models.visits import ARRIVAL, DEPARTURE, REQUESTED, make_picture, make_trip, make_visit

CAPS = load_policy("ranked_caps")


def past(
    policy: Policy, level: str, costs: list[LedgerLine] | None = None, **facts: Any
) -> VisitPicture:
    """A visit that took place under a policy; its guest is a purchasing director."""
    told = {
        "status": VisitStatus.CLOSED,
        "left_at": DEPARTURE,
        "closed_at": DEPARTURE + timedelta(days=5),
        "lead_guest_title": "Purchasing director",
        "policy_name": policy.name,
        "policy_digest": policy.digest,
    }
    trips = [make_trip(TripKind.PICKUP), make_trip(TripKind.DROPOFF)]
    visit = make_visit(level=level, **(told | facts))
    return make_picture(visit, policy, trips=trips, costs=costs or [])


def cost(amount: int, what: CostKind = CostKind.MEALS, item: str | None = "dinner") -> LedgerLine:
    return LedgerLine(
        visit_id=7,
        what=what,
        item=item,
        day=date(2026, 12, 10) if what == CostKind.MEALS else None,
        amount=Decimal(amount),
        guests=4 if what == CostKind.MEALS else None,
        spent_by="U01LIN",
        noted_at=DEPARTURE,
    )


def edited(policy: Policy, *replaced: tuple[str, str]) -> Policy:
    text = policy.whole
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new)
    return restore_policy(text, "mine.toml")


def test_the_same_file_says_the_same() -> None:
    for name in shipped_policies():
        policy = load_policy(name)
        found = replay(past(policy, policy.default_level), policy)
        if found.then.level == found.now.level:
            assert found.is_same
            assert found.then.reminders > 0


def test_level_approvers_and_lead_time() -> None:
    found = replay(past(CAPS, "senior"), load_policy("star_levels"))
    assert (found.then.level, found.then.proposed) == ("senior", "senior")
    assert found.now.level == found.now.proposed != "senior"
    senior = [str(role) for role in CAPS.level("senior").approvers]
    assert found.then.approvers == senior != found.now.approvers


def test_a_level_that_was_chosen_stays_where_the_other_file_has_it() -> None:
    found = replay(past(CAPS, "special"), edited(CAPS, ("amount = 500", "amount = 550")))
    assert (found.now.level, found.now.proposed) == ("special", "senior")


def test_late_by_the_other_file() -> None:
    other = edited(CAPS, ("\ndays = 3\n", "\ndays = 30\n"))
    found = replay(past(CAPS, "senior"), other)
    assert (str(found.then.lead), found.then.is_late) == ("3 days", False)
    assert (str(found.now.lead), found.now.is_late) == ("30 days", True)


def test_what_was_spent_is_held_against_both_files() -> None:
    # dinner of a senior party: 700 for two, 300 each further guest: 1,300 for four
    other = edited(CAPS, ("amount = 700", "amount = 500"))
    other = restore_policy(
        other.whole + "\n[overspend]\nshares = { department = 50, handler = 50 }\n"
        if other.overspend is None
        else other.whole,
        "mine.toml",
    )
    found = replay(past(CAPS, "senior", [cost(1300)]), other)
    assert found.spent == 1300
    assert found.then.over == 0
    assert found.now.over == 200
    assert sum(found.now.shares.values()) == 200
    assert not found.is_same


def test_two_bills_of_one_dinner_count_together() -> None:
    found = replay(past(CAPS, "senior", [cost(1000), cost(800)]), CAPS)
    assert found.then.over == found.now.over
    assert found.then.over > 0


def test_budget_against_the_caps_of_both() -> None:
    other = edited(
        CAPS, ("price_to = 400", "price_to = 200"), ("price_from = 200", "price_from = 100")
    )
    night: dict[str, Any] = {
        "departure": DEPARTURE + timedelta(days=1),
        "left_at": DEPARTURE + timedelta(days=1),
    }
    first = replay(past(CAPS, "senior", budget=Decimal(9000), **night), other)
    assert first.then.allowed is not None
    assert first.now.allowed == first.then.allowed - 4 * 200
    assert first.now.over_budget - first.then.over_budget <= 800


def test_amounts_of_two_currencies_are_not_set_side_by_side() -> None:
    other = edited(CAPS, ('currency = "CNY"', 'currency = "EUR"'))
    found = replay(past(CAPS, "senior", [cost(5000)]), other)
    assert not found.has_one_currency
    together = totals([found])
    assert together.not_comparable == 1
    assert together.over == (Decimal(0), Decimal(0))
    assert together.spent == 0


def test_reminders_after_an_item_was_done_do_not_count() -> None:
    step = '\n[[step]]\nkey = "after_all"\nat = "left +30d"\nto = ["host"]\ntext = "Ring"\n'
    soon = step.replace("after_all", "soon").replace("+30d", "+1d")
    found = replay(past(CAPS, "senior"), restore_policy(CAPS.whole + step + soon, "mine.toml"))
    assert found.now.reminders == found.then.reminders + 1


def test_a_request_that_was_declined_has_no_reminders() -> None:
    declined: dict[str, Any] = {
        "status": VisitStatus.DECLINED,
        "approved_at": None,
        "left_at": None,
    }
    found = replay(past(CAPS, "senior", **declined), load_policy("standard"))
    assert (found.then.reminders, found.now.reminders) == (0, 0)
    assert found.now.approvers


@pytest.mark.parametrize("name", shipped_policies())
def test_any_past_visit_by_any_shipped_file(name: str) -> None:
    policy = load_policy(name)
    costs = [cost(900), cost(3000, CostKind.LODGING, None), cost(500, CostKind.OTHER, None)]
    view = past(CAPS, "senior", costs, created_at=REQUESTED, arrival=ARRIVAL)
    found = replay(view, policy)
    assert isinstance(found, Replayed)
    assert found == replay(view, policy)
    assert found.now.level in [level.key for level in policy.levels]
    assert sum(found.now.shares.values()) == found.now.over


def test_totals() -> None:
    other = edited(CAPS, ("amount = 700", "amount = 500"))
    visits = [replay(past(CAPS, "senior", [cost(1300)]), each) for each in (CAPS, other, other)]
    found = totals(visits)
    assert (found.visits, found.differing) == (3, 2)
    assert found.spent == 3900
    assert found.over == (Decimal(0), Decimal(400))
    assert found.approvals[0] == 3 * len(visits[0].then.approvers)
    assert totals([]).visits == 0
