"""Costs: held against caps and exceptions, overspend shared, gifts above policy refused (R2.3)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.errors import InvalidForm, NotApprovedYet, VisitOver
from models.base.words import StepState
from models.money.forms import CostForm, ExceptionForm
from models.policy import load_policy
from services.money import costs
from services.people import roles
from services.request import changes
from services.signoff import decisions, exceptions
from tests.services.conftest import CHEN, LIN, MEI, START, ZHAO, Office

GAO = "U01GAO"


@pytest.fixture
def office(office: Office) -> Office:
    """The A/B/C company (P02): a dinner at level B is 120 a head, overspend is shared in halves."""
    office.site = replace(office.site, policy=load_policy("abc_levels"))
    office.do("U01ADMIN", roles.set_role, "finance", [GAO])
    return office


def visit_of(office: Office, **changes: Any) -> int:
    """Four guests at level B."""
    return office.approved(level="b", level_reason="Prefecture", **changes)


def note(office: Office, visit_id: int, what: str, amount: str, **more: Any) -> Any:
    person, key = more.pop("person", LIN), more.pop("key", None)
    form = CostForm(what=what, amount=Decimal(amount), **more)
    key = key or f"key{len(office.look(visit_id).costs)}"
    return office.do(person, costs.note_cost, visit_id, form, key)


def shares(noted: Any) -> dict[str, Decimal]:
    return {who: Decimal(part) for who, part in noted.cost.shares.items()}


def excepted(office: Office, visit_id: int, what: str, amount: str) -> None:
    form = ExceptionForm(what=what, amount=Decimal(amount), reason="They bring their minister")
    office.do(LIN, exceptions.request_exception, visit_id, form, f"ex{what}{amount}")
    for leader in (CHEN, ZHAO):
        step = next(s for s in office.exception_steps(visit_id) if s.state == "pending")
        office.do(leader, decisions.decide, step.id, StepState.APPROVED, None)


def test_overspend_is_shared_half_and_half_to_the_cent(office: Office) -> None:
    visit_id = visit_of(office)

    within = note(office, visit_id, "meals:lunch", "320")
    beyond = note(office, visit_id, "meals:dinner", "680.01")

    assert (within.cost.allowed, within.cost.held_by, within.cost.shares) == (320, "cap", {})
    assert (beyond.cost.allowed, beyond.cost.over) == (480, Decimal("200.01"))
    assert shares(beyond) == {"department": Decimal("100.01"), "handler": Decimal("100.00")}
    assert sum(shares(beyond).values()) == beyond.cost.over


def test_host_and_finance_are_told_once_when_they_did_not_note_it(office: Office) -> None:
    visit_id = visit_of(office)
    note(office, visit_id, "meals:dinner", "500", person=MEI)
    assert sorted(who for _, who in office.waiting("overspend")) == [GAO, LIN]
    note(office, visit_id, "meals:lunch", "500", person=LIN)
    note(office, visit_id, "meals:breakfast", "500", person=MEI)  # the procedure has no cap for it
    assert sorted(who for _, who in office.waiting("overspend")) == [GAO, GAO, LIN]


def test_an_approved_exception_holds_and_one_approved_later_does_not(office: Office) -> None:
    visit_id = visit_of(office)
    excepted(office, visit_id, "meals:dinner", "680")
    dinner = note(office, visit_id, "meals:dinner", "700")
    assert (dinner.cost.allowed, dinner.cost.held_by, dinner.cost.over) == (680, "exception", 20)

    leisure = note(office, visit_id, "leisure", "1300")
    assert leisure.cost.over == 100
    excepted(office, visit_id, "leisure", "1500")
    assert office.look(visit_id).costs[1].over == 100
    more = note(office, visit_id, "leisure", "300")
    assert (more.cost.allowed, more.cost.over) == (1500, 0)


def test_a_declined_exception_does_not_count(office: Office) -> None:
    visit_id = visit_of(office)
    form = ExceptionForm(what="meals:dinner", amount=Decimal(600), reason="Minister")
    office.do(LIN, exceptions.request_exception, visit_id, form, "x")
    step = office.exception_steps(visit_id)[0]
    assert note(office, visit_id, "meals:lunch", "330").cost.over == 10
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "No")
    assert note(office, visit_id, "meals:dinner", "600").cost.over == 120


def test_bills_of_one_visit_add_up_and_those_of_one_meal_too(office: Office) -> None:
    leave = START + timedelta(days=10, hours=8)
    visit_id = visit_of(office, departure=leave, dropoff_time=leave)
    assert note(office, visit_id, "leisure", "700").cost.over == 0
    assert note(office, visit_id, "leisure", "700").cost.over == 200
    assert note(office, visit_id, "leisure", "50").cost.over == 50

    first, second = (START + timedelta(days=9)).date(), (START + timedelta(days=10)).date()
    assert note(office, visit_id, "meals:dinner", "400", day=first).cost.over == 0
    assert note(office, visit_id, "meals:dinner", "480", day=second).cost.over == 0
    assert note(office, visit_id, "meals:dinner", "100", day=first).cost.over == 20


def test_a_meal_of_fewer_guests_has_a_lower_cap(office: Office) -> None:
    visit_id = visit_of(office)
    assert note(office, visit_id, "meals:dinner", "300", guests=2).cost.over == 60


def test_the_budget_holds_what_no_cap_holds(office: Office) -> None:
    visit_id = visit_of(office, budget=Decimal(1000))
    assert note(office, visit_id, "vehicle", "800").cost.allowed is None
    other = note(office, visit_id, "other", "300")
    assert (other.cost.allowed, other.cost.held_by, other.cost.over) == (1000, "budget", 100)
    excepted(office, visit_id, "budget", "1500")
    assert note(office, visit_id, "other", "300").cost.over == 0


def test_a_request_approved_with_its_reason_is_an_approved_budget(office: Office) -> None:
    day = {"departure": START + timedelta(days=9, hours=8)}
    reason = {"exception_reason": "They bring their minister"}
    visit_id = visit_of(office, budget=Decimal(9000), **reason, **day)
    assert note(office, visit_id, "other", "9000").cost.over == 0
    assert note(office, visit_id, "other", "1").cost.over == 1


def test_lodging_is_held_by_rooms_and_nights(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("ranked_caps"))
    leave = START + timedelta(days=11)
    level = {"level": "senior", "level_reason": "Dealer"}
    visit_id = office.approved(**level, departure=leave, dropoff_time=leave)
    room = note(office, visit_id, "lodging", "3300")  # four guests, two nights, 400 each
    assert (room.cost.allowed, room.cost.over, room.cost.guests) == (3200, 100, 8)
    assert shares(room) == {"company": 100}  # without a rule the company bears it


def test_where_guests_pay_their_lodging_all_of_it_is_overspend(office: Office) -> None:
    visit_id = office.approved(level="c", level_reason="Others")
    room = note(office, visit_id, "lodging", "200", guests=1)
    assert shares(room) == {"department": 100, "handler": 100}


def test_a_gift_above_the_procedure_is_refused_and_reported(office: Office) -> None:
    visit_id = visit_of(office)  # 150 a guest
    assert note(office, visit_id, "gift", "500").cost.over == 0

    refused = note(office, visit_id, "gift", "101", key="again", person=MEI)
    note(office, visit_id, "gift", "101", key="again", person=MEI)

    assert (refused.cost, refused.allowed) == (None, 100)
    assert len(office.look(visit_id).costs) == 1
    assert [who for _, who in office.waiting("gift_refused")] == [GAO]
    assert [e.verb for e in office.look(visit_id).history].count("refuse_gift") == 2
    excepted(office, visit_id, "gift", "700")
    assert note(office, visit_id, "gift", "101", key="third").cost.over == 0


def test_the_keeper_hears_of_a_refused_gift(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("standard"))
    visit_id = office.approved(level="b", level_reason="Key")
    assert note(office, visit_id, "gift", "99999", person=MEI).cost is None
    assert sorted(who for _, who in office.waiting("gift_refused")) == [GAO, LIN]


def test_where_the_procedure_does_not_refuse_gifts_they_are_overspend(office: Office) -> None:
    policy = load_policy("abc_levels")
    assert policy.gifts is not None
    gifts = policy.gifts.model_copy(update={"refuse_above": False})
    office.site = replace(office.site, policy=policy.model_copy(update={"gifts": gifts}))
    visit_id = visit_of(office)
    assert note(office, visit_id, "gift", "700").cost.over == 100


def test_a_form_submitted_twice_notes_one_cost(office: Office) -> None:
    visit_id = visit_of(office)
    first = note(office, visit_id, "other", "10", key="one")
    second = note(office, visit_id, "other", "10", key="one")
    assert second.is_repeat
    assert second.cost.id == first.cost.id
    assert len(office.look(visit_id).costs) == 1


def test_what_cannot_be_noted_is_said_beside_the_field(office: Office) -> None:
    wrong: list[tuple[str, str, dict[str, Any], dict[str, str]]] = [
        ("", "1", {}, {"what": "required"}),
        ("meals:supper", "1", {}, {"what": "required"}),
        ("other", "0", {}, {"amount": "amount"}),
        ("other", "-5", {}, {"amount": "amount"}),
        ("other", "0.001", {}, {"amount": "amount"}),
        ("other", "1E+11", {}, {"amount": "amount"}),
        ("meals:dinner", "1", {"guests": 5}, {"guests": "cost_guests"}),
        ("meals:dinner", "1", {"guests": 0}, {"guests": "cost_guests"}),
        ("meals:dinner", "1", {"day": START.date()}, {"day": "no_day_of_visit"}),
        ("other", "1", {"note": "x" * 501}, {"note": "too_long"}),
    ]
    visit_id = visit_of(office)
    for what, amount, more, expected in wrong:
        with pytest.raises(InvalidForm) as refused:
            note(office, visit_id, what, amount, **more)
        said = {name: each.code for name, each in refused.value.faults.items()}
        assert said == expected, (what, amount, more)
    assert office.look(visit_id).costs == []


def test_costs_are_noted_once_approved_and_also_when_all_is_over(office: Office) -> None:
    visit_id = office.submit(level="b", level_reason="Prefecture")
    with pytest.raises(NotApprovedYet):
        note(office, visit_id, "other", "1")
    office.approve(visit_id)
    office.do(LIN, changes.cancel_visit, visit_id, "Typhoon")
    assert note(office, visit_id, "other", "90", note="The hotel's fee").cost.id
    never = office.submit(level="b", level_reason="Prefecture")
    office.do(LIN, changes.cancel_visit, never, "Typhoon")
    with pytest.raises(VisitOver):
        note(office, never, "other", "1", key="never")
