"""Costs against caps and exceptions: nothing is lost, nothing is charged twice (R2.3)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.base.words import CostKind, StepState
from models.money.spending import Held, budget_limit, day_at, days_of, hold, is_spent, room_nights
from models.policy import load_policy
from models.policy.conditions import Beyond
from models.policy.exception_asks import Ask
from models.reading.picture import VisitPicture
from models.records.exception import ExceptionRequest
from models.records.money import LedgerLine
from tests.models.visits import ARRIVAL, REQUESTED, make_picture, make_visit

POLICY = load_policy("abc_levels")  # halves: half to the department, half to the handler
AMOUNTS = st.decimals(min_value="0.01", max_value="99999", places=2)
KINDS = st.sampled_from([CostKind.LEISURE, CostKind.GIFT, CostKind.OTHER, CostKind.MEALS])


def picture(budget: Decimal | None = None, **parts: Any) -> VisitPicture:
    return make_picture(make_visit(budget=budget), POLICY, **parts)


def add(view: VisitPicture, what: CostKind, amount: Decimal) -> Held:
    """Note a cost on the picture."""
    item, day = ("dinner", days_of(view.visit)[0]) if what == CostKind.MEALS else (None, None)
    held = hold(view, what, item, day, amount, 4)
    view.costs.append(
        LedgerLine(
            visit_id=7,
            what=what,
            item=item,
            day=day,
            amount=amount,
            guests=4,
            allowed=held.allowed,
            held_by=held.by,
            shares={who: str(part) for who, part in held.shares.items()},
            spent_by="U01LIN",
            noted_at=REQUESTED,
        )
    )
    return held


@given(st.lists(st.tuples(KINDS, AMOUNTS), max_size=8), st.none() | AMOUNTS)
def test_shares_make_the_overspend_and_what_is_kept_stays_within(
    noted: list[tuple[CostKind, Decimal]], budget: Decimal | None
) -> None:
    view = picture(budget, costs=[])
    for what, amount in noted:
        held = add(view, what, amount)
        assert sum(held.shares.values(), Decimal(0)) == held.over
        assert 0 <= held.over <= amount
    caps = {CostKind.LEISURE: 1200, CostKind.GIFT: 600, CostKind.MEALS: 480}
    for what, cap in caps.items():
        assert sum(cost.kept for cost in view.costs if cost.what == what) <= cap
    limit = budget_limit(view)
    if budget is not None and limit is not None:
        assert sum(cost.kept for cost in view.costs) <= limit


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_the_order_and_number_of_bills_make_no_difference(amounts: list[Decimal]) -> None:
    view, whole = picture(costs=[]), picture(costs=[])
    for amount in amounts:
        add(view, CostKind.LEISURE, amount)
    add(whole, CostKind.LEISURE, sum(amounts, Decimal(0)))
    assert sum(c.over for c in view.costs) == sum(c.over for c in whole.costs)


def test_a_bill_above_cap_and_budget_is_not_charged_twice() -> None:
    view = picture(Decimal(500), costs=[])
    assert add(view, CostKind.MEALS, Decimal(580)).over == 100  # the cap is 480
    held = add(view, CostKind.OTHER, Decimal(50))
    assert held.by == "budget"
    assert held.over == 30  # 480 of the budget were used
    assert add(view, CostKind.LEISURE, Decimal(10)).over == 10


def test_a_budget_counts_up_to_the_caps_unless_it_was_excepted() -> None:
    caps = budget_limit(picture())
    assert caps is not None
    assert budget_limit(picture(caps - 1)) == caps - 1
    assert budget_limit(picture(caps + 1)) == caps
    excepted = make_visit(budget=caps + 1, exception_reason="They bring their minister")
    assert budget_limit(make_picture(excepted, POLICY)) == caps + 1
    waiting = make_visit(budget=caps + 1, exception_reason="Minister", status="requested")
    assert budget_limit(make_picture(waiting, POLICY)) == caps  # also a change of an approved one


def test_days_and_nights() -> None:
    visit = make_visit(departure=ARRIVAL + timedelta(days=2), party_size=3)
    assert [day.day for day in days_of(visit)] == [10, 11, 12]
    assert room_nights(visit) == 6
    assert room_nights(make_visit()) == 1
    late = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)  # the 11th in Shanghai
    assert day_at(visit, late).day == 11
    assert day_at(visit, REQUESTED).day == 10
    assert day_at(visit, ARRIVAL + timedelta(days=30)).day == 12


def test_what_counts_as_spent() -> None:
    view = picture(costs=[])
    day = days_of(view.visit)[0]
    dinner = Ask(Beyond.MEALS, "dinner", amount=Decimal(600))
    assert not is_spent(view, dinner, day)
    add(view, CostKind.MEALS, Decimal(100))
    assert is_spent(view, dinner, day)
    assert not is_spent(view, Ask(Beyond.MEALS, "lunch", amount=Decimal(600)), day)
    assert not is_spent(view, Ask(Beyond.BUDGET, amount=Decimal(101)), None)
    assert is_spent(view, Ask(Beyond.BUDGET, amount=Decimal(100)), None)
    assert not is_spent(view, Ask(Beyond.ESCORT, planned="manager"), None)


def test_only_what_was_approved_raises_a_cap() -> None:
    for state, over in ((StepState.APPROVED, 0), (StepState.PENDING, 300), (StepState.VOID, 300)):
        asked = ExceptionRequest(
            visit_id=7,
            what="leisure",
            amount=Decimal(1500),
            reason="x",
            state=state,
            asked_by="U01LIN",
            asked_at=REQUESTED,
        )
        view = picture(costs=[], exceptions=[asked])
        assert add(view, CostKind.LEISURE, Decimal(1500)).over == over
